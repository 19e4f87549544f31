"""The profiled (restricted) likelihood of a linear mixed model, from its sums, with its gradient.

    C = T - sum_k <K_k, S_k>;  beta = Cxx^-1 Cxy;  rss = Cyy - Cxy' beta
    ML:    d = logdet + n (1 + ln(2 pi rss / n))
    REML:  d = logdet + ln|Cxx| + (n - p)(1 + ln(2 pi rss / (n - p)))       [lme4's REMLcrit]

A third level (client in therapist, the same Z at both levels) is a second Woodbury step on top. Source:
Bates, Maechler, Bolker, Walker 2015, J Stat Softw 67(1), doi 10.18637/jss.v067.i01 (the criterion); the
sums and the gradient are derived in docs/explanation/course-model.md.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from midcourse.course.moments import Array, Cells, Sums
from midcourse.course.woodbury import Woodbury, factor, theta_of, theta_size, woodbury

__all__ = ["Evaluation", "Method", "evaluate", "factor", "information", "theta_size", "woodbury"]

Method = Literal["REML", "ML"]


@dataclass(frozen=True)
class Evaluation:
    """The criterion at one theta (deviance units), and what was profiled out on the way.

    `gradient` is its derivative by theta; `rss` the weighted sum of squares at `beta`; `sigma2` is in
    points squared; `cxx` (p, p) is X'V^-1 X, so that vcov(beta) = sigma2 cxx^-1.
    """

    criterion: float
    gradient: Array
    beta: Array
    rss: float
    sigma2: float
    cxx: Array


@dataclass(frozen=True)
class _Therapists:
    """The second Woodbury step: E3_j, K3_j and Vt3_j from P_j, then Q_j and U_j = K3_j Q_j."""

    low: Array
    level: Woodbury
    u: Array
    q: Array


@dataclass(frozen=True)
class _Whitened:
    """C = [X y]'V^-1 [X y] and log|V| at one theta, with the levels they come from."""

    c: Array
    logdet: float
    low: Array
    client: Woodbury
    group: _Therapists | None


@dataclass(frozen=True)
class _Profile:
    """What is left when beta and sigma2 are profiled out; `weight` is d(criterion)/dC."""

    criterion: float
    beta: Array
    rss: float
    nu: float
    weight: Array


def evaluate(sums: Sums, theta: Array, method: Method = "REML") -> Evaluation:
    """Return the criterion (deviance units), its gradient and the profiled estimates at theta.

    `theta` holds the client-level factor column by column and, where the sums have therapists, the
    therapist-level factor after it; both are relative to the residual SD.
    Raises numpy.linalg.LinAlgError where the fixed columns are not of full rank or leave no residual.
    """
    at = _whitened(sums, theta)
    found = _profile(at, sums.n, method)
    gradient = _gradient(sums, at, found.weight)
    cxx = at.c[: sums.p, : sums.p]
    return Evaluation(found.criterion, gradient, found.beta, found.rss, found.rss / found.nu, cxx)


def information(sums: Sums, theta: Array) -> Array:
    """Return Cxx = sum X_i'V_i^-1 X_i at theta: the information about beta, times sigma2; shape (p, p)."""
    return _whitened(sums, theta).c[: sums.p, : sums.p]


def _whitened(sums: Sums, theta: Array) -> _Whitened:
    m = theta_size(sums.q)
    low = factor(theta[:m], sums.q)
    client = woodbury(sums.g, low)
    c = sums.total - sums.products.cross(client.k)
    logdet = float(sums.count @ client.logdet)
    group = None
    if sums.cells is not None:
        group = _therapists(sums.cells, client, factor(theta[m:], sums.q))
        c = c - np.einsum("jai,jab->ib", group.q, group.u)
        logdet += float(group.level.logdet.sum())
    return _Whitened((c + c.T) / 2, logdet, low, client, group)


def _therapists(cells: Cells, client: Woodbury, low: Array) -> _Therapists:
    """P_j = sum_k N_jk Vt_k and Q_j = sum_k E_k R_jk, each as one matrix product."""
    k, q = cells.counts.shape[1], client.e.shape[1]
    j, p1 = cells.therapists, cells.r.shape[2]
    across = client.e[:k].transpose(0, 2, 1).reshape(k * q, q)
    p = (cells.counts @ client.vt[:k].reshape(k, q * q)).reshape(j, q, q)
    summed = (cells.products.T @ across).reshape(j, p1, q).transpose(0, 2, 1)
    level = woodbury(p, low)
    return _Therapists(low, level, level.k @ summed, summed)


def _profile(at: _Whitened, n: float, method: Method) -> _Profile:
    p = len(at.c) - 1
    scale = np.sqrt(np.diag(at.c)[:p])
    chol = cho_factor(at.c[:p, :p] / np.outer(scale, scale), lower=True)
    beta = cho_solve(chol, at.c[:p, p] / scale) / scale
    rss = float(at.c[p, p] - at.c[:p, p] @ beta)
    if not rss > 0.0:
        raise np.linalg.LinAlgError("The scores are explained without a residual.")
    nu = n - p if method == "REML" else n
    criterion = at.logdet + nu * (1.0 + np.log(2.0 * np.pi * rss / nu))
    v = np.append(-beta, 1.0)
    weight = nu / rss * np.outer(v, v)
    if method == "REML":
        criterion += 2.0 * float(np.log(np.diag(chol[0]) * scale).sum())
        weight[:p, :p] += cho_solve(chol, np.eye(p)) / np.outer(scale, scale)
    return _Profile(float(criterion), beta, rss, nu, weight)


def _gradient(sums: Sums, at: _Whitened, weight: Array) -> Array:
    """d/dL = 2 Gamma L, with Gamma the derivative with respect to D at each level."""
    client, group = at.client, at.group
    a = sums.products.outer(weight)
    gamma = np.einsum("k,kab->ab", sums.count, client.vt)
    gamma -= (client.e @ a @ client.e.transpose(0, 2, 1)).sum(axis=0)
    if sums.cells is None or group is None:
        return theta_of(2.0 * gamma @ at.low)
    gamma += _therapist_share(sums.cells, weight, client, group)
    eq = group.level.e @ group.q
    top = group.level.vt.sum(axis=0) - (eq @ weight @ eq.transpose(0, 2, 1)).sum(axis=0)
    return np.append(theta_of(2.0 * gamma @ at.low), theta_of(2.0 * top @ group.low))


def _therapist_share(cells: Cells, weight: Array, client: Woodbury, group: _Therapists) -> Array:
    """What the therapist level adds to the derivative with respect to the clients' D.

    Per cell Vt (U M (E r)' + its transpose - N (U M U' + K3) Vt), summed; all cells of a pattern share
    E and Vt, so the sums over therapists are taken first.
    """
    k, q = cells.counts.shape[1], client.e.shape[1]
    j, p1 = cells.therapists, cells.r.shape[2]
    um = group.u @ weight
    inner = um @ group.u.transpose(0, 2, 1) + group.level.k
    ru = (cells.products @ um.transpose(0, 2, 1).reshape(j * p1, q)).reshape(k, q, q)
    counted = (cells.counts.T @ inner.reshape(j, q * q)).reshape(k, q, q)
    vt = client.vt[:k]
    b = vt @ (client.e[:k] @ ru).transpose(0, 2, 1)
    out: Array = (b + b.transpose(0, 2, 1) - vt @ counted @ vt).sum(axis=0)
    return out
