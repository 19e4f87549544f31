"""Cross-validated predictions: each fold's clients, asked of methods that learned from the other folds only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from midcourse.course.basis import Axis
from midcourse.course.observed import Observed
from midcourse.evaluation.method import Asked, Method, Predictions
from midcourse.evaluation.said import check, joined
from midcourse.evaluation.tasks import Task, TaskSet, first_courses
from midcourse.evaluation.truth import Truth, truth_of
from midcourse.measures.scale import Scale

Progress = Callable[[float], None]


@dataclass(frozen=True)
class Told:
    """What one method said at every prediction point, or why it could not."""

    name: str
    source: str
    predictions: Predictions | None
    failed: str | None = None


@dataclass(frozen=True)
class Run:
    """The predictions of all methods beside what came, one row per task in the order of `tasks`."""

    scale: Scale
    axis: Axis
    tasks: TaskSet
    truth: Truth
    told: tuple[Told, ...]

    def of(self, name: str) -> Told:
        """Return one method's predictions. Raises KeyError for a name that was not run."""
        return {told.name: told for told in self.told}[name]


def run(
    methods: Sequence[Method],
    people: Sequence[Observed],
    scale: Scale,
    axis: Axis,
    tasks: TaskSet,
    *,
    progress: Progress | None = None,
) -> Run:
    """Return what each method says at every task, learned without any client of the task's fold.

    All courses of a client are in the client's fold. A method is shown records cut off at the point it
    is asked about. One that raises ValueError, or says what cannot be, is kept with its reason. `progress` is
    called with the share done, 0 to 1.
    Raises ValueError where the scale has no reliable change in force, two methods have one name, or
    there are fewer than two folds.
    """
    names = [method.name for method in methods]
    if len(set(names)) < len(names):
        raise ValueError("Two methods have the same name; give each its own.")
    folds = list(dict.fromkeys(task.fold for task in tasks.tasks))
    if len(folds) < 2:
        raise ValueError("All tasks are in one fold, so there is nobody to learn from; give at least two.")
    truth = truth_of(tasks.tasks, people, scale)
    told, steps = [], len(methods) * len(folds)
    for number, method in enumerate(methods):
        one = _Asking(method, people, scale, axis, tasks)
        for place, fold in enumerate(folds):
            one.ask(fold)
            if progress is not None:
                progress((number * len(folds) + place + 1) / steps)
        told.append(one.told(len(folds)))
    return Run(scale, axis, tasks, truth, tuple(told))


class _Asking:
    """One method, asked fold by fold."""

    def __init__(
        self, method: Method, people: Sequence[Observed], scale: Scale, axis: Axis, tasks: TaskSet
    ) -> None:
        self.method, self.people, self.scale, self.axis, self.tasks = method, people, scale, axis, tasks
        self.courses = first_courses(people)
        self.parts: list[tuple[np.ndarray[tuple[int], np.dtype[np.intp]], Predictions]] = []
        self.reasons: list[str] = []

    def ask(self, fold: str) -> None:
        if self.reasons:
            return  # one fold without an answer is enough: no figure is made of the rest
        inside = [p for p in self.people if self.tasks.folds.get(p.client_id) != fold]
        rows = [row for row, task in enumerate(self.tasks.tasks) if task.fold == fold]
        asked = [self._asked(self.tasks.tasks[row]) for row in rows]
        try:
            said = self.method.learn(inside, self.scale, self.axis).predict(asked)
            check(said, len(asked), self.scale)
        except ValueError as problem:
            self.reasons.append(f"fold {fold}: {problem}")
        else:
            self.parts.append((np.array(rows, dtype=np.intp), said))

    def _asked(self, task: Task) -> Asked:
        return Asked(self.courses[task.client_id].up_to(task.seen), task.next_time, task.horizon)

    def told(self, folds: int) -> Told:
        name, source = self.method.name, self.method.source
        if self.reasons:
            return Told(name, source, None, self.reasons[0])
        return Told(name, source, joined(self.parts, len(self.tasks.tasks)))
