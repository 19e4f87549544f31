"""Add the sums of two sources: a clinic's own clients and the pseudo-clients of a reference (ST6)."""

from dataclasses import dataclass

import numpy as np

from midcourse.course.moments import Array, Products, Sums


@dataclass(frozen=True)
class JoinedProducts:
    """The products of several sources side by side; `sizes` counts the patterns of each."""

    parts: tuple[Products, ...]
    sizes: tuple[int, ...]

    def _split(self, k: Array) -> list[Array]:
        return np.split(k, np.cumsum(self.sizes)[:-1])

    def cross(self, k: Array) -> Array:
        """Return the sum over all sources."""
        pairs = zip(self.parts, self._split(k), strict=True)
        return np.asarray(sum(part.cross(piece) for part, piece in pairs))

    def outer(self, m: Array) -> Array:
        """Return the products of every source, pattern after pattern."""
        return np.concatenate([part.outer(m) for part in self.parts])

    def scaled(self, z: Array, x: Array) -> "JoinedProducts":
        """Return the products with columns of Z and [X y] divided."""
        return JoinedProducts(tuple(part.scaled(z, x) for part in self.parts), self.sizes)

    def weighted(self, weight: float) -> "JoinedProducts":
        """Return the products of `weight` copies of every client."""
        return JoinedProducts(tuple(part.weighted(weight) for part in self.parts), self.sizes)


def join(first: Sums, second: Sums) -> Sums:
    """Return the sums of two sources together (two levels only).

    Raises ValueError where the two have different columns.
    """
    if (first.q, first.p) != (second.q, second.p):
        raise ValueError("Only sums with the same fixed and random columns can be added.")
    return Sums(
        g=np.concatenate([first.g, second.g]),
        count=np.r_[first.count, second.count],
        products=JoinedProducts(
            (first.products, second.products), (len(first.g), len(second.g))
        ),
        total=first.total + second.total,
        n=first.n + second.n,
        clients=first.clients + second.clients,
    )
