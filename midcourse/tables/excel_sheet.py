"""The first sheet of an Excel workbook as a stream of rows of text."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from midcourse.tables.sheet import TELL_EVERY, Progress, Rows, Sheet, refuse


@contextmanager
def excel_sheet(path: Path, progress: Progress) -> Iterator[Sheet]:
    """Open an .xlsx file's first sheet, read-only and row by row (openpyxl, only when needed).

    Raises Refused where openpyxl is not installed or the workbook is damaged.
    """
    book = open_workbook(path)
    try:
        sheet = book.worksheets[0]
        rows = _rows(sheet.iter_rows(values_only=True), sheet.max_row or 0, progress)
        header = next(rows, None)
        if header is None:
            raise refuse(path, "empty-file", f"the sheet {sheet.title!r} is empty.")
        yield Sheet(path.name, _names(header[1]), _padded(rows, len(header[1])), notes=_others(book))
    finally:
        book.close()


def open_workbook(path: Path) -> Any:
    """Return the workbook, to be closed by the caller; raises Refused where it cannot be opened."""
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise refuse(path, "missing-extra", "reading Excel needs openpyxl.") from error
    try:
        return load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl passes on whatever zip, XML or key error it meets
        raise refuse(path, "unreadable-file", f"the workbook is damaged ({error}).") from error


def _rows(rows: Iterable[tuple[object, ...]], total: int, progress: Progress) -> Rows:
    for line, row in enumerate(rows, start=1):
        cells = [_text(cell) for cell in row]
        if any(cells):
            yield line, cells
        if line % TELL_EVERY == 0:
            progress(min(1.0, line / max(total, line)))


def _padded(rows: Rows, width: int) -> Rows:
    """Give every row the header's width: a workbook leaves out empty cells at a row's end."""
    for line, row in rows:
        while len(row) > width and not row[-1]:
            row.pop()
        yield line, row + [""] * (width - len(row))


def _text(cell: object) -> str:
    """Return a cell as a person sees it: whole numbers without a point, dates without midnight."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell).strip()


def _names(cells: list[str]) -> tuple[str, ...]:
    while not cells[-1]:
        cells.pop()
    return tuple(cells)


def _others(book: Any) -> tuple[str, ...]:
    if len(book.worksheets) == 1:
        return ()
    return (f"The workbook has {len(book.worksheets)} sheets; {book.worksheets[0].title!r} is read.",)
