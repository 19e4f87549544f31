"""The small matrices that stand in for V_i^-1: one Woodbury step for a batch of patterns or therapists.

    E = (I + G D)^-1,  K = D E,  Vt = E G = Z'V^-1 Z,  log|V| = log|I + G D|,  D = L L'

D is never inverted: it may be singular.
"""

from dataclasses import dataclass

import numpy as np

from midcourse.course.products import Array


@dataclass(frozen=True)
class Woodbury:
    """E, K, Vt (each of shape (batch, q, q)) and log|V| (batch,) of one grouping level."""

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


def theta_of(matrix: Array) -> Array:
    """Return the lower triangle of a q x q matrix column by column: the reverse of `factor`."""
    columns, rows = np.triu_indices(matrix.shape[0])
    out: Array = matrix[rows, columns]
    return out


def woodbury(g: Array, low: Array) -> Woodbury:
    """Return E, K, Vt and log|V| for a batch of G (batch, q, q) under D = low low'."""
    q = g.shape[1]
    inverse, logdet = small_inverse(np.eye(q) + low.T @ g @ low)
    k = low @ inverse @ low.T
    e = np.eye(q) - g @ k
    vt = e @ g
    return Woodbury(e, k, (vt + vt.transpose(0, 2, 1)) / 2, logdet)


def small_inverse(w: Array) -> tuple[Array, Array]:
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
