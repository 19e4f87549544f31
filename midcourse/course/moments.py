"""Additive sums that a mixed model needs from the data: a table of any size becomes these few numbers.

V_i depends on the data only through G_i = Z_i'Z_i, so clients who share the same set of times (a
pattern) share it. With r_i = Z_i'[X_i y_i], a fit needs per pattern the count and S = sum r_i (x) r_i,
and once T = sum [X y]'[X y]. All of these add across clinics, days and engines.
"""

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Products(Protocol):
    """How r_i = Z_i'[X_i y_i] is kept: summed per pattern, or person by person."""

    def cross(self, k: Array) -> Array:
        """Return sum_k sum_i r_i' K_k r_i, shape (p+1, p+1)."""

    def outer(self, m: Array) -> Array:
        """Return sum_i r_i M r_i' for each pattern, shape (K, q, q)."""

    def scaled(self, z: Array, x: Array) -> "Products":
        """Return the products after dividing the columns of Z by z and of [X y] by x."""

    def weighted(self, weight: float) -> "Products":
        """Return the products of `weight` copies of every client."""


@dataclass(frozen=True)
class PatternProducts:
    """S_k for each pattern as rows: shape (K q q, (p+1)(p+1))."""

    rows: Array
    q: int
    p1: int

    def cross(self, k: Array) -> Array:
        """Return sum_k <K_k, S_k> over the two random indices."""
        out: Array = (k.reshape(-1) @ self.rows).reshape(self.p1, self.p1)
        return out

    def outer(self, m: Array) -> Array:
        """Return <M, S_k> over the two fixed indices, for each pattern."""
        return (self.rows @ m.reshape(-1)).reshape(-1, self.q, self.q)

    def scaled(self, z: Array, x: Array) -> "PatternProducts":
        """Return the products with columns of Z and [X y] divided."""
        shape = (-1, self.q, self.q, self.p1 * self.p1)
        rows = self.rows.reshape(shape) / np.outer(z, z)[None, :, :, None] / np.outer(x, x).reshape(-1)
        return replace(self, rows=rows.reshape(self.rows.shape))

    def weighted(self, weight: float) -> "PatternProducts":
        """Return the products of `weight` copies of every client."""
        return replace(self, rows=self.rows * weight)


@dataclass(frozen=True)
class PersonProducts:
    """r_i person by person, for times that nobody shares: shape (n, q, p+1), with a weight each."""

    r: Array
    weight: Array

    def cross(self, k: Array) -> Array:
        """Return sum_i w_i r_i' K_i r_i."""
        p1 = self.r.shape[2]
        kr = (k * self.weight[:, None, None]) @ self.r
        out: Array = self.r.reshape(-1, p1).T @ kr.reshape(-1, p1)
        return out

    def outer(self, m: Array) -> Array:
        """Return w_i r_i M r_i' for each person."""
        rm = self.r @ m
        out: Array = (rm @ self.r.transpose(0, 2, 1)) * self.weight[:, None, None]
        return out

    def scaled(self, z: Array, x: Array) -> "PersonProducts":
        """Return the products with columns of Z and [X y] divided."""
        return replace(self, r=self.r / z[None, :, None] / x[None, None, :])

    def weighted(self, weight: float) -> "PersonProducts":
        """Return the products of `weight` copies of every client."""
        return replace(self, weight=self.weight * weight)


