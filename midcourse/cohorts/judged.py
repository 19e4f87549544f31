"""Judge the distinct cells of a table with the readers of `tables`, and join the verdicts back."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from midcourse.cohorts.listing import listed_cells
from midcourse.cohorts.source import Source
from midcourse.tables.clock import Clock, Seen, set_clock
from midcourse.tables.gather import ALLOWED
from midcourse.tables.judges import Judges
from midcourse.tables.moments import When
from midcourse.tables.problem import Problem, Refused
from midcourse.tables.slots import TotalSlot
from midcourse.tables.tally import Tally
from midcourse.tables.units import is_follow_up
from midcourse.tables.values import MISSING, is_missing

TIMES = ("session", "date", "day", "time", "time_unit")
WORD = {"session": "session number", "date": "date", "day": "day"}


@dataclass
class Counted:
    """What became of the cells of a file, as `tables.Counts` has it."""

    rows: int = 0
    used: int = 0
    missing: int = 0
    follow_up: int = 0
    other: int = 0
    set_aside: int = 0
    repeated_days: int = 0
    exact_repeats: int = 0
    by_kind: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    def notes(self) -> tuple[str, ...]:
        """Return the sentences that the counts call for, as `tables` words them."""
        said = (
            (self.missing, "Empty score cells, counted as missing: {}."),
            (self.follow_up, "Scores after the end of therapy, kept out of the course: {}."),
            (self.other, "Scores on measures that were not asked for: {}."),
            (self.exact_repeats, "Exact repeats of another score at the same time, counted once: {}."),
        )
        return tuple(words.format(count) for count, words in said if count)


def judged_scores(source: Source, counted: Counted, *, allow: bool) -> Table:
    """Return the rows whose score can be used, with `measure_id` and `value`.

    Each distinct pair of measure and score text is judged once, by the judge of the one-person path.
    Raises Refused where a measure is unknown or a client has no id.
    """
    rows = source.rows
    distinct = rows.group_by("measure", "score", "phase").agg(count=rows.count()).to_pyarrow()
    judge = _judge(source)
    kept: list[tuple[str, str, str, str, float]] = []
    aside: dict[tuple[str, ...], tuple[Fault, ...]] = {}
    for measure, score, phase, count in zip(
        *(distinct[c].to_pylist() for c in distinct.column_names), strict=True
    ):
        counted.rows += count
        verdict = judge(measure, score, count, counted)
        if verdict is None:
            continue
        name, value, faults = verdict
        if is_follow_up(phase):
            counted.follow_up += count
        elif faults and not (allow and {kind for kind, _ in faults} <= ALLOWED):
            counted.set_aside += count
            counted.by_kind.update(dict.fromkeys((kind for kind, _ in faults), count))
            aside[(measure, score, phase)] = faults
        elif value is not None:
            kept.append((measure, score, phase, name, value))
    _refuse(source)
    counted.problems += listed_cells(source, ("measure", "score", "phase"), aside, "score")
    return _joined(rows, ("measure", "score", "phase"), kept, ("measure_id", "value"))


Fault = tuple[str, str]
Asked = tuple[str, float | None, tuple[Fault, ...]] | None


def _judge(source: Source) -> Callable[[str, str, int, Counted], Asked]:
    """The one-person judge, asked about a measure's name and a score's text."""
    tally = Tally()
    judges = Judges(source.layout, source.book, source.found, tally, tuple(source.wanted), False)
    slot = source.layout.slots[0]
    assert isinstance(slot, TotalSlot), "only tidy tables are opened"
    width = len(source.layout.header)
    ask = judges.of(slot)

    def judge(measure: str, score: str, count: int, counted: Counted) -> Asked:
        row = [""] * width
        if "measure" in source.layout.roles:
            row[source.layout.roles["measure"]] = measure
        row[slot.column] = score
        before = (tally.other, tally.missing, tally.set_aside)
        found = ask(row, 0)
        if found is None:
            counted.other += count * (tally.other - before[0])
            counted.missing += count * (tally.missing - before[1])
            if tally.set_aside > before[2]:
                counted.set_aside += count
                counted.by_kind["row-without-measure"] += count
            return None
        name, verdict = found
        if verdict.value is None and not verdict.faults:
            counted.missing += count
            return None
        return name, verdict.value, tuple((fault.kind, fault.what) for fault in verdict.faults)

    return judge


def _refuse(source: Source) -> None:
    if source.found.any_refused():
        raise Refused(source.found.problems)


def without_missing_ids(source: Source, rows: Table) -> Table:
    """Return the rows, or raise Refused where a usable score has no client id."""
    missing = rows.client_id.lower().strip().isin(sorted(MISSING))
    count = rows.filter(missing).count().to_pyarrow().as_py()
    if count:
        column = source.layout.header[source.layout.roles["client_id"]]
        source.found.add("missing-id", f"{count} scores have no client id.", column=column)
        raise Refused(source.found.problems)
    return rows


def timed(source: Source, rows: Table, counted: Counted) -> tuple[Table, Clock]:
    """Return the rows with `axis`, `session_no` and `day_no`, read by the one-person path's clock."""
    distinct = rows.group_by(*TIMES).agg(count=rows.count()).order_by(TIMES).to_pyarrow()
    seen: dict[When, Seen] = {}
    for *texts, count in zip(*(distinct[c].to_pylist() for c in distinct.column_names), strict=True):
        when = When(*texts)
        seen[when] = Seen(when, count, 0)
    ends = _ends(rows)
    clock = set_clock(seen, ends, source.found, decimal_comma=False)
    _refuse(source)
    kept, aside = [], {}
    for when, one in seen.items():
        axis, session, day, follow_up, fault = one.place
        if follow_up:
            counted.follow_up += one.count
        elif fault is not None or axis is None:
            counted.set_aside += one.count
            found = fault or ("no-time", f"the score has no {WORD[clock.kind]}.")
            counted.by_kind[found[0]] += one.count
            aside[tuple(when)] = (found,)
        else:
            kept.append((*when, axis, session, day))
    counted.problems += listed_cells(source, TIMES, aside, _shown(source, clock))
    joined = _joined(rows, TIMES, kept, ("axis", "session_no", "day_no"))
    return joined, clock


def _shown(source: Source, clock: Clock) -> str:
    """The role of the column that holds the times in use."""
    roles = {"session": ("session", "time"), "date": ("date",), "day": ("day", "time")}[clock.kind]
    return next((role for role in roles if role in source.layout.roles), "score")


def _ends(rows: Table) -> Mapping[str, int]:
    texts = rows.select("ended").distinct().to_pyarrow()["ended"].to_pylist()
    return {text: 0 for text in sorted(texts) if not is_missing(text)}


def _joined(
    rows: Table, keys: tuple[str, ...], kept: Sequence[tuple[object, ...]], values: tuple[str, ...]
) -> Table:
    """Inner join with the verdicts: rows without one are gone."""
    names = (*keys, *values)
    kinds = {"measure_id": pa.string()} | dict.fromkeys(
        ("value", "axis", "session_no", "day_no"), pa.float64()
    )
    columns = list(zip(*kept, strict=True)) if kept else [() for _ in names]
    arrays = [pa.array(c, type=kinds.get(n, pa.string())) for n, c in zip(names, columns, strict=True)]
    verdicts = ibis.memtable(pa.table(arrays, names=list(names)))
    return rows.inner_join(verdicts, list(keys))
