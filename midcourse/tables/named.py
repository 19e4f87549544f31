"""Which measures a file names in its measure column, without reading it as a table."""

from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from midcourse.tables.problem import Refused
from midcourse.tables.roles import SYNONYMS
from midcourse.tables.sheet import open_sheet
from midcourse.tables.units import plain
from midcourse.tables.values import is_missing

LOOKED_AT = 100_000  # rows: a second measure that begins later is still refused or read by its own name


def only_measure(path: str | Path, mapping: Mapping[str, str] | None = None) -> str | None:
    """Return the one measure that a file's measure column names, or None where it names none or several.

    A file that cannot be opened names none; reading it will say why.
    """
    try:
        with open_sheet(Path(path), lambda share: None) as sheet:
            column = _column(sheet.header, (mapping or {}).get("measure"))
            if column is None:
                return None
            cells = (row[column].strip() for _, row in islice(sheet.rows, LOOKED_AT) if len(row) > column)
            names = {cell for cell in cells if not is_missing(cell)}
    except Refused:
        return None
    return names.pop() if len(names) == 1 else None


def _column(header: tuple[str, ...], mapped: str | None) -> int | None:
    if mapped is not None:
        return header.index(mapped) if mapped in header else None
    named = {plain(name): place for place, name in reversed(list(enumerate(header)))}
    return next((named[plain(word)] for word in SYNONYMS["measure"].split() if plain(word) in named), None)
