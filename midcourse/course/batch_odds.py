"""The odds of many forecasts at once: `Predictive.reliable_improvement`, `Odds.no_improvement`, on arrays."""

import numpy as np
from scipy.special import expit, logit

from midcourse.course.batch import ForecastMany, at_most_many
from midcourse.course.course import Course
from midcourse.course.moments import Array
from midcourse.course.odds import SURE, Odds
from midcourse.measures.scale import Scale


def at_least_many(course: Course, scale: Scale, found: ForecastMany, score: Array) -> Array:
    """Return P(Y >= score): one minus P(Y <= next possible score below)."""
    grid = np.ceil((score - scale.minimum) / scale.step - 1e-9)
    return 1.0 - at_most_many(course, scale, found, scale.minimum + (grid - 1.0) * scale.step)


def improvement_many(course: Course, scale: Scale, found: ForecastMany, first: Array) -> Array:
    """Return the uncorrected odds of reliable improvement on the first score, NaN without a reliable change."""
    if scale.reliable_change is None:
        return np.full(len(first), np.nan)
    points = scale.reliable_change.points
    if scale.higher_is_better:
        return at_least_many(course, scale, found, first + points)
    return at_most_many(course, scale, found, first - points)


def deterioration_many(course: Course, scale: Scale, found: ForecastMany, first: Array) -> Array:
    """Return the odds of reliable deterioration from the first score, NaN without a reliable change."""
    if scale.reliable_change is None:
        return np.full(len(first), np.nan)
    points = scale.reliable_change.points
    if scale.higher_is_better:
        return at_most_many(course, scale, found, first - points)
    return at_least_many(course, scale, found, first + points)


def no_improvement_many(odds: Odds, chance: Array, worse: Array, later: Array) -> Array:
    """Return `Odds.no_improvement` for many clients."""
    corrected = expit(odds.a + odds.b * logit(np.clip(chance, SURE, 1.0 - SURE)))
    if odds.by_change is None:
        return np.asarray(corrected)
    c, n = odds.by_change, np.log(np.maximum(later, 1.0))
    rate = expit(c[0] + c[1] * worse + c[2] * n + c[3] * worse * n)
    return np.asarray(np.where(later < 1, corrected, (corrected + rate) / 2))
