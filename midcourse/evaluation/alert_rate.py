"""When a state becomes an alert, and the threshold at which all methods make as many (ST7, ST8)."""

import numpy as np
from numpy.typing import NDArray

from midcourse.course.moments import Array
from midcourse.evaluation.truth import Truth
from midcourse.signals.budget import alerts_of

LATER = 2  # an alert counts only where at least two later scores exist (ST8)
BUDGET = 5.0  # alerts per 100 scored sessions at which methods are compared
CANDIDATES = 400  # thresholds tried on the way to that rate

Mask = NDArray[np.bool_]


def eligible(truth: Truth, silent: Mask) -> Mask:
    """Return the sessions at which an alert would count: known outcome, two later scores, past too early."""
    return np.asarray((truth.later >= LATER) & ~np.isnan(truth.no_improvement) & ~silent)


def threshold_for(truth: Truth, risk: Array, silent: Mask, budget: float = BUDGET) -> float:
    """Return the risk from which on a method would make about `budget` alerts per 100 scored sessions.

    Thresholds are tried from the highest risk down to the first that passes the budget; the nearest of
    them is taken (lower still, rates can fall again, because staying is no new alert). No outcome is
    used. Infinity where the method says nothing at all.
    """
    counts = eligible(truth, silent)
    if not counts.any():
        return float("inf")
    best = nearest = float("inf")
    for value in np.unique(np.quantile(risk[counts], np.linspace(0, 1, CANDIDATES), method="nearest"))[::-1]:
        alerts = alerts_of(truth.client, ~silent & (np.nan_to_num(risk, nan=-np.inf) >= value))
        rate = 100.0 * float((alerts & counts).sum() / counts.sum())
        if abs(rate - budget) < nearest:
            best, nearest = float(value), abs(rate - budget)
        if rate >= budget:
            break
    return best
