"""Do probabilities come true as often as they say? Brier score, log loss, slope, intercept and curve."""

from dataclasses import dataclass

import numpy as np

from midcourse.course.moments import Array
from midcourse.evaluation.bootstrap import Figure, figure_of, mean_of_rows, ratio

SMALLEST = 1e-12  # so that one certainty that was wrong does not decide a comparison alone
CLIP = 1e-6  # probabilities nearer than this to 0 or 1 have no usable logit
GROUPS = 10
STEPS, ENOUGH, LONGEST = 50, 1e-9, 2.0  # of Newton's search


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One tenth of the predicted probabilities: the mean prediction, and the share that came true."""

    predicted: float
    observed: Figure
    rows: int


def brier(p: Array, event: Array) -> Array:
    """Return (p - event)^2 for each row. Source: Brier 1950, Mon Weather Rev 78:1."""
    return np.asarray((p - event) ** 2)


def log_loss(p: Array, event: Array) -> Array:
    """Return -ln of the probability given to what happened, for each row, in nats.

    Source: Good 1952, J R Stat Soc B 14:107, doi 10.1111/j.2517-6161.1952.tb00104.x.
    """
    said = np.where(event > 0.5, p, 1.0 - p)
    return np.asarray(-np.log(np.clip(said, SMALLEST, 1.0)))


def logit(p: Array) -> Array:
    """Return ln(p / (1 - p)), p kept 1e-6 away from 0 and 1."""
    kept = np.clip(p, CLIP, 1.0 - CLIP)
    return np.asarray(np.log(kept / (1.0 - kept)))


def slope(p: Array, event: Array, weight: Array) -> Array:
    """Return b of logit P(event) = a + b logit(p), under each column of weights (n, draws).

    1 is calibrated, below 1 over-confident. NaN where p does not vary or separates events perfectly.
    Source: Cox 1958, Biometrika 45:562, doi 10.1093/biomet/45.3-4.562.
    """
    x = logit(p)
    if _separated(x, event):
        return np.full(weight.shape[1], np.nan)
    # From the whole sample's answer the draws are a few steps away.
    start = _search(x, event, weight[:, :1], np.array([[0.0], [1.0]]))
    rest = _search(x, event, weight[:, 1:], np.repeat(np.nan_to_num(start, nan=0.0), weight.shape[1] - 1, 1))
    return np.concatenate([start[1], rest[1]])


def intercept(p: Array, event: Array, weight: Array) -> Array:
    """Return a of logit P(event) = a + logit(p) (calibration in the large); 0 is calibrated.

    Above 0 more happens than was said. NaN where all or none of the rows are events.
    Source: Van Calster et al. 2019, BMC Med 17:230, doi 10.1186/s12916-019-1466-7.
    """
    x, total = logit(p), weight.sum(axis=0)
    wanted = event @ weight
    a = np.zeros(weight.shape[1])
    for _ in range(STEPS):
        mu = 1.0 / (1.0 + np.exp(-(x[:, None] + a)))
        step = ratio(wanted - (weight * mu).sum(axis=0), (weight * mu * (1.0 - mu)).sum(axis=0))
        a = a + np.clip(step, -LONGEST, LONGEST)
        if np.nanmax(np.abs(step), initial=0.0) < ENOUGH:
            break
    return np.where((wanted > 0) & (wanted < total), a, np.nan)


def _separated(x: Array, event: Array) -> bool:
    happened = event > 0.5
    if happened.all() or not happened.any():
        return True
    return bool(x[happened].min() >= x[~happened].max() or x[happened].max() <= x[~happened].min())


def _search(x: Array, event: Array, weight: Array, start: Array) -> Array:
    """Newton's method on (a, b) for all columns at once; NaN where it does not arrive."""
    a, b = start.copy()
    step = np.full((2, weight.shape[1]), np.inf)
    for _ in range(STEPS):
        mu = 1.0 / (1.0 + np.exp(-(a + x[:, None] * b)))
        short = weight * (event[:, None] - mu)
        spread = weight * mu * (1.0 - mu)
        s0, s1, s2 = spread.sum(axis=0), x @ spread, (x**2) @ spread
        g0, g1 = short.sum(axis=0), x @ short
        size = s0 * s2 - s1**2
        size = np.where(size > CLIP * s0 * s2, size, 0.0)  # p is as good as constant
        step = np.array([ratio(s2 * g0 - s1 * g1, size), ratio(s0 * g1 - s1 * g0, size)])
        step = np.clip(step, -LONGEST, LONGEST)
        a, b = a + step[0], b + step[1]
        if np.nanmax(np.abs(step), initial=0.0) < ENOUGH:
            break
    return np.where(np.abs(step).max(axis=0) < CLIP, np.array([a, b]), np.nan)


def curve(p: Array, event: Array, weight: Array) -> tuple[CurvePoint, ...]:
    """Return the calibration curve in tenths of p, lowest first; equal probabilities stay together."""
    cuts = np.unique(np.quantile(p, np.arange(1, GROUPS) / GROUPS))
    place = np.searchsorted(cuts, p)
    found = []
    for group in np.unique(place):
        mine = place == group
        observed = figure_of(mean_of_rows(event[mine], weight[mine]))
        found.append(CurvePoint(float(p[mine].mean()), observed, int(mine.sum())))
    return tuple(found)
