"""The sums of session patterns as columns, however they were reduced, and the sums of a fit from them."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from midcourse.course.basis import Basis
from midcourse.course.design import columns
from midcourse.course.moments import Array, Cells, Sums
from midcourse.course.pattern_sums import PatternTable, sums_of_table

LAST_SESSION = 62  # sessions are bits of one 64-bit word
Keys = NDArray[np.int64]

# What is summed over the clients of a pattern: 1, w, w^2, s, ty, w s, w ty, s^2, s ty, ty^2, y2, with
# w the centred intake and s, ty, y2 the sums of y, t y and y^2 over the scores after the first.
SUMMED = ("clients", "w", "ww", "s", "ty", "ws", "wty", "ss", "sty", "tyty", "y2")
CELL = ("clients", "w", "s", "ty")


@dataclass(frozen=True)
class PatternColumns:
    """One entry per pattern: `key` holds its sessions as bits, `sums` (SUMMED, K) what is summed."""

    key: Keys
    sums: Array

    def column(self, name: str) -> Array:
        """Return one of the sums, one entry per pattern."""
        return np.asarray(self.sums[SUMMED.index(name)])


@dataclass(frozen=True)
class CellColumns:
    """One entry per therapist and pattern: `owner` numbers therapists, `sums` is (CELL, cells)."""

    owner: NDArray[np.int64]
    key: Keys
    sums: Array


def sums_of_columns(found: PatternColumns, cells: CellColumns | None, basis: Basis) -> Sums:
    """Return the sums of the intake-once model; patterns of one session add no row and are left out."""
    later = found.key & ~np.int64(3)  # without session 1, the intake, and the bit that is never set
    keep = later > 0
    kept = PatternColumns(found.key[keep], found.sums[:, keep])
    ff, rows = _times_of(kept.key, basis)
    table = PatternTable(
        n=kept.column("clients"),
        rows=rows,
        ff=ff,
        ww=_square(kept, "clients", "w", "w", "ww"),
        wb=_square(kept, "s", "ty", "ws", "wty"),
        yy=_square(kept, "ss", "sty", "sty", "tyty"),
        y2=float(kept.column("y2").sum()),
    )
    sums = sums_of_table(table)
    return sums if cells is None else replace(sums, cells=_cells(cells, kept.key, ff))


def _square(found: PatternColumns, *names: str) -> Array:
    return np.stack([found.column(name) for name in names], 1).reshape(-1, 2, 2)


def _times_of(keys: Keys, basis: Basis) -> tuple[Array, Array]:
    """F'F (K, 2, 2) and the number of later scores (K,) of every pattern of session bits."""
    sessions = np.arange(LAST_SESSION + 1)
    bits = ((keys[:, None] >> sessions) & 1).astype(float)
    bits[:, :2] = 0.0
    f = columns(basis, sessions.astype(float))
    outer = (f[:, :, None] * f[:, None, :]).reshape(len(sessions), -1)
    return (bits @ outer).reshape(-1, 2, 2), bits.sum(axis=1)


def _cells(cells: CellColumns, keys: Keys, ff: Array) -> Cells:
    """Cells in order of therapist and pattern; the same cell found twice is added up."""
    used = np.isin(cells.key, keys)
    at = cells.owner[used] * len(keys) + np.searchsorted(keys, cells.key[used])
    cell, where = np.unique(at, return_inverse=True)
    count, w, s, ty = (np.bincount(where, part, len(cell)).astype(float) for part in cells.sums[:, used])
    pattern, owner = cell % len(keys), cell // len(keys)
    r = np.empty((len(cell), 2, 5))
    both = np.column_stack([count, w])
    r[:, :, :4] = (both[:, None, :, None] * ff[pattern][:, :, None, :]).reshape(-1, 2, 4)
    r[:, :, 4] = np.column_stack([s, ty])
    change = np.append(True, np.diff(owner) != 0)
    return Cells(np.flatnonzero(change), np.cumsum(change) - 1, pattern, count, r)
