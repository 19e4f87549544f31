"""CSV and its relatives as a stream of rows: the standard library only, one row at a time."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from midcourse.tables.encoding import encoding_of, first_bad_line
from midcourse.tables.sheet import TELL_EVERY, Progress, Rows, Sheet, refuse

_DELIMITERS = ",;\t"
_SAMPLE = 4096


@contextmanager
def text_sheet(path: Path, progress: Progress) -> Iterator[Sheet]:
    """Open a text file: its encoding, its separator, its header, and the rows still to come.

    Raises Refused, naming the first bad line, where the text is in another encoding.
    """
    with path.open("rb") as raw:
        encoding = encoding_of(raw.read(_SAMPLE))
    with path.open(encoding=encoding, newline="") as file:
        rows = _rows(path, file, encoding, progress)
        delimiter = delimiter_of(path, encoding)
        header = next(rows, None)
        if header is None:
            raise refuse(path, "empty-file", "the file has no line of column names.")
        names = tuple(name.strip() for name in header[1])
        yield Sheet(path.name, names, rows, decimal_comma=delimiter == ";")


def _rows(path: Path, file: TextIO, encoding: str, progress: Progress) -> Rows:
    reader = csv.reader(file, delimiter=delimiter_of(path, encoding), strict=True)
    size = path.stat().st_size
    line = 1
    try:
        for number, row in enumerate(reader):
            if any(row) and not _is_directive(line, row):
                yield line, row
            line = reader.line_num + 1
            if number % TELL_EVERY == 0:
                progress(min(1.0, file.buffer.tell() / size))
    except UnicodeDecodeError as error:
        bad = first_bad_line(path, encoding)
        raise refuse(path, "wrong-encoding", f"the text is not {encoding}.", bad) from error
    except csv.Error as error:
        raise refuse(path, "unreadable-file", f"this line is not CSV ({error}).", line) from error


def delimiter_of(path: Path, encoding: str) -> str:
    """Return the separator that stands most often in the first line that has any, outside quotes."""
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        for line in file.read(_SAMPLE).splitlines():
            if line.strip():
                bare = "".join(line.split('"')[::2])
                return max(_DELIMITERS, key=bare.count)
    return ","


def _is_directive(line: int, row: list[str]) -> bool:
    """Say whether this is the line `sep=;`, which some spreadsheets write above the header."""
    return line == 1 and row[0].startswith("sep=")
