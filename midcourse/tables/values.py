"""Reading numbers and noticing empty cells."""

import re
from typing import Final

# What people and programs write where a value is missing.
MISSING: Final = frozenset(
    {"", "na", "n/a", "#n/a", "nan", "null", "none", "missing", ".", "-", "--", "?", "<na>"}
)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")


def is_missing(text: str) -> bool:
    """Say whether a cell stands for no value."""
    return not text or text.strip().lower() in MISSING


def number(text: str, *, decimal_comma: bool = False) -> float | None:
    """Return a cell as a number, or None where it is not one ("1e3" is, "inf" and "1_000" are not)."""
    text = text.strip()
    if decimal_comma:
        text = text.replace(",", ".")
    return float(text) if _NUMBER.fullmatch(text) else None
