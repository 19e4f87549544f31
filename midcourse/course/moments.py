"""Additive sums that a mixed model needs from the data: a table of any size becomes these few numbers.

V_i depends on the data only through G_i = Z_i'Z_i, so clients who share the same set of times (a
pattern) share it. With r_i = Z_i'[X_i y_i], a fit needs per pattern the count and S = sum r_i (x) r_i,
and once T = sum [X y]'[X y]. All of these add across clinics, days and engines.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from midcourse.course.cells import Cells
from midcourse.course.products import Array, PatternProducts, PersonProducts, Products, pattern_products

__all__ = [
    "Array",
    "Cells",
    "PatternProducts",
    "PersonProducts",
    "Products",
    "Sums",
    "scaled_sums",
    "sums_of_rows",
    "weighted_sums",
]


@dataclass(frozen=True)
class Sums:
    """Everything a fit needs from the data.

    `g` holds G_k, shape (K, q, q); `count` the clients of each pattern (weights summed); `total` is
    T, shape (p+1, p+1) with y last; `n` the (weighted) number of rows; `clients` of people.
    """

    g: Array
    count: Array
    products: Products
    total: Array
    n: float
    clients: float
    cells: Cells | None = None

    @property
    def q(self) -> int:
        """Return the number of random columns."""
        return int(self.g.shape[1])

    @property
    def p(self) -> int:
        """Return the number of fixed columns."""
        return int(self.total.shape[0]) - 1


def sums_of_rows(
    client: NDArray[np.intp],
    x: Array,
    z: Array,
    y: Array,
    *,
    therapist: NDArray[np.intp] | None = None,
    weight: Array | None = None,
    share_patterns: bool | None = None,
) -> Sums:
    """Reduce rows to the sums of a fit, for any X and any Z.

    `client` numbers each row's client with rows of one client together; x is (rows, p), z (rows, q),
    y (rows,); `therapist` numbers each client's therapist and `weight` weighs each client (above 0,
    as that many copies with the same therapist), both in the order in which clients appear.
    Patterns are shared where that saves work, unless `share_patterns` says otherwise.

    Raises ValueError where there are no rows, the rows of one client do not stand together, a number
    is not finite, or a weight is not above 0.
    """
    xy = np.column_stack([x, y])
    starts = _starts(np.asarray(client), xy, z)
    w = np.ones(len(starts)) if weight is None else np.asarray(weight, dtype=float)
    if not (np.isfinite(w).all() and (w > 0.0).all()):
        raise ValueError("Every client's weight must be a number above 0.")
    r = np.add.reduceat(z[:, :, None] * xy[:, None, :], starts, axis=0)
    g = np.add.reduceat(z[:, :, None] * z[:, None, :], starts, axis=0)
    rows = np.diff(np.append(starts, len(y)))
    total = (xy * np.repeat(w, rows)[:, None]).T @ xy
    g, count, products, pattern = _by_pattern(g, r, w, share_patterns)
    cells = None if therapist is None else _cells(np.asarray(therapist), pattern, w, r)
    return Sums(g, count, products, total, float(rows @ w), float(w.sum()), cells)


def _starts(client: NDArray[np.intp], xy: Array, z: Array) -> NDArray[np.intp]:
    """Return the first row of each client; refuse rows that cannot be summed."""
    if len(client) == 0:
        raise ValueError("There are no rows; a fit needs clients with an outcome score.")
    if not (np.isfinite(xy).all() and np.isfinite(z).all()):
        raise ValueError("Every score and every column must be a finite number; leave other rows out.")
    starts = np.flatnonzero(np.append(True, np.diff(client) != 0))
    if len(starts) != len(np.unique(client)):
        raise ValueError("The rows of one client must stand together; sort by client first.")
    return starts


def _by_pattern(
    g: Array, r: Array, weight: Array, share: bool | None
) -> tuple[Array, Array, Products, NDArray[np.intp]]:
    """Return G and count of each pattern, the products, and every client's pattern."""
    people = len(g)
    flat = np.ascontiguousarray(g.reshape(people, -1))
    same = flat.view(f"V{flat.dtype.itemsize * flat.shape[1]}").ravel()
    keys, first, pattern = np.unique(same, return_index=True, return_inverse=True)
    if not (len(keys) * 4 < people if share is None else share):
        return g, weight, PersonProducts(r, weight), np.arange(people)
    count = np.bincount(pattern, weights=weight).astype(float)
    return g[first], count, pattern_products(r, weight, pattern, len(keys)), pattern


def _cells(therapist: NDArray[np.intp], pattern: NDArray[np.intp], weight: Array, r: Array) -> Cells:
    _, therapist = np.unique(therapist, return_inverse=True)
    width = int(pattern.max()) + 1
    cells, cell = np.unique(therapist * width + pattern, return_inverse=True)
    order = np.argsort(cell, kind="stable")
    starts = np.searchsorted(cell[order], np.arange(len(cells)))
    summed = np.add.reduceat((r * weight[:, None, None])[order], starts, axis=0)
    owner = cells // width
    first = np.flatnonzero(np.append(True, np.diff(owner) != 0))
    count = np.bincount(cell, weights=weight).astype(float)
    return Cells(first, owner, cells % width, count, summed)


def scaled_sums(sums: Sums, z: Array, x: Array) -> Sums:
    """Return the sums after dividing the columns of Z by z (q,) and of [X y] by x (p+1,)."""
    cells = sums.cells
    if cells is not None:
        cells = replace(cells, r=cells.r / z[None, :, None] / x[None, None, :])
    return replace(
        sums,
        g=sums.g / np.outer(z, z),
        products=sums.products.scaled(z, x),
        total=sums.total / np.outer(x, x),
        cells=cells,
    )


def weighted_sums(sums: Sums, weight: float) -> Sums:
    """Return the sums of `weight` copies of every client (any weight above 0), each with its therapist."""
    cells = sums.cells
    if cells is not None:
        cells = replace(cells, count=cells.count * weight, r=cells.r * weight)
    return replace(
        sums,
        count=sums.count * weight,
        products=sums.products.weighted(weight),
        total=sums.total * weight,
        n=sums.n * weight,
        clients=sums.clients * weight,
        cells=cells,
    )
