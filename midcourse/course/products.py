"""How the products r_i = Z_i'[X_i y_i] are kept: summed per pattern of times, or person by person.

Every client of a pattern has the same V_i, so their sum S = sum r_i (x) r_i is all a fit needs of them.
Where nobody shares times (weeks to the day) nothing is gained by summing, and each r_i is kept.
"""

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Products(Protocol):
    """What a fit asks of the products, however they are kept."""

    def cross(self, k: Array) -> Array:
        """Return sum_k sum_i r_i' K_k r_i, shape (p+1, p+1)."""
        ...

    def outer(self, m: Array) -> Array:
        """Return sum_i r_i M r_i' for each pattern, shape (K, q, q)."""
        ...

    def scaled(self, z: Array, x: Array) -> "Products":
        """Return the products after dividing the columns of Z by z and of [X y] by x."""
        ...

    def weighted(self, weight: float) -> "Products":
        """Return the products of `weight` copies of every client."""
        ...


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


def pattern_products(r: Array, weight: Array, pattern: NDArray[np.intp], patterns: int) -> PatternProducts:
    """Return S of each pattern from r_i (n, q, p+1), each client's weight and pattern number."""
    people, q, p1 = r.shape
    order = np.argsort(pattern, kind="stable")
    edges = np.append(np.searchsorted(pattern[order], np.arange(patterns)), people)
    sorted_r, sorted_w = r[order].reshape(people, q * p1), weight[order]
    rows = np.empty((patterns, q, q, p1, p1))
    for k in range(patterns):
        block = sorted_r[edges[k] : edges[k + 1]]
        s = (block * sorted_w[edges[k] : edges[k + 1], None]).T @ block
        rows[k] = s.reshape(q, p1, q, p1).transpose(0, 2, 1, 3)
    return PatternProducts(rows.reshape(patterns * q * q, p1 * p1), q, p1)
