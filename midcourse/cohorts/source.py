"""A file as one Ibis table of text, a column per role."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import ibis
from ibis.expr.types import StringValue, Table

from midcourse.cohorts.cells import NotTidy, Opened, peek, read_cells
from midcourse.cohorts.counted import Counted
from midcourse.measures import Scale
from midcourse.tables.judges import wanted_measures
from midcourse.tables.known import Known, MeasureBook
from midcourse.tables.layout import lay_out
from midcourse.tables.problem import ProblemList
from midcourse.tables.slots import Layout, TotalSlot

ROLES = ("client_id", "episode_id", "measure", "session", "date", "day", "time", "time_unit", "phase")
PROFILE = ("age", "ended")
MEMORY = "3GB"  # beyond it tables wait on disk for the length of a review: large files stream
_SPACES = "".join(filter(str.isspace, map(chr, range(0x3001))))  # what `str.strip` takes off


@ibis.udf.scalar.builtin(name="trim")  # type: ignore[untyped-decorator]
def _trim(text: str, characters: str) -> str:  # type: ignore[empty-body]
    """Name the engine's own function: a text without these characters at either end."""


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
    slot: TotalSlot
    decimal_comma: bool

    def column(self, role: str) -> str | None:
        """Return the name of the column that a role is read from."""
        if role == "score":
            return self.layout.header[self.slot.column]
        return self.layout.header[self.layout.roles[role]] if role in self.layout.roles else None

    def forget(self, name: str) -> None:
        """Drop a table that may have been made on the way, so that its memory is free for the next."""
        self.connection.drop_table(name, force=True)


@contextmanager
def open_source(
    path: Path, mapping: Mapping[str, str], names: tuple[str, ...], scale: Scale | None, counted: Counted
) -> Iterator[Source]:
    """Open a tidy CSV or Parquet file for the length of a block.

    Raises Refused, carrying every problem, where columns are missing or unclear; NotTidy where the
    file is wide.
    """
    opened = peek(path)
    found = ProblemList(path.name)
    book = MeasureBook(scale)
    wanted = wanted_measures(names, book, found)
    layout = lay_out(opened.header, mapping, tuple(wanted), book, found)
    found.stop_if_refused()
    slot = _only_slot(layout, path)
    with tempfile.TemporaryDirectory() as spill:
        connection = ibis.duckdb.connect(temp_directory=spill, memory_limit=MEMORY)
        try:
            used = {role: at for role, at in layout.roles.items() if role in (*ROLES, *PROFILE)}
            used["score"] = slot.column
            cells = read_cells(opened, used, connection, Path(spill), counted)
            rows = _by_role(cells, layout, slot)
            yield Source(path, connection, rows, layout, book, wanted, found, slot, opened.decimal_comma)
        finally:
            connection.disconnect()


def _only_slot(layout: Layout, path: Path) -> TotalSlot:
    if len(layout.slots) == 1 and isinstance(layout.slots[0], TotalSlot) and layout.slots[0].when is None:
        return layout.slots[0]
    raise NotTidy(f"{path.name} is not tidy (one score per row), and too large to be read otherwise.")


def _by_role(cells: Table, layout: Layout, slot: TotalSlot) -> Table:
    """Every role as a column of text, empty where the file has none."""
    columns = {role: ibis.literal("") for role in (*ROLES, *PROFILE)}
    columns |= {role: cells[role] for role in cells.columns if role not in ("line", "measure")}
    if layout.fixed_unit:
        columns["time_unit"] = ibis.literal(layout.fixed_unit)
    columns["measure"] = cells["measure"] if slot.measure is None else ibis.literal(slot.measure)
    columns["client_id"] = stripped(columns["client_id"])
    episode = stripped(columns["episode_id"])
    columns["episode_id"] = ibis.ifelse(episode == "", "1", episode)
    return cells.select("line", **columns)


def stripped(text: StringValue) -> StringValue:
    """Return a text without the spaces around it, as `str.strip` does it."""
    return _trim(text, _SPACES)


__all__ = ["NotTidy", "Opened", "Source", "open_source", "stripped"]
