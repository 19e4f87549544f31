"""The quick way to the sums of a fit: one pass over a Parquet file in order of client and session.

No engine is needed where the rows of a client stand together. Each Arrow batch is reduced to running
sums per client with numpy, these to sums per pattern, and only the latter are kept. numpy views Arrow
memory through DLPack: pyarrow's own `to_numpy` loads pandas, and 45 MiB with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow.parquet import ParquetFile

from midcourse.cohorts.pattern_columns import LAST_SESSION, CellColumns, Keys, PatternColumns
from midcourse.course.basis import Basis
from midcourse.course.design import columns
from midcourse.course.moments import Array

BATCH = 1 << 16  # rows: a batch and its sums stay in the processor's cache


class NotInOrder(ValueError):
    """The rows are not plain and in order of client and session: the grouping path must read them."""


@dataclass
class _Kept:
    """What is kept of the batches: sums per pattern, and per therapist and pattern."""

    keys: list[Keys] = field(default_factory=list)
    sums: list[Array] = field(default_factory=list)
    owners: list[Keys] = field(default_factory=list)
    cell_keys: list[Keys] = field(default_factory=list)
    cell_sums: list[Array] = field(default_factory=list)
    code: dict[object, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Checks:
    """What a plain file's scores must lie within, and what intake is centred on."""

    centre: float
    minimum: float
    maximum: float


def columns_in_order(
    path: Path, basis: Basis, names: Mapping[str, str], checks: Checks
) -> tuple[PatternColumns, CellColumns | None]:
    """Return the sums per pattern, and per therapist and pattern where `names` has therapist_id.

    Raises NotInOrder where clients do not rise by id, sessions do not rise from 1 to at most 62, or a
    cell is empty or out of range.
    """
    kept = _Kept()
    for batch in _whole_clients(path, names):
        _add(kept, basis, checks, batch)
    key, at = np.unique(np.concatenate(kept.keys), return_inverse=True)
    every = np.concatenate(kept.sums, axis=1)
    patterns = PatternColumns(key, np.array([np.bincount(at, part, len(key)) for part in every]))
    if not kept.owners:
        return patterns, None
    parts = np.concatenate(kept.owners), np.concatenate(kept.cell_keys)
    return patterns, CellColumns(*parts, np.concatenate(kept.cell_sums, axis=1))


def _whole_clients(path: Path, names: Mapping[str, str]) -> Iterator[pa.RecordBatch]:
    """Yield batches that end with a client's last row, ids rising from batch to batch."""
    wanted = [names[role] for role in ("client_id", "session", "score", "therapist_id") if role in names]
    # Read-ahead and threads would cost more memory than they save time.
    with ParquetFile(path, pre_buffer=False) as file:
        over: pa.RecordBatch | None = None
        before = None
        for batch in file.iter_batches(BATCH, columns=wanted, use_threads=False):
            batch = batch.select(wanted)
            if any(column.null_count for column in batch.columns):
                raise NotInOrder("A cell is empty.")
            batch = batch if over is None else pa.concat_batches([over, batch])
            change = _changes(batch.column(0))
            end = int(np.flatnonzero(change)[-1])
            over = batch.slice(end)
            if end:
                before = _rising(batch.slice(0, end), change[:end], before)
                yield batch.slice(0, end)
        if over is None:
            raise NotInOrder("The file has no row.")
        _rising(over, _changes(over.column(0)), before)
        yield over


def _positions(at: NDArray[np.intp]) -> pa.Array:
    """Positions as Arrow has them; `pa.array` would load pandas."""
    return pa.Array.from_buffers(pa.int64(), len(at), [None, pa.py_buffer(at)])


def _changes(ids: pa.Array) -> NDArray[np.bool_]:
    """True where a row's client differs from the row's before."""
    change = np.ones(len(ids), bool)
    if len(ids) > 1:
        differs = pc.not_equal(ids.slice(1), ids.slice(0, len(ids) - 1))
        change[1:] = np.from_dlpack(differs.cast(pa.uint8())).astype(bool)
    return change


def _rising(batch: pa.RecordBatch, change: NDArray[np.bool_], before: Any) -> Any:
    """Refuse a client who comes again later: ids must rise. Return the last id."""
    first = batch.column(0).take(_positions(np.flatnonzero(change)))
    rising = len(first) < 2 or pc.all(pc.less(first.slice(0, len(first) - 1), first.slice(1))).as_py()
    if not rising or (before is not None and not before.as_py() < first[0].as_py()):
        raise NotInOrder("Clients are not in rising order of their id.")
    return first[-1]


def _add(kept: _Kept, basis: Basis, checks: Checks, batch: pa.RecordBatch) -> None:
    """Reduce a batch to sums per client, and these to sums per pattern."""
    change = _changes(batch.column(0))
    start = np.flatnonzero(change)
    if not pa.types.is_integer(batch.schema.types[1]) or not _is_number(batch.schema.types[2]):
        raise NotInOrder("A session is not a whole number, or a score no number.")
    session, score = (np.from_dlpack(column) for column in batch.columns[1:3])
    _check(session, score, change, checks)
    session, y = session.astype(np.int64, copy=False), score.astype(np.float64)
    first = y[start]
    t = columns(basis, np.arange(LAST_SESSION + 1, dtype=float))[:, 1]
    s = np.add.reduceat(y, start) - first
    ty = np.add.reduceat(t[session] * y, start)
    y2 = np.add.reduceat(y * y, start) - first * first
    w = first - checks.centre
    one = np.ones_like(w)
    keys, pattern = np.unique(np.add.reduceat(np.left_shift(1, session), start), return_inverse=True)
    parts = (one, w, w * w, s, ty, w * s, w * ty, s * s, s * ty, ty * ty, y2)
    kept.keys.append(keys)
    kept.sums.append(np.array([np.bincount(pattern, part, len(keys)) for part in parts]))
    if batch.num_columns > 3:
        _add_cells(kept, batch.column(3).take(_positions(start)), keys, pattern, (one, w, s, ty))


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def _check(session: Any, score: Any, change: NDArray[np.bool_], checks: Checks) -> None:
    if session.min() < 1 or session.max() > LAST_SESSION:
        raise NotInOrder("A session is not a whole number from 1 to 62.")
    if (session[change] != 1).any() or not (change[1:] | (session[1:] > session[:-1])).all():
        raise NotInOrder("A client's first session is not 1, or a session is repeated or out of order.")
    if not (score.min() >= checks.minimum and score.max() <= checks.maximum):
        raise NotInOrder("A score is out of range.")


def _add_cells(
    kept: _Kept, therapist: pa.Array, keys: Keys, pattern: NDArray[np.intp], parts: tuple[Array, ...]
) -> None:
    encoded = therapist.dictionary_encode()
    codes = [kept.code.setdefault(value, len(kept.code)) for value in encoded.dictionary.to_pylist()]
    owner = np.array(codes, dtype=np.int64)[np.from_dlpack(encoded.indices)]
    cells, cell = np.unique(owner * len(keys) + pattern, return_inverse=True)
    kept.owners.append(cells // len(keys))
    kept.cell_keys.append(keys[cells % len(keys)])
    kept.cell_sums.append(np.array([np.bincount(cell, part, len(cells)) for part in parts]))
