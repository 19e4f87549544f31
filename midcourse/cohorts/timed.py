"""When each score was given, by the clock of the one-person path."""

from collections.abc import Mapping

from ibis.expr.types import Table

from midcourse.cohorts.counted import Counted
from midcourse.cohorts.judged import joined
from midcourse.cohorts.listing import Faults, listed_cells
from midcourse.cohorts.source import Source
from midcourse.tables.clock import Clock, Seen, set_clock
from midcourse.tables.moments import When
from midcourse.tables.problem import Refused

KEY = ("client_id", "episode_id")
TIMES = ("session", "date", "day", "time", "time_unit")
SCORE = (*KEY, "measure_id", "value", "line")
_WORD = {"session": "session number", "date": "date", "day": "day"}
_ROLES = {"session": ("session", "time"), "date": ("date",), "day": ("day", "time")}


def timed(source: Source, rows: Table, ends: Mapping[str, int], counted: Counted) -> tuple[Table, Clock]:
    """Return the usable scores with `axis`, `session_no` and `day_no`, and the clock they were read by.

    `ends` are the texts that say when therapy ended, with their first line.

    Raises Refused, carrying everything found so far, where the file's meaning is unclear.
    """
    distinct = rows.group_by(*TIMES).agg(count=rows.value.count(), line=rows.line.min()).order_by("line")
    seen: dict[When, Seen] = {}
    for *texts, count, line in zip(*distinct.to_pyarrow().to_pydict().values(), strict=True):
        when = When(*texts)
        seen[when] = Seen(when, count, line)
    clock = set_clock(seen, ends, source.found, decimal_comma=source.decimal_comma)
    stop_if_refused(source, counted)
    usable = rows.filter(rows.value.notnull())
    kept, aside = _placed(seen, clock, counted)
    counted.problems += listed_cells(source, usable, TIMES, aside, _shown(source, clock))
    placed = joined(usable, TIMES, kept, ("axis", "session_no", "day_no"))
    return placed.select(*SCORE, "axis", "session_no", "day_no"), clock


def _placed(
    seen: dict[When, Seen], clock: Clock, counted: Counted
) -> tuple[list[tuple[object, ...]], Faults]:
    kept: list[tuple[object, ...]] = []
    aside: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = {}
    for when, one in seen.items():
        axis, session, day, follow_up, fault = one.place
        if not one.count:
            continue
        if follow_up:
            counted.follow_up += one.count
        elif fault is not None or axis is None:
            found = fault or ("no-time", f"the score has no {_WORD[clock.kind]}.")
            counted.set_aside += one.count
            counted.by_kind[found[0]] += one.count
            aside[tuple(when)] = (found,)
        else:
            kept.append((*when, axis, session, day))
    return kept, aside


def stop_if_refused(source: Source, counted: Counted) -> None:
    """Raise Refused, with what was set aside so far beside it, where anything must be refused."""
    if source.found.any_refused():
        raise Refused([*source.found.problems, *counted.problems])


def _shown(source: Source, clock: Clock) -> str | None:
    """The column that holds the times in use."""
    return next((name for role in _ROLES[clock.kind] if (name := source.column(role))), None)
