"""The empirical method as commonly described: expected course by intake with tolerance bounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import ndtri

from midcourse.course.basis import Axis, Basis
from midcourse.course.batch import SeenMany, forecast_many
from midcourse.course.course import Course
from midcourse.course.expect import expected_course
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.evaluation.method import Asked, Predictions
from midcourse.evaluation.methods.chances import clipped_gaussian, forecast_said
from midcourse.evaluation.methods.points import Points, points_asked, turned
from midcourse.measures.scale import Scale

Bound = Literal[68, 80, 90]


@dataclass(frozen=True)
class Finch:
    """A mixed model on the logarithm of time by intake; risk is how far the latest score lies off it.

        risk = (latest - expected at this intake and time) / SD there

    The alert is a score beyond the worse end of the two-sided bound that holds `bound` per cent of
    clients (68 and 80: the empirical method's yellow and red; 90: Trier's boundary). The expectation
    rests on intake alone and is never updated by the scores that follow, as in the published systems;
    so are the chances and forecasts. Intake enters as a number, not in groups, and tolerance bounds are
    normal. Details are unverified: only the abstract was seen.
    """

    bound: Bound = 80
    source: str = "Finch, Lambert, Schaalje 2001, Clin Psychol Psychother 8:231, doi 10.1002/cpp.286"

    @property
    def name(self) -> str:
        """Return the method's name with its bound."""
        return f"log-time bound {self.bound} %"

    def learn(self, people: Sequence[Observed], scale: Scale, axis: Axis) -> "_LearnedFinch":
        """Fit the expected course.

        Raises ValueError where there are too few clients for it or the fit does not converge.
        """
        flipped = [
            Observed(p.client_id, p.times, tuple(turned(scale, np.array(p.scores))), p.therapist_id)
            for p in people
        ]
        course = expected_course(flipped, scale.measure, axis, basis=Basis("ln", axis, 2))
        return _LearnedFinch(scale, course, float(ndtri(0.5 + self.bound / 200)))


@dataclass(frozen=True)
class _LearnedFinch:
    scale: Scale
    course: Course
    limit: float

    def predict(self, asked: Sequence[Asked]) -> Predictions:
        points = points_asked(asked, self.scale)
        mean, sd = self._expected(points, points.now)
        risk = (points.latest - mean) / sd
        following, last = (
            clipped_gaussian(self.scale, *self._expected(points, time))
            for time in (points.next_time, points.horizon)
        )
        return forecast_said(self.scale, points, following, last, risk=risk, alert=risk > self.limit)

    def _expected(self, points: Points, time: Array) -> tuple[Array, Array]:
        """Return mean and SD at a time, from intake alone; parts of an integrated fit are joined."""
        n, width, q = len(points.k), self.course.basis.width, self.course.basis.q
        nothing = np.zeros(n)
        so_far = SeenMany(
            points.intake,
            points.now,
            nothing,
            np.zeros((n, q, q)),
            np.zeros((n, q, width)),
            np.zeros((n, q)),
            points.intake,
        )
        found = forecast_many(self.course, so_far, time)
        mean = found.weights @ found.means
        square = found.weights @ (found.sds**2 + found.means**2)
        return mean, np.sqrt(square - mean**2)
