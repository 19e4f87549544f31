"""Frequent questions answered from a person's own course, with honest numbers or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from midcourse.course.observed import observe
from midcourse.record import Episode, Score
from midcourse.review.answered import answers
from midcourse.review.caseload import describe_measure
from midcourse.review.one_course import review_course
from midcourse.review.own_course import OwnCourse, own_course, shares_over_time
from midcourse.signals.silence import silence_of
from midcourse_web.care.engine.course import WHY, Point, _course, scale_of


@dataclass(frozen=True)
class Answered:
    """One question with its answer; `own` says that it holds the person's own numbers."""

    id: str
    question: str
    text: str
    own: bool
    grade: str


def answered(
    measure: str, points: Sequence[Point], saved: str | None, as_of: date, *, odds: bool, language: str
) -> tuple[Answered, ...]:
    """Return every frequent question with its answer, filled from one course where its numbers are known.

    `odds` False keeps chances back. No points, or no course of the clinic's own, fill less or nothing.
    """
    own = _own(measure, points, saved, as_of, odds) if points else None
    found = answers(own, language)
    return tuple(Answered(one.id, one.question, one.text, one.own, one.grade) for one in found)


def _own(
    measure: str, points: Sequence[Point], saved: str | None, as_of: date, odds: bool
) -> OwnCourse | None:
    scale = scale_of(measure)
    days = [float(point.at.date().toordinal()) for point in points]
    scores = tuple(
        Score(measure, point.value, session=point.session, day=day)
        for point, day in zip(points, days, strict=True)
    )
    course = _course(saved) if saved else None
    axis = course.basis.axis if course else "week"
    observed = observe(Episode("own", scores), measure, axis)
    if observed is None:
        return None
    silence = silence_of(days, float(as_of.toordinal()), None)
    review = review_course(observed, "1", course, scale, axis, silence=silence)
    shares = shares_over_time(observed, course, scale) if course and odds else ()
    return own_course(review, describe_measure(scale, axis, course, WHY), shares, odds=odds)
