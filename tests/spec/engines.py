"""The two engines behind one door: a file and what is asked of it in, an `Answer` out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from midcourse.cohorts import CohortReview, MeasureCohort, Whole, review_table
from midcourse.course.basis import Basis, parse_basis
from midcourse.course.course import Course
from midcourse.course.forecast import seen
from midcourse.course.observed import Observed
from midcourse.measures import Scale, find
from midcourse.review import review_caseload
from midcourse.review.result import CaseloadReview, CourseReview, MeasureReview
from midcourse.tables import Reading, Refused, read_table
from tests.spec.answer import COUNTS, Answer, Row

ODDS = ("time", "mean", "low80", "high80", "improvement", "deterioration", "left", "borrowed", "own")


@dataclass(frozen=True)
class Asked:
    """What is asked beside the table; see `cohorts.review_table`."""

    measures: tuple[str, ...] = ()
    scale: Scale | None = None
    course: Course | None = None
    as_of: float | None = None
    allow: bool = False
    whole_weeks: bool = False
    references: bool = False
    mapping: dict[str, str] = field(default_factory=dict)

    @property
    def courses(self) -> dict[str, Course]:
        """Return the saved course by its measure."""
        return {} if self.course is None else {self.course.measure: self.course}


Engine = Callable[[Path, Asked], Answer]


def one_person(path: Path, asked: Asked) -> Answer:
    """Answer one client at a time, in plain Python: `read_table`, then `review_caseload`."""
    try:
        reading = read_table(
            path, mapping=asked.mapping, measure=asked.measures, scale=asked.scale, allow=asked.allow
        )
    except Refused as refused:
        return Answer(refused=_kinds(refused))
    own = asked.scale
    scales = {m: own if own and own.measure == m else find(m).scale for m in reading.measures()}
    found = review_caseload(
        reading.episodes,
        scales,
        courses=asked.courses,
        as_of=asked.as_of,
        whole_weeks=asked.whole_weeks,
        references=asked.references,
        bands=False,
    )
    return _of_people(reading, found, asked)


def _kinds(refused: Refused) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p.kind for p in refused.problems if p.severity == "refuse"))


def _of_people(reading: Reading, found: CaseloadReview, asked: Asked) -> Answer:
    counts = reading.counts
    plain = {m.measure: _plain(asked.courses.get(m.measure), m) for m in found.measures}
    return Answer(
        rows=tuple(_person_row(review, plain[review.measure]) for review in found.courses),
        counts={name: getattr(counts, name) for name in COUNTS},
        by_kind={kind: n for kind, n in counts.by_kind.items() if n},
        kept=counts.kept,
        measures={m.measure: (m.axis, m.sources[0]) for m in sorted(found.measures, key=lambda m: m.measure)},
        problems=reading.problems,
    )


def _plain(course: Course | None, measure: MeasureReview) -> Course:
    """The course the running sums are taken for: the saved one on this clock, the fitted one, or any."""
    if course is not None and course.basis.axis == measure.axis:
        return course
    basis = Basis("ln", "week" if measure.axis == "week" else "session")
    if "basis" in measure.course:
        basis = parse_basis(str(measure.course["basis"]))
    return Course("", basis, "intake once", 0.0, (), 0.0)


def _person_row(review: CourseReview, course: Course) -> Row:
    times, scores = (tuple(map(float, column)) for column in zip(*review.scores, strict=True))
    so_far = seen(course, Observed(review.client_id, times, scores))
    outcomes = scores if course.form == "all scores" else scores[1:]
    flat = [x for part in (so_far.g, so_far.h) for line in part for x in line]
    sums = (so_far.n, sum(y * y for y in outcomes), *flat, *so_far.s)
    out = review.outlook
    odds: tuple[float | None, ...] = (None,) * len(ODDS)
    if out is not None:
        odds = (out.time, out.mean, out.low80, out.high80, out.p_improvement, out.p_deterioration)
        odds += (out.p_caseness_left, out.borrowed_share, out.own_share)
    named = dict(zip(ODDS, odds, strict=True))
    state = str(review.state)
    key = review.client_id, review.episode_id, review.measure
    return Row(*key, state, scores[0], scores[-1], times[-1], sums, named, review)


def cohort(path: Path, asked: Asked) -> Answer:
    """Answer for all clients at once, through Ibis: `review_table`, with every whole review asked for."""
    whole: list[CourseReview] = []
    try:
        found = review_table(
            path,
            mapping=asked.mapping,
            measures=asked.measures,
            scale=asked.scale,
            courses=asked.courses,
            as_of=asked.as_of,
            whole_weeks=asked.whole_weeks,
            references=asked.references,
            allow=asked.allow,
            whole=Whole(whole.append),
        )
    except Refused as refused:
        return Answer(refused=_kinds(refused))
    return _of_columns(found, whole)


def _of_columns(found: CohortReview, whole: list[CourseReview]) -> Answer:
    counted = found.counted
    reviews = {(r.client_id, r.episode_id, r.measure): r for r in whole}
    rows = {row.key: row for one in found.measures for row in _column_rows(one, reviews)}
    assert rows.keys() == reviews.keys(), "a client in columns and not as a whole review, or the reverse"
    return Answer(
        rows=tuple(rows[key] for key in reviews),
        counts={name: getattr(counted, name) for name in COUNTS},
        by_kind={kind: n for kind, n in counted.by_kind.items() if n},
        kept=counted.kept,
        measures={one.scale.measure: (one.axis, one.why) for one in found.measures},
        problems=tuple(counted.problems),
    )


def _column_rows(one: MeasureCohort, reviews: dict[tuple[str, str, str], CourseReview]) -> list[Row]:
    people, so_far = one.clients, one.clients.seen
    n = len(people.n_scores)
    sums = np.column_stack(
        [so_far.n, people.y2, so_far.g.reshape(n, -1), so_far.h.reshape(n, -1), so_far.s]
    ).tolist()
    odds = _odds(one, n)
    out = []
    for i, state in enumerate(one.states()):
        key = people.client_id[i], people.episode_id[i], one.scale.measure
        ends = float(so_far.intake[i]), float(so_far.latest[i]), float(so_far.last[i])
        out.append(Row(*key, str(state), *ends, tuple(sums[i]), odds[i], reviews[key]))
    return out


def _odds(one: MeasureCohort, n: int) -> list[dict[str, float | None]]:
    if one.odds is None:
        return [dict.fromkeys(ODDS) for _ in range(n)]
    o = one.odds
    columns: tuple[Any, ...] = (o.time, o.mean, o.low80, o.high80, o.improvement, o.deterioration)
    columns += (o.left_caseness, o.borrowed_share, o.own_share)
    lists = [[None if x != x else x for x in column.tolist()] for column in columns]
    return [dict(zip(ODDS, values, strict=True)) for values in zip(*lists, strict=True)]
