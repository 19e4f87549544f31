"""Times from outside: which unit they are in, and where they stand on the course's clock."""

from collections.abc import Mapping, Sequence

from midcourse.course.basis import Axis
from midcourse.course.observed import Observed
from midcourse.evaluation.tasks import Task, sessions_of
from midcourse.evaluation.tasks_given import GivenTask

# Per unit: how many of the clock's steps one unit is, the clock's value at intake, and by how many units
# a time may miss (rounding in the file). A month is a twelfth of a Julian year, as when tables are read.
_UNITS: dict[Axis, dict[str, tuple[float, float, float]]] = {
    "session": {"sessions since intake": (1.0, 1.0, 0.01), "session numbers from 1": (1.0, 0.0, 0.01)},
    "week": {
        "weeks": (1.0, 0.0, 0.1),
        "days": (1.0 / 7.0, 0.0, 0.5),
        "months": (30.4375 / 7.0, 0.0, 0.05),
        "years": (365.25 / 7.0, 0.0, 0.01),
    },
}
NAMED = 5  # scores of a record that are named where a time does not fit it


class Unit:
    """One way to read times since intake: a unit on the clock of one axis."""

    def __init__(self, axis: Axis, name: str) -> None:
        """Take the unit by its name; raises KeyError for one the axis does not have."""
        self.name = name
        self.steps, self.start, self.slack = _UNITS[axis][name]

    def clock(self, time: float) -> float:
        """Return a time since intake on the course's clock."""
        return self.start + self.steps * time

    def same(self, time: float, known: float) -> bool:
        """Say whether a time since intake is a time of the record, within rounding."""
        return abs(self.clock(time) - known) <= self.slack * self.steps + 1e-9

    def snapped(self, time: float, person: Observed) -> float:
        """Return the time on the course's clock: the record's own where it is one of the record's."""
        nearest = min(person.times, key=lambda known: abs(known - self.clock(time)))
        return nearest if self.same(time, nearest) else self.clock(time)

    def tasks_of(self, given: list[GivenTask], person: Observed) -> list[Task]:
        """Return one client's tasks on the course's clock, with the other sessions up to the horizon."""
        found = [self._task(one, person) for one in given]
        end = max(task.horizon for task in found)
        if end in person.times:
            last = len(person.times) - 1 - person.times[::-1].index(end)
            known = {task.seen for task in found}
            others = sessions_of(person, given[0].fold, (), last)
            found += [task for task in others if task.seen not in known]
        return sorted(found, key=lambda task: (task.seen, task.k))

    def _task(self, one: GivenTask, person: Observed) -> Task:
        following, horizon = (self.snapped(time, person) for time in (one.next_time, one.horizon))
        return Task(one.client_id, one.k, one.fold, following, horizon, seen=self._seen(one, person))

    def _seen(self, one: GivenTask, person: Observed) -> int:
        """How many scores to show: k + 1 where that is at time_k, else those up to time_k and not more."""
        if one.k < len(person.times) and self.same(one.time_k, person.times[one.k]):
            return one.k + 1
        time = self.snapped(one.time_k, person)
        return min(max(sum(known <= time for known in person.times), 1), one.k + 1)

    def lost(self, task: GivenTask, person: Observed) -> str:
        """Return why a task cannot be found in the record, or nothing where it can."""
        if self.snapped(task.time_k, person) in person.times:
            return ""
        times = ", ".join(f"{(time - self.start) / self.steps:.6g}" for time in person.times[:NAMED])
        more = ", ..." if len(person.times) > NAMED else ""
        return (
            f"line {task.line}, column time_k: {task.time_k:g} (read as {self.name}), but the record of "
            f"client {task.client_id!r} has scores at {times}{more}."
        )


def best_unit(given: Sequence[GivenTask], courses: Mapping[str, Observed], axis: Axis) -> Unit:
    """Return the unit in which most times are those of the scores their line is about."""

    def fits(unit: Unit) -> int:
        return sum(
            any(unit.same(time, known) for known in clocks)
            for task in given
            for time, clocks in _expected(task, courses[task.client_id])
        )

    return max((Unit(axis, name) for name in _UNITS[axis]), key=fits)


def _expected(task: GivenTask, person: Observed) -> list[tuple[float, tuple[float, ...]]]:
    """Each time of a task beside the times of the record that it may be."""
    later = person.times[task.k + 1 :]
    return [
        (task.time_k, person.times[task.k : task.k + 1]),
        (task.next_time, later[:1]),
        (task.horizon, later),
    ]
