"""A Parquet file as a stream of rows of text, for tables small enough for the one-person path."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from midcourse.tables.sheet import TELL_EVERY, Progress, Rows, Sheet, refuse


@contextmanager
def parquet_sheet(path: Path, progress: Progress) -> Iterator[Sheet]:
    """Open a Parquet file batch by batch (pyarrow, only when needed).

    Raises Refused where pyarrow is not installed or the file is damaged.
    """
    file = open_parquet(path)
    try:
        names = tuple(file.schema_arrow.names)
        yield Sheet(path.name, names, _rows(file, progress))
    finally:
        file.close()


def open_parquet(path: Path) -> Any:
    """Return the file, to be closed by the caller; raises Refused where it cannot be opened."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise refuse(path, "missing-extra", "reading Parquet needs pyarrow.") from error
    try:
        return ParquetFile(path)
    except (ArrowException, OSError) as error:
        raise refuse(path, "unreadable-file", f"the file is damaged ({error}).") from error


def _rows(file: Any, progress: Progress) -> Rows:
    total = file.metadata.num_rows
    line = 0
    for batch in file.iter_batches(batch_size=TELL_EVERY):
        columns = [[_text(cell) for cell in column.to_pylist()] for column in batch.columns]
        for row in zip(*columns, strict=True):
            line += 1
            if any(row):
                yield line, list(row)
        progress(line / total)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell)
