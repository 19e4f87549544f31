"""Fit a correction of forecasts to the cells of a whole-number scale (ST3)."""

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_ndtr

from midcourse.course.moments import Array
from midcourse.measures.scale import Scale

RIDGE = 4.0  # pseudo-clients that pull each coefficient towards no correction
PIT_PRIOR = 30.0  # pseudo-clients that pull the probability map towards the identity
CLOSE = 1e-7  # of the loss: a search that gains less than this per step has come near enough
WIDEST = 1.5  # of the log-SD factor: no correction makes a forecast over 4.5 times as wide
KNOTS = (0.0, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99, 1.0)


def fit_correction(
    x: Array, mean: Array, sd: Array, low: Array, high: Array, weight: Array
) -> tuple[Array, Array]:
    """Return the shift and spread coefficients that make the observed cells most likely.

    m' = mean + sd (x . shift), s' = sd exp(x . spread); `x` is (n, features) with 1 first, the cells
    run from `low` to `high` (infinite at an open end), `weight` counts each row. A ridge pulls every
    coefficient but the first towards 0.
    """
    features = x.shape[1]
    found = minimize(
        _loss,
        np.zeros(2 * features),
        args=(x, mean, sd, low, high, weight),
        jac=True,
        method="L-BFGS-B",
        options={"ftol": CLOSE},
    )
    shift, spread = np.split(np.asarray(found.x), 2)
    return shift, spread


def edges(target: Array, scale: Scale) -> tuple[Array, Array]:
    """The edges of each observed score's cell; the end cells are open (clipping, not truncation)."""
    value = scale.minimum + np.round((target - scale.minimum) / scale.step) * scale.step
    value = np.clip(value, scale.minimum, scale.maximum)
    low = np.where(value <= scale.minimum, -np.inf, value - scale.step / 2)
    high = np.where(value >= scale.maximum, np.inf, value + scale.step / 2)
    return low, high


def _loss(
    theta: Array, x: Array, mean: Array, sd: Array, low: Array, high: Array, weight: Array
) -> tuple[float, Array]:
    """Weighted -log P(observed cell) after correction, with ridge, and its gradient."""
    shift, spread = np.split(theta, 2)
    m, s = mean + sd * (x @ shift), sd * np.exp(np.clip(x @ spread, -WIDEST, WIDEST))
    a, b = (low - m) / s, (high - m) / s
    log_p = _log_cell(a, b)
    pa, pb = _ratio(a, log_p), _ratio(b, log_p)
    by_mean = (pa - pb) / s
    fa, fb = np.where(np.isfinite(a), a, 0.0) * pa, np.where(np.isfinite(b), b, 0.0) * pb
    penalty = RIDGE * np.r_[0.0, np.ones(x.shape[1] - 1)]
    penalty = np.r_[penalty, penalty]
    gradient = -np.r_[(weight * by_mean * sd) @ x, (weight * (fa - fb)) @ x] + penalty * theta
    return float(-(weight @ log_p) + 0.5 * penalty @ theta**2), gradient


def _log_cell(a: Array, b: Array) -> Array:
    """ln(Phi(b) - Phi(a)), computed in the tail where both lie."""
    flip = a > 0
    lo, hi = np.where(flip, -b, a), np.where(flip, -a, b)
    top = log_ndtr(hi)
    return np.asarray(top + np.log1p(-np.exp(np.minimum(log_ndtr(lo) - top, -1e-12))))


def _ratio(edge: Array, log_p: Array) -> Array:
    """phi(edge) / P(cell), zero at an open end."""
    finite = np.isfinite(edge)
    log_phi = np.where(finite, -0.5 * np.where(finite, edge, 0.0) ** 2 - 0.9189385332046727, -np.inf)
    return np.exp(log_phi - log_p)


def pit_map(low: Array, high: Array, weight: Array) -> tuple[float, ...]:
    """Mean share of each observed cell's probability below u: the CDF of the randomised PIT."""
    width = np.maximum(high - low, 1e-12)
    total = weight.sum()
    heights = []
    for u in KNOTS:
        share = float(weight @ np.clip((u - low) / width, 0.0, 1.0))
        heights.append((share + PIT_PRIOR * u) / (total + PIT_PRIOR))
    heights[0], heights[-1] = 0.0, 1.0
    return tuple(float(h) for h in np.maximum.accumulate(heights))
