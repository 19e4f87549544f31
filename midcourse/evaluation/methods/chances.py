"""From a forecast of the next and the last score to everything a method says, in the scale's direction."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from midcourse.course.moments import Array
from midcourse.course.predictive import SLACK
from midcourse.evaluation.method import Predictions, values_of
from midcourse.evaluation.methods.points import Points, said
from midcourse.measures.scale import Scale


def clipped_gaussian(scale: Scale, mean: Array, sd: Array) -> Array:
    """Return P(Y <= y) on the scale's values with all mass beyond an end on that end, shape (n, values).

        P(Y <= y) = Phi((y + step/2 - mean) / sd) below the highest value, and 1 there

    `mean` and `sd` are turned scores, so the distribution is too.
    """
    edges = values_of(scale)[None, :] + scale.step / 2
    cdf = np.asarray(ndtr((edges - mean[:, None]) / sd[:, None]))
    cdf[:, -1] = 1.0
    return cdf


def turned_back(scale: Scale, cdf: Array) -> Array:
    """Return a distribution of turned scores as one of the scale's own scores (or the other way round)."""
    if not scale.higher_is_better:
        return cdf
    own = np.ones_like(cdf)
    own[:, :-1] = 1.0 - cdf[:, -2::-1]
    return own


def chances(scale: Scale, points: Points, last: Array) -> tuple[Array, Array]:
    """Return the chances of no reliable improvement and of deterioration from the last score's distribution.

    `last` is a distribution of turned scores. Raises ValueError where no reliable change is in force.
    """
    if scale.reliable_change is None:
        raise ValueError(f"{scale.measure} has no reliable change in force; give one.")
    enough = scale.reliable_change.points
    better = _steps(scale, points.intake - enough, np.floor)
    worse = _steps(scale, points.intake + enough, np.ceil) - 1
    return 1.0 - _at(last, better), 1.0 - _at(last, worse)


def _steps(scale: Scale, score: Array, rounded: "np.ufunc") -> NDArray[np.intp]:
    slack = SLACK if rounded is np.floor else -SLACK
    return np.asarray(rounded((score - scale.minimum) / scale.step + slack), dtype=np.intp)


def _at(cdf: Array, place: NDArray[np.intp]) -> Array:
    """Return the distribution function at places that may lie beyond its ends."""
    inside = np.clip(place, 0, cdf.shape[1] - 1)
    return np.where(place < 0, 0.0, cdf[np.arange(len(cdf)), inside])


def forecast_said(
    scale: Scale,
    points: Points,
    following: Array,
    last: Array,
    *,
    risk: Array | None = None,
    alert: NDArray[np.bool_] | None = None,
) -> Predictions:
    """Return what follows from the distributions of the next and the last score (turned).

    Without a `risk` it is the chance of no reliable improvement, without an `alert` that chance above
    one half.
    """
    p, q = chances(scale, points, last)
    return said(
        points,
        Predictions(
            p,
            q,
            p if risk is None else risk,
            p > 0.5 if alert is None else alert,
            turned_back(scale, following),
            turned_back(scale, last),
        ),
    )
