"""Which axis of time a file is read on, settled once from all of its scores."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

from midcourse.tables.clock_notes import occasion_notes, order_note
from midcourse.tables.dates import DateOrder, settle, to_ordinal
from midcourse.tables.moments import Moment, Reader, When
from midcourse.tables.problem import ProblemList
from midcourse.tables.reading import TimeKind
from midcourse.tables.units import Unit, labelled_number, opens_therapy, rank_words, unit_of
from midcourse.tables.values import is_missing, number

# Session numbers are the axis when at least this share of scores has one (ST2).
SESSIONS_FROM: Final = 0.95

DaySource = Literal["date", "day", "time_day"]


class Place(NamedTuple):
    """Where a score stands in time: on the axis in use, and by session and day where they are known."""

    axis: float | None = None
    session: float | None = None
    day: float | None = None
    follow_up: bool = False
    fault: tuple[str, str] | None = None


@dataclass(slots=True)
class Seen:
    """One `When`: how often it occurs, on which line first, and its place once the clock is set."""

    when: When
    count: int
    line: int
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Clock:
    """How the times of one file are read: the axis in use, and where days come from.

    `unclear` says that some times have no clear meaning, for which the file is refused.
    """

    kind: TimeKind
    source: DaySource
    has_days: bool
    order: DateOrder
    unclear: bool
    notes: tuple[str, ...]
    decimal_comma: bool

    @property
    def day_word(self) -> str:
        """What a cell that says a day must hold in this file: a date, or a number of days."""
        return "date" if self.source == "date" else "number of days"

    def say(self, axis: float) -> str:
        """Return a place on the axis in words: at session 3, on day 140, on 2024-01-31."""
        if self.kind == "date":
            return f"on {date.fromordinal(int(axis)).isoformat()}"
        return f"at session {axis:g}" if self.kind == "session" else f"on day {axis:g}"

    def ended(self, text: str) -> float | None:
        """Return the day therapy ended on the same count as the scores' days, or None."""
        if not self.has_days:
            return None
        if self.source == "date":
            return to_ordinal(text, self.order.order)
        return number(text, decimal_comma=self.decimal_comma)


def set_clock(
    seen: Mapping[When, Seen], ends: Mapping[str, int], found: ProblemList, *, decimal_comma: bool
) -> Clock:
    """Give every distinct time of a file its place, and return the clock they were placed by.

    Ambiguous dates and unknown units are added to `found`.
    """
    order = _order(seen, ends, found)
    reader = Reader(_units(seen, found), _ranks(seen), order.order, order.fault is None, decimal_comma)
    moments = {when: reader.read(when) for when in seen}
    kind, source = _axis(moments, seen)
    for when, first in seen.items():
        first.place = _place(moments[when], kind, source)
    notes = (*order_note(seen, order), *occasion_notes(seen, reader.ranks))
    unclear = order.fault is not None or "unknown-time-unit" in found.counts
    has_days = any(first.place.day is not None for first in seen.values())
    return Clock(kind, source, has_days, order, unclear, notes, decimal_comma)


def _place(moment: Moment, kind: TimeKind, source: DaySource) -> Place:
    day: float | None = getattr(moment, source)
    axis = moment.session if kind == "session" else day
    return Place(axis, moment.session, day, moment.follow_up, moment.fault)


def _order(seen: Mapping[When, Seen], ends: Mapping[str, int], found: ProblemList) -> DateOrder:
    lines: dict[str, int] = {}
    for when, first in seen.items():
        if not is_missing(when.date):
            lines.setdefault(when.date, first.line)
    looks_like_dates = bool(lines) or not any(number(text) is not None for text in ends)
    order = settle({**ends, **lines} if looks_like_dates else lines)
    if order.fault is not None:
        found.add("ambiguous-dates", order.fault, line=order.line)
    return order


def _units(seen: Mapping[When, Seen], found: ProblemList) -> dict[str, Unit | None]:
    units: dict[str, Unit | None] = {"": None}
    for when, first in seen.items():
        if when.unit in units:
            continue
        units[when.unit] = unit_of(when.unit)
        if units[when.unit] is None and not is_missing(when.unit):
            what = f"{when.unit!r} is not a unit of time."
            found.add("unknown-time-unit", what, line=first.line)
    return units


def _ranks(seen: Iterable[When]) -> dict[str, float]:
    """Return session numbers for words; where numbers stand beside them, the first word is before 1.

    A word such as "post" among numbers could be any session, so it is not read then.
    """
    texts = {text for when in seen for text in (when.session, when.time) if not is_missing(text)}
    ranks = rank_words(texts)
    numbers = [found[0] for text in texts - ranks.keys() if (found := labelled_number(text))]
    if not numbers:
        return ranks
    return {word: min(numbers) - 1 for word in ranks if opens_therapy(word)}


def _axis(moments: Mapping[When, Moment], seen: Mapping[When, Seen]) -> tuple[TimeKind, DaySource]:
    filled: Counter[str] = Counter()
    total = 0
    for when, moment in moments.items():
        if moment.follow_up:
            continue
        total += seen[when].count
        for name in ("session", "date", "day", "time_day"):
            if getattr(moment, name) is not None:
                filled[name] += seen[when].count
    sources: tuple[DaySource, ...] = ("date", "day", "time_day")
    source = max(sources, key=lambda name: filled[name])
    if filled["session"] >= SESSIONS_FROM * total or not filled[source]:
        return "session", source
    return ("date" if source == "date" else "day"), source
