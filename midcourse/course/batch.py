"""Forecasts for many clients at once: the same formulas as `forecast`, on arrays.

The plain-Python `forecast` is the reference; the executable spec holds both to 1e-9.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from midcourse.course.course import Course, Parameters
from midcourse.course.design import columns
from midcourse.course.forecast import FLAT
from midcourse.course.likelihood import woodbury
from midcourse.course.moments import Array
from midcourse.course.predictive import SLACK
from midcourse.course.recalibration import STEEPEST, Recalibration
from midcourse.measures.scale import Scale


@dataclass(frozen=True)
class SeenMany:
    """The running sums of n clients: `Seen`, field by field, as arrays.

    `intake`, `last`, `n`, `latest` are (n,); g (n, q, q); h (n, q, width); s (n, q).
    """

    intake: Array
    last: Array
    n: Array
    g: Array
    h: Array
    s: Array
    latest: Array

    def where(self, mask: NDArray[np.bool_]) -> "SeenMany":
        """Return only the clients of a mask."""
        return SeenMany(*(getattr(self, one.name)[mask] for one in fields(self)))


@dataclass(frozen=True)
class OwnMany:
    """What corrections know of n clients' own scores: `Own`, field by field, as arrays."""

    first: Array
    latest: Array
    average: Array
    slope: Array
    later: Array


def own_many(course: Course, so_far: SeenMany, mean: Array) -> OwnMany:
    """Return `forecast.own_of` for many clients."""
    extra = 1.0 if course.form == "intake once" else 0.0
    rows = so_far.n + extra
    some, count = rows > 0, np.maximum(rows, 1.0)
    total = so_far.s[:, 0] + extra * so_far.intake
    slope = np.zeros_like(total)
    if course.basis.q > 1:
        x, xx = so_far.h[:, 0, 1], so_far.h[:, 1, 1]
        around = xx - x * x / count
        slope = np.divide(so_far.s[:, 1] - x * total / count, around, out=slope, where=around > FLAT)
    first, latest, average = (
        np.where(some, one, mean) for one in (so_far.intake, so_far.latest, total / count)
    )
    return OwnMany(first, latest, average, slope, np.maximum(rows - 1.0, 0.0))


@dataclass(frozen=True)
class ForecastMany:
    """Corrected parts of n forecasts: `means` and `sds` are (parts, n), `weights` (parts,)."""

    weights: Array
    means: Array
    sds: Array
    raw_mean: Array
    raw_sd: Array
    borrowed_share: Array
    own_share: Array


def forecast_many(course: Course, so_far: SeenMany, time: Array) -> ForecastMany:
    """Return the forecasts of n clients at n times; see `forecast.forecast` for the formula."""
    f = columns(course.basis, np.asarray(time, dtype=float))
    one = np.ones_like(so_far.intake)
    centred = so_far.intake - course.centre
    w = np.column_stack([one, centred]) if course.form == "intake once" else one[:, None]
    found = [_moments(p, w, so_far, f) for _, p in course.parts]
    means = np.array([mean for mean, *_ in found])
    variances = np.array([variance for _, variance, *_ in found])
    sds = np.sqrt(variances)
    first = found[0]
    weights = np.array([weight for weight, _ in course.parts])
    raw = means[0], sds[0]
    if course.recalibration is not None:
        pairs = [
            corrected_many(course.recalibration, m, s, time - so_far.last, own_many(course, so_far, m))
            for m, s in zip(means, sds, strict=True)
        ]
        means, sds = np.array([m for m, _ in pairs]), np.array([s for _, s in pairs])
    own = np.maximum(0.0, 1.0 - first[1] / first[2])
    return ForecastMany(weights, means, sds, *raw, first[3], own)


