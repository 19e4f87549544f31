"""Add the sums of two sources: a clinic's own clients and the pseudo-clients of a reference (ST6)."""

from dataclasses import dataclass

import numpy as np

from midcourse.course.moments import Array, Cells, Products, Sums


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
    """Return the sums of two sources together; no client and no therapist may be in both.

    Raises ValueError where the two have different columns, or only one has therapists.
    """
    if (first.q, first.p) != (second.q, second.p):
        raise ValueError("Only sums with the same fixed and random columns can be added.")
    sizes = (len(first.g), len(second.g))
    return Sums(
        g=np.concatenate([first.g, second.g]),
        count=np.append(first.count, second.count),
        products=JoinedProducts((first.products, second.products), sizes),
        total=first.total + second.total,
        n=first.n + second.n,
        clients=first.clients + second.clients,
        cells=_joined_cells(first.cells, second.cells, sizes[0]),
    )


def _joined_cells(first: Cells | None, second: Cells | None, patterns: int) -> Cells | None:
    """Number the second source's cells, therapists and patterns on from the first's."""
    if first is None and second is None:
        return None
    if first is None or second is None:
        raise ValueError("Only one of the two sources has therapists; give them to both or to neither.")
    return Cells(
        starts=np.append(first.starts, second.starts + len(first.pattern)),
        therapist=np.append(first.therapist, second.therapist + len(first.starts)),
        pattern=np.append(first.pattern, second.pattern + patterns),
        count=np.append(first.count, second.count),
        r=np.concatenate([first.r, second.r]),
    )
