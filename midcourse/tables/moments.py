"""From the text in a row's time columns to a session number and a day."""

from dataclasses import dataclass
from typing import NamedTuple

from midcourse.tables.dates import Order, to_ordinal
from midcourse.tables.units import DAYS_IN, Unit, is_follow_up, labelled_number
from midcourse.tables.values import is_missing, number


class When(NamedTuple):
    """The text of one row's time columns, empty where there is no such column or cell."""

    session: str = ""
    date: str = ""
    day: str = ""
    time: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a `When` says: a session number, and up to three readings of the day."""

    session: float | None = None
    date: float | None = None
    day: float | None = None
    time_day: float | None = None
    follow_up: bool = False
    fault: tuple[str, str] | None = None
    """The kind of problem and what it is, where a cell cannot be read."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How one file's time cells are read: units by their text, words by their rank, order of dates."""

    units: dict[str, Unit | None]
    ranks: dict[str, float]
    order: Order | None
    dates_readable: bool
    decimal_comma: bool

    def read(self, when: When) -> Moment:
        """Return what one row's time columns say."""
        if is_follow_up(when.session) or is_follow_up(when.time):
            return Moment(follow_up=True)
        try:
            session, time_day = self._time(when)
            return Moment(session, self._date(when.date), self._day(when.day), time_day)
        except _Unread as fault:
            return Moment(fault=(fault.kind, fault.what))

    def _time(self, when: When) -> tuple[float | None, float | None]:
        session, _ = self._labelled(when.session)
        time, unit = self._labelled(when.time)
        unit = unit or self.units.get(when.unit)
        if time is not None and unit in DAYS_IN:
            return session, time * DAYS_IN[unit]
        return (time if session is None else session), None

    def _labelled(self, text: str) -> tuple[float | None, Unit | None]:
        """Return a cell's number and unit; a word stands for an ordered occasion."""
        if is_missing(text):
            return None, None
        if text in self.ranks:
            return self.ranks[text], "occasion"
        found = labelled_number(text)
        if found is None:
            raise _Unread("not-a-time", f"{text.strip()!r} is not a session, a day or a time.")
        return found

    def _date(self, text: str) -> float | None:
        if is_missing(text) or not self.dates_readable:
            return None
        day = to_ordinal(text, self.order)
        if day is None:
            raise _Unread("not-a-date", f"{text.strip()!r} is not a date.")
        return day

    def _day(self, text: str) -> float | None:
        if is_missing(text):
            return None
        day = number(text, decimal_comma=self.decimal_comma)
        if day is None:
            raise _Unread("not-a-time", f"{text.strip()!r} is not a number of days.")
        return day


class _Unread(Exception):
    def __init__(self, kind: str, what: str) -> None:
        super().__init__(what)
        self.kind, self.what = kind, what
