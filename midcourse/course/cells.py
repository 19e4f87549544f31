"""First sums per therapist and pattern, and the two matrices that carry them through an evaluation."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from midcourse.course.products import Array

DENSE_FROM = 0.25  # filled share from which a full matrix is quicker than a sparse one


@dataclass(frozen=True)
class Cells:
    """First sums per (therapist, pattern) cell, for clients nested in therapists.

    `starts` marks the first cell of each therapist (cells are sorted by therapist), `therapist` and
    `pattern` are numbers from 0, `count` the clients of a cell (weights summed), `r` the sum of r_i
    over them, shape (cells, q, p+1).
    """

    starts: NDArray[np.intp]
    therapist: NDArray[np.intp]
    pattern: NDArray[np.intp]
    count: Array
    r: Array

    @cached_property
    def therapists(self) -> int:
        """Return the number of therapists, J."""
        return len(self.starts)

    @cached_property
    def products(self) -> Any:
        """Return R, shape (K q, J (p+1)): one product with it does what a pass over all cells would.

        Made once per fit, since every evaluation needs it.
        """
        cells, q, p1 = self.r.shape
        a, i = np.arange(q)[None, :, None], np.arange(p1)[None, None, :]
        rows = np.broadcast_to(self.pattern[:, None, None] * q + a, self.r.shape).ravel()
        columns = np.broadcast_to(self.therapist[:, None, None] * p1 + i, self.r.shape).ravel()
        shape = (self._patterns * q, self.therapists * p1)
        return _handy(sparse.csr_array((self.r.ravel(), (rows, columns)), shape=shape))

    @cached_property
    def counts(self) -> Any:
        """Return N, shape (J, K): how many clients of each therapist follow each pattern."""
        shape = (self.therapists, self._patterns)
        return _handy(sparse.csr_array((self.count, (self.therapist, self.pattern)), shape=shape))

    @cached_property
    def _patterns(self) -> int:
        return int(self.pattern.max()) + 1


def _handy(matrix: Any) -> Any:
    """The matrix in full where it is well filled."""
    rows, columns = matrix.shape
    return matrix.toarray() if matrix.nnz > DENSE_FROM * rows * columns else matrix
