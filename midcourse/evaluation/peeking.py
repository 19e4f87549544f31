"""Does a method know what it may not know? Change the future and see whether its answers change."""

from collections.abc import Sequence
from dataclasses import replace

from midcourse.course.basis import Axis
from midcourse.course.observed import Observed
from midcourse.evaluation.method import Method
from midcourse.evaluation.run import Told, run
from midcourse.evaluation.tasks import TaskSet
from midcourse.measures.scale import Scale


def looks_ahead(method: Method, people: Sequence[Observed], scale: Scale, axis: Axis, tasks: TaskSet) -> bool:
    """Say whether a method's answers change when only scores it may not know change.

    The last fold's clients are turned upside down after their first task (y becomes minimum + maximum
    - y) and all is run again; what was learned for that fold is the same, so every answer to those first
    tasks must be the same too. A method that cannot repeat itself is caught as well.
    Raises ValueError, with the reason, where the method cannot be run.
    """
    fold = tasks.tasks[-1].fold
    first: dict[str, int] = {}
    for row, task in enumerate(tasks.tasks):
        if task.fold == fold:
            first.setdefault(task.client_id, row)
    kept = {client: tasks.tasks[row].seen for client, row in first.items()}
    changed = [_turned(person, kept.get(person.client_id), scale) for person in people]
    rows = list(first.values())
    before, after = (
        _answers(run([method], some, scale, axis, tasks).told[0], rows) for some in (people, changed)
    )
    return before != after


def _turned(person: Observed, kept: int | None, scale: Scale) -> Observed:
    if kept is None:
        return person
    later = tuple(scale.minimum + scale.maximum - score for score in person.scores[kept:])
    return replace(person, scores=person.scores[:kept] + later)


def _answers(told: Told, rows: list[int]) -> list[bytes]:
    said = told.predictions
    if said is None:
        raise ValueError(f"{told.name} could not be run: {told.failed}")
    arrays = (
        said.p_no_improvement,
        said.p_deterioration,
        said.risk,
        said.alert,
        said.next_cdf,
        said.last_cdf,
    )
    return [array[rows].tobytes() for array in arrays if array is not None]
