"""Dates as people write them; day-first or month-first is settled once for the whole file."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Order = Literal["day-first", "month-first"]

_TIME_OF_DAY = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{2}")
_DAY_NAMED = re.compile(r"(\d{1,2})[ -]+([a-z]{3,9})\.?[ ,-]+(\d{4})", re.IGNORECASE)
_MONTH_NAMED = re.compile(r"([a-z]{3,9})\.? +(\d{1,2}),? +(\d{4})", re.IGNORECASE)
_MONTHS: Final = (
    "january february march april may june july august september october november december"
).split()


@dataclass(frozen=True, slots=True)
class DateOrder:
    """How the dates of one file are read, or why they cannot be.

    `order` is None where no date leaves the question open, or where it cannot be answered;
    `fault` then says why, and `line` where.
    """

    order: Order | None = None
    fault: str | None = None
    line: int | None = None


def settle(lines: Mapping[str, int]) -> DateOrder:
    """Decide between day-first and month-first from every date of a file (text to first line)."""
    pairs = {text: pair for text in lines if (pair := _open_pair(text))}
    for text in lines:
        if _SHORT_YEAR.fullmatch(_day_part(text)):
            return DateOrder(fault=f"the year of {text!r} has two digits only.", line=lines[text])
    day_first = [text for text, (first, second) in pairs.items() if first > 12 >= second]
    month_first = [text for text, (first, second) in pairs.items() if second > 12 >= first]
    if day_first and month_first:
        both = f"{day_first[0]!r} is day-first and {month_first[0]!r} is month-first"
        return DateOrder(fault=f"{both} (line {lines[month_first[0]]}).", line=lines[day_first[0]])
    if day_first or month_first:
        return DateOrder("day-first" if day_first else "month-first")
    return _undecided(pairs, lines)


def _undecided(pairs: Iterable[str], lines: Mapping[str, int]) -> DateOrder:
    """Return that nothing settles the order; it matters only where day and month differ."""
    for text in pairs:
        first, second = _open_pair(text) or (0, 0)
        if first != second and max(first, second) <= 12:
            what = f"{text!r} could be day-first or month-first, and no date in the file settles it."
            return DateOrder(fault=what, line=lines[text])
    return DateOrder()


def to_ordinal(text: str, order: Order | None) -> float | None:
    """Return a date's proleptic ordinal (days, 1 January of year 1 = 1), or None where it is none."""
    parts = _parts(_day_part(text), order)
    try:
        return float(date(*parts).toordinal()) if parts else None
    except ValueError:
        return None


def _parts(text: str, order: Order | None) -> tuple[int, int, int] | None:
    if match := _YEAR_FIRST.fullmatch(text):
        return int(match[1]), int(match[3]), int(match[4])
    if match := _YEAR_LAST.fullmatch(text):
        first, second = int(match[1]), int(match[3])
        day, month = (second, first) if order == "month-first" else (first, second)
        return int(match[4]), month, day
    if match := _DAY_NAMED.fullmatch(text):
        return int(match[3]), _month(match[2]), int(match[1])
    if match := _MONTH_NAMED.fullmatch(text):
        return int(match[3]), _month(match[1]), int(match[2])
    return None


def _month(name: str) -> int:
    """Return the month's number from its English name or its first letters, 0 where there is none."""
    found = [n for n, month in enumerate(_MONTHS, start=1) if month.startswith(name.lower())]
    return found[0] if len(found) == 1 else 0


def _open_pair(text: str) -> tuple[int, int] | None:
    match = _YEAR_LAST.fullmatch(_day_part(text))
    return (int(match[1]), int(match[3])) if match else None


def _day_part(text: str) -> str:
    return _TIME_OF_DAY.sub("", text.strip())
