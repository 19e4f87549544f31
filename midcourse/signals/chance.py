"""The chance of ending without reliable improvement, as said after a client's latest score."""

from dataclasses import dataclass, replace

from midcourse.course.course import Course
from midcourse.course.forecast import forecast, seen
from midcourse.course.observed import Observed
from midcourse.measures.scale import Scale
from midcourse.signals.settled import can_improve

AFTER = {"session": 1.0, "week": 2.0}  # how far beyond the latest score the end lies at least


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance (0 to 1) of no reliable improvement at a time on the course's clock.

    Of an assumed range it is the smaller of both ends, so that a soft notice holds whichever is true.
    """

    no_improvement: float
    horizon: float


def horizon_of(course: Course, observed: Observed) -> float:
    """Return the time a chance speaks of: the usual end, or a little after the latest score."""
    return max(course.horizon, observed.times[-1] + AFTER[course.basis.axis])


def chance_of(observed: Observed, course: Course, scale: Scale) -> Chance | None:
    """Return the chance said after the latest score, from the record up to it and nothing else.

    None after one score, and where the first score (or a measure without a reliable change) leaves no
    room for reliable improvement.
    """
    if len(observed.scores) < 2 or not can_improve(observed.intake, scale):
        return None
    horizon = horizon_of(course, observed)
    better = [_better(observed, one, scale, horizon) for one in _ends(course)]
    return Chance(no_improvement(course, observed, scale, 1.0 - max(better)), horizon)


def no_improvement(course: Course, observed: Observed, scale: Scale, chance: float) -> float:
    """Return the chance of no reliable improvement as said: with its odds corrected where the course learned how.

    Odds learned for another reliable change do not count.
    """
    odds, change = course.odds, scale.reliable_change
    if odds is None or change is None or odds.reliable_change != change.points:
        return chance
    worse = scale.worsening(observed.intake, observed.scores[-1])
    return odds.no_improvement(chance, worse, len(observed.scores) - 1)


def _ends(course: Course) -> list[Course]:
    if not course.assumed_range:
        return [course]
    return [replace(course, parts=((1.0, part),)) for _, part in course.parts]


def _better(observed: Observed, course: Course, scale: Scale, horizon: float) -> float:
    found = forecast(course, scale, seen(course, observed), horizon).predictive
    return found.reliable_improvement(observed.intake) or 0.0
