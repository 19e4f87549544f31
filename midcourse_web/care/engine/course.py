"""The course of one episode on one measure: state, sentence, band and odds, as plain facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from midcourse.content.say import sentence
from midcourse.course.basis import Axis
from midcourse.course.course import Course, course_from_json
from midcourse.course.observed import Observed, observe
from midcourse.measures.instrument import UnknownInstrument, find
from midcourse.measures.scale import Scale
from midcourse.record import Episode, Score
from midcourse.review.caseload import describe_measure
from midcourse.review.one_course import review_course
from midcourse.review.result import BandPoint, CourseReview, MeasureReview
from midcourse.signals.silence import silence_of
from midcourse.signals.two_stage import RULE_VERSION
from midcourse_web.care.engine.spoken import spoken

ALERTS = ("off course", "reliably worse")
NOT_COMPUTED = "not computed"
WHY = "The course this clinic expects, fitted before."
WHY_NOT = "This clinic has no expected course for this measure yet, so there is no band and no forecast."


@dataclass(frozen=True)
class Point:
    """One score on the record: value, day, and the number of the session it belongs to, if any."""

    value: float
    at: datetime
    session: int | None


@dataclass(frozen=True)
class CourseFacts:
    """What is known of one course: the engine's state and sentence, and the numbers of the chart."""

    state: str
    sentence: str
    how_often_right: str
    numbers: dict[str, Any]
    rule: str

    @property
    def is_alert(self) -> bool:
        """Whether this state needs people to look at it together."""
        return self.state in ALERTS


def course_of(
    episode: str, measure: str, points: Sequence[Point], saved: str | None, as_of: date, ended: date | None
) -> CourseFacts:
    """Return the state of a course as of a day, from its scores and the clinic's saved course, if any.

    Without a saved course there is no band and no forecast; reliable change is still judged.
    """
    scale = scale_of(measure)
    days = [float(point.at.date().toordinal()) for point in points]
    scores = tuple(
        Score(measure, point.value, session=point.session, day=day)
        for point, day in zip(points, days, strict=True)
    )
    one = Episode(episode, scores, ended=float(ended.toordinal()) if ended else None)
    course = _course(saved) if saved else None
    axis: Axis = course.basis.axis if course else "week"
    observed = observe(one, measure, axis)
    placed = observed is not None
    found = review_course(
        observed or _in_order(one, measure),
        "1",
        course if placed else None,
        scale,
        axis if placed else "score",
        silence=silence_of(days, float(as_of.toordinal()), one.ended),
    )
    return _facts(found, describe_measure(scale, axis, course, WHY if course else WHY_NOT))


def in_plain_words(state: str) -> str:
    """Return a state in the page's language, without numbers: what stands for the engine's English sentence."""
    return sentence(f"state-{state.replace(' ', '-')}", spoken())


def is_told_in_full() -> bool:
    """Say whether the engine's sentences, which are in English, are in the page's language."""
    return spoken() == "en"


def _in_order(episode: Episode, measure: str) -> Observed:
    values = tuple(score.value for score in episode.of(measure))
    return Observed(episode.client_id, tuple(float(i + 1) for i in range(len(values))), values)


def scale_of(measure: str) -> Scale:
    """Return a measure's scale. Raises ValueError where it is unknown or has no total."""
    try:
        return find(measure).scale
    except UnknownInstrument as why:
        raise ValueError(str(why)) from why


def has_total(measure: str) -> bool:
    """Say whether a course can be followed on a measure."""
    try:
        return find(measure).total is not None
    except UnknownInstrument:
        return False


@lru_cache(maxsize=32)
def _course(saved: str) -> Course:
    return course_from_json(saved)


def _facts(review: CourseReview, measure: MeasureReview) -> CourseFacts:
    outlook = review.outlook
    numbers: dict[str, Any] = {
        "axis": measure.axis,
        "minimum": measure.minimum,
        "maximum": measure.maximum,
        "higher_is_better": measure.higher_is_better,
        "reliable_change": measure.reliable_change,
        "caseness": measure.caseness,
        "scores": [list(pair) for pair in review.scores],
        "expected": [_point(point) for point in review.expected],
        "ahead": [_point(point) for point in review.ahead],
        "notes": list(review.notes),
        "sources": list(measure.sources),
    }
    if outlook is not None:
        numbers["outlook"] = {
            name: getattr(outlook, name)
            for name in (
                "time", "mean", "low80", "high80", "p_improvement", "p_deterioration",
                "p_caseness_left", "borrowed_share", "own_share",
            )
        }  # fmt: skip
    return CourseFacts(
        str(review.state.value), review.sentence, review.how_often_right, numbers, RULE_VERSION
    )


def _point(point: BandPoint) -> list[float]:
    return [point.time, point.mean, point.low80, point.high80]
