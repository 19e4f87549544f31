"""The two-stage policy: soft early, firm later, from the chance of ending without reliable improvement (ST7).

Rule, in English. With the risks said after each score beyond intake, the latest last:

1. No risk can be said: too early.
2. Reliably worse than the client's own first score: reliably worse.
3. Reliably better than it and on the healthy side of the cut-off: reached goal.
4. Risk at or above `firm` now and at or above `soft` at the score before: off course. A high risk seen
   once is a soft notice; seen twice it is firm. So one bad week, and the slow start of a late
   responder, are looked at without being called a failing therapy.
5. Risk at or above `soft`: drifting.
6. Otherwise: on course.

Both thresholds are learned in the training folds so that alerts (a change into off course or reliably
worse) and soft notices each keep to a budget per 100 scored sessions. No outcome is used to set them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from midcourse.course.observed import Observed
from midcourse.measures.scale import Scale
from midcourse.signals.policy import settled_by_change
from midcourse.signals.state import State

RULE_VERSION = "two-stage-1"
ALERT_BUDGET = 5.0  # alerts per 100 scored sessions past too early
SOFT_BUDGET = 7.0  # soft notices per 100, counted apart


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Risks (0 to 1) from which a course is drifting and off course, with the budgets they keep to.

    Raises ValueError where the soft threshold lies above the firm one.
    """

    soft: float
    firm: float
    alert_budget: float = ALERT_BUDGET
    soft_budget: float = SOFT_BUDGET
    version: str = RULE_VERSION

    def __post_init__(self) -> None:
        if self.soft > self.firm:
            raise ValueError("The soft threshold cannot lie above the firm one.")


def two_stage(observed: Observed, risks: Sequence[float], thresholds: Thresholds, scale: Scale) -> State:
    """Return the state of a course, a pure function of the record.

    `risks` are the chances of ending without reliable improvement said after the second, third, ...
    score, one for each score of `observed` but the first.
    Raises ValueError where the risks do not belong to the scores.
    """
    if len(risks) != len(observed.scores) - 1:
        raise ValueError("There is one risk for each score beyond the first.")
    settled = settled_by_change(observed, scale)
    return settled if settled is not None else by_risk(risks, thresholds)


def by_risk(risks: Sequence[float], thresholds: Thresholds) -> State:
    """Return what the risks alone say: too early, on course, drifting or off course."""
    if not risks:
        return State.TOO_EARLY
    now, before = risks[-1], risks[-2] if len(risks) > 1 else 0.0
    if now >= thresholds.firm and before >= thresholds.soft:
        return State.OFF_COURSE
    return State.DRIFTING if now >= thresholds.soft else State.ON_COURSE
