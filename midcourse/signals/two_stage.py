"""The two-stage rule: soft early, firm later, from the chance of ending without reliable improvement (ST7).

Rule, in English. With the chances said after the latest score and after the score before it:

1. Fewer than two scores: too early.
2. Reliably worse than the client's own first score: reliably worse.
3. Reliably better than it and on the healthy side of the cut-off: reached goal.
4. No chance can be said, or the first score leaves no room for reliable improvement: not computed.
5. Chance at or above `firm` now and at or above `soft` at the score before: off course. A high chance
   seen once is a soft notice; seen twice it is firm. So one bad week, and the slow start of a late
   responder, are looked at without being called a failing therapy.
6. Chance at or above `soft`: drifting.
7. Otherwise: on course.

Thresholds are learned so that alerts (a change into off course or reliably worse) and soft notices each
keep to a budget per 100 scored sessions (`signals.budget`). No outcome is used to set them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from midcourse.course.observed import Observed
from midcourse.measures.scale import Scale
from midcourse.signals.settled import can_improve, settled_by_change
from midcourse.signals.state import State

RULE_VERSION = "two-stage-3"  # 3: the chances of corrected odds, which 2 did not have
ALERT_BUDGET = 5.0  # alerts per 100 scored sessions past too early
SOFT_BUDGET = 7.0  # soft notices per 100, counted apart


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Chances (0 to 1) from which a course is drifting and off course, with the budgets they keep to.

    `learned` is false for thresholds that were set by hand, where too few clients are there to learn on.
    Raises ValueError where the soft threshold lies above the firm one.
    """

    soft: float
    firm: float
    alert_budget: float = ALERT_BUDGET
    soft_budget: float = SOFT_BUDGET
    version: str = RULE_VERSION
    learned: bool = True

    def __post_init__(self) -> None:
        if self.soft > self.firm:
            raise ValueError("The soft threshold cannot lie above the firm one.")


DEFAULT = Thresholds(0.5, 0.65, learned=False)  # more likely than not; about two in three


def two_stage(
    observed: Observed, now: float | None, before: float | None, thresholds: Thresholds, scale: Scale
) -> State:
    """Return the state of a course, a pure function of the record.

    `now` and `before` are the chances of ending without reliable improvement said after the latest score
    and after the one before it; None where nothing could be said.
    """
    settled = settled_by_change(observed, scale)
    if settled is not None:
        return settled
    if now is None or not can_improve(observed.intake, scale):
        return State.NOT_COMPUTED
    return by_risk([now] if before is None else [before, now], thresholds)


def by_risk(risks: Sequence[float], thresholds: Thresholds) -> State:
    """Return what the chances alone say: too early, on course, drifting or off course."""
    if not risks:
        return State.TOO_EARLY
    now, before = risks[-1], risks[-2] if len(risks) > 1 else 0.0
    if now >= thresholds.firm and before >= thresholds.soft:
        return State.OFF_COURSE
    return State.DRIFTING if now >= thresholds.soft else State.ON_COURSE
