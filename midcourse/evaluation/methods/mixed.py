"""The dynamic mixed model: a forecast that moves with every score, plain or corrected for the scale's ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from midcourse.course.basis import Axis
from midcourse.course.batch import SeenMany, at_most_many, forecast_many
from midcourse.course.calibrate import calibrated_course
from midcourse.course.course import Course
from midcourse.course.expect import expected_course, without_recalibration
from midcourse.course.forecast import seen
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.evaluation.method import Asked, Predictions, values_of
from midcourse.evaluation.methods.chances import forecast_said
from midcourse.evaluation.methods.points import points_asked, turned
from midcourse.measures.scale import Scale


@dataclass(frozen=True)
class Mixed:
    """The linear mixed model that `midcourse review` draws its bands from, intake used once.

    "Gaussian" is the fit as it is, with all mass beyond an end on that end; with `bounded` mean, SD and
    shape are corrected by cross-fitting (the identity below 100 clients). Risk is the chance of no
    reliable improvement; the alert is a chance above one half.
    """

    bounded: bool = True
    source: str = "Laird, Ware 1982, Biometrics 38:963, doi 10.2307/2529876 (the model)"

    @property
    def name(self) -> str:
        """Return the method's name."""
        return "mixed model" if self.bounded else "Gaussian mixed"

    def learn(self, people: Sequence[Observed], scale: Scale, axis: Axis) -> "LearnedMixed":
        """Fit the course, and learn its correction from held-out forecasts.

        Raises ValueError where too few clients have a second score or the fit does not converge.
        """
        worse = replace(scale, higher_is_better=False)
        same_way = [_turned(person, scale) for person in people]
        course = expected_course(same_way, scale.measure, axis)
        if not self.bounded:
            return LearnedMixed(scale, without_recalibration(course))

        def refit(some: Sequence[Observed]) -> Course:
            return expected_course(some, scale.measure, axis, basis=course.basis)

        return LearnedMixed(scale, calibrated_course(course, same_way, worse, refit))


def _turned(person: Observed, scale: Scale) -> Observed:
    """The same client on a scale where higher is worse."""
    return replace(person, scores=tuple(map(float, turned(scale, np.array(person.scores)))))


@dataclass(frozen=True)
class LearnedMixed:
    """The fitted course of turned scores."""

    scale: Scale
    course: Course

    def predict(self, asked: Sequence[Asked]) -> Predictions:
        """Return what the course says at each decision point."""
        points = points_asked(asked, self.scale)
        so_far = stacked(self.course, [_turned(one.seen, self.scale) for one in asked])
        following, last = (self._distribution(so_far, time) for time in (points.next_time, points.horizon))
        return forecast_said(self.scale, points, following, last)

    def _distribution(self, so_far: SeenMany, time: Array) -> Array:
        worse = replace(self.scale, higher_is_better=False)
        found = forecast_many(self.course, so_far, time)
        return np.array([at_most_many(self.course, worse, found, value) for value in values_of(worse)]).T


def stacked(course: Course, people: Sequence[Observed]) -> SeenMany:
    """The running sums of every record seen, as arrays."""
    q, width = course.basis.q, course.basis.width
    sums = [seen(course, person) for person in people]
    return SeenMany(
        intake=np.array([one.intake for one in sums], dtype=float),
        last=np.array([one.last for one in sums], dtype=float),
        n=np.array([one.n for one in sums], dtype=float),
        g=np.array([one.g for one in sums], dtype=float).reshape(-1, q, q),
        h=np.array([one.h for one in sums], dtype=float).reshape(-1, q, width),
        s=np.array([one.s for one in sums], dtype=float).reshape(-1, q),
        latest=np.array([one.latest for one in sums], dtype=float),
    )
