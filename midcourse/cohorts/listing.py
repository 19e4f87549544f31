"""Name the line of every cell that was set aside: a second look, taken only where there is something."""

from collections.abc import Mapping, Sequence

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from midcourse.cohorts.source import Source
from midcourse.tables.clock import Clock
from midcourse.tables.kinds import KINDS
from midcourse.tables.problem import LISTED_PER_KIND, Problem

# The texts of a row's cells, in an order of columns, to the faults found in them: (kind, what).
Faults = Mapping[tuple[str, ...], Sequence[tuple[str, str]]]


def listed_cells(source: Source, columns: tuple[str, ...], faults: Faults, shown: str) -> list[Problem]:
    """Return the problems of all rows whose cells in `columns` have faults, with their lines.

    `shown` is the role whose column is pointed at. At most 10,000 of a kind are listed.
    """
    if not faults:
        return []
    rows = _with_lines(source)
    arrays = [pa.array(part, type=pa.string()) for part in zip(*faults, strict=True)]
    wanted = ibis.memtable(pa.table(arrays, names=list(columns)))
    found = rows.semi_join(wanted, list(columns)).order_by("line").limit(LISTED_PER_KIND).to_pyarrow()
    out = []
    for line, *texts in zip(found["line"].to_pylist(), *(found[c].to_pylist() for c in columns), strict=True):
        for kind, what in faults[tuple(texts)]:
            out.append(_problem(source, kind, what, line, shown))
    return out


def listed_repeats(source: Source, rows: Table, differing: Table, clock: Clock) -> list[Problem]:
    """Return a problem for each client, measure and time with different scores, naming all their lines.

    `rows` are the judged, timed scores; `differing` the groups that disagree.
    """
    keys = ["client_id", "episode_id", "measure_id", "axis"]
    with_lines = _with_lines(source).select("client_id", "episode_id", "measure", "score", "line", *_times())
    judged = rows.select(*keys, "measure", "score", "value", *_times()).distinct()
    on = ["client_id", "episode_id", "measure", "score", *_times()]
    found = (
        with_lines.inner_join(judged, on)
        .semi_join(differing, keys)
        .group_by(*keys)
        .agg(
            lines=ibis._.line.collect(order_by=ibis._.line), values=ibis._.value.collect(order_by=ibis._.line)
        )
        .limit(LISTED_PER_KIND)
        .to_pyarrow()
        .to_pylist()
    )
    out = []
    for one in sorted(found, key=lambda group: group["lines"][0]):
        pairs = zip(one["values"], one["lines"], strict=True)
        scores = " and ".join(f"{value:g} (line {line})" for value, line in pairs)
        known = source.book.find(one["measure_id"])
        title = known.title if known else one["measure_id"]
        at = clock.say(one["axis"])
        what = f"client {one['client_id']} has different {title} scores {at}: {scores}."
        out.append(_problem(source, "repeated", what, one["lines"][0], "score"))
    return out


def _times() -> tuple[str, ...]:
    return ("session", "date", "day", "time", "time_unit")


def _with_lines(source: Source) -> Table:
    """The rows numbered as people count them: a header is line 1, Parquet has none."""
    first = 1 if source.path.suffix == ".parquet" else 2
    return source.rows.mutate(line=ibis.row_number() + first)


def _problem(source: Source, kind: str, what: str, line: int, role: str) -> Problem:
    layout, rule = source.layout, KINDS[kind]
    column = layout.header[layout.roles[role]] if role in layout.roles else None
    return Problem(kind, rule.severity, source.path.name, line, column, what, rule.mend)
