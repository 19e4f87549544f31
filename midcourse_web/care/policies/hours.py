"""Opening hours: whether somebody is there now, when next, and when so many minutes of them have passed."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from midcourse_web.people.models import Clinic

DAYS_AHEAD = 14  # a clinic that is closed for two weeks on end has no hours to speak of


def is_open(clinic: Clinic, at: datetime) -> bool:
    """Say whether the clinic is open at a moment."""
    return any(begin <= at < end for begin, end in _openings(clinic, at, days=1))


def next_opening(clinic: Clinic, at: datetime) -> datetime | None:
    """Return when the clinic opens next, `at` itself where it is open, None without opening hours."""
    for begin, end in _openings(clinic, at, DAYS_AHEAD):
        if end > at:
            return max(begin, at)
    return None


def after_open_minutes(clinic: Clinic, at: datetime, minutes: int) -> datetime:
    """Return when so many minutes of opening hours have passed since `at`.

    Without opening hours the minutes are counted on the clock.
    """
    left = timedelta(minutes=minutes)
    for begin, end in _openings(clinic, at, DAYS_AHEAD):
        start = max(begin, at)
        if end <= start:
            continue
        if start + left <= end:
            return start + left
        left -= end - start
    return at + timedelta(minutes=minutes)


def _openings(clinic: Clinic, at: datetime, days: int) -> list[tuple[datetime, datetime]]:
    zone = ZoneInfo(clinic.timezone)
    first = at.astimezone(zone).date()
    found = []
    for ahead in range(days):
        day = first + timedelta(days=ahead)
        if hours := clinic.hours.get(str(day.weekday())):
            begin, end = (datetime.combine(day, time.fromisoformat(text), zone) for text in hours)
            found.append((begin, end))
    return found
