"""The sums of a fit straight from a large file, in one GROUP BY per client and one per pattern."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr.types import Table
from numpy.typing import NDArray

from midcourse.cohorts.clients import columns_of
from midcourse.course.basis import Basis
from midcourse.course.design import columns
from midcourse.course.moments import Array, Cells, Sums
from midcourse.course.pattern_sums import PatternTable, sums_of_table

LAST_SESSION = 62  # sessions are bits of one 64-bit word


class NotPlain(ValueError):
    """The file needs the careful path: gaps in typing, repeats, odd scores, or sessions past 62."""


def course_sums(
    path: str | Path,
    basis: Basis,
    *,
    centre: float = 0.0,
    columns: Mapping[str, str] | None = None,
    minimum: float = -np.inf,
    maximum: float = np.inf,
) -> Sums:
    """Return the sums of the intake-once model from a clean Parquet file, every score a row.

    `columns` names client_id, session and score where they are called otherwise, and therapist_id
    for sums with a third level. Sessions are whole numbers from 1; the first score of each client is
    the intake (minus `centre`) and no outcome. Scores are checked against `minimum` and `maximum`.

    Raises NotPlain where a client's first session is not 1, a session is repeated or beyond 62, or a
    score is missing or out of range: such files go through `review_table`, which sets rows aside.
    """
    names = {"client_id": "client_id", "session": "session", "score": "score"} | dict(columns or {})
    connection = ibis.duckdb.connect()
    try:
        rows = connection.read_parquet(path).select(**names)
        people = _per_client(rows, basis, centre, minimum, maximum)
        if "therapist_id" in names:
            return _with_therapists(connection.create_table("people", people, temp=True), basis)
        return _two_levels(people, basis)
    finally:
        connection.disconnect()


def _per_client(rows: Table, basis: Basis, centre: float, minimum: float, maximum: float) -> Table:
    """One row per client: the pattern as bits, intake, and sums of y, t y and y squared.

    At the first session t is 0, so its row only needs its y and y squared taken off again.
    """
    if basis.q != 2 or basis.width != 2 or basis.axis != "session":
        raise NotPlain("Only two-column bases by session are reduced this way.")
    y, session = rows.score.cast("float64"), rows.session.cast("int64")
    keyed = rows.mutate(
        y=y, t=columns_of(basis, session.cast("float64"))[1], bit=ibis.literal(1, "int64") << session
    )
    extra = {"therapist_id": keyed.therapist_id.arbitrary()} if "therapist_id" in rows.columns else {}
    reduced = keyed.group_by("client_id").agg(
        n=keyed.count(),
        key=keyed.bit.sum().cast("int64"),
        s=keyed.y.sum(),
        ty=(keyed.t * keyed.y).sum(),
        y2=(keyed.y * keyed.y).sum(),
        low=keyed.y.min(),
        high=keyed.y.max(),
        scores=keyed.y.count(),
        last=session.max(),
        intake=keyed.y.sum(where=session == 1),
        **extra,
    )
    first = reduced.intake
    odd = (reduced.low < minimum) | (reduced.high > maximum) | (reduced.scores != reduced.n)
    return reduced.mutate(
        w=first - centre,
        s=reduced.s - first,
        y2=reduced.y2 - first * first,
        odd=odd | (reduced.last > LAST_SESSION),
    )


def _by_pattern(people: Table) -> pa.Table:
    w, s, ty = people.w, people.s, people.ty
    return people.group_by("key", "n").agg(
        clients=people.count(), w=w.sum(), ww=(w * w).sum(), s=s.sum(), ty=ty.sum(),
        ws=(w * s).sum(), wty=(w * ty).sum(), ss=(s * s).sum(), sty=(s * ty).sum(),
        tyty=(ty * ty).sum(), y2=people.y2.sum(), odd=people.odd.sum(),
    ).order_by("key").to_pyarrow()  # fmt: skip


def _numbers(table: pa.Table, name: str) -> Array:
    return np.asarray(table[name].to_numpy(zero_copy_only=False).astype(float))


def _times_of(keys: NDArray[np.int64], basis: Basis) -> Array:
    """F'F of every pattern of session bits, without the first session: shape (K, 2, 2)."""
    sessions = np.arange(LAST_SESSION + 1)
    bits = ((keys[:, None] >> sessions) & 1).astype(float)
    bits[:, :2] = 0.0  # session 1 is intake; bit 0 is never set in a plain file
    f = columns(basis, sessions.astype(float))
    outer = (f[:, :, None] * f[:, None, :]).reshape(len(sessions), -1)
    return np.asarray((bits @ outer).reshape(-1, 2, 2))


