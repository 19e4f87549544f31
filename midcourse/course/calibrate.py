"""Learn, by cross-fitting, how a course's forecasts must be corrected (ST3)."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_ndtr, ndtr

from midcourse.course.batch import corrected_many, features_many, forecast_many
from midcourse.course.course import Course
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.course.pairs import Pairs, pairs_of
from midcourse.course.recalibration import FEATURES, Recalibration
from midcourse.measures.scale import Scale

FEWEST = 100  # the identity below this many clients (ST3)
FOLDS = 5
RIDGE = 4.0  # pseudo-clients that pull each coefficient towards no correction
PIT_PRIOR = 30.0  # pseudo-clients that pull the probability map towards the identity
BLEND = (0.1, 0.6)  # quantiles of the corrected mean between which the upper map takes over
KNOTS = (0.0, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99, 1.0)

Refit = Callable[[Sequence[Observed]], Course]


def folds_of(count: int, folds: int, seed: int) -> NDArray[np.intp]:
    """Return a fold number for each client, of sizes that differ by at most one."""
    order = np.random.RandomState(seed).permutation(count)
    out = np.empty(count, dtype=np.intp)
    out[order] = np.arange(count) % folds
    return out


def calibrated_course(course: Course, people: Sequence[Observed], scale: Scale, refit: Refit) -> Course:
    """Return the course with its cross-fitted correction; unchanged below 100 clients.

    `refit` fits the same kind of course on other clients (same basis); each fold's clients are
    forecast by a course that has not seen them.
    """
    usable = [person for person in people if len(person.scores) > 1]
    if len(usable) < FEWEST:
        return course
    fold = folds_of(len(usable), FOLDS, seed=len(usable))
    means, sds, held = [], [], []
    for number in range(FOLDS):
        inside = [p for p, f in zip(usable, fold, strict=True) if f != number]
        outside = [p for p, f in zip(usable, fold, strict=True) if f == number]
        fitted = refit(inside)
        pairs = pairs_of(outside, fitted)
        found = forecast_many(fitted, pairs.seen, pairs.time)
        means.append(found.raw_mean)
        sds.append(found.raw_sd)
        held.append((pairs, number))
    learned = _learn(np.concatenate(means), np.concatenate(sds), _join(held), scale)
    return replace(course, recalibration=learned)


def _join(held: list[tuple[Pairs, int]]) -> tuple[Array, Array, NDArray[np.intp]]:
    """Targets, horizons and a client number for every held-out pair."""
    target = np.concatenate([pairs.target for pairs, _ in held])
    ahead = np.concatenate([pairs.time - pairs.seen.last for pairs, _ in held])
    person = np.concatenate([pairs.person * FOLDS + number for pairs, number in held])
    return target, ahead, person


def _learn(
    mean: Array, sd: Array, joined: tuple[Array, Array, NDArray[np.intp]], scale: Scale
) -> Recalibration:
    target, ahead, person = joined
    middle, width = float(mean.mean()), float(2.0 * mean.std() + 1e-9)
    _, number, count = np.unique(person, return_inverse=True, return_counts=True)
    weight = 1.0 / count[number]  # each client counts once
    x = features_many(mean, sd, ahead, middle, width)
    low, high = _edges(target, scale)
    found = minimize(
        _loss, np.zeros(2 * FEATURES), args=(x, mean, sd, low, high, weight), jac=True, method="L-BFGS-B"
    )
    identity = (0.0, 1.0)
    shift, spread = (tuple(float(v) for v in part) for part in np.split(found.x, 2))
    first = Recalibration(shift, spread, middle, width, identity, identity, identity, (0.0, 1.0), len(count))
    m, s = corrected_many(first, mean, sd, ahead)
    blend = (float(np.quantile(m, BLEND[0])), float(np.quantile(m, BLEND[1])) + 1e-9)
    share = np.clip((m - blend[0]) / (blend[1] - blend[0]), 0.0, 1.0)
    below, above = ndtr((low - m) / s), ndtr((high - m) / s)
    maps = [_pit_map(below, above, weight * part) for part in (1.0 - share, share)]
    return replace(first, knots=KNOTS, low=maps[0], high=maps[1], blend=blend)


def _edges(target: Array, scale: Scale) -> tuple[Array, Array]:
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
    m, s = mean + sd * (x @ shift), sd * np.exp(np.clip(x @ spread, -1.5, 1.5))
    a, b = (low - m) / s, (high - m) / s
    log_p = _log_cell(a, b)
    pa, pb = _ratio(a, log_p), _ratio(b, log_p)
    by_mean = (pa - pb) / s
    fa, fb = np.where(np.isfinite(a), a, 0.0) * pa, np.where(np.isfinite(b), b, 0.0) * pb
    penalty = RIDGE * np.r_[0.0, np.ones(FEATURES - 1)]
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


def _pit_map(low: Array, high: Array, weight: Array) -> tuple[float, ...]:
    """Mean share of each observed cell's probability below u: the CDF of the randomised PIT."""
    width = np.maximum(high - low, 1e-12)
    total = weight.sum()
    heights = []
    for u in KNOTS:
        share = float(weight @ np.clip((u - low) / width, 0.0, 1.0))
        heights.append((share + PIT_PRIOR * u) / (total + PIT_PRIOR))
    heights[0], heights[-1] = 0.0, 1.0
    return tuple(float(h) for h in np.maximum.accumulate(heights))