def _moments(
    parameters: Parameters, w: Array, so_far: SeenMany, f: Array
) -> tuple[Array, Array, Array, Array]:
    psi = np.array(parameters.random_cov)
    residual = parameters.residual
    q = len(psi)
    z = f[:, :q]
    a = w @ np.array(parameters.beta)
    values, vectors = np.linalg.eigh(psi)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    k = woodbury(so_far.g / residual, root).k
    kz = (k @ z[:, :, None])[:, :, 0]
    left = so_far.s - (so_far.h @ a[:, :, None])[:, :, 0]
    mean = (f * a).sum(axis=1) + (kz * left).sum(axis=1) / residual
    g = f - (so_far.h.transpose(0, 2, 1) @ kz[:, :, None])[:, :, 0] / residual
    spread, borrowed = _parameter_part(parameters, _outer(w, g))
    before, _ = _parameter_part(parameters, _outer(w, f))
    prior = ((z @ psi) * z).sum(axis=1)
    return mean, residual + (kz * z).sum(axis=1) + spread, residual + prior + before, borrowed


def _outer(w: Array, g: Array) -> Array:
    return (w[:, :, None] * g[:, None, :]).reshape(len(w), w.shape[1] * g.shape[1])


def _parameter_part(parameters: Parameters, d: Array) -> tuple[Array, Array]:
    total: Array = ((d @ np.array(parameters.beta_cov)) * d).sum(axis=1)
    if parameters.borrowed_cov is None:
        return total, np.zeros_like(total)
    part = ((d @ np.array(parameters.borrowed_cov)) * d).sum(axis=1)
    return total, np.clip(np.divide(part, total, out=np.zeros_like(total), where=total > 0), 0, 1)


def features_many(mean: Array, sd: Array, ahead: Array, own: OwnMany, middle: float, width: float) -> Array:
    """Return `recalibration.features` for many forecasts, shape (n, FEATURES)."""
    a = (mean - middle) / width
    spread = sd / width
    h, n = np.log1p(np.maximum(ahead, 0.0)), np.log1p(own.later)
    first, slope = (own.first - middle) / width, np.clip(own.slope / width, -STEEPEST, STEEPEST)
    moved, average = (own.latest - mean) / width, (own.average - mean) / width
    return np.column_stack(
        [
            np.ones_like(a), a, a * a, a * a * a, spread, h, a * h, spread * h, first, first * h,
            moved, moved * h, moved * n, n, n * h, average, average * h, slope, slope * h,
        ]
    )  # fmt: skip


def corrected_many(
    recalibration: Recalibration, mean: Array, sd: Array, ahead: Array, own: OwnMany
) -> tuple[Array, Array]:
    """Return `Recalibration.corrected` for many forecasts."""
    x = features_many(mean, sd, ahead, own, recalibration.middle, recalibration.width)
    shift, spread = x @ np.array(recalibration.shift), x @ np.array(recalibration.spread)
    return mean + sd * shift, sd * np.exp(np.clip(spread, -1.5, 1.5))


def mapped_many(recalibration: Recalibration, p: Array, mean: Array) -> Array:
    """Return `Recalibration.mapped` for many probabilities and corrected means."""
    start, end = recalibration.blend
    share = np.clip((mean - start) / (end - start), 0.0, 1.0)
    low = np.interp(p, recalibration.knots, recalibration.low)
    high = np.interp(p, recalibration.knots, recalibration.high)
    return np.asarray((1.0 - share) * low + share * high)


def at_most_many(course: Course, scale: Scale, forecasts: ForecastMany, score: Array | float) -> Array:
    """Return P(Y <= score) for n forecasts; see `predictive.Predictive.at_most`."""
    score = np.broadcast_to(np.asarray(score, dtype=float), forecasts.raw_mean.shape)
    steps = np.floor((score - scale.minimum) / scale.step + SLACK)
    edge = scale.minimum + (steps + 0.5) * scale.step
    p = forecasts.weights @ ndtr((edge - forecasts.means) / forecasts.sds)
    if course.recalibration is not None:
        p = mapped_many(course.recalibration, p, forecasts.weights @ forecasts.means)
    inside: NDArray[np.float64] = np.where(score >= scale.maximum - SLACK * scale.step, 1.0, p)
    return np.where(steps < 0, 0.0, inside)
