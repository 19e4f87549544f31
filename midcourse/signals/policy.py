"""The first policy: the state of a course from the forecast's tolerance bounds (ST7).

Rule, in English. With the latest score, on the course's clock:

1. No score for NO_RECENT_DAYS, and for twice the client's usual gap, before `as_of`: no recent data.
2. Reliably worse than the client's own first score: reliably worse (from the second score on).
3. Reliably better than the first score and on the healthy side of the cut-off: reached goal.
4. Fewer than two scores: too early.
5. No expected course: not computed.
6. Worse than the outer bound of the course expected from intake: off course from the third score on,
   drifting before.
7. Worse than the inner bound: drifting.
8. Otherwise: on course.

The outer bound is the worse end of the central 80 % of the predictive distribution, the inner that of
the central 68 %. Both are conventions, as commonly described for Finch, Lambert, Schaalje 2001, Clin
Psychol Psychother 8:231, doi 10.1002/cpp.286 (unverified), not yet thresholds learned under an alert
budget. A signal is a pure function of the record up to `as_of`.
"""

from dataclasses import dataclass

from midcourse.course.course import Course
from midcourse.course.forecast import Forecast, forecast, intake_only
from midcourse.course.observed import Observed
from midcourse.measures.scale import Scale
from midcourse.signals.state import State

RULE_VERSION = "tolerance-1"
OUTER = 0.80
INNER = 0.68
FIRM_FROM = 3  # scores before a course can be called off course
NO_RECENT_DAYS = 28.0  # four weeks without a score, for someone usually asked more often
USUAL_GAPS = 2.0  # monthly measures may be silent for two months


@dataclass(frozen=True, slots=True)
class Silence:
    """How long ago the latest score was given, and the client's usual gap between scores, in days."""

    days: float
    usual_gap: float | None = None

    @property
    def limit(self) -> float:
        """Return after how many days without a score nothing recent is known."""
        return max(NO_RECENT_DAYS, USUAL_GAPS * (self.usual_gap or 0.0))


@dataclass(frozen=True, slots=True)
class Signal:
    """The state of a course and the numbers that made it so.

    `expected` is the forecast from intake alone at the time of the latest score; `inner` and `outer`
    are the worse bounds in points; `silence` says how long ago the latest score was, where that is
    known. `rule` names the policy's version.
    """

    state: State
    rule: str
    expected: Forecast | None = None
    inner: float | None = None
    outer: float | None = None
    silence: Silence | None = None


def worse_bound(expected: Forecast, scale: Scale, level: float) -> float:
    """Return the worse end of the central interval of `level` (0 to 1), in points."""
    low, high = expected.predictive.interval(level)
    return low if scale.higher_is_better else high


def decide(observed: Observed, course: Course | None, scale: Scale, silence: Silence | None = None) -> Signal:
    """Return the signal of one client's course on one measure.

    `silence` is counted from the latest score to `as_of`, None where either is not
    known. An assumed reference gives no firm signal (ST5): its course can be drifting at most.
    """
    expected = _expected(observed, course, scale)
    state, inner, outer = _state(observed, scale, expected, silence)
    if state is State.OFF_COURSE and course is not None and course.assumed_range:
        state = State.DRIFTING
    return Signal(state, RULE_VERSION, expected, inner, outer, silence)


def _expected(observed: Observed, course: Course | None, scale: Scale) -> Forecast | None:
    if course is None or len(observed.scores) < 2:
        return None
    return forecast(course, scale, intake_only(observed, course), observed.times[-1])


def _state(
    observed: Observed, scale: Scale, expected: Forecast | None, silence: Silence | None
) -> tuple[State, float | None, float | None]:
    if silence is not None and silence.days > silence.limit:
        return State.NO_RECENT_DATA, None, None
    settled = settled_by_change(observed, scale)
    if settled is not None:
        return settled, None, None
    if expected is None:
        return State.NOT_COMPUTED, None, None
    inner, outer = worse_bound(expected, scale, INNER), worse_bound(expected, scale, OUTER)
    last = observed.scores[-1]
    if scale.worsening(outer, last) > 0:
        firm = len(observed.scores) >= FIRM_FROM
        return (State.OFF_COURSE if firm else State.DRIFTING), inner, outer
    if scale.worsening(inner, last) > 0:
        return State.DRIFTING, inner, outer
    return State.ON_COURSE, inner, outer


def settled_by_change(observed: Observed, scale: Scale) -> State | None:
    """What the plain change since the first score settles, before any course is expected."""
    first, last = observed.intake, observed.scores[-1]
    if len(observed.scores) < 2:
        return State.TOO_EARLY
    if scale.is_reliable_deterioration(first, last):
        return State.RELIABLY_WORSE
    healthy = scale.is_case(first) is True and scale.is_case(last) is False
    if healthy and scale.is_reliable_improvement(first, last):
        return State.REACHED_GOAL
    return None
