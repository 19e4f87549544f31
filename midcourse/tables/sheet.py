"""A table of text cells, whatever file it came from."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from midcourse.tables.problem import ProblemList, Refused

Progress = Callable[[float], None]
Rows = Iterator[tuple[int, list[str]]]

# Progress is told about once in this many rows.
TELL_EVERY = 20_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header and a stream of (line, cells); every cell is text, an empty one is ''."""

    file: str
    header: tuple[str, ...]
    rows: Rows
    decimal_comma: bool = False
    notes: tuple[str, ...] = ()


def refuse(path: Path, kind: str, what: str, line: int | None = None, mend: str = "") -> Refused:
    """Return the refusal of a whole file for one reason."""
    found = ProblemList(path.name)
    found.add(kind, what, line=line, mend=mend)
    return Refused(found.problems)


def open_sheet(path: Path, progress: Progress) -> AbstractContextManager[Sheet]:
    """Open a CSV, Excel or Parquet file, told apart by its first bytes and not by its name.

    Raises Refused where the file is not there, is empty, or is in a format that is not read.
    """
    start = first_bytes(path)
    if not start:
        raise refuse(path, "empty-file", "the file is empty.")
    if start.startswith(b"PAR1"):
        from midcourse.tables.parquet_sheet import parquet_sheet

        return parquet_sheet(path, progress)
    if start.startswith(b"PK\x03\x04"):
        from midcourse.tables.excel_sheet import excel_sheet

        return excel_sheet(path, progress)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise refuse(path, "unknown-format", "this is an old Excel file (.xls) or is locked.")
    from midcourse.tables.text_sheet import text_sheet

    return text_sheet(path, progress)


def first_bytes(path: Path) -> bytes:
    """Return the bytes that tell a file's format; raises Refused where it cannot be opened."""
    try:
        with path.open("rb") as file:
            return file.read(8)
    except OSError as error:
        reason = error.strerror or str(error)
        raise refuse(path, "unreadable-file", f"the file cannot be opened ({reason}).") from error
