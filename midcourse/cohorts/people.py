"""From timed scores to clients: repeats settled, and each client reduced to a few numbers."""

from dataclasses import dataclass

import ibis
import pyarrow as pa
from ibis.expr.types import Table, Value

from midcourse.cohorts.judged import Counted
from midcourse.cohorts.listing import listed_repeats
from midcourse.cohorts.source import Source
from midcourse.course.basis import Axis
from midcourse.course.observed import SESSION_SHARE, Observed
from midcourse.tables.clock import Clock
from midcourse.tables.values import MISSING, number

KEY = ("client_id", "episode_id")


def with_profiles(source: Source, rows: Table, clock: Clock) -> Table:
    """Return the rows with each client's `age` and `ended_day`, null where the file does not say."""
    if "line" not in source.rows.columns:
        nothing = ibis.null("float64")
        return rows.mutate(age_years=nothing, ended_day=nothing)
    told = source.rows
    first = {
        role: told[role].argmin(told.line, where=~told[role].lower().strip().isin(sorted(MISSING)))
        for role in ("age", "ended")
    }
    profiles = told.group_by(*KEY).agg(**first).to_pyarrow()
    days = [clock.ended(text.strip()) if text else None for text in profiles["ended"].to_pylist()]
    ages = [number(text.strip()) if text else None for text in profiles["age"].to_pylist()]
    columns = [pa.array(ages, type=pa.float64()), pa.array(days, type=pa.float64())]
    keys = [profiles[name] for name in KEY]
    known = pa.table([*keys, *columns], names=[*KEY, "age_years", "ended_day"])
    return rows.left_join(ibis.memtable(known), list(KEY)).drop(*(f"{name}_right" for name in KEY))


def before_the_end(rows: Table, counted: Counted) -> Table:
    """Return the scores given before therapy ended, where an end is known; the others are counted."""
    after = (rows.day_no > rows.ended_day).fill_null(False)
    counted.follow_up += int(rows.filter(after).count().to_pyarrow().as_py())
    return rows.filter(~after)


def up_to(rows: Table, as_of: float | None) -> Table:
    """Return the scores seen by the end of the day `as_of`: a review knows nothing later."""
    if as_of is None:
        return rows
    return rows.filter(rows.day_no.isnull() | (rows.day_no.floor() <= as_of))


def once_each(source: Source, rows: Table, clock: Clock, counted: Counted, *, allow: bool) -> Table:
    """Return one score per client, episode, measure and time: repeats once, different ones not."""
    grouped = rows.group_by(*KEY, "measure_id", "axis").agg(
        n=rows.count(),
        low=rows.value.min(),
        high=rows.value.max(),
        value=rows.value.mean(),
        session_no=rows.session_no.min(),
        day_no=rows.day_no.min(),
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
    if allow or not found["differ"]:
        return False
    counted.set_aside += int(found["aside"])
    counted.by_kind["repeated"] += int(found["differ"])
    return True


def axis_of(rows: Table) -> Axis | None:
    """Return the clock of one measure's scores by the one-person rule (`observed.choose_axis`)."""
    counts = rows.agg(
        n=rows.count(), session=rows.session_no.count(), day=rows.day_no.count()
    ).to_pyarrow().to_pylist()[0]  # fmt: skip
    if counts["n"] and counts["session"] >= SESSION_SHARE * counts["n"]:
        return "session"
    return "week" if counts["n"] and counts["day"] >= SESSION_SHARE * counts["n"] else None


def on_the_clock(rows: Table, axis: Axis | None, *, whole_weeks: bool) -> Table:
    """Return the scores with `time` on the course's clock (see `observed.observe`).

    A client without any score on this clock is numbered in order and not `placed`: never forecast.
    """
    clock = ibis.null("float64")
    if axis is not None:
        clock = rows.session_no if axis == "session" else rows.day_no / 7.0
    timed = rows.mutate(clock=clock)
    placed = timed.clock.count().over(group_by=list(KEY)) > 0
    timed = timed.mutate(placed=placed)
    timed = timed.filter(timed.clock.notnull() | ~timed.placed)
    in_order = (
        ibis.row_number().over(group_by=[timed.client_id, timed.episode_id], order_by=timed.axis) + 1
    ).cast("float64")
    timed = timed.mutate(clock=timed.clock.fill_null(in_order))
    first = timed.clock.min().over(group_by=list(KEY))
    origin = ibis.ifelse(timed.placed & (axis == "week"), 0.0, 1.0)
    time = timed.clock - first + origin
    if whole_weeks and axis == "week":
        time = ibis.ifelse(timed.placed, _round_half_even(time), time)
    return timed.mutate(time=time, later=timed.clock > first)


def _round_half_even(value: Value) -> Value:
    """Python rounds halves to even; so does this."""
    down = value.floor()
    rest = value - down
    return ibis.ifelse((rest > 0.5) | ((rest == 0.5) & (down % 2 == 1)), down + 1, down)


@dataclass(frozen=True)
class Person:
    """One client whole: what the one-person path would have made of the same rows."""

    episode_id: str
    observed: Observed
    days: tuple[float, ...]
    age: float | None
    ended: float | None
    placed: bool


def people_of(rows: Table) -> list[Person]:
    """Return whole clients in order of id."""
    listed = rows.group_by(*KEY).agg(
        times=rows.time.collect(order_by=rows.clock),
        scores=rows.value.collect(order_by=rows.clock),
        days=rows.day_no.collect(where=rows.day_no.notnull(), order_by=rows.day_no),
        age=rows.age_years.min(),
        ended=rows.ended_day.min(),
        placed=rows.placed.all(),
    )
    table = listed.order_by(list(KEY)).to_pyarrow().to_pydict()
    return [
        Person(episode, Observed(client, tuple(times), tuple(scores)), tuple(days or ()), *rest)
        for client, episode, times, scores, days, *rest in zip(*table.values(), strict=True)
    ]


def share_of(rows: Table, share: float) -> Table:
    """Return the rows of about this share of the clients, chosen by a hash of the id."""
    if share >= 1.0:
        return rows
    return rows.filter(rows.client_id.hash().abs() % 1_000_000 < int(share * 1_000_000))


def only(rows: Table, keys: list[tuple[str, str]]) -> Table:
    """Return the rows of the clients and episodes named."""
    columns = [pa.array(part, type=pa.string()) for part in zip(*keys, strict=True)]
    return rows.semi_join(ibis.memtable(pa.table(columns, names=list(KEY))), list(KEY))
