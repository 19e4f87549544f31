"""The restricted likelihood of a drifting course, each client's V_i factorised.

    V_i = I + r^2 11' + kappa exp(-|s - t| / rho),  theta = (r, ln kappa, ln rho)
    d = sum ln|V_i| + ln|Cxx| + (n - p)(1 + ln(2 pi rss / (n - p)))

Clients with equally many scores are factorised together. Source: Diggle 1988, Biometrics 44:959, doi
10.2307/2531727.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from midcourse.course.basis import Basis
from midcourse.course.design import columns
from midcourse.course.moments import Array


@dataclass(frozen=True)
class Series:
    """One client's outcome rows: intake as a centred covariate, times and (stretched) scores."""

    intake: float
    times: Array
    y: Array


@dataclass(frozen=True)
class Group:
    """Clients with n outcome rows each: times (m, n), columns x (m, n, p), outcomes (m, n)."""

    t: Array
    x: Array
    y: Array


def groups_of(series: Sequence[Series], basis: Basis, centre: float) -> list[Group]:
    """Return clients grouped by how many outcome rows they have, fewest first; those without are left out."""
    by_count: dict[int, list[Series]] = {}
    for one in series:
        by_count.setdefault(len(one.y), []).append(one)
    return [
        Group(
            np.array([one.times for one in some]),
            np.array([design(basis, one.intake - centre, one.times) for one in some]),
            np.array([one.y for one in some]),
        )
        for n, some in sorted(by_count.items())
        if n > 0
    ]


def design(basis: Basis, centred: float, times: Array) -> Array:
    """Return (1, centred intake) times the time columns, a row per time."""
    f = columns(basis, times)
    return np.column_stack([f, centred * f])


def covariance(theta: Array, first: Array, second: Array) -> Array:
    """Return the covariance, relative to sigma2 and without the residual, between times of one client.

    `first` is (m, n) and `second` (m, k); the result is (m, n, k).
    """
    gap = np.abs(first[:, :, None] - second[:, None, :])
    out: Array = theta[0] ** 2 + np.exp(theta[1]) * np.exp(-gap / np.exp(theta[2]))
    return out


def evaluate_drifting(theta: Array, groups: Sequence[Group]) -> tuple[float, Array, float, Array]:
    """Return the REML criterion (deviance units), beta, sigma2 and Cxx at theta."""
    c, logdet, n = _whitened(theta, groups)
    p = len(c) - 1
    cxx = c[:p, :p]
    beta: Array = np.asarray(np.linalg.solve(cxx, c[:p, p]), dtype=float)
    rss = float(c[p, p] - c[:p, p] @ beta)
    nu = n - p
    criterion = logdet + float(np.linalg.slogdet(cxx)[1]) + nu * (1.0 + np.log(2.0 * np.pi * rss / nu))
    return float(criterion), beta, rss / nu, cxx


def _whitened(theta: Array, groups: Sequence[Group]) -> tuple[Array, float, int]:
    """C = [X y]'V^-1 [X y], the sum of ln|V_i| and the number of rows."""
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
    return c, logdet, n
