"""How a text file is laid out, and whether it is plain enough for the engine to read it by itself."""

from dataclasses import dataclass
from pathlib import Path

from midcourse.tables.encoding import encoding_of
from midcourse.tables.sheet import open_sheet
from midcourse.tables.text_sheet import delimiter_of

_SAMPLE = 4096
_CHUNK = 1 << 20


@dataclass(frozen=True)
class TextShape:
    """A text file's encoding, separator and column names, and the line of its first row (None: no row)."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    first_line: int | None


def shape_of(path: Path) -> TextShape:
    """Return how a text file is laid out, from its first lines.

    Raises Refused where it is empty or in another encoding.
    """
    with path.open("rb") as raw:
        encoding = encoding_of(raw.read(_SAMPLE))
    with open_sheet(path, lambda share: None) as sheet:
        first = next((line for line, _ in sheet.rows), None)
        return TextShape(encoding, delimiter_of(path, encoding), sheet.header, first)


def last_line(path: Path) -> int:
    """Return the number of the last line that is not empty, by counting line ends.

    Where rows number the lines up to it, each row stands on a line of its own.
    """
    ends, trailing = 0, 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            bare = chunk.rstrip(b"\r\n")
            trailing = chunk[len(bare) :].count(b"\n") + (0 if bare else trailing)
            ends += chunk.count(b"\n")
    return ends - trailing + 1
