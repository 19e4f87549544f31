"""Review a table of many people: the same states and odds as the one-person path, in columns."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ibis.expr.types import Table

from midcourse.cohorts.clients import Clients, clients_of
from midcourse.cohorts.counted import Counted
from midcourse.cohorts.judged import judged_scores, with_ids
from midcourse.cohorts.measure import MeasureCohort
from midcourse.cohorts.people import people_of, share_of
from midcourse.cohorts.placed import axis_of, before_the_end, on_the_clock, once_each, up_to
from midcourse.cohorts.profiles import ends_of, profiles_of, with_profiles
from midcourse.cohorts.refit import refitted
from midcourse.cohorts.source import Source, open_source
from midcourse.cohorts.states import judged_courses
from midcourse.cohorts.timed import stop_if_refused, timed
from midcourse.cohorts.whole import Whole, give_whole, place_of
from midcourse.course.basis import Axis, Basis
from midcourse.course.choose import Chosen, course_for
from midcourse.course.course import Course
from midcourse.measures import Scale, find
from midcourse.signals.learned import Spoken, spoken, with_limits

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
    with open_source(Path(path), mapping or {}, tuple(measures), scale, counted) as source:
        scores, notes = _scores(source, counted, tell, allow=allow)
        scores = up_to(scores, as_of)
        names = scores.select("measure_id").distinct().order_by("measure_id").to_pyarrow()
        asked = _Asked(courses or {}, as_of, whole_weeks, references)
        begun = []
        for measure in names["measure_id"].to_pylist():
            begun.append(_begun(source, scores, measure, scale, asked))
            tell(0.5 + 0.3 * len(begun) / len(names))
        found = [_judged(one, course, as_of) for one, course in zip(begun, _limited(begun), strict=True)]
        if whole is not None:
            give_whole(source.connection, found, whole, as_of)
        tell(1.0)
        counted.problems.sort(key=lambda problem: problem.line or 0)
        return CohortReview(tuple(found), counted, source.layout.columns, notes)


def _scores(
    source: Source, counted: Counted, tell: Progress, *, allow: bool
) -> tuple[Table, tuple[str, ...]]:
    """Every score that can be used, once each, and how the file was understood."""
    rows = with_ids(source, judged_scores(source, counted, allow=allow))
    profiles = profiles_of(source, rows)
    tell(0.2)
    rows, clock = timed(source, rows, ends_of(profiles), counted)
    rows = with_profiles(source, rows, profiles, clock, counted)
    rows = before_the_end(source.connection.create_table("timed", rows, temp=True), counted)
    source.forget("cells")
    scores = once_each(source, rows, clock, counted, allow=allow)
    source.forget("timed")
    scores = source.connection.create_table("scores", scores, temp=True)
    source.forget("grouped")
    counted.used = int(scores.count().to_pyarrow().as_py())
    if not counted.used:
        source.found.add("nothing-usable", f"of {counted.rows} score cells none is left to use.")
    stop_if_refused(source, counted)
    tell(0.5)
    return scores, (*source.layout.notes, *clock.notes)


@dataclass(frozen=True)
class _Asked:
    saved: Mapping[str, Course]
    as_of: float | None
    whole_weeks: bool
    references: bool


@dataclass(frozen=True)
class _Begun:
    """One measure on its clock, with its course before limits are learned, and what it would have said."""

    scale: Scale
    axis: Axis
    rows: Table
    chosen: Chosen
    spoken: Spoken | None


def _begun(source: Source, rows: Table, measure: str, scale: Scale | None, asked: _Asked) -> _Begun:
    scale = scale if scale is not None and scale.measure == measure else find(measure).scale
    rows = rows.filter(rows.measure_id == measure)
    axis = axis_of(rows)
    placed = on_the_clock(rows, axis, whole_weeks=asked.whole_weeks)
    placed = source.connection.create_table(place_of(measure), placed, temp=True)
    return _Begun(scale, axis, placed, *_course(placed, axis, scale, asked))


def _limited(begun: Sequence[_Begun]) -> list[Course | None]:
    """The courses, those fitted here with limits that keep people's alerts to one budget."""
    learned = iter(with_limits([one.spoken for one in begun if one.spoken is not None]))
    return [one.chosen.course if one.spoken is None else next(learned) for one in begun]


def _judged(one: _Begun, course: Course | None, as_of: float | None) -> MeasureCohort:
    clients = _clients(one.rows, one.axis, course)
    state, odds = judged_courses(clients, course, one.scale, as_of)
    return MeasureCohort(one.scale, one.axis, course, one.chosen.why, clients, state, odds)


def _clients(rows: Table, axis: Axis, course: Course | None) -> Clients:
    if course is None:
        return clients_of(rows, Basis("ln", axis))
    return clients_of(rows, course.basis, course.form)


def _course(rows: Table, axis: Axis, scale: Scale, asked: _Asked) -> tuple[Chosen, Spoken | None]:
    saved = asked.saved.get(scale.measure)
    if saved is not None:
        if saved.basis.axis == axis:
            return Chosen(saved, "A saved course, fitted before."), None
        why = f"The saved course counts by {saved.basis.axis}, these scores by {axis}."
        return Chosen(None, why), None
    rows = rows.filter(rows.placed)
    # Each client with an outcome has one second score.
    count = int(rows.filter(rows.used & (rows.place == 2)).count().to_pyarrow().as_py())
    share = min(1.0, SAMPLE / max(count, 1))
    people = [person.observed for person in people_of(share_of(rows, share))]
    chosen = course_for(people, scale, axis, references=asked.references)
    if chosen.course is not None and share < 1.0:
        chosen = _for_all(chosen.course, rows, count)
    return chosen, None if chosen.course is None else spoken(people, chosen.course, scale)


def _for_all(course: Course, rows: Table, count: int) -> Chosen:
    """The course learned on a share of the clients, refitted to all of them."""
    learned = course.history["clients"]
    course = refitted(course, clients_of(rows, course.basis))
    history = dict(course.history) | {"basis_and_correction_from": f"{learned} of {count} clients"}
    words = f"Fitted to {count} clients; basis and correction learned on {learned} of them."
    if history.get("pseudo_clients"):
        words += (
            f" {history['pseudo_clients']:g} pseudo-clients of the reference {history['reference']} join."
        )
    return Chosen(replace(course, history=history), words)
