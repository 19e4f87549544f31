"""What two scores settle by themselves, before any course is expected."""

from midcourse.course.observed import Observed
from midcourse.measures.scale import Scale
from midcourse.signals.state import State


def settled_by_change(observed: Observed, scale: Scale) -> State | None:
    """Return what the plain change since the first score settles, None where the chance has to speak."""
    first, last = observed.intake, observed.scores[-1]
    if len(observed.scores) < 2:
        return State.TOO_EARLY
    if scale.is_reliable_deterioration(first, last):
        return State.RELIABLY_WORSE
    healthy = scale.is_case(first) is True and scale.is_case(last) is False
    if healthy and scale.is_reliable_improvement(first, last):
        return State.REACHED_GOAL
    return None


def is_well(observed: Observed, scale: Scale) -> bool:
    """Say whether the latest score is on the healthy side of the cut-off and no worse than the first.

    Who starts near the cut-off may be well without ever changing reliably. That is no state: on ENRICHD a
    rule that alerted nobody who is well found fewer of those who ended without reliable improvement, and
    was right less often, at the same number of alerts. So the sentence says it beside the signal.
    """
    first, last = observed.intake, observed.scores[-1]
    return scale.is_case(last) is False and scale.worsening(first, last) <= 0


def can_improve(first: float, scale: Scale) -> bool:
    """Say whether a first score leaves room for reliable improvement.

    Without room, or where no reliable change is in force, the chance of improvement says nothing about
    the therapy.
    """
    best = scale.maximum if scale.higher_is_better else scale.minimum
    return scale.is_reliable_improvement(first, best)
