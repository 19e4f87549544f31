"""A file as one table of text cells with the line of every row.

The engine reads plain files itself. Whatever is not plain (another encoding, rows of the wrong shape,
mixed line ends, types that text cannot be made of in one way) goes once through the reader of the
one-person path into a Parquet file of text, so that both paths see the same cells.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
from ibis.expr.types import Table, Value
from pyarrow.parquet import ParquetWriter

from midcourse.cohorts.counted import Counted
from midcourse.cohorts.plain_text import TextShape, last_line, shape_of
from midcourse.tables.parquet_sheet import open_parquet
from midcourse.tables.problem import ProblemList
from midcourse.tables.sheet import first_bytes, open_sheet

BATCH = 20_000


class NotTidy(ValueError):
    """The table is wide or has item answers: only the one-person path reads those."""


@dataclass(frozen=True)
class Opened:
    """A file before its rows are read: its column names, and how they are to be read.

    `text` is None for Parquet, whose column types then stand in `types`.
    """

    path: Path
    header: tuple[str, ...]
    text: TextShape | None
    types: tuple[pa.DataType, ...] = ()

    @property
    def decimal_comma(self) -> bool:
        """Say whether a comma may be the decimal sign."""
        return self.text is not None and self.text.delimiter == ";"


def peek(path: Path) -> Opened:
    """Return a file's column names without reading its rows.

    Raises Refused where it cannot be opened or is empty, NotTidy where it is a workbook.
    """
    if first_bytes(path).startswith(b"PAR1"):
        with open_parquet(path) as file:
            schema = file.schema_arrow
            return Opened(path, tuple(schema.names), None, tuple(schema.types))
    if first_bytes(path).startswith(b"PK\x03\x04"):
        raise NotTidy(f"{path.name} is a workbook: only CSV and Parquet are read this way.")
    shape = shape_of(path)
    return Opened(path, shape.header, shape)


def read_cells(
    opened: Opened, used: Mapping[str, int], connection: ibis.BaseBackend, spill: Path, counted: Counted
) -> Table:
    """Return a table with `line` and the text of the columns `used` (role to position).

    Rows of the wrong shape are set aside in `counted`; rows with nothing in them are no rows.

    Raises Refused where the text breaks off: wrong encoding, a quote that never ends.
    """
    if opened.text is None:
        table = _parquet(opened, used, connection)
    else:
        table = _text(opened.path, opened.text, used, connection)
    if table is None:
        careful = _carefully(opened.path, used, spill / "cells.parquet", counted)
        table = connection.read_parquet(careful)
    return table


def _text(
    path: Path, shape: TextShape, used: Mapping[str, int], connection: ibis.BaseBackend
) -> Table | None:
    """The rows of a plain text file, or None where it proves not to be plain."""
    if shape.encoding not in ("utf-8", "utf-8-sig") or shape.first_line is None:
        return None
    names = [f"c{i}" for i in range(len(shape.header))]
    try:
        cells = connection.read_csv(
            path, columns=dict.fromkeys(names, "VARCHAR"), auto_detect=False, header=False,
            skip=shape.first_line - 1, delim=shape.delimiter, quote='"', escape='"', store_rejects=True,
        )  # fmt: skip
        cells = cells.mutate(line=ibis.row_number() + shape.first_line)
        cells = cells.filter(_not_blank(cells, names))
        cells = connection.create_table("cells", _of_roles(cells, names, used), temp=True)
    except duckdb.Error:
        return None
    rejected = connection.raw_sql("SELECT count(*) FROM reject_errors").fetchone()[0]
    plain = not rejected and cells.line.max().to_pyarrow().as_py() == last_line(path)
    return cells if plain else None


def _parquet(opened: Opened, used: Mapping[str, int], connection: ibis.BaseBackend) -> Table | None:
    """The rows of a Parquet file, or None where a column's text depends on who makes it."""
    if not all(_is_simple(opened.types[position]) for position in used.values()):
        return None
    cells = connection.read_parquet(opened.path, file_row_number=True)
    names = cells.columns[: len(opened.header)]
    cells = cells.mutate(line=cells[cells.columns[len(opened.header)]] + 1)
    return _of_roles(cells.filter(_not_blank(cells, names)), names, used)


def _is_simple(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        return _is_simple(kind.value_type)
    if pa.types.is_timestamp(kind):
        return kind.tz is None
    simple = (pa.types.is_string, pa.types.is_large_string, pa.types.is_integer, pa.types.is_float32)
    return any(test(kind) for test in (*simple, pa.types.is_float64, pa.types.is_date32, pa.types.is_null))


def _not_blank(cells: Table, names: Iterable[str]) -> Value:
    """Say whether a row has anything in any of its cells, used or not."""
    return ibis.or_(*(_as_text(cells[name]) != "" for name in names))


def _of_roles(cells: Table, names: Iterable[str], used: Mapping[str, int]) -> Table:
    names = tuple(names)
    return cells.select("line", **{role: _as_text(cells[names[i]]) for role, i in used.items()})


def _as_text(column: Value) -> Value:
    """A cell as the text that the one-person path would see."""
    kind = column.type()
    if kind.is_timestamp():
        column = column.cast("date")
    elif kind.is_floating():
        column = column.cast("float64")
    return column.cast("string").fill_null("")


def _carefully(path: Path, used: Mapping[str, int], to: Path, counted: Counted) -> Path:
    """Write the cells to `to` as the one-person path reads them, rows of the wrong shape set aside."""
    found = ProblemList(path.name)
    schema = pa.schema([("line", pa.int64()), *((role, pa.string()) for role in used)])
    with open_sheet(path, lambda share: None) as sheet, _writer(to, schema) as writer:
        rows = _right_shape(sheet.rows, len(sheet.header), found)
        while batch := list(islice(rows, BATCH)):
            lines = [line for line, _ in batch]
            cells = ([row[i] for _, row in batch] for i in used.values())
            writer.write_batch(pa.record_batch([pa.array(lines), *map(pa.array, cells)], schema=schema))
    wrong = found.counts.get("row-shape", 0)
    counted.rows += wrong
    counted.set_aside += wrong
    counted.by_kind.update(found.counts)
    counted.problems += found.problems
    return to


@contextmanager
def _writer(to: Path, schema: pa.Schema) -> Iterator[ParquetWriter]:
    with ParquetWriter(to, schema) as writer:
        yield writer


def _right_shape(
    rows: Iterable[tuple[int, list[str]]], width: int, found: ProblemList
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that have the header's width; empty cells beyond it are dropped (see `gather`)."""
    for line, row in rows:
        while len(row) > width and not row[-1].strip():
            row.pop()
        if len(row) == width:
            yield line, row
        else:
            what = f"the row has {len(row)} cells, the header {width} columns."
            found.add("row-shape", what, line=line)
