"""Prediction points from outside, held against the record and put on the course's clock."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from midcourse.course.basis import Axis
from midcourse.course.observed import Observed
from midcourse.evaluation.tasks import Task, TaskSet, first_courses
from midcourse.evaluation.tasks_clock import best_unit
from midcourse.evaluation.tasks_given import GivenTask, read_tasks

LISTED = 5  # one wrong unit makes every line a problem
MOST_LOST = 0.1  # of all lines: more than single rows that were set aside when the scores were read


def tasks_from(
    path: str | Path, people: Sequence[Observed], axis: Axis, folds: Mapping[str, str] | None = None
) -> TaskSet:
    """Return the prediction points of a file (see `read_tasks`) on the clock of these people.

    The unit is the one in which most of the file's times are times of the record: on a clock of
    sessions, sessions since intake (or session numbers from 1); on a clock of weeks, weeks, days, months
    or years. Where score k of the record is not at time_k (rows were set aside, or repeated on one day),
    time_k decides: scores up to then are shown, at most k + 1, and `notes` say how many lines that was.
    The client's other sessions up to the horizon are added as points that are not `fixed`, for the first
    alert. `folds` may name the folds of clients without a point.
    Raises ValueError, naming lines, where a client is not in the record, a fold is not the one in
    `folds`, or more than a tenth of the lines have a time_k that no score of the record has.
    """
    given, name = read_tasks(path), Path(path).name
    courses = first_courses(people)
    _refuse([_unknown(task, courses) for task in given], name)
    _refuse([_other_fold(task, folds or {}) for task in given], name)
    unit = best_unit(given, courses, axis)
    lost = [unit.lost(task, courses[task.client_id]) for task in given]
    if sum(map(bool, lost)) > MOST_LOST * len(given):
        _refuse(lost, name)
    by_client: dict[str, list[GivenTask]] = {}
    for task in given:
        by_client.setdefault(task.client_id, []).append(task)
    tasks = [t for client, some in by_client.items() for t in unit.tasks_of(some, courses[client])]
    own = {task.client_id: task.fold for task in given}
    repeated = len(people) - len(courses)
    return TaskSet(tuple(tasks), {**(folds or {}), **own}, 0, repeated, unit.name, _notes(tasks, lost))


def _notes(tasks: Sequence[Task], lost: Sequence[str]) -> tuple[str, ...]:
    moved, missing = sum(task.seen != task.k + 1 for task in tasks), sum(map(bool, lost))
    return tuple(
        f"{count} of {len(lost)} tasks: {what}; scores up to time_k were shown."
        for count, what in (
            (moved, "k counts scores that are set aside or repeated here"),
            (missing, "the record has no score at time_k"),
        )
        if count
    )


def _unknown(task: GivenTask, courses: Mapping[str, Observed]) -> str:
    if task.client_id in courses:
        return ""
    padded = next((name for name in courses if name.lstrip("0") == task.client_id.lstrip("0")), None)
    lost = "" if padded is None else f" It has {padded!r}: ids are text, and zeros in front count."
    return f"line {task.line}: the table of scores has no client {task.client_id!r}.{lost}"


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
