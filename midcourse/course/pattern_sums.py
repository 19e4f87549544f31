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


@dataclass(frozen=True)
class PatternTable:
    """The sums of many patterns as arrays, one entry per pattern.

    `n` (K,), `rows` outcome rows per client (K,), `ff` F'F (K, width, width), `ww` (K, m, m), `wb`
    (K, m, width), `yy` (K, q, q); `y2` is one number for all.
    """

    n: Array
    rows: Array
    ff: Array
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
    return sums_of_table(
        PatternTable(
            n=np.array([pattern.n for pattern in patterns]),
            rows=np.array([float(len(pattern.times)) for pattern in patterns]),
            ff=np.array([part.T @ part for part in f]),
            ww=np.array([pattern.ww for pattern in patterns]),
            wb=np.array([pattern.wb for pattern in patterns]),
            yy=np.array([pattern.yy for pattern in patterns]),
            y2=float(sum(pattern.y2 for pattern in patterns)),
        )
    )


def sums_of_table(table: PatternTable) -> Sums:
    """Return the sums of a fit from a table of patterns (see `sums_of_patterns`)."""
    q = table.yy.shape[1]
    h = table.ff[:, :q]
    k, m, width = table.wb.shape
    p = m * width
    rows = np.empty((k, q, q, p + 1, p + 1))
    # S[a, b] = sum r_a r_b' with r_a = [w (x) h_a, (Z'y)_a]
    rows[..., :p, :p] = np.einsum("kuv,kac,kbd->kabucvd", table.ww, h, h).reshape(k, q, q, p, p)
    cross = np.einsum("kub,kac->kabuc", table.wb[:, :, :q], h).reshape(k, q, q, p)
    rows[..., :p, p] = cross
    rows[..., p, :p] = cross.transpose(0, 2, 1, 3)
    rows[..., p, p] = table.yy
    total = np.empty((p + 1, p + 1))
    total[:p, :p] = np.einsum("kuv,kcd->ucvd", table.ww, table.ff).reshape(p, p)
    total[:p, p] = total[p, :p] = table.wb.sum(axis=0).reshape(-1)
    total[p, p] = table.y2
    products = PatternProducts(rows.reshape(-1, (p + 1) ** 2), q, p + 1)
    n = float(table.n @ table.rows)
    return Sums(table.ff[:, :q, :q].copy(), table.n, products, total, n, float(table.n.sum()))
