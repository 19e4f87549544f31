"""Landmark regression: after each number of scores, a straight line to the next and to the last score."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from midcourse.course.basis import Axis
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.evaluation.method import Asked, Predictions
from midcourse.evaluation.methods.chances import clipped_gaussian, forecast_said
from midcourse.evaluation.methods.points import Points, points_asked, points_of
from midcourse.measures.scale import Scale

FEWEST = 10  # clients with a decision point
RIDGE = 3.0  # as if so many clients said that a column makes no difference, per SD of the column
OWN = 20.0  # as if so many clients spoke for the line pooled over occasions
SMALLEST_SD = 0.5  # of the scale's step: rounding alone leaves this much doubt


@dataclass(frozen=True)
class Landmark:
    """Next and last score by linear regression on intake, latest, mean and slope so far, and time ahead.

    One line per number of scores seen, pulled towards the line pooled over occasions; the residual SD
    is that occasion's. The forecast is normal with all mass beyond an end on that end. Risk is the chance
    of no reliable improvement; the alert is a chance above one half.
    """

    name: str = "landmark regression"
    source: str = "idea of van Houwelingen 2007, Scand J Stat 34:70, doi 10.1111/j.1467-9469.2006.00529.x"

    def learn(self, people: Sequence[Observed], scale: Scale, axis: Axis) -> "LearnedLandmark":
        """Learn both lines.

        Raises ValueError where under 10 clients have three scores.
        """
        points = points_of(people, scale, FEWEST)
        following = _lines(points, points.next, points.next_time, scale)
        return LearnedLandmark(scale, following, _lines(points, points.last, points.horizon, scale))


@dataclass(frozen=True)
class _Line:
    """Coefficients of the standardised columns, the residual SD, and how many clients they rest on."""

    beta: Array
    sd: float
    clients: float


@dataclass(frozen=True)
class _Lines:
    centre: Array
    width: Array
    pooled: _Line
    own: dict[int, _Line]

    def at(self, points: Points, time: Array) -> tuple[Array, Array]:
        """Return mean and SD at each point."""
        x = self.standard(_columns(points, time))
        lines = [self.own.get(int(k), self.pooled) for k in points.k]
        beta = np.array([line.beta for line in lines]).reshape(len(lines), x.shape[1])
        return (x * beta).sum(axis=1), np.array([line.sd for line in lines], dtype=float)

    def standard(self, columns: Array) -> Array:
        """Return the columns after one for the intercept, standardised."""
        return np.column_stack([np.ones(len(columns)), (columns - self.centre) / self.width])


def _columns(points: Points, time: Array) -> Array:
    ahead = np.log1p(np.maximum(time - points.now, 0.0))
    occasion = np.log(np.maximum(points.k, 1))
    return np.column_stack(
        [points.latest, points.intake, points.mean, points.slope, np.log1p(np.maximum(points.now, 0.0)),
         ahead, ahead * points.latest, occasion]
    )  # fmt: skip


def _lines(points: Points, target: Array, time: Array, scale: Scale) -> _Lines:
    columns, weight = _columns(points, time), points.weight()
    centre = np.average(columns, axis=0, weights=weight)
    width = np.sqrt(np.average((columns - centre) ** 2, axis=0, weights=weight))
    empty = _Lines(centre, np.where(width > 1e-9, width, 1.0), _Line(centre, 1.0, 0.0), {})
    x = empty.standard(columns)
    none = np.append(np.average(target, weights=weight), np.zeros(x.shape[1] - 1))
    pooled = _fitted(x, target, weight, none, RIDGE, scale)
    own = {}
    for k in np.unique(points.k):
        at = points.k == k
        own[int(k)] = _fitted(x[at], target[at], np.ones(at.sum()), pooled.beta, OWN, scale, pooled.sd)
    return _Lines(empty.centre, empty.width, pooled, own)


def _fitted(
    x: Array, y: Array, weight: Array, prior: Array, pull: float, scale: Scale, sd: float | None = None
) -> _Line:
    """Return the line pulled towards a prior one; the SD is pulled towards that of `sd`, where given."""
    pulled = np.append(1e-3, np.full(x.shape[1] - 1, pull))
    curvature = (x * weight[:, None]).T @ x + np.diag(pulled)
    inverse = np.linalg.inv(curvature)
    beta = prior + inverse @ (x.T @ (weight * (y - x @ prior)))
    total = float(weight.sum())
    # Each client's leverage is spent on the fit and tells nothing of the doubt that remains.
    spent = float((weight[:, None] * (x @ inverse) * x).sum())
    squares = float(weight @ (y - x @ beta) ** 2)
    if sd is not None:
        squares, total = squares + OWN * sd**2, total + OWN
    variance = squares / max(total - spent, 1.0)
    return _Line(beta, max(variance**0.5, SMALLEST_SD * scale.step), total)


@dataclass(frozen=True)
class LearnedLandmark:
    """Both lines after learning."""

    scale: Scale
    following: _Lines
    last: _Lines

    def predict(self, asked: Sequence[Asked]) -> Predictions:
        """Return what the lines say at each decision point."""
        points = points_asked(asked, self.scale)
        return forecast_said(self.scale, points, *self.distributions(points))

    def distributions(self, points: Points) -> tuple[Array, Array]:
        """Return the distributions of the (turned) next and last scores."""
        following = clipped_gaussian(self.scale, *self.following.at(points, points.next_time))
        return following, clipped_gaussian(self.scale, *self.last.at(points, points.horizon))
