"""What came after each prediction point: the truth that methods are judged by (ST8)."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.evaluation.method import deterioration, no_improvement
from midcourse.evaluation.tasks import Task, first_courses
from midcourse.measures.scale import Scale


@dataclass(frozen=True)
class Truth:
    """One row per prediction point, in the order of the tasks; NaN where the record does not say.

    `client` numbers the clients in order of appearance, `clients` names them. `fixed` points are the
    compared ones. `later` counts scores after the point up to the horizon. `no_improvement` and
    `deterioration` are 1 or 0 at the horizon's score, counted from the first score.
    """

    clients: tuple[str, ...]
    client: NDArray[np.intp]
    k: NDArray[np.intp]
    fold: NDArray[np.intp]
    fixed: NDArray[np.bool_]
    later: NDArray[np.intp]
    next_score: Array
    last_score: Array
    no_improvement: Array
    deterioration: Array

    def where(self, mask: NDArray[np.bool_]) -> "Truth":
        """Return only the rows of a mask; clients keep their numbers."""
        rows = {
            field.name: getattr(self, field.name)[mask] for field in fields(self) if field.name != "clients"
        }
        return Truth(self.clients, **rows)

    def clients_with(self, event: Array) -> int:
        """Return how many clients have an event (1) at any of the rows."""
        return len(np.unique(self.client[event == 1.0]))


def truth_of(tasks: Sequence[Task], people: Sequence[Observed], scale: Scale) -> Truth:
    """Return what came after each task, from the whole record.

    Raises ValueError where the scale has no reliable change in force.
    """
    courses = first_courses(people)
    names, client = _numbered([task.client_id for task in tasks])
    _, fold = _numbered([task.fold for task in tasks])
    found = [_what_came(task, courses[task.client_id]) for task in tasks]
    first = np.array([courses[task.client_id].intake for task in tasks])
    following, last = (np.array([row[place] for row in found], dtype=float) for place in (0, 1))
    unknown = np.isnan(last)
    return Truth(
        clients=names,
        client=client,
        k=np.array([task.k for task in tasks], dtype=np.intp),
        fold=fold,
        fixed=np.array([task.fixed for task in tasks], dtype=np.bool_),
        later=np.array([row[2] for row in found], dtype=np.intp),
        next_score=following,
        last_score=last,
        no_improvement=np.where(unknown, np.nan, no_improvement(scale, first, last)),
        deterioration=np.where(unknown, np.nan, deterioration(scale, first, last)),
    )


def _what_came(task: Task, person: Observed) -> tuple[float, float, int]:
    """The next score, the score at the horizon, and the number of scores up to it."""
    after = range(task.seen, len(person.scores))
    following = [person.scores[i] for i in after if person.times[i] == task.next_time]
    at_end = [person.scores[i] for i in after if person.times[i] == task.horizon]
    later = sum(person.times[i] <= task.horizon for i in after)
    return (following[0] if following else np.nan), (at_end[-1] if at_end else np.nan), later


def _numbered(names: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.intp]]:
    order = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return tuple(order), np.array([order[name] for name in names], dtype=np.intp)
