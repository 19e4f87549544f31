"""The sums of a fit straight from a large file: in one pass where it is in order, else by grouping."""

from collections.abc import Mapping
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr.types import Table

from midcourse.cohorts.clients import columns_of
from midcourse.cohorts.in_order import Checks, NotInOrder, columns_in_order
from midcourse.cohorts.pattern_columns import (
    CELL,
    LAST_SESSION,
    SUMMED,
    CellColumns,
    PatternColumns,
    sums_of_columns,
)
from midcourse.course.basis import Basis
from midcourse.course.moments import Array, Sums


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
    Where rows stand in order of client and session one pass suffices; else they are grouped.

    Raises NotPlain where a client's first session is not 1, a session is repeated or beyond 62, or a
    score is missing or out of range: such files go through `review_table`, which sets rows aside.
    """
    if basis.q != 2 or basis.width != 2 or basis.axis != "session":
        raise NotPlain("Only two-column bases by session are reduced this way.")
    names = {"client_id": "client_id", "session": "session", "score": "score"} | dict(columns or {})
    checks = Checks(centre, minimum, maximum)
    try:
        found, cells = columns_in_order(Path(path), basis, names, checks)
    except NotInOrder:
        found, cells = _grouped(path, basis, names, checks)
    return sums_of_columns(found, cells, basis)


def _grouped(
    path: str | Path, basis: Basis, names: Mapping[str, str], checks: Checks
) -> tuple[PatternColumns, CellColumns | None]:
    """One GROUP BY per client and one per pattern, in any order of rows."""
    connection = ibis.duckdb.connect()
    try:
        people = _per_client(connection.read_parquet(path).select(**names), basis, checks)
        if "therapist_id" in names:
            people = connection.create_table("people", people, temp=True)
        found = _by_pattern(people)
        return found, _by_cell(people) if "therapist_id" in names else None
    finally:
        connection.disconnect()


def _per_client(rows: Table, basis: Basis, checks: Checks) -> Table:
    """One row per client: the pattern as bits, intake, and sums of y, t y and y squared.

    At the first session t is 0, so its row only needs its y and y squared taken off again.
    """
    y, time = rows.score.try_cast("float64"), rows.session.try_cast("float64")
    plain = ((time % 1 == 0) & time.between(1, LAST_SESSION)).fill_null(False)
    session = ibis.ifelse(plain, time, 1.0)
    bit = ibis.literal(1, "int64") << session.cast("int64")
    keyed = rows.mutate(y=y, t=columns_of(basis, session)[1], bit=bit, plain=plain)
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
        plain=keyed.plain.all(),
        intake=keyed.y.sum(where=session == 1),
        **extra,
    )
    first = reduced.intake
    odd = (reduced.low < checks.minimum) | (reduced.high > checks.maximum) | (reduced.scores != reduced.n)
    return reduced.mutate(
        w=first - checks.centre,
        s=reduced.s - first,
        y2=reduced.y2 - first * first,
        odd=odd | ~reduced.plain,
    )


def _by_pattern(people: Table) -> PatternColumns:
    w, s, ty = people.w, people.s, people.ty
    found = people.group_by("key", "n").agg(
        clients=people.count(), w=w.sum(), ww=(w * w).sum(), s=s.sum(), ty=ty.sum(),
        ws=(w * s).sum(), wty=(w * ty).sum(), ss=(s * s).sum(), sty=(s * ty).sum(),
        tyty=(ty * ty).sum(), y2=people.y2.sum(), odd=people.odd.sum(),
    ).order_by("key").to_pyarrow()  # fmt: skip
    _check(found)
    return PatternColumns(found["key"].to_numpy(), np.array([_numbers(found, name) for name in SUMMED]))


def _check(found: pa.Table) -> None:
    keys = found["key"].to_numpy()
    bits = ((keys[:, None] >> np.arange(LAST_SESSION + 1)) & 1).sum(axis=1)
    odd = _numbers(found, "odd").any() or (bits != _numbers(found, "n")).any()
    if odd or ((keys >> 1) & 1 == 0).any():
        raise NotPlain(
            "A first session that is not 1, a repeated one, one past 62 or not whole, or an odd score is in "
            "the file; review it, which sets such rows aside."
        )


def _by_cell(people: Table) -> CellColumns:
    """First sums per therapist and pattern."""
    sums = {name: people[name].sum() for name in CELL[1:]}
    cells = people.group_by("therapist_id", "key").agg(clients=people.count(), **sums).to_pyarrow()
    owner = cells["therapist_id"].combine_chunks().dictionary_encode().indices.to_numpy()
    values = np.array([_numbers(cells, name) for name in CELL])
    return CellColumns(owner.astype(np.int64), cells["key"].to_numpy(), values)


def _numbers(table: pa.Table, name: str) -> Array:
    return np.asarray(table[name].to_numpy(zero_copy_only=False).astype(float))
