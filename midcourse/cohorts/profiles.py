"""What a file tells of its clients beside their scores: age, and when therapy ended."""

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from midcourse.cohorts.counted import Counted
from midcourse.cohorts.listing import problem_at
from midcourse.cohorts.source import Source, stripped
from midcourse.cohorts.timed import KEY
from midcourse.tables.clock import Clock
from midcourse.tables.values import MISSING, number


def profiles_of(source: Source, rows: Table) -> Table | None:
    """Return what is told first of each episode, as text: `age`, `ended` (null: nothing) and their line.

    None where the file has no such column.
    """
    if not {"age", "ended"} & source.layout.roles.keys():
        return None
    told = rows.filter(rows.value.notnull())
    said = {role: ~stripped(told[role]).lower().isin(sorted(MISSING)) for role in ("age", "ended")}
    first = {role: stripped(told[role]).argmin(told.line, where=said[role]) for role in said}
    lines = {"line": told.line.min(), "ended_line": told.line.min(where=said["ended"])}
    return source.connection.create_table("profiles", told.group_by(*KEY).agg(**first, **lines), temp=True)


def ends_of(profiles: Table | None) -> dict[str, int]:
    """Return the texts that say when therapy ended, in the order of the line that says so first."""
    if profiles is None:
        return {}
    told = profiles.filter(profiles.ended.notnull())
    first = told.group_by("ended").agg(line=told.ended_line.min()).order_by("line").to_pyarrow()
    return dict(zip(first["ended"].to_pylist(), first["line"].to_pylist(), strict=True))


def with_profiles(
    source: Source, rows: Table, profiles: Table | None, clock: Clock, counted: Counted
) -> Table:
    """Return the rows with each client's `age_years` and `ended_day`, null where the file does not say."""
    if profiles is None:
        return rows.mutate(age_years=ibis.null("float64"), ended_day=ibis.null("float64"))
    ages = {text: number(text) for text in _distinct(profiles, "age")}
    ends = {text: clock.ended(text) for text in _distinct(profiles, "ended")}
    _note_ages(profiles, ages, counted)
    if clock.has_days and clock.order.fault is None:
        _note_ends(source, profiles, ends, clock, counted)
    known = profiles.select(*KEY, "age", "ended")
    known = known.left_join(_numbers("age", "age_years", ages), "age").drop("age_right")
    known = known.left_join(_numbers("ended", "ended_day", ends), "ended").drop("ended_right")
    return rows.left_join(known.select(*KEY, "age_years", "ended_day"), list(KEY)).drop(
        *(f"{name}_right" for name in KEY)
    )


def _distinct(profiles: Table, role: str) -> list[str]:
    found = profiles.select(role).distinct().to_pyarrow()[role].drop_null().to_pylist()
    return list(found)


def _numbers(role: str, name: str, values: dict[str, float | None]) -> Table:
    arrays = [pa.array(list(values), type=pa.string()), pa.array(list(values.values()), type=pa.float64())]
    return ibis.memtable(pa.table(arrays, names=[role, name]))


def _note_ages(profiles: Table, ages: dict[str, float | None], counted: Counted) -> None:
    bad = [text for text, age in ages.items() if age is None]
    counted.bad_ages = int(profiles.filter(profiles.age.isin(bad)).count().to_pyarrow().as_py()) if bad else 0


def _note_ends(
    source: Source, profiles: Table, ends: dict[str, float | None], clock: Clock, counted: Counted
) -> None:
    bad = [text for text, day in ends.items() if day is None]
    if not bad:
        return
    found = profiles.filter(profiles.ended.isin(bad)).select("ended", "line").order_by("line").to_pyarrow()
    for text, line in zip(found["ended"].to_pylist(), found["line"].to_pylist(), strict=True):
        counted.by_kind["not-a-date"] += 1
        what = f"{text!r} is not a {clock.day_word}."
        counted.problems.append(problem_at(source, "not-a-date", what, line, source.column("ended")))
