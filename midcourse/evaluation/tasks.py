"""Prediction points: who is asked about, after how many scores, and what is wanted (ST8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from midcourse.course.observed import Observed

FIXED = (1, 2, 3, 5, 7)  # scores after intake: after 2, 3, 4, 6 and 8 scores (ST8)
FEWEST_SCORES = 4  # clients with fewer are left out and counted (ST8)


@dataclass(frozen=True, slots=True)
class Task:
    """One prediction point: what one client's record looked like after `k` scores beyond intake.

    `next_time` and `horizon` are on the course's clock (sessions from 1, weeks from 0). `fixed` points
    are those that methods are compared at; the others show when a first alert comes. `seen` is how many
    scores of the record a method is shown, k + 1 unless a task from outside counts scores that were set
    aside here.
    """

    client_id: str
    k: int
    fold: str
    next_time: float
    horizon: float
    fixed: bool = True
    seen: int = 0

    def __post_init__(self) -> None:
        if self.seen == 0:
            object.__setattr__(self, "seen", self.k + 1)


@dataclass(frozen=True)
class TaskSet:
    """All prediction points of an evaluation, client by client and in order of `k`.

    `folds` gives every client's fold; clients it does not name are always learned from. `too_short`
    counts clients with fewer than four scores, `repeated` later courses of clients who came back:
    neither is asked about. `unit` is what times given from outside were counted in; `notes` say what did
    not fit.
    """

    tasks: tuple[Task, ...]
    folds: Mapping[str, str]
    too_short: int = 0
    repeated: int = 0
    unit: str | None = None
    notes: tuple[str, ...] = ()


def first_courses(people: Sequence[Observed]) -> dict[str, Observed]:
    """Return each client's first course, so that nobody counts twice."""
    found: dict[str, Observed] = {}
    for person in people:
        found.setdefault(person.client_id, person)
    return found


def judged(people: Sequence[Observed]) -> list[Observed]:
    """Return who can be judged: each client's first course, where it has at least four scores."""
    return [person for person in first_courses(people).values() if len(person.scores) >= FEWEST_SCORES]


def default_tasks(
    people: Sequence[Observed], folds: Mapping[str, str], fixed: Sequence[int] = FIXED
) -> TaskSet:
    """Return every point with a score seen beyond intake and one to come, up to the last score.

    Points after `fixed` scores beyond intake are the compared ones. Each has its own at-risk set: those
    with at least one later score (for alerts two, see `Truth.later`).
    Raises ValueError where a client who can be judged has no fold, or nobody can be judged.
    """
    asked = judged(people)
    if not asked:
        raise ValueError(
            f"No client has {FEWEST_SCORES} scores on this clock, so nothing can be judged; bring longer courses."
        )
    without = [person.client_id for person in asked if person.client_id not in folds]
    if without:
        raise ValueError(
            f"{len(without)} clients have no fold, the first is {without[0]!r}; give a fold for every "
            f"client with at least {FEWEST_SCORES} scores."
        )
    tasks = tuple(task for person in asked for task in sessions_of(person, folds[person.client_id], fixed))
    clients = len(first_courses(people))
    return TaskSet(tasks, dict(folds), clients - len(asked), len(people) - clients)


def sessions_of(person: Observed, fold: str, fixed: Sequence[int], horizon: int | None = None) -> list[Task]:
    """Return a task for every score beyond intake that has one later, up to the score at index `horizon`.

    Without `horizon` that is the last score.
    """
    end = len(person.scores) - 1 if horizon is None else horizon
    return [
        Task(person.client_id, k, fold, person.times[k + 1], person.times[end], k in fixed)
        for k in range(1, end)
    ]
