"""What questions about one's own course are answered from: a few honest numbers, None where not known."""

from collections.abc import Sequence
from dataclasses import dataclass

from midcourse.course.course import Course
from midcourse.course.forecast import intake_only
from midcourse.course.observed import Observed
from midcourse.measures.scale import Scale
from midcourse.review.one_course import ends_of
from midcourse.review.result import CourseReview, MeasureReview
from midcourse.signals.chance import horizon_of
from midcourse.signals.settled import can_improve
from midcourse.signals.state import State

ASKED_AT = (4.0, 8.0, 12.0, 20.0)  # sessions or weeks
FEWEST_SCORES = 2  # with one, odds are those of everybody who began there


@dataclass(frozen=True, slots=True)
class OwnCourse:
    """The numbers of one course on one measure.

    `chance` is the probability of a reliable improvement on the first score *at* `horizon` (not by it),
    after the scores so far; `shares` are the same probabilities from the first score alone at several
    times. Both 0 to 1. `axis` says what times count. `borrowed_from` names the reference course that odds
    lean on, empty where they rest on the people at hand alone.
    """

    measure: str
    axis: str
    scores: tuple[float, ...]
    reliable_change: float | None = None
    chance: float | None = None
    horizon: float | None = None
    shares: tuple[tuple[float, float], ...] = ()
    borrowed_from: str = ""


def own_course(
    course: CourseReview,
    measure: MeasureReview,
    shares: Sequence[tuple[float, float]] = (),
    *,
    odds: bool = True,
) -> OwnCourse:
    """Return the numbers of a reviewed course.

    `odds` False keeps every chance back: right after a risk answer, or where she has switched them off.
    A chance needs two scores, a recent one, and a first score that leaves room to improve.
    """
    outlook, scores = course.outlook, tuple(value for _, value in course.scores)
    known = (
        odds
        and outlook is not None
        and len(scores) >= FEWEST_SCORES
        and course.state not in (State.NO_RECENT_DATA, State.NOT_COMPUTED)
    )
    return OwnCourse(
        measure=measure.title,
        axis=measure.axis,
        scores=scores,
        reliable_change=measure.reliable_change,
        chance=outlook.p_improvement if known and outlook else None,
        horizon=outlook.time if known and outlook else None,
        shares=tuple(shares) if odds else (),
        borrowed_from=str(measure.course.get("reference", "")),
    )


def shares_over_time(
    observed: Observed, course: Course, scale: Scale, times: Sequence[float] = ASKED_AT
) -> tuple[tuple[float, float], ...]:
    """Return how likely somebody with this first score is to be reliably better at each of these times.

    From the first score alone, at times up to the horizon. Empty where the course rests on assumed numbers,
    where no reliable change is in force, or where the first score leaves no room for one.
    """
    if course.assumed_range or not can_improve(observed.intake, scale):
        return ()
    start, last = intake_only(observed, course), horizon_of(course, observed)
    asked = [time for time in times if observed.times[0] < time <= last]
    found = [ends_of(course, scale, start, time)[0].predictive for time in asked]
    shares = [one.reliable_improvement(observed.intake) for one in found]
    return tuple((time, share) for time, share in zip(asked, shares, strict=True) if share is not None)
