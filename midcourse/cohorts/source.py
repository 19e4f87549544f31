"""A file as one Ibis table of text, a column per role."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import ibis
from ibis.expr import datatypes as dt
from ibis.expr.types import Table, Value

from midcourse.measures import Scale
from midcourse.tables.judges import wanted_measures
from midcourse.tables.known import Known, MeasureBook
from midcourse.tables.layout import lay_out
from midcourse.tables.problem import ProblemList
from midcourse.tables.slots import Layout, TotalSlot

ROLES = ("client_id", "episode_id", "measure", "session", "date", "day", "time", "time_unit", "phase")
PROFILE = ("age", "ended")


class NotTidy(ValueError):
    """The table is wide or has item answers: only the one-person path reads those."""


@dataclass(frozen=True)
class Source:
    """One open file: its rows as text by role, how its columns are read, and what is wrong so far."""

    path: Path
    connection: ibis.BaseBackend
    rows: Table
    layout: Layout
    book: MeasureBook
    wanted: Mapping[str, Known]
    found: ProblemList


@contextmanager
def open_source(
    path: Path, mapping: Mapping[str, str], names: tuple[str, ...], scale: Scale | None
) -> Iterator[Source]:
    """Open a tidy CSV or Parquet file for the length of a block.

    Raises Refused, carrying every problem, where columns are missing or unclear; NotTidy where the
    file is wide.
    """
    with tempfile.TemporaryDirectory() as spill:
        connection = ibis.duckdb.connect(temp_directory=spill)
        try:
            yield _opened(path, connection, mapping, names, scale)
        finally:
            connection.disconnect()


def _opened(
    path: Path,
    connection: ibis.BaseBackend,
    mapping: Mapping[str, str],
    names: tuple[str, ...],
    scale: Scale | None,
) -> Source:
    found = ProblemList(path.name)
    book = MeasureBook(scale)
    wanted = wanted_measures(names, book, found)
    table = _read(path, connection)
    layout = lay_out(tuple(table.columns), mapping, tuple(wanted), book, found)
    found.stop_if_refused()
    if len(layout.slots) != 1 or not isinstance(layout.slots[0], TotalSlot):
        raise NotTidy(f"{path.name} is not tidy (one score per row), and too large to be read otherwise.")
    return Source(path, connection, _by_role(table, layout), layout, book, wanted, found)


def _read(path: Path, connection: ibis.BaseBackend) -> Table:
    """Parquet keeps its types; CSV comes in as text, so that ids and odd cells stay as they are."""
    with path.open("rb") as file:
        is_parquet = file.read(4) == b"PAR1"
    if is_parquet:
        return connection.read_parquet(path)
    return connection.read_csv(path, all_varchar=True, header=True)


def _by_role(table: Table, layout: Layout) -> Table:
    slot = layout.slots[0]
    assert isinstance(slot, TotalSlot)
    columns = {
        role: _text(table[layout.header[layout.roles[role]]]) if role in layout.roles else ibis.literal("")
        for role in (*ROLES, *PROFILE)
    }
    if layout.fixed_unit:
        columns["time_unit"] = ibis.literal(layout.fixed_unit)
    if slot.measure is not None:
        columns["measure"] = ibis.literal(slot.measure)
    columns["score"] = _text(table[layout.header[slot.column]])
    columns["client_id"] = columns["client_id"].strip()
    episode = columns["episode_id"].strip()
    columns["episode_id"] = ibis.ifelse(episode == "", "1", episode)
    if any(role in layout.roles for role in ("age", "ended")):
        # What is told twice counts as it was told first, so the order of the rows is needed.
        columns["line"] = ibis.row_number()
    return table.select(**columns)


def _text(column: Value) -> Value:
    """A cell as the text that the one-person path would see."""
    kind = column.type()
    if isinstance(kind, dt.Timestamp):
        column = column.cast("date")
    return column.cast("string").fill_null("")
