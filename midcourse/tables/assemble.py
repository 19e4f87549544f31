"""The second pass: times settled, follow-up and repeats dealt with, scores put into episodes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from midcourse.record import Episode, Score
from midcourse.tables.clock import Clock
from midcourse.tables.gather import Course, Entry
from midcourse.tables.known import MeasureBook
from midcourse.tables.problem import ProblemList
from midcourse.tables.slots import Layout
from midcourse.tables.tally import Tally
from midcourse.tables.values import number

_AXIS = {"session": "session number", "date": "date", "day": "day"}
_ROLES_OF_AXIS = {"session": ("session", "time"), "date": ("date",), "day": ("day", "time")}


class Timed(NamedTuple):
    """One score with its place on the axis in use."""

    axis: float
    session: float | None
    day: float | None
    entry: Entry


@dataclass(slots=True)
class Assembly:
    """Puts gathered scores into episodes, recording what has to be set aside."""

    layout: Layout
    book: MeasureBook
    clock: Clock
    found: ProblemList
    tally: Tally
    allow: bool
    bad_ages: int = 0

    def episode(self, client: str, episode: str, course: Course) -> Episode | None:
        """Return one episode with its scores in order of time, or None where no score is left."""
        therapist, age, ended_text = course.profile
        ended = self._ended(ended_text, course)
        timed = [t for entry in course.entries if (t := self._timed(entry, ended)) is not None]
        timed.sort(key=lambda t: t.axis)
        scores = tuple(self._score(t) for t in self._once_each(timed, client))
        self.tally.used += len(scores)
        if not scores:
            return None
        return Episode(client, scores, episode, therapist or None, self._age(age), ended)

    def _ended(self, text: str, course: Course) -> float | None:
        if not text:
            return None
        ended = self.clock.ended(text)
        if ended is None and self.clock.has_days and self.clock.order.fault is None:
            line = course.entries[0].line
            column = self.layout.header[self.layout.roles["ended"]]
            self.found.add(
                "not-a-date", f"{text!r} is not a {self.clock.day_word}.", line=line, column=column
            )
        return ended

    def _age(self, text: str) -> float | None:
        age = number(text) if text else None
        self.bad_ages += bool(text) and age is None
        return age

    def _timed(self, entry: Entry, ended: float | None) -> Timed | None:
        axis, session, day, follow_up, fault = entry.seen.place
        if follow_up or (ended is not None and day is not None and day > ended):
            self.tally.follow_up += 1
        elif fault is not None:
            self._set_aside(entry, *fault)
        elif axis is None:
            self._set_aside(entry, "no-time", f"the score has no {_AXIS[self.clock.kind]}.")
        else:
            return Timed(axis, session, day, entry)
        return None

    def _set_aside(self, entry: Entry, kind: str, what: str) -> None:
        # Times nobody can read are refused once for the file, not once per row.
        if kind == "no-time" and self.clock.unclear:
            return
        self.tally.set_aside += 1
        roles = _ROLES_OF_AXIS[self.clock.kind]
        columns = [self.layout.roles[role] for role in roles if role in self.layout.roles]
        name = self.layout.header[columns[0]] if columns else None
        self.found.add(kind, what, line=entry.line, column=name)

    def _once_each(self, timed: list[Timed], client: str) -> Iterator[Timed]:
        """Yield one score per measure and time: exact repeats once, different ones not (or their mean)."""
        groups: dict[tuple[str, float], list[Timed]] = {}
        for t in timed:
            groups.setdefault((t.entry.measure, t.axis), []).append(t)
        for group in groups.values():
            if len(group) == 1:
                yield group[0]
            else:
                yield from self._repeated(group, client)

    def _repeated(self, group: list[Timed], client: str) -> Iterator[Timed]:
        self.tally.repeated_days += 1
        values = list(dict.fromkeys(t.entry.value for t in group))
        if len(values) == 1:
            self.tally.exact_repeats += len(group) - 1
            yield group[0]
        elif self.allow:
            self.tally.keep("repeated")
            self.tally.averaged += len(group) - 1
            mean = sum(t.entry.value for t in group) / len(group)
            yield group[0]._replace(entry=group[0].entry._replace(value=mean))
        else:
            self.tally.set_aside += len(group)
            self._report(group, client)

    def _report(self, group: list[Timed], client: str) -> None:
        first = group[0].entry
        scores = " and ".join(f"{t.entry.value:g} (line {t.entry.line})" for t in group)
        known = self.book.find(first.measure)
        name = first.measure if known is None else known.title
        what = f"client {client} has different {name} scores {self.clock.say(group[0].axis)}: {scores}."
        self.found.add("repeated", what, line=first.line, column=self.layout.name(first.slot))

    @staticmethod
    def _score(t: Timed) -> Score:
        entry = t.entry
        return Score(entry.measure, entry.value, t.session, t.day, entry.n_answered, entry.missing)