def _check(keys: NDArray[np.int64], n: Array, odd: Array) -> None:
    bits = ((keys[:, None] >> np.arange(LAST_SESSION + 1)) & 1).sum(axis=1)
    if odd.any() or (bits != n).any() or ((keys >> 1) & 1 == 0).any():
        raise NotPlain(
            "A first session that is not 1, a repeated one, one past 62, or an odd score is in the file; "
            "review it, which sets such rows aside."
        )


def _pattern_table(found: pa.Table, basis: Basis) -> PatternTable:
    keys = found["key"].to_numpy()
    n = _numbers(found, "n")
    _check(keys, n, _numbers(found, "odd"))
    column = {name: _numbers(found, name) for name in found.column_names if name != "key"}
    keep = n > 1  # a client with one score adds no row
    clients = column["clients"]
    ww = np.stack([clients, column["w"], column["w"], column["ww"]], 1).reshape(-1, 2, 2)
    wb = np.stack([column["s"], column["ty"], column["ws"], column["wty"]], 1).reshape(-1, 2, 2)
    yy = np.stack([column["ss"], column["sty"], column["sty"], column["tyty"]], 1).reshape(-1, 2, 2)
    ff = _times_of(keys, basis)
    y2 = float(column["y2"][keep].sum())
    return PatternTable(clients[keep], n[keep] - 1.0, ff[keep], ww[keep], wb[keep], yy[keep], y2)


def _two_levels(people: Table, basis: Basis) -> Sums:
    return sums_of_table(_pattern_table(_by_pattern(people), basis))


def _with_therapists(people: Table, basis: Basis) -> Sums:
    """The same sums with a cell per therapist and pattern, which only need first sums."""
    found = _by_pattern(people)
    sums = sums_of_table(_pattern_table(found, basis))
    keys = found["key"].to_numpy()[_numbers(found, "n") > 1]
    later = people.filter(people.n > 1)
    cells = later.group_by("therapist_id", "key").agg(
        clients=later.count(), w=later.w.sum(), s=later.s.sum(), ty=later.ty.sum()
    ).order_by("therapist_id", "key").to_pyarrow()  # fmt: skip
    pattern = np.searchsorted(keys, cells["key"].to_numpy())
    owner = cells["therapist_id"].combine_chunks().dictionary_encode().indices.to_numpy()
    return replace(sums, cells=_cells(cells, pattern, owner, _times_of(keys, basis)))


def _cells(cells: pa.Table, pattern: NDArray[np.intp], owner: NDArray[np.intp], ff: Array) -> Cells:
    count = _numbers(cells, "clients")
    w = np.column_stack([count, _numbers(cells, "w")])
    s = np.column_stack([_numbers(cells, "s"), _numbers(cells, "ty")])
    r = np.empty((len(count), 2, 5))
    r[:, :, :4] = (w[:, None, :, None] * ff[pattern][:, :, None, :]).reshape(-1, 2, 4)
    r[:, :, 4] = s
    starts = np.flatnonzero(np.r_[True, np.diff(owner) != 0])
    return Cells(starts, np.cumsum(np.r_[0, np.diff(owner) != 0]), pattern, count, r)
