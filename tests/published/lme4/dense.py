"""The criterion by its definition: slow, obvious, and the judge of every fast path.

With V the covariance of y divided by sigma squared, and sigma squared and beta profiled out, lme4's
criterion is log|V| + n (1 + log(2 pi rss / n)) for ML; for REML n becomes n - p and log|X'V^-1 X| is added
(Bates, Maechler, Bolker and Walker 2015, doi 10.18637/jss.v067.i01, equations 39 and 41).
A block is what shares random effects: one client, or one therapist with all their clients.
A weight means that many independent copies of the client; within a therapist copies share the therapist,
so the block is written out in full there and the weight must be whole.
"""

import numpy as np
from numpy.typing import NDArray

from tests.published.lme4.cases import Array, Case


def factor(theta: Array, q: int) -> Array:
    """Return the q by q lower triangle that lme4 writes column by column."""
    lower = np.zeros((q, q))
    rows, columns = np.triu_indices(q)
    lower[columns, rows] = theta
    return lower


def criterion(case: Case, theta: list[float]) -> float:
    """Return -2 log likelihood (ML) or the REML criterion at this theta, clients' part first."""
    q = case.z.shape[1]
    own = q * (q + 1) // 2
    client = factor(np.array(theta[:own]), q)
    therapist = None
    if case.z_therapist is not None:
        therapist = factor(np.array(theta[own:]), case.z_therapist.shape[1])
    xy = np.column_stack([case.x, case.y])
    p = case.x.shape[1]
    cross, log_det, n = np.zeros((p + 1, p + 1)), 0.0, 0.0
    for rows, copies in blocks(case):
        v = covariance(case, rows, client, therapist)
        cross += copies * xy[rows].T @ np.linalg.solve(v, xy[rows])
        log_det += copies * float(np.linalg.slogdet(v)[1])
        n += copies * len(rows)
    return profiled(cross, log_det, n, case.reml)


def profiled(cross: Array, log_det: float, n: float, reml: bool) -> float:
    """Return the criterion from [X y]'V^-1[X y], log|V| and the number of rows."""
    p = len(cross) - 1
    beta = np.linalg.solve(cross[:p, :p], cross[:p, p])
    rss = float(cross[p, p] - cross[:p, p] @ beta)
    if not reml:
        return float(log_det + n * (1 + np.log(2 * np.pi * rss / n)))
    log_det += float(np.linalg.slogdet(cross[:p, :p])[1])
    return float(log_det + (n - p) * (1 + np.log(2 * np.pi * rss / (n - p))))


def blocks(case: Case) -> list[tuple[NDArray[np.int64], float]]:
    """Return the rows of each independent block and how often it counts; copies of a row are numbered in `copy_of`."""
    if case.therapist is None:
        found = [np.flatnonzero(case.client == client) for client in np.unique(case.client)]
        return [(rows, float(case.weight[rows[0]])) for rows in found]
    repeated = np.repeat(np.arange(len(case.y)), case.weight.astype(np.int64))
    return [(repeated[case.therapist[repeated] == one], 1.0) for one in np.unique(case.therapist)]


def covariance(case: Case, rows: NDArray[np.int64], client: Array, therapist: Array | None) -> Array:
    """Return V of one block: the residual, the client's part between rows of one copy, the therapist's between all."""
    z = case.z[rows] @ client
    occurrence = copy_of(rows)
    same = (case.client[rows][:, None] == case.client[rows]) & (occurrence[:, None] == occurrence)
    v = np.eye(len(rows)) + np.where(same, z @ z.T, 0.0)
    if therapist is not None and case.z_therapist is not None:
        shared = case.z_therapist[rows] @ therapist
        v += shared @ shared.T
    return np.asarray(v)


def copy_of(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return, for sorted rows with repeats, whether each is the first, second ... copy of its row."""
    starts = np.searchsorted(rows, rows)
    return np.asarray(np.arange(len(rows)) - starts, dtype=np.int64)
