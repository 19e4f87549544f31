"""Tables drawn as text: read, compared, and written as the files that people bring."""

import csv
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_QUOTED = re.compile(r'"(.*)"', re.DOTALL)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Drawn:
    """A header and rows of text; a cell in double quotes keeps its spaces."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def as_dicts(self) -> list[dict[str, str]]:
        """Return each row by column."""
        return [dict(zip(self.header, row, strict=True)) for row in self.rows]

    def markdown(self) -> str:
        """Return the table in Markdown; cells with spaces at an end show their quotes."""
        shown = [[_shown(cell) for cell in row] for row in (self.header, *self.rows)]
        widths = [max(3, *(len(row[i]) for row in shown)) for i in range(len(self.header))]
        lines = [_line(row, widths) for row in shown]
        return "\n".join([lines[0], _line(["-" * w for w in widths], widths), *lines[1:]])


def _line(cells: list[str], widths: list[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"


def _shown(cell: str) -> str:
    return f'"{cell}"' if cell != cell.strip() else cell


def draw(text: str) -> Drawn:
    """Return the table drawn in a text, a row a line and `|` between the cells."""
    lines = [line.strip() for line in text.strip().splitlines()]
    cells = [tuple(_cell(cell.strip()) for cell in line.split("|")) for line in lines]
    header, *rows = cells
    assert all(len(row) == len(header) for row in rows), f"a row of another width than its header:{text}"
    return Drawn(header, tuple(rows))


def _cell(text: str) -> str:
    quoted = _QUOTED.fullmatch(text)
    return quoted[1] if quoted else text


def write_csv(table: Drawn, path: Path) -> None:
    """Write the table as CSV, every cell as given."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([table.header, *table.rows])


def write_parquet(table: Drawn, path: Path) -> None:
    """Write the table as Parquet: whole numbers, decimals and dates typed where a column has nothing else."""
    import pyarrow as pa
    from pyarrow.parquet import write_table

    columns = [_typed([row[i] for row in table.rows]) for i in range(len(table.header))]
    write_table(pa.Table.from_arrays([pa.array(c) for c in columns], names=list(table.header)), path)


def _typed(cells: list[str]) -> list[object]:
    for read, write in ((int, str), (float, repr), (_date, str)):
        try:
            values = [read(cell) if cell else None for cell in cells]  # type: ignore[operator]
        except ValueError:
            continue
        if any(cells) and all(
            value is None or write(value) == c for value, c in zip(values, cells, strict=True)
        ):
            return list(values)
    return list(cells)


def _date(cell: str) -> date:
    if not _ISO.fullmatch(cell):
        raise ValueError(cell)
    return date.fromisoformat(cell)
