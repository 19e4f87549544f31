"""Which day `--as-of` means, on the count of days that a table uses."""

from collections.abc import Iterable
from datetime import date
from math import isfinite, nan

from midcourse.record import Episode

# Days from here on are dates (a proleptic ordinal of the year 1096); no table counts that many days.
FIRST_DATE = 400_000


def day_of(as_of: str | None, episodes: Iterable[Episode]) -> float | None:
    """Return the day of --as-of on the same count as the scores' days, or None where it is not given.

    Raises ValueError, with the mend, where it is no day, is counted otherwise than the table, or comes
    before every score.
    """
    if as_of is None:
        return None
    days = [score.day for episode in episodes for score in episode.scores if score.day is not None]
    if not days:
        raise ValueError(
            "--as-of needs dates or days, and this table has session numbers only. Leave it out."
        )
    day = _date(as_of) if max(days) >= FIRST_DATE else _number(as_of)
    if day < min(days):
        raise ValueError(f"--as-of {as_of} lies before every score of the table. Give a later day.")
    return day


def _date(as_of: str) -> float:
    try:
        return float(date.fromisoformat(as_of).toordinal())
    except ValueError:
        raise ValueError(f"--as-of {as_of!r} is not a date such as 2026-03-31, as the table has.") from None


def _number(as_of: str) -> float:
    try:
        day = float(as_of)
    except ValueError:
        day = nan
    if not isfinite(day):
        raise ValueError(f"--as-of {as_of!r} is not a day number such as 90, as the table counts.")
    return day
