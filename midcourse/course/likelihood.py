"""The profiled (restricted) likelihood of a linear mixed model, from its sums, with its gradient.

    E_k = (I + G_k D)^-1,  K_k = D E_k,  Vt_k = E_k G_k,  D = L L',  L lower-triangular with entries theta
    C = T - sum_k <K_k, S_k>;  beta = Cxx^-1 Cxy;  rss = Cyy - Cxy' beta
    ML:    d = logdet + n (1 + ln(2 pi rss / n))
    REML:  d = logdet + ln|Cxx| + (n - p)(1 + ln(2 pi rss / (n - p)))       [lme4's REMLcrit]

A third level (client in therapist, the same Z at both levels) is a second Woodbury step on top. D is
never inverted: it may be singular. Source: Bates, Maechler, Bolker, Walker 2015, J Stat Softw 67(1),
doi 10.18637/jss.v067.i01 (the criterion); the sums are derived in docs/explanation/course-model.md.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from midcourse.course.moments import Array, Cells, Sums

Method = Literal["REML", "ML"]


@dataclass(frozen=True)
class Evaluation:
    """The criterion at one theta, and what was profiled out on the way."""

    criterion: float
    gradient: Array
    beta: Array
    rss: float
    sigma2: float
    cxx: Array


@dataclass(frozen=True)
class Woodbury:
    """E, K, Vt and the log-determinants of one grouping level."""

    e: Array
    k: Array
    vt: Array
    logdet: Array


def theta_size(q: int) -> int:
    """Return how many entries a lower-triangular q x q factor has."""
    return q * (q + 1) // 2


def factor(theta: Array, q: int) -> Array:
    """Return L, lower-triangular, filled column by column as lme4 does."""
    low = np.zeros((q, q))
    columns, rows = np.triu_indices(q)
    low[rows, columns] = theta
    return low


def _theta_of(matrix: Array) -> Array:
    columns, rows = np.triu_indices(matrix.shape[0])
    out: Array = matrix[rows, columns]
    return out


def _small_inverse(w: Array) -> tuple[Array, Array]:
    """Return inverse and log-determinant of a batch of small SPD matrices; closed form to 2 x 2."""
    q = w.shape[1]
    if q == 1:
        return 1.0 / w, np.log(w[:, 0, 0])
    if q == 2:
        a, b, c = w[:, 0, 0], w[:, 0, 1], w[:, 1, 1]
        det = a * c - b * b
        inverse = np.empty_like(w)
        inverse[:, 0, 0], inverse[:, 1, 1] = c / det, a / det
        inverse[:, 0, 1] = inverse[:, 1, 0] = -b / det
        return inverse, np.log(det)
    low = np.linalg.cholesky(w)
    half = np.linalg.inv(low)
    logdet = 2.0 * np.log(np.diagonal(low, axis1=1, axis2=2)).sum(axis=1)
    return half.transpose(0, 2, 1) @ half, logdet


def woodbury(g: Array, low: Array) -> Woodbury:
    q = g.shape[1]
    inner = low.T @ g @ low
    inverse, logdet = _small_inverse(np.eye(q) + inner)
    k = low @ inverse @ low.T
    e = np.eye(q) - g @ k
    vt = e @ g
    return Woodbury(e, k, (vt + vt.transpose(0, 2, 1)) / 2, logdet)


@dataclass(frozen=True)
class _Therapists:
    """The second Woodbury step: P_j, Q_j and what follows from them."""

    level: Woodbury
    u: Array
    q: Array
    er: Array


def _therapists(cells: Cells, client: Woodbury, low: Array) -> _Therapists:
    er = client.e[cells.pattern] @ cells.r
    p = np.add.reduceat(cells.count[:, None, None] * client.vt[cells.pattern], cells.starts, axis=0)
    q = np.add.reduceat(er, cells.starts, axis=0)
    level = woodbury(p, low)
    return _Therapists(level, level.k @ q, q, er)


def evaluate(sums: Sums, theta: Array, method: Method = "REML") -> Evaluation:
    """Return the criterion (deviance units), its gradient and the profiled estimates at theta.

    `theta` holds the client-level factor column by column and, where the sums have therapists, the
    therapist-level factor after it; both are relative to the residual SD.
    Raises numpy.linalg.LinAlgError where the fixed columns are not of full rank.
    """
    q, p = sums.q, sums.p
    m = theta_size(q)
    client = woodbury(sums.g, factor(theta[:m], q))
    c = sums.total - sums.products.cross(client.k)
    logdet = float(sums.count @ client.logdet)
    group = None
    if sums.cells is not None:
        group = _therapists(sums.cells, client, factor(theta[m:], q))
        c = c - np.einsum("jai,jab->ib", group.q, group.u)
        logdet += float(group.level.logdet.sum())
    c = (c + c.T) / 2
    return _profile(sums, theta, method, c, logdet, client, group, p)


def information(sums: Sums, theta: Array) -> Array:
    """Return Cxx = sum X_i'V_i^-1 X_i at theta (two levels): the information about beta, times sigma2."""
    client = woodbury(sums.g, factor(theta[: theta_size(sums.q)], sums.q))
    c = sums.total - sums.products.cross(client.k)
    out: Array = (c[: sums.p, : sums.p] + c[: sums.p, : sums.p].T) / 2
    return out


