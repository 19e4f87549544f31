"""Prediction points from outside, held against the record and put on the course's clock."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from midcourse.course.basis import Axis
from midcourse.course.observed import Observed
from midcourse.evaluation.tasks import Task, TaskSet, first_courses, sessions_of
from midcourse.evaluation.tasks_given import GivenTask, read_tasks

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
LISTED = 5  # one wrong unit makes every line a problem


def tasks_from(
    path: str | Path, people: Sequence[Observed], axis: Axis, folds: Mapping[str, str] | None = None
) -> TaskSet:
    """Return the prediction points of a file (see `read_tasks`) on the clock of these people.

    The unit is the one in which most of the file's times are times of the record: on a clock of
    sessions, sessions since intake (or session numbers from 1); on a clock of weeks, weeks, days, months
    or years. The client's other sessions up to the horizon are added as points that are not `fixed`,
    for the first alert. `folds` may name the folds of clients without a point.
    Raises ValueError, naming lines, where a client is not in the record, has too few scores, where
    time_k is not the time of score k, or a fold is not the one in `folds`.
    """
    given, name = read_tasks(path), Path(path).name
    courses = first_courses(people)
    _refuse([_unknown(task, courses) for task in given], name)
    unit = _best_unit(given, courses, axis)
    _refuse([_misplaced(task, courses[task.client_id], axis, unit) for task in given], name)
    all_folds = {task.client_id: task.fold for task in given}
    _refuse([_other_fold(task, folds or {}) for task in given], name)
    by_client: dict[str, list[GivenTask]] = {}
    for task in given:
        by_client.setdefault(task.client_id, []).append(task)
    tasks = [t for client, some in by_client.items() for t in _of_client(some, courses[client], axis, unit)]
    return TaskSet(tuple(tasks), {**(folds or {}), **all_folds}, 0, len(people) - len(courses), unit)


def _of_client(given: list[GivenTask], person: Observed, axis: Axis, unit: str) -> list[Task]:
    found: dict[int, Task] = {}
    for one in given:
        following, horizon = (_snapped(t, person, axis, unit) for t in (one.next_time, one.horizon))
        found[one.k] = Task(one.client_id, one.k, one.fold, following, horizon)
    end = max(task.horizon for task in found.values())
    if end in person.times:
        last = len(person.times) - 1 - person.times[::-1].index(end)
        for task in sessions_of(person, given[0].fold, (), last):
            found.setdefault(task.k, task)
    return [found[k] for k in sorted(found)]


def _clock(time: float, axis: Axis, unit: str) -> float:
    steps, start, _ = _UNITS[axis][unit]
    return start + steps * time


def _snapped(time: float, person: Observed, axis: Axis, unit: str) -> float:
    """The time on the course's clock: the record's own where it is one of the record's."""
    clock = _clock(time, axis, unit)
    nearest = min(person.times, key=lambda known: abs(known - clock))
    return nearest if _same(clock, nearest, axis, unit) else clock


def _same(one: float, other: float, axis: Axis, unit: str) -> bool:
    steps, _, slack = _UNITS[axis][unit]
    return abs(one - other) <= slack * steps + 1e-9


def _best_unit(given: Sequence[GivenTask], courses: Mapping[str, Observed], axis: Axis) -> str:
    def known(unit: str) -> int:
        return sum(
            any(_same(_clock(time, axis, unit), clock, axis, unit) for clock in clocks)
            for task in given
            for time, clocks in _expected(task, courses[task.client_id])
        )

    return max(_UNITS[axis], key=known)


def _expected(task: GivenTask, person: Observed) -> list[tuple[float, tuple[float, ...]]]:
    """Each time of a task beside the times of the record that it may be."""
    later = person.times[task.k + 1 :]
    return [
        (task.time_k, person.times[task.k : task.k + 1]),
        (task.next_time, later[:1]),
        (task.horizon, later),
    ]


def _unknown(task: GivenTask, courses: Mapping[str, Observed]) -> str:
    if task.client_id not in courses:
        return f"line {task.line}: the table of scores has no client {task.client_id!r}."
    count = len(courses[task.client_id].scores)
    if task.k >= count:
        return f"line {task.line}: k = {task.k}, but client {task.client_id!r} has {count} scores."
    return ""


def _misplaced(task: GivenTask, person: Observed, axis: Axis, unit: str) -> str:
    clock, known = _clock(task.time_k, axis, unit), person.times[task.k]
    if _same(clock, known, axis, unit):
        return ""
    steps, start, _ = _UNITS[axis][unit]
    return (
        f"line {task.line}, column time_k: {task.time_k:g} (read as {unit}), but the record has score k = "
        f"{task.k} of client {task.client_id!r} at {(known - start) / steps:g}."
    )


def _other_fold(task: GivenTask, folds: Mapping[str, str]) -> str:
    fold = folds.get(task.client_id, task.fold)
    if fold == task.fold:
        return ""
    return f"line {task.line}, column fold: {task.fold!r}, but the folds given put {task.client_id!r} in {fold!r}."


def _refuse(problems: list[str], name: str) -> None:
    real = [problem for problem in problems if problem]
    if not real:
        return
    more = f" And {len(real) - LISTED} more lines." if len(real) > LISTED else ""
    listed = " ".join(f"{name}, {problem}" for problem in real[:LISTED])
    raise ValueError(f"{listed}{more} Mend the tasks, or the table of scores they were made from.")
