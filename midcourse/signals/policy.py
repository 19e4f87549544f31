"""The policy in force: silence, then the two-stage rule on the best chance that can be said (ST7).

Rule, in English:

1. No score for four weeks, and for twice the client's usual gap, before `as_of`: no recent data.
2. The two-stage rule (`signals.two_stage`) on the chances said after the latest score and after the one
   before, each from the record up to that score and at the end that was in sight then.
3. A course that rests on assumed numbers gives no firm signal (ST5): drifting at most.

Chances come from the course's own predictive distribution, their odds corrected where the course learned
how; thresholds are the course's own where it has learned them, else the default ones.
A signal is a pure function of the record up to `as_of`.
"""

from dataclasses import dataclass

from midcourse.course.course import Course
from midcourse.course.observed import Observed
from midcourse.measures.scale import Scale
from midcourse.signals.chance import Chance, chance_of
from midcourse.signals.silence import Silence
from midcourse.signals.state import State
from midcourse.signals.thresholds import thresholds_of
from midcourse.signals.two_stage import RULE_VERSION, Thresholds, two_stage


@dataclass(frozen=True, slots=True)
class Signal:
    """The state of a course and the numbers that made it so.

    `now` and `before` are the chances said after the latest score and after the one before; `limits`
    the thresholds they were held against; `assumed` says that the course rests on assumed numbers.
    `silence` says how long ago the latest score was, where that is known. `rule` names the version.
    """

    state: State
    rule: str
    now: Chance | None = None
    before: Chance | None = None
    limits: Thresholds | None = None
    assumed: bool = False
    silence: Silence | None = None


def decide(observed: Observed, course: Course | None, scale: Scale, silence: Silence | None = None) -> Signal:
    """Return the signal of one client's course on one measure.

    `silence` is counted from the latest score to `as_of`, None where either is not known.
    """
    if silence is not None and silence.too_long:
        return Signal(State.NO_RECENT_DATA, RULE_VERSION, silence=silence)
    if course is None:
        none = thresholds_of(None, scale)
        return Signal(two_stage(observed, None, None, none, scale), RULE_VERSION, silence=silence)
    now = chance_of(observed, course, scale)
    before = chance_of(observed.up_to(len(observed.scores) - 1), course, scale) if now else None
    limits = thresholds_of(course, scale)
    state = two_stage(observed, _number(now), _number(before), limits, scale)
    if state is State.OFF_COURSE and course.assumed_range:
        state = State.DRIFTING
    return Signal(state, RULE_VERSION, now, before, limits, course.assumed_range, silence)


def _number(chance: Chance | None) -> float | None:
    return None if chance is None else chance.no_improvement