def _profile(
    sums: Sums,
    theta: Array,
    method: Method,
    c: Array,
    logdet: float,
    client: Woodbury,
    group: _Therapists | None,
    p: int,
) -> Evaluation:
    scale = np.sqrt(np.diag(c)[:p])
    chol = cho_factor(c[:p, :p] / np.outer(scale, scale), lower=True)
    beta = cho_solve(chol, c[:p, p] / scale) / scale
    rss = float(c[p, p] - c[:p, p] @ beta)
    inverse = cho_solve(chol, np.eye(p)) / np.outer(scale, scale)
    nu = sums.n - p if method == "REML" else sums.n
    criterion = logdet + nu * (1.0 + np.log(2.0 * np.pi * rss / nu))
    v = np.r_[-beta, 1.0]
    weight = nu / rss * np.outer(v, v)
    if method == "REML":
        criterion += 2.0 * float(np.log(np.diag(chol[0]) * scale).sum())
        weight[:p, :p] += inverse
    gradient = _gradient(sums, theta, weight, client, group)
    return Evaluation(float(criterion), gradient, beta, rss, rss / nu, c[:p, :p])


def _gradient(
    sums: Sums, theta: Array, weight: Array, client: Woodbury, group: _Therapists | None
) -> Array:
    """d/dL = 2 Gamma L, with Gamma the derivative with respect to D at each level."""
    m = theta_size(sums.q)
    a = sums.products.outer(weight)
    gamma = np.einsum("k,kab->ab", sums.count, client.vt)
    gamma -= (client.e @ a @ client.e.transpose(0, 2, 1)).sum(axis=0)
    parts = []
    if sums.cells is not None and group is not None:
        gamma += _therapist_share(sums.cells, weight, client, group)
        eq = group.level.e @ group.q
        top = group.level.vt.sum(axis=0) - (eq @ weight @ eq.transpose(0, 2, 1)).sum(axis=0)
        parts.append(_theta_of(2.0 * top @ factor(theta[m:], sums.q)))
    parts.insert(0, _theta_of(2.0 * gamma @ factor(theta[:m], sums.q)))
    return np.concatenate(parts)


def _therapist_share(cells: Cells, weight: Array, client: Woodbury, group: _Therapists) -> Array:
    vt = client.vt[cells.pattern]
    um = (group.u @ weight)[cells.therapist]
    b = vt @ um @ group.er.transpose(0, 2, 1)
    inner = (group.u @ weight @ group.u.transpose(0, 2, 1) + group.level.k)[cells.therapist]
    direct = cells.count[:, None, None] * (vt @ inner @ vt)
    out: Array = (b + b.transpose(0, 2, 1) - direct).sum(axis=0)
    return out
