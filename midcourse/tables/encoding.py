"""Which encoding a text file is in, and the first line that breaks it."""

import codecs
from pathlib import Path

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(start: bytes) -> str:
    """Return the encoding the file's first bytes speak for: a byte-order mark, else where NULs stand.

    Latin text in UTF-16 has a NUL in every second byte; text in UTF-8 has none.
    """
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    if start[1::2].count(0) > len(start) // 4:
        return "utf-16-le"
    if start[0::2].count(0) > len(start) // 4:
        return "utf-16-be"
    return "utf-8"


def first_bad_line(path: Path, encoding: str) -> int | None:
    """Return the first line that is not in the encoding; None where lines cannot be told apart."""
    if not encoding.startswith("utf-8"):
        return None
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return None
