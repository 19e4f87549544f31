"""Leave clients out: forecast each person by a course learned from other people only."""

from collections.abc import Callable, Sequence

from midcourse.course.basis import Axis
from midcourse.course.calibrate import calibrated_course, folds_of
from midcourse.course.choose import course_for
from midcourse.course.course import Course, Form
from midcourse.course.expect import expected_course
from midcourse.course.observed import Observed
from midcourse.evaluation.held_out import HeldOut, held_out, stack
from midcourse.measures.scale import Scale

FOLDS = 10

Learn = Callable[[Sequence[Observed]], Course]
Progress = Callable[[float], None]


def learner(scale: Scale, axis: Axis, form: Form = "intake once") -> Learn:
    """Return what learns a course from people as a review does, without any reference.

    Basis, fit and recalibration all come from those people alone. `form` "all scores" gives the other
    model, for comparison (ST1). The function it returns raises ValueError, saying why, where no
    course can be expected from them.
    """

    def learn(people: Sequence[Observed]) -> Course:
        if form == "all scores":
            return _all_scores(people, scale, axis)
        chosen = course_for(people, scale, axis, references=False)
        if chosen.course is None:
            raise ValueError(chosen.why)
        return chosen.course

    return learn


def _all_scores(people: Sequence[Observed], scale: Scale, axis: Axis) -> Course:
    course = expected_course(people, scale.measure, axis, form="all scores")

    def refit(some: Sequence[Observed]) -> Course:
        return expected_course(some, scale.measure, axis, basis=course.basis, form="all scores")

    return calibrated_course(course, people, scale, refit)


def cross_validate(
    people: Sequence[Observed],
    scale: Scale,
    learn: Learn,
    *,
    folds: int = FOLDS,
    seed: int = 0,
    progress: Progress | None = None,
) -> HeldOut:
    """Return the forecasts of every client by a course that `learn` made of the other folds' clients.

    Clients with one score add no prediction point and are learned from only as `learn` sees fit.
    Raises ValueError with fewer than two folds or fewer clients with a second score than folds.
    """
    usable = sum(len(person.scores) > 1 for person in people)
    if not 2 <= folds <= usable:
        raise ValueError(f"{usable} clients with a second score cannot be split into {folds} folds.")
    judged = [person for person in people if len(person.scores) > 1]
    short = [person for person in people if len(person.scores) < 2]
    fold = folds_of(len(judged), folds, seed)
    found = []
    for number in range(folds):
        inside = [person for person, f in zip(judged, fold, strict=True) if f != number]
        outside = [person for person, f in zip(judged, fold, strict=True) if f == number]
        found.append(held_out(learn([*inside, *short]), outside, scale))
        if progress is not None:
            progress((number + 1) / folds)
    return stack(found)
