"""A course whose own level drifts: random intercept, an Ornstein-Uhlenbeck term and a residual.

    y_ij = x_ij' beta + u_i + a_i(t_ij) + e_ij,  Cov(a(s), a(t)) = sigma2 kappa exp(-|s - t| / rho)

Scores close in time are alike beyond what a random intercept says, so the latest ones tell most about
the next. The extra term leaves no sums to share: each client's V_i is factorised, clients with equally
many scores together. Times are on the course's clock. Source: Diggle 1988, Biometrics 44:959,
doi 10.2307/2531727.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from midcourse.course.basis import Basis
from midcourse.course.drifting_likelihood import Series, covariance, design, evaluate_drifting, groups_of
from midcourse.course.fit import Unconverged
from midcourse.course.moments import Array

__all__ = ["DriftingFit", "Series", "covariance", "fit_drifting", "forecast_drifting"]

START = (1.0, 0.0, 1.8)  # relative SD of the level, ln kappa, ln rho (about six weeks)
FLAT = 1e-4  # of the criterion per row: numerical gradients are no surer than that
BOUND = 7.0  # of ln kappa and ln rho: beyond it the term is a part of the level or of the residual


@dataclass(frozen=True)
class DriftingFit:
    """A fitted drifting course: `theta` is (relative SD of the level, ln kappa, ln rho).

    `beta` (p,), `vcov` (p, p) and `sigma2` are in (stretched) points; `criterion` is REML's.
    """

    basis: Basis
    centre: float
    theta: Array
    beta: Array
    vcov: Array
    sigma2: float
    criterion: float
    clients: int

    def deviance(self, scores: int) -> float:
        """Return -2 ln L (not restricted) at these estimates, for a fit to so many outcome scores.

        Unlike the criterion it compares fits whose fixed columns, or the units of whose scores, differ.
        """
        p = len(self.beta)
        nu = scores - p
        logdet_cxx = p * np.log(self.sigma2) - np.linalg.slogdet(self.vcov)[1]
        logdet = self.criterion - logdet_cxx - nu * (1.0 + np.log(2.0 * np.pi * self.sigma2))
        return float(logdet + scores * (1.0 + np.log(2.0 * np.pi * self.sigma2 * nu / scores)))


def fit_drifting(
    series: Sequence[Series], basis: Basis, centre: float, start: Sequence[float] = START
) -> DriftingFit:
    """Fit a drifting course by REML; `series` have at least one outcome row each.

    Raises Unconverged where the search ends without a minimum, ValueError with too few rows.
    """
    groups = groups_of(series, basis, centre)
    rows = sum(group.y.size for group in groups)
    if rows <= 3 * basis.width:
        raise ValueError(f"{rows} scores cannot carry a drifting course; add clients.")
    bounds = [(0.0, None), (-BOUND, BOUND), (-BOUND, BOUND)]
    theta = _minimum(lambda at: evaluate_drifting(at, groups)[0] / rows, start, bounds)
    criterion, beta, sigma2, cxx = evaluate_drifting(theta, groups)
    vcov = sigma2 * np.linalg.inv(cxx)
    return DriftingFit(basis, centre, theta, beta, np.asarray(vcov), sigma2, criterion, len(series))


def _minimum(
    criterion: Callable[[Array], float], start: Sequence[float], bounds: list[tuple[float, float | None]]
) -> Array:
    """Search from `start`, then from where searches usually begin; refuse what is no minimum.

    A line search on numerical gradients can give up at the minimum itself, so it is the slope there
    that decides, not what the search says of itself.
    """
    for begin in dict.fromkeys((tuple(start), START)):
        found = minimize(criterion, np.array(begin), method="L-BFGS-B", bounds=bounds)
        at = np.asarray(found.x)
        if np.isfinite(found.fun) and (found.success or _flat(np.asarray(found.jac), at, bounds)):
            return at
    raise Unconverged("The drifting course did not converge; no forecast is made from it.")


def _flat(slope: Array, at: Array, bounds: list[tuple[float, float | None]]) -> bool:
    """Whether no step inside the bounds leads down by more than rounding."""
    low = np.array([low for low, _ in bounds])
    high = np.array([np.inf if high is None else high for _, high in bounds])
    inside = np.clip(at - slope, low, high) - at
    return bool(np.abs(inside).max() < FLAT)


def forecast_drifting(fit: DriftingFit, series: Sequence[Series], times: Array) -> tuple[Array, Array]:
    """Return mean and SD of each client's score at one time, given all the rows of its series.

    The SD has the parameter part d'vcov(beta)d. A series without rows is forecast from intake alone.
    """
    mean, variance = np.empty(len(series)), np.empty(len(series))
    counts = np.array([len(one.y) for one in series], dtype=np.intp)
    for n in np.unique(counts):
        at = np.flatnonzero(counts == n)
        mean[at], variance[at] = _forecast_equal(fit, [series[int(i)] for i in at], times[at])
    return mean, np.sqrt(variance)


def _forecast_equal(fit: DriftingFit, some: Sequence[Series], times: Array) -> tuple[Array, Array]:
    """Mean and variance for series with equally many rows, each given its own rows."""
    target = times[:, None]
    x = _rows(fit, some, target)[:, 0]
    mean, d = x @ fit.beta, x
    variance = covariance(fit.theta, target, target)[:, 0, 0] + 1.0
    if len(some[0].y):
        t = np.array([one.times for one in some])
        rows = _rows(fit, some, t)
        between = covariance(fit.theta, t, target)
        share = np.linalg.solve(covariance(fit.theta, t, t) + np.eye(t.shape[1]), between)[:, :, 0]
        mean = mean + (share * (np.array([one.y for one in some]) - rows @ fit.beta)).sum(axis=1)
        d = x - (share[:, :, None] * rows).sum(axis=1)
        variance = variance - (share * between[:, :, 0]).sum(axis=1)
    return mean, fit.sigma2 * variance + ((d @ fit.vcov) * d).sum(axis=1)


def _rows(fit: DriftingFit, some: Sequence[Series], times: Array) -> Array:
    """The fixed columns of each series at its own times, shape (m, n, p)."""
    pairs = zip(some, times, strict=True)
    return np.array([design(fit.basis, one.intake - fit.centre, at) for one, at in pairs])
