"""A course whose own level drifts: random intercept, an Ornstein-Uhlenbeck term and a residual.

    y_ij = x_ij' beta + u_i + a_i(t_ij) + e_ij,  Cov(a(s), a(t)) = sigma2 kappa exp(-|s - t| / rho)

Scores close in time are alike beyond what a random intercept says, so the latest ones tell most about
the next. The extra term leaves no sums to share: each client's V_i is factorised, clients with equally
many scores together. Times are on the course's clock. Source: Diggle 1988, Biometrics 44:959,
doi 10.2307/2531727.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from midcourse.course.basis import Basis
from midcourse.course.design import columns
from midcourse.course.fit import Unconverged
from midcourse.course.moments import Array

START = (1.0, 0.0, 1.8)  # relative SD of the level, ln kappa, ln rho (about six weeks)
BOUND = 7.0  # of ln kappa and ln rho: beyond it the term is a part of the level or of the residual


@dataclass(frozen=True)
class Series:
    """One client's outcome rows: intake as a centred covariate, times and (stretched) scores."""

    intake: float
    times: Array
    y: Array


@dataclass(frozen=True)
class _Group:
    """Clients with n outcome rows each: times (m, n), columns x (m, n, p), outcomes (m, n)."""

    t: Array
    x: Array
    y: Array


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


def fit_drifting(
    series: Sequence[Series], basis: Basis, centre: float, start: Sequence[float] = START
) -> DriftingFit:
    """Fit a drifting course by REML; `series` have at least one outcome row each.

    Raises Unconverged where the search ends without a minimum, ValueError with too few rows.
    """
    groups = _groups(series, basis, centre)
    rows = sum(group.y.size for group in groups)
    if rows <= 3 * basis.width:
        raise ValueError(f"{rows} scores cannot carry a drifting course; add clients.")
    bounds = [(0.0, None), (-BOUND, BOUND), (-BOUND, BOUND)]
    found = minimize(
        lambda theta: _evaluate(theta, groups)[0] / rows, np.array(start), method="L-BFGS-B", bounds=bounds
    )
    if not np.isfinite(found.fun):
        raise Unconverged("The drifting course did not converge; no forecast is made from it.")
    criterion, beta, sigma2, cxx = _evaluate(found.x, groups)
    vcov = sigma2 * np.linalg.inv(cxx)
    return DriftingFit(
        basis, centre, np.asarray(found.x), beta, np.asarray(vcov), sigma2, criterion, len(series)
    )


def _groups(series: Sequence[Series], basis: Basis, centre: float) -> list[_Group]:
    by_count: dict[int, list[Series]] = {}
    for one in series:
        by_count.setdefault(len(one.y), []).append(one)
    return [
        _Group(
            np.array([one.times for one in some]),
            np.array([_design(basis, one.intake - centre, one.times) for one in some]),
            np.array([one.y for one in some]),
        )
        for n, some in sorted(by_count.items())
        if n > 0
    ]


def _design(basis: Basis, centred: float, times: Array) -> Array:
    """(1, centred intake) times the time columns, a row per time."""
    f = columns(basis, times)
    return np.column_stack([f, centred * f])


def covariance(theta: Array, first: Array, second: Array) -> Array:
    """Return the covariance, relative to sigma2 and without the residual, between times of one client.

    `first` is (m, n) and `second` (m, k); the result is (m, n, k).
    """
    gap = np.abs(first[:, :, None] - second[:, None, :])
    out: Array = theta[0] ** 2 + np.exp(theta[1]) * np.exp(-gap / np.exp(theta[2]))
    return out


def _evaluate(theta: Array, groups: list[_Group]) -> tuple[float, Array, float, Array]:
    """REML criterion, beta, sigma2 and Cxx at theta."""
    p1 = groups[0].x.shape[2] + 1
    c, logdet, n = np.zeros((p1, p1)), 0.0, 0
    for group in groups:
        v = covariance(theta, group.t, group.t) + np.eye(group.t.shape[1])
        low = np.linalg.cholesky(v)
        logdet += 2.0 * float(np.log(np.diagonal(low, axis1=1, axis2=2)).sum())
        white = np.linalg.solve(low, np.concatenate([group.x, group.y[:, :, None]], axis=2))
        white = white.reshape(-1, p1)
        c += white.T @ white
        n += group.y.size
    p = p1 - 1
    cxx = c[:p, :p]
    beta = np.linalg.solve(cxx, c[:p, p])
    rss = float(c[p, p] - c[:p, p] @ beta)
    nu = n - p
    criterion = logdet + float(np.linalg.slogdet(cxx)[1]) + nu * (1.0 + np.log(2.0 * np.pi * rss / nu))
    return float(criterion), beta, rss / nu, cxx


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


def _forecast_equal(fit: DriftingFit, some: list[Series], times: Array) -> tuple[Array, Array]:
    target = times[:, None]
    x = np.array(
        [
            _design(fit.basis, one.intake - fit.centre, np.array([t]))[0]
            for one, t in zip(some, times, strict=True)
        ]
    )
    prior = covariance(fit.theta, target, target)[:, 0, 0] + 1.0
    if len(some[0].y) == 0:
        return x @ fit.beta, fit.sigma2 * prior + ((x @ fit.vcov) * x).sum(axis=1)
    t = np.array([one.times for one in some])
    rows = np.array([_design(fit.basis, one.intake - fit.centre, one.times) for one in some])
    y = np.array([one.y for one in some])
    v = covariance(fit.theta, t, t) + np.eye(t.shape[1])
    between = covariance(fit.theta, t, target)
    share: Array = np.asarray(np.linalg.solve(v, between)[:, :, 0], dtype=float)
    mean = x @ fit.beta + (share * (y - rows @ fit.beta)).sum(axis=1)
    d = x - (share[:, :, None] * rows).sum(axis=1)
    variance = fit.sigma2 * (prior - (share * between[:, :, 0]).sum(axis=1))
    return mean, variance + ((d @ fit.vcov) * d).sum(axis=1)
