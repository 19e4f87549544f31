"""How large a file is, found out without reading it as a table."""

from pathlib import Path
from typing import Any

from midcourse.tables.excel_sheet import open_workbook
from midcourse.tables.parquet_sheet import open_parquet
from midcourse.tables.sheet import first_bytes

# Up to here a file takes the one-person path; larger ones and Parquet can go to cohorts.
LARGE = 1_000_000
_CHUNK = 1 << 20


def count_rows_quickly(path: str | Path) -> int:
    """Return about how many rows stand below the header, without reading them as a table.

    Exact for Parquet; for text the number of line ends, so that line breaks inside quotes count too;
    for Excel what the workbook says of itself. Raises Refused where the file cannot be opened.
    """
    return _count(Path(path), None)


def is_large(path: str | Path, limit: int = LARGE) -> bool:
    """Say whether a file has more than `limit` rows, stopping as soon as that is known.

    Raises Refused where the file cannot be opened.
    """
    return _count(Path(path), limit) > limit


def _count(path: Path, limit: int | None) -> int:
    start = first_bytes(path)
    if start.startswith(b"PAR1"):
        with open_parquet(path) as file:
            return int(file.metadata.num_rows)
    if start.startswith(b"PK\x03\x04"):
        return _workbook_rows(open_workbook(path))
    return _text_rows(path, limit)


def _workbook_rows(book: Any) -> int:
    try:
        return max(0, int(book.worksheets[0].max_row or 0) - 1)
    finally:
        book.close()


def _text_rows(path: Path, limit: int | None) -> int:
    lines, last = 0, b"\n"
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            lines += chunk.count(b"\n")
            last = chunk[-1:]
            if limit is not None and lines > limit + 1:
                break
    return max(0, lines + (last != b"\n") - 1)