@dataclass(frozen=True)
class Cells:
    """First sums per (therapist, pattern) cell, for clients nested in therapists.

    `starts` marks the first cell of each therapist (cells are sorted by therapist), `pattern` the
    pattern of a cell, `count` its clients, `r` the sum of r_i over them, shape (cells, q, p+1).
    """

    starts: NDArray[np.intp]
    therapist: NDArray[np.intp]
    pattern: NDArray[np.intp]
    count: Array
    r: Array


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

    `client` numbers each row's client 0..n-1 with rows of one client together; x is (rows, p), z
    (rows, q), y (rows,); `therapist` numbers each client's therapist and `weight` weighs each client.
    Patterns are shared where that saves work, unless `share_patterns` says otherwise.

    Raises ValueError where the rows of one client do not stand together.
    """
    starts = np.flatnonzero(np.r_[True, np.diff(client) != 0])
    if len(starts) != len(np.unique(client)):
        raise ValueError("The rows of one client must stand together; sort by client first.")
    w = np.ones(len(starts)) if weight is None else np.asarray(weight, dtype=float)
    xy = np.column_stack([x, y])
    r = np.add.reduceat(z[:, :, None] * xy[:, None, :], starts, axis=0)
    g = np.add.reduceat(z[:, :, None] * z[:, None, :], starts, axis=0)
    rows = np.diff(np.r_[starts, len(y)])
    total = (xy * np.repeat(w, rows)[:, None]).T @ xy
    code = None if therapist is None else np.asarray(therapist)
    return _sums(g, r, w, total, float(rows @ w), code, share_patterns)


def _sums(
    g: Array,
    r: Array,
    weight: Array,
    total: Array,
    n: float,
    therapist: NDArray[np.intp] | None,
    share_patterns: bool | None,
) -> Sums:
    people, q = g.shape[:2]
    flat = np.ascontiguousarray(g.reshape(people, -1))
    keys, pattern = np.unique(flat.view(f"V{flat.dtype.itemsize * q * q}").ravel(), return_inverse=True)
    shared = len(keys) * 4 < people if share_patterns is None else share_patterns
    clients = float(weight.sum())
    if not shared:
        cells = _cells(therapist, np.arange(people), weight, r) if therapist is not None else None
        return Sums(g, weight, PersonProducts(r, weight), total, n, clients, cells)
    count = np.bincount(pattern, weights=weight, minlength=len(keys)).astype(float)
    first = np.zeros(len(keys), dtype=np.intp)
    first[pattern[::-1]] = np.arange(people)[::-1]
    products = _pattern_products(r, weight, pattern, len(keys))
    cells = _cells(therapist, pattern, weight, r) if therapist is not None else None
    return Sums(g[first], count, products, total, n, clients, cells)


def _pattern_products(r: Array, weight: Array, pattern: NDArray[np.intp], k: int) -> PatternProducts:
    people, q, p1 = r.shape
    order = np.argsort(pattern, kind="stable")
    starts = np.searchsorted(pattern[order], np.arange(k))
    rows = np.zeros((k, q, q, p1, p1))
    sorted_r, sorted_w = r[order], weight[order]
    ends = np.r_[starts[1:], people]
    for i, (a, b) in enumerate(zip(starts, ends, strict=True)):
        block = sorted_r[a:b].reshape(b - a, q * p1)
        s = (block * sorted_w[a:b, None]).T @ block
        rows[i] = s.reshape(q, p1, q, p1).transpose(0, 2, 1, 3)
    return PatternProducts(rows.reshape(k * q * q, p1 * p1), q, p1)


def _cells(
    therapist: NDArray[np.intp], pattern: NDArray[np.intp], weight: Array, r: Array
) -> Cells:
    _, therapist = np.unique(therapist, return_inverse=True)
    key = therapist * (int(pattern.max()) + 1) + pattern
    cells, cell = np.unique(key, return_inverse=True)
    count = np.bincount(cell, weights=weight, minlength=len(cells)).astype(float)
    order = np.argsort(cell, kind="stable")
    starts = np.searchsorted(cell[order], np.arange(len(cells)))
    summed = np.add.reduceat((r * weight[:, None, None])[order], starts, axis=0)
    owner = cells // (int(pattern.max()) + 1)
    first = np.flatnonzero(np.r_[True, np.diff(owner) != 0])
    return Cells(first, owner, cells % (int(pattern.max()) + 1), count, summed)


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
    """Return the sums of `weight` copies of every client (any weight above 0; two levels only)."""
    return replace(
        sums,
        count=sums.count * weight,
        products=sums.products.weighted(weight),
        total=sums.total * weight,
        n=sums.n * weight,
        clients=sums.clients * weight,
    )
