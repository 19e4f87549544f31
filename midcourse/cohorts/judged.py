"""Judge the distinct cells of a table with the readers of `tables`, and join the verdicts back."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from midcourse.cohorts.counted import Counted
from midcourse.cohorts.listing import listed_cells
from midcourse.cohorts.source import Source
from midcourse.tables.gather import ALLOWED
from midcourse.tables.judge import Verdict
from midcourse.tables.judges import Judges
from midcourse.tables.problem import LISTED_PER_KIND, ProblemList
from midcourse.tables.tally import Tally
from midcourse.tables.units import is_follow_up
from midcourse.tables.values import MISSING

CELL = ("measure", "score", "phase")


@dataclass
class Cells:
    """The distinct cells of a file by what becomes of them.

    `kept` are (measure, score, phase, measure id, value), the value None where the score is set aside:
    its time may still settle the order of dates. `aside` has the faults of a score, `nameless` of one
    whose measure nobody names.
    """

    kept: list[tuple[str, str, str, str, float | None]] = field(default_factory=list)
    aside: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = field(default_factory=dict)
    nameless: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = field(default_factory=dict)


def judged_scores(source: Source, counted: Counted, *, allow: bool) -> Table:
    """Return the rows that have a score, with `measure_id` and `value` (null where it is set aside).

    Each distinct measure, score and phase is judged once, by the judge of the one-person path. Unknown
    measures are added to `source.found`.
    """
    rows = source.rows
    distinct = rows.group_by(*CELL).agg(count=rows.count(), line=rows.line.min()).order_by("line")
    judge = _Judge(source)
    cells = Cells()
    for *texts, count, line in zip(*distinct.to_pyarrow().to_pydict().values(), strict=True):
        counted.rows += count
        judged = judge(texts[0], texts[1], line)
        if judged is None:
            _without_measure(judge, cells, tuple(texts), count, counted)
        else:
            _sort(cells, tuple(texts), *judged, count, counted, allow)
    if not counted.rows:
        source.found.add("empty-file", "there is no row below the column names.", line=1)
    counted.problems += listed_cells(source, rows, CELL, cells.aside, source.column("score"))
    counted.problems += listed_cells(source, rows, CELL, cells.nameless, source.column("measure"))
    return joined(rows, CELL, cells.kept, ("measure_id", "value"))


class _Judge:
    """The one-person judge, asked about a measure's name and a score's text."""

    def __init__(self, source: Source) -> None:
        self.tally, self.aside = Tally(), ProblemList(source.path.name)
        self._source = source
        found = ProblemList(source.path.name)
        judges = Judges(
            source.layout, source.book, found, self.tally, tuple(source.wanted), source.decimal_comma
        )
        self._found, self._ask = found, judges.of(source.slot)
        self._row = [""] * len(source.layout.header)

    def __call__(self, measure: str, score: str, line: int) -> tuple[str, Verdict] | None:
        self.tally.other = self.tally.missing = self.tally.set_aside = 0
        self._found.problems.clear()
        if "measure" in self._source.layout.roles:
            self._row[self._source.layout.roles["measure"]] = measure
        self._row[self._source.slot.column] = score
        judged = self._ask(self._row, line)
        for problem in self._found.problems:
            if problem.kind == "unknown-measure":
                self._source.found.add(problem.kind, problem.what, line=line, column=problem.column)
        return judged

    @property
    def faults(self) -> tuple[tuple[str, str], ...]:
        """What was found wrong with the last cell without being a verdict on its score."""
        return tuple((problem.kind, problem.what) for problem in self._found.problems)


def _without_measure(
    judge: _Judge, cells: Cells, texts: tuple[str, ...], count: int, counted: Counted
) -> None:
    counted.other += count * judge.tally.other
    counted.missing += count * judge.tally.missing
    if judge.tally.set_aside:
        counted.set_aside += count
        counted.by_kind["row-without-measure"] += count
        cells.nameless[texts] = judge.faults


def _sort(
    cells: Cells,
    texts: tuple[str, ...],
    name: str,
    verdict: Verdict,
    count: int,
    counted: Counted,
    allow: bool,
) -> None:
    """Put one distinct cell where it belongs, in the order of `gather`."""
    measure, score, phase = texts
    allowed = [fault for fault in verdict.faults if allow and fault.kind in ALLOWED]
    faults = tuple((fault.kind, fault.what) for fault in verdict.faults if fault not in allowed)
    if verdict.value is None and not verdict.faults:
        counted.missing += count
        return
    if is_follow_up(phase):
        counted.follow_up += count
        return
    counted.kept.update(dict.fromkeys((fault.kind for fault in allowed), count))
    if faults:
        counted.set_aside += count
        counted.by_kind.update(dict.fromkeys((kind for kind, _ in faults), count))
        cells.aside[texts] = faults
    cells.kept.append((measure, score, phase, name, None if faults else verdict.value))


def with_ids(source: Source, rows: Table) -> Table:
    """Return the rows that have a client id; every usable score without one is added to `source.found`."""
    missing = rows.client_id.lower().isin(sorted(MISSING)) & rows.value.notnull()
    lines = rows.filter(missing).select("line").order_by("line").limit(LISTED_PER_KIND).to_pyarrow()
    for line in lines["line"].to_pylist():
        column = source.column("client_id")
        source.found.add("missing-id", "a score has no client id.", line=line, column=column)
    return rows.filter(~missing) if len(lines) else rows


def joined(
    rows: Table, keys: tuple[str, ...], kept: Sequence[tuple[object, ...]], values: tuple[str, ...]
) -> Table:
    """Inner join with the verdicts on distinct texts: rows without one are gone."""
    names = (*keys, *values)
    kinds = dict.fromkeys(("value", "axis", "session_no", "day_no"), pa.float64())
    columns = list(zip(*kept, strict=True)) if kept else [() for _ in names]
    arrays = [pa.array(c, type=kinds.get(n, pa.string())) for n, c in zip(names, columns, strict=True)]
    return rows.inner_join(ibis.memtable(pa.table(arrays, names=list(names))), list(keys))
