"""Sums per pattern of session times, and how they become the sums of a fit.

Where every fixed column is a client covariate times a time column (X_i = w_i' (x) F_i), a pattern needs
only N, W = sum w w', B = sum w (F'y)', Y = sum (Z'y)(Z'y)' and, once, sum y^2: ten numbers for one
covariate and two columns. They add across clinics, days and engines.
"""

from dataclasses import dataclass

import numpy as np

from midcourse.course.basis import Basis
from midcourse.course.design import columns
from midcourse.course.moments import Array, PatternProducts, Sums


@dataclass(frozen=True)
class PatternSums:
    """The sums of the clients who share one set of times.

    `times` are those of the outcome rows on the basis's axis; `n` clients (any weight above 0);
    `ww` (m, m); `wb` (m, width); `yy` (q, q); `y2` the sum of squared outcomes.
    """

    times: tuple[float, ...]
    n: float
    ww: Array
    wb: Array
    yy: Array
    y2: float


def sums_of_patterns(patterns: list[PatternSums], basis: Basis) -> Sums:
    """Return the sums of a fit from the sums of its patterns.

    Raises ValueError where there is no pattern.
    """
    if not patterns:
        raise ValueError("There are no clients with an outcome score.")
    f = [columns(basis, np.array(pattern.times)) for pattern in patterns]
    z = [part[:, : basis.q] for part in f]
    g = np.array([part.T @ part for part in z])
    rows = [_products(p, fk, zk) for p, fk, zk in zip(patterns, f, z, strict=True)]
    p1 = rows[0].shape[-1]
    total = sum((_total(p, fk) for p, fk in zip(patterns, f, strict=True)), np.zeros((p1, p1)))
    count = np.array([pattern.n for pattern in patterns])
    n = float(sum(pattern.n * len(pattern.times) for pattern in patterns))
    products = PatternProducts(np.concatenate(rows).reshape(-1, p1 * p1), basis.q, p1)
    return Sums(g, count, products, total, n, float(count.sum()))


def _products(pattern: PatternSums, f: Array, z: Array) -> Array:
    """S[a, b] = sum r_a r_b' with r_a = [w (x) (Z'F)_a, (Z'y)_a], shape (q, q, p+1, p+1)."""
    h = z.T @ f
    q = len(h)
    m, width = pattern.wb.shape
    p = m * width
    out = np.empty((q, q, p + 1, p + 1))
    for a in range(q):
        for b in range(q):
            out[a, b, :p, :p] = np.kron(pattern.ww, np.outer(h[a], h[b]))
            out[a, b, :p, p] = np.kron(pattern.wb[:, b], h[a])
            out[a, b, p, :p] = np.kron(pattern.wb[:, a], h[b])
            out[a, b, p, p] = pattern.yy[a, b]
    return out


def _total(pattern: PatternSums, f: Array) -> Array:
    p = pattern.wb.size
    out = np.empty((p + 1, p + 1))
    out[:p, :p] = np.kron(pattern.ww, f.T @ f)
    out[:p, p] = out[p, :p] = pattern.wb.reshape(-1)
    out[p, p] = pattern.y2
    return out
