"""Rows of several kinds in one query: each becomes its kind and its fields as JSON."""

import json
from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, JSONObject
from django.utils.dateparse import parse_datetime


def part(kind: str, rows: QuerySet[Any], *names: str, **given: Any) -> QuerySet[Any]:
    """Return one kind of rows with these fields, ready to be joined to others."""
    told = JSONObject(**{name: F(name) for name in names}, **given)
    named = rows.order_by().annotate(kind_=Value(kind, CharField()), told_=Cast(told, TextField()))
    return named.values_list("kind_", "told_")


def fetch(*parts: QuerySet[Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every part by kind, in no order."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for kind, told in parts[0].union(*parts[1:], all=True):
        found[kind].append(json.loads(told))
    return found


def loaded(value: Any) -> Any:
    """Return a JSON field of a row: SQLite holds it as text within the row's own JSON."""
    return json.loads(value) if isinstance(value, str) else value


def moment(text: str) -> datetime:
    """Return a moment from its JSON; SQLite writes it without its zone, which is UTC.

    Raises ValueError for text that is no moment.
    """
    at = parse_datetime(text)
    if at is None:
        raise ValueError(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
