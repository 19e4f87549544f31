"""Django's backend for SQLite, on SQLCipher. Django looks for a module of this name."""

import datetime
import decimal
from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db.backends.sqlite3 import base as sqlite
from django.db.backends.sqlite3._functions import register
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2

from midcourse_web.config.home import home, key
from midcourse_web.config.sqlcipher.opening import open_with_key

KEY = "database.key"

# What Django tells the other library about its types.
dbapi2.register_converter("bool", b"1".__eq__)
for _name, _parse in (
    ("date", parse_date), ("time", parse_time), ("datetime", parse_datetime), ("timestamp", parse_datetime),
):  # fmt: skip
    dbapi2.register_converter(_name, sqlite.decoder(_parse))
dbapi2.register_adapter(decimal.Decimal, str)
dbapi2.register_adapter(datetime.date, sqlite.adapt_date)
dbapi2.register_adapter(datetime.datetime, sqlite.adapt_datetime)


class Cursor(dbapi2.Cursor):
    """A cursor that takes Django's way of writing parameters."""

    _as_qmark = sqlite.SQLiteCursorWrapper.convert_query

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement."""
        if params is None:
            return super().execute(query)
        names = list(params) if isinstance(params, dict) else None
        return super().execute(self._as_qmark(query, param_names=names), params)

    def executemany(self, query: str, rows: Iterable[Any]) -> Any:
        """Run one statement for many rows."""
        given = iter(rows)
        first = next(given, None)
        names = list(first) if isinstance(first, dict) else None
        every = [] if first is None else chain([first], given)
        return super().executemany(self._as_qmark(query, param_names=names), every)


class DatabaseWrapper(sqlite.DatabaseWrapper):
    """A connection to an encrypted file."""

    Database = dbapi2
    display_name = "SQLCipher"

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the file with its key, which is made the first time."""
        key(KEY)
        how = {name: value for name, value in conn_params.items() if name != "database"}
        connection = open_with_key(conn_params["database"], home() / KEY, **how)
        register(connection)
        for command in ("PRAGMA foreign_keys = ON", "PRAGMA legacy_alter_table = OFF", *self.init_commands):  # type: ignore[attr-defined]
            connection.execute(command.strip() or "SELECT 1")
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """Return one of our cursors."""
        return self.connection.cursor(factory=Cursor)
