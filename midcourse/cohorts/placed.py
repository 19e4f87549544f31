"""From timed scores to a course: repeats settled, and each score placed on the course's clock."""

from math import floor

import ibis
from ibis.expr.types import Table, Value

from midcourse.cohorts.counted import Counted
from midcourse.cohorts.listing import KEYS, listed_repeats
from midcourse.cohorts.source import Source
from midcourse.cohorts.timed import KEY
from midcourse.course.basis import Axis
from midcourse.course.observed import SESSION_SHARE
from midcourse.tables.clock import Clock


@ibis.udf.agg.builtin  # type: ignore[untyped-decorator]
def arg_min_null(value: float, by: int) -> float:  # type: ignore[empty-body]
    """Name the engine's own aggregate: the value at the smallest `by`, also where that value is null."""


def before_the_end(rows: Table, counted: Counted) -> Table:
    """Return the scores given before therapy ended, where an end is known; the others are counted."""
    after = (rows.day_no > rows.ended_day).fill_null(False)
    counted.follow_up += int(rows.filter(after).count().to_pyarrow().as_py())
    return rows.filter(~after)


def up_to(rows: Table, as_of: float | None) -> Table:
    """Return the scores seen by the end of the day `as_of`: a review knows nothing later."""
    if as_of is None:
        return rows
    return rows.filter(rows.day_no.isnull() | (rows.day_no < floor(as_of) + 1))


def once_each(source: Source, rows: Table, clock: Clock, counted: Counted, *, allow: bool) -> Table:
    """Return one score per client, episode, measure and time: repeats once, different ones not.

    The session and the day are those of the first of the repeats by line.
    """
    grouped = rows.group_by(*KEYS).agg(
        n=rows.count(),
        low=rows.value.min(),
        high=rows.value.max(),
        value=rows.value.mean(),
        session_no=arg_min_null(rows.session_no, rows.line),
        day_no=arg_min_null(rows.day_no, rows.line),
        age_years=rows.age_years.min(),
        ended_day=rows.ended_day.min(),
    )
    grouped = source.connection.create_table("grouped", grouped, temp=True)
    same = grouped.low == grouped.high
    if _count_repeats(grouped, same, counted, allow):
        counted.problems += listed_repeats(source, rows, grouped.filter(~same), clock)
    kept = grouped if allow else grouped.filter(same)
    return kept.mutate(value=ibis.ifelse(kept.low == kept.high, kept.low, kept.value)).drop(
        "n", "low", "high"
    )


def _count_repeats(grouped: Table, same: Value, counted: Counted, allow: bool) -> bool:
    """Count repeats; say whether any were set aside."""
    found = grouped.agg(
        repeated=(grouped.n > 1).sum(), exact=ibis.ifelse(same, grouped.n - 1, 0).sum(),
        aside=ibis.ifelse(same, 0, grouped.n).sum(), differ=(~same).sum(),
    ).to_pyarrow().to_pylist()[0]  # fmt: skip
    counted.repeated_days = int(found["repeated"] or 0)
    counted.exact_repeats = int(found["exact"] or 0)
    aside, differ = int(found["aside"] or 0), int(found["differ"] or 0)
    if differ and allow:
        counted.kept["repeated"] += differ
        counted.averaged = aside - differ
    elif differ:
        counted.set_aside += aside
        counted.by_kind["repeated"] += differ
    return bool(differ) and not allow


def axis_of(rows: Table) -> Axis:
    """Return the clock of one measure's scores by the one-person rule (`observed.choose_axis`).

    Every score read from a table has a place on the file's own axis, so all have days where too few
    have sessions.
    """
    counts = rows.agg(n=rows.count(), session=rows.session_no.count()).to_pyarrow().to_pylist()[0]
    return "session" if counts["session"] >= SESSION_SHARE * counts["n"] else "week"


def on_the_clock(rows: Table, axis: Axis, *, whole_weeks: bool) -> Table:
    """Return the scores with `time` on the course's clock and their `place` on it (see `observed.observe`).

    A client without any score on this clock is numbered in order and not `placed`: never forecast. A
    score without a time on it is not `used` where the client has others; its day still ends a silence.
    """
    timed = rows.mutate(clock=rows.session_no if axis == "session" else rows.day_no / 7.0)
    own = [timed.client_id, timed.episode_id]
    timed = timed.mutate(
        placed=timed.clock.count().over(group_by=own) > 0,
        place=ibis.row_number().over(group_by=own, order_by=[timed.clock, timed.axis]) + 1,
        gap=timed.day_no - timed.day_no.lag().over(group_by=own, order_by=timed.day_no),
    )
    timed = timed.mutate(
        used=timed.clock.notnull() | ~timed.placed,
        clock=ibis.ifelse(timed.placed, timed.clock, timed.place.cast("float64")),
    )
    first = timed.clock.min().over(group_by=list(KEY))
    origin = ibis.ifelse(timed.placed & (axis == "week"), 0.0, 1.0)
    time = timed.clock - first + origin
    if whole_weeks and axis == "week":
        time = ibis.ifelse(timed.placed, _round_half_even(time), time)
    timed = timed.mutate(time=time)
    return timed.mutate(
        time_before=timed.time.lag().over(group_by=list(KEY), order_by=timed.place),
        value_before=timed.value.lag().over(group_by=list(KEY), order_by=timed.place),
    )


def _round_half_even(value: Value) -> Value:
    """Python rounds halves to even; so does this."""
    rest = value % 1  # weeks since the first score are never below 0
    down = value - rest
    return ibis.ifelse((rest > 0.5) | ((rest == 0.5) & (down % 2 == 1)), down + 1, down)
