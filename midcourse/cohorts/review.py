"""Review a table of many people: the same states and odds as the one-person path, in columns."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ibis.expr.types import Table

from midcourse.cohorts.clients import clients_of
from midcourse.cohorts.judged import Counted, judged_scores, timed, without_missing_ids
from midcourse.cohorts.measure import MeasureCohort
from midcourse.cohorts.people import (
    axis_of,
    before_the_end,
    on_the_clock,
    once_each,
    people_of,
    share_of,
    up_to,
    with_profiles,
)
from midcourse.cohorts.refit import refitted
from midcourse.cohorts.source import Source, open_source
from midcourse.cohorts.states import judged_courses
from midcourse.cohorts.whole import Whole, give_whole, place_of
from midcourse.course.basis import Axis, Basis
from midcourse.course.choose import Chosen, course_for
from midcourse.course.course import Course
from midcourse.measures.scale import Scale

# Basis and correction are learned on all clients up to here, above on a share of about this many.
SAMPLE = 20_000

Progress = Callable[[float], None]


@dataclass(frozen=True)
class CohortReview:
    """The review of a large table: a cohort per measure, and what became of the rows."""

    measures: tuple[MeasureCohort, ...]
    counted: Counted
    columns: Mapping[str, str]
    notes: tuple[str, ...]


def review_table(
    path: str | Path,
    *,
    mapping: Mapping[str, str] | None = None,
    measures: Collection[str] = (),
    scale: Scale | None = None,
    courses: Mapping[str, Course] | None = None,
    as_of: float | None = None,
    whole_weeks: bool = False,
    references: bool = True,
    allow: bool = False,
    whole: Whole | None = None,
    progress: Progress | None = None,
) -> CohortReview:
    """Review a tidy CSV or Parquet file of any size; see `review.review_caseload` for the meaning.

    `whole` asks for the courses most in need as whole reviews too, with scores and sentences.

    Raises tables.Refused where the file's meaning is unclear, NotTidy where it is wide.
    """
    tell = progress or (lambda share: None)
    counted = Counted()
    with open_source(Path(path), mapping or {}, tuple(measures), scale) as source:
        rows = without_missing_ids(source, judged_scores(source, counted, allow=allow))
        tell(0.2)
        rows, clock = timed(source, rows, counted)
        rows = source.connection.create_table("timed", with_profiles(source, rows, clock), temp=True)
        rows = before_the_end(rows, counted)
        scores = source.connection.create_table(
            "scores", once_each(source, rows, clock, counted, allow=allow), temp=True
        )
        counted.used = int(scores.count().to_pyarrow().as_py())
        tell(0.5)
        names = up_to(scores, as_of).select("measure_id").distinct().order_by("measure_id").to_pyarrow()
        found = []
        for measure in names["measure_id"].to_pylist():
            one = scores.filter(scores.measure_id == measure)
            one = up_to(one, as_of)
            asked = _Asked((courses or {}).get(measure), as_of, whole_weeks, references)
            found.append(_measure(source, one, measure, scale, asked))
            tell(0.5 + 0.5 * len(found) / len(names))
        if whole is not None:
            give_whole(source.connection, found, whole, as_of)
        return CohortReview(tuple(found), counted, source.layout.columns, clock.notes)


@dataclass(frozen=True)
class _Asked:
    saved: Course | None
    as_of: float | None
    whole_weeks: bool
    references: bool


def _measure(source: Source, rows: Table, measure: str, scale: Scale | None, asked: _Asked) -> MeasureCohort:
    from midcourse.measures import find

    scale = scale if scale is not None and scale.measure == measure else find(measure).scale
    axis = axis_of(rows)
    placed = on_the_clock(rows, axis, whole_weeks=asked.whole_weeks)
    placed = source.connection.create_table(place_of(measure), placed, temp=True)
    chosen = _course(placed, axis, scale, asked)
    clients = clients_of(placed, chosen.course.basis if chosen.course else Basis("ln", axis or "session"))
    state, odds = judged_courses(clients, chosen.course, scale, asked.as_of)
    return MeasureCohort(scale, axis, chosen.course, chosen.why, clients, state, odds)


def _course(rows: Table, axis: Axis | None, scale: Scale, asked: _Asked) -> Chosen:
    if axis is None:
        return Chosen(None, "Most scores have neither a session number nor a date, so no course is expected.")
    if asked.saved is not None:
        if asked.saved.basis.axis == axis:
            return Chosen(asked.saved, "A saved course, fitted before.")
        return Chosen(None, f"The saved course counts by {asked.saved.basis.axis}, these scores by {axis}.")
    rows = rows.filter(rows.placed)
    count = int(rows.select("client_id", "episode_id").distinct().count().to_pyarrow().as_py())
    share = min(1.0, SAMPLE / count)
    people = [person.observed for person in people_of(share_of(rows, share))]
    chosen = course_for(people, scale, axis, references=asked.references)
    if share >= 1.0 or chosen.course is None:
        return chosen
    course = refitted(chosen.course, clients_of(rows, chosen.course.basis))
    history = dict(course.history) | {"basis_and_correction_from": f"{len(people)} of {count} clients"}
    words = (
        f"Fitted to {int(history['clients'])} clients; basis and correction learned on {len(people)} of them."
    )
    return Chosen(replace(course, history=history), words)
