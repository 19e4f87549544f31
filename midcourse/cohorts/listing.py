"""Name the line of every cell that was set aside: a second look, taken only where there is something."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from midcourse.cohorts.source import Source
from midcourse.tables.clock import Clock
from midcourse.tables.kinds import KINDS
from midcourse.tables.problem import LISTED_PER_KIND, Problem

# The texts of a row's cells, in an order of columns, to the faults found in them: (kind, what).
Faults = Mapping[tuple[str, ...], Sequence[tuple[str, str]]]
KEYS = ("client_id", "episode_id", "measure_id", "axis")


def listed_cells(
    source: Source, rows: Table, columns: tuple[str, ...], faults: Faults, shown: str | None
) -> list[Problem]:
    """Return the problems of all rows whose cells in `columns` have faults, with their lines.

    `shown` is the column that is pointed at. At most 10,000 of a kind are listed.
    """
    if not faults:
        return []
    most = LISTED_PER_KIND * len({kind for found in faults.values() for kind, _ in found})
    arrays = [pa.array(part, type=pa.string()) for part in zip(*faults, strict=True)]
    wanted = ibis.memtable(pa.table(arrays, names=list(columns)))
    found = rows.semi_join(wanted, list(columns)).select("line", *columns).order_by("line").limit(most)
    listed: dict[str, list[Problem]] = {}
    for line, *texts in zip(*found.to_pyarrow().to_pydict().values(), strict=True):
        for kind, what in faults[tuple(texts)]:
            listed.setdefault(kind, []).append(problem_at(source, kind, what, line, shown))
    return [problem for found in listed.values() for problem in islice(found, LISTED_PER_KIND)]


def listed_repeats(source: Source, rows: Table, differing: Table, clock: Clock) -> list[Problem]:
    """Return a problem for each client, measure and time with different scores, naming all their lines.

    `rows` are the judged, timed scores; `differing` the groups that disagree.
    """
    found = (
        rows.semi_join(differing, list(KEYS))
        .group_by(*KEYS)
        .agg(
            first=rows.line.min(),
            lines=rows.line.collect(order_by=rows.line),
            values=rows.value.collect(order_by=rows.line),
        )
        .order_by("first")
        .limit(LISTED_PER_KIND)
    )
    return [_repeat(source, group, clock) for group in found.to_pyarrow().to_pylist()]


def _repeat(source: Source, group: Mapping[str, Any], clock: Clock) -> Problem:
    pairs = zip(group["values"], group["lines"], strict=True)
    scores = " and ".join(f"{value:g} (line {line})" for value, line in pairs)
    known = source.book.find(group["measure_id"])
    title = known.title if known else group["measure_id"]
    what = f"client {group['client_id']} has different {title} scores {clock.say(group['axis'])}: {scores}."
    return problem_at(source, "repeated", what, group["first"], source.column("score"))


def problem_at(source: Source, kind: str, what: str, line: int, column: str | None) -> Problem:
    """Return one problem at its place, with the mend of its kind."""
    rule = KINDS[kind]
    return Problem(kind, rule.severity, source.path.name, line, column, what, rule.mend)
