"""What midcourse does: the pooled chances under the two-stage policy, thresholds learned on a budget."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from midcourse.course.basis import Axis
from midcourse.course.observed import Observed
from midcourse.evaluation.method import Asked, Learned, Predictions
from midcourse.evaluation.methods.average import Average
from midcourse.evaluation.methods.change_rule import ChangeRule
from midcourse.evaluation.methods.landmark import Landmark
from midcourse.evaluation.methods.points import turned
from midcourse.evaluation.methods.pooled import HeldChances, learn_pooled
from midcourse.measures.scale import Scale
from midcourse.signals.budget import Sessions, sessions_of, thresholds_for
from midcourse.signals.state import State
from midcourse.signals.two_stage import (
    ALERT_BUDGET,
    DEFAULT,
    RULE_VERSION,
    SOFT_BUDGET,
    Thresholds,
    two_stage,
)

ALERTS = (State.OFF_COURSE, State.RELIABLY_WORSE)


@dataclass(frozen=True)
class Policy:
    """The two-stage policy on the pooled chances; its thresholds keep to budgets in the training folds.

    `alert_budget` and `soft_budget` are alerts and soft notices per 100 scored sessions. Risk and
    forecasts are those of `Pooled`; the alert is a state of off course or reliably worse.
    """

    alert_budget: float = ALERT_BUDGET
    soft_budget: float = SOFT_BUDGET
    source: str = f"midcourse, rule {RULE_VERSION}"

    @property
    def name(self) -> str:
        """Return the method's name."""
        return "midcourse"

    def learn(self, people: Sequence[Observed], scale: Scale, axis: Axis) -> "LearnedPolicy":
        """Learn the pooled chances and, from those of held-out clients, the thresholds.

        Where the pooled method cannot learn (under 20 clients, or no convergence), the mean of the change
        rule and a landmark regression speaks instead.
        Raises ValueError where these cannot learn either.
        """
        try:
            pooled, held = learn_pooled(people, scale, axis)
        except ValueError:
            simple = Average((ChangeRule(), Landmark())).learn(people, scale, axis)
            return LearnedPolicy(scale, simple, DEFAULT)
        if held is None:
            return LearnedPolicy(scale, pooled, DEFAULT)
        return LearnedPolicy(
            scale, pooled, thresholds_for(sessions_held(held, scale), self.alert_budget, self.soft_budget)
        )


def sessions_held(held: HeldChances, scale: Scale) -> Sessions:
    """Return held-out decision points as sessions that thresholds are learned on."""
    points = held.points
    # Turning twice gives the scores as they were.
    first, latest = turned(scale, points.intake), turned(scale, points.latest)
    names = tuple(str(number) for number in range(int(points.person.max()) + 1))
    return sessions_of(names, points.person, points.now, first, latest, held.p_no_improvement, scale)


@dataclass(frozen=True)
class LearnedPolicy:
    """The pooled method (or what stands in for it) after learning, with the thresholds in force."""

    scale: Scale
    pooled: Learned
    thresholds: Thresholds

    def predict(self, asked: Sequence[Asked]) -> Predictions:
        """Return the pooled predictions with the policy's states and alerts."""
        now = self.pooled.predict(asked)
        earlier = [_one_score_less(one) for one in asked]
        kept = [one for one in earlier if one is not None]
        said = iter(self.pooled.predict(kept).p_no_improvement if kept else ())
        before = [None if one is None else float(next(said)) for one in earlier]
        states = tuple(
            self._state(one, float(p), q)
            for one, p, q in zip(asked, now.p_no_improvement, before, strict=True)
        )
        alert = np.array([state in ALERTS for state in states], dtype=np.bool_)
        return Predictions(
            now.p_no_improvement,
            now.p_deterioration,
            now.risk,
            alert,
            now.next_cdf,
            now.last_cdf,
            state=states,
        )

    def _state(self, one: Asked, now: float, before: float | None) -> State:
        return two_stage(one.seen, None if np.isnan(now) else now, before, self.thresholds, self.scale)


def _one_score_less(one: Asked) -> Asked | None:
    """The same question one score earlier, where a risk could be said then."""
    count = len(one.seen.scores) - 1
    if count < 2:
        return None
    return Asked(one.seen.up_to(count), one.seen.times[-1], one.horizon)
