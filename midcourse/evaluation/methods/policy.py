"""What midcourse does: the pooled chances under the two-stage policy, thresholds learned on a budget."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from midcourse.course.basis import Axis
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.evaluation.alert_rate import alerts_of
from midcourse.evaluation.method import Asked, Learned, Predictions
from midcourse.evaluation.methods.average import Average
from midcourse.evaluation.methods.change_rule import ChangeRule
from midcourse.evaluation.methods.landmark import Landmark
from midcourse.evaluation.methods.points import Points, turned
from midcourse.evaluation.methods.pooled import HeldChances, learn_pooled
from midcourse.measures.scale import Scale
from midcourse.signals.policy import settled_by_change
from midcourse.signals.state import State
from midcourse.signals.two_stage import (
    ALERT_BUDGET,
    RULE_VERSION,
    SOFT_BUDGET,
    Thresholds,
    by_risk,
)

ALERTS = (State.OFF_COURSE, State.RELIABLY_WORSE)
DEFAULT = Thresholds(0.5, 0.65)  # where too few clients are there to set thresholds on
GRID = np.linspace(0.02, 0.98, 97)


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
        return LearnedPolicy(scale, pooled, thresholds_for(held, scale, self.alert_budget, self.soft_budget))


def thresholds_for(held: HeldChances, scale: Scale, alert_budget: float, soft_budget: float) -> Thresholds:
    """Return thresholds whose alerts and soft notices come nearest to their budgets; no outcome is used.

    Alerts are counted as they will be: reliable worsening is one too, a reached goal is none, and only
    sessions with two later scores count (ST8).
    """
    points, risk = held.points, held.p_no_improvement
    before = _before(points.person, risk)
    worse, reached = _settled(points, scale)
    counts = np.append(points.person[1:] == points.person[:-1], False)

    def rate(on: NDArray[np.bool_]) -> float:
        return 100.0 * float(alerts_of(points.person, on)[counts].mean())

    soft = _first_past([rate(worse | (~reached & (risk >= at))) for at in GRID], soft_budget)
    firm = [rate(worse | (~reached & (risk >= at) & (before >= soft))) for at in GRID]
    return Thresholds(soft, max(soft, _first_past(firm, alert_budget)), alert_budget, soft_budget)


def _settled(points: Points, scale: Scale) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Who is reliably worse, and who has reached the goal, at each point (`settled_by_change`)."""
    # Turning twice gives the scores as they were.
    pairs = zip(turned(scale, points.intake), turned(scale, points.latest), strict=True)
    states = [settled_by_change(Observed("-", (0.0, 1.0), pair), scale) for pair in pairs]
    worse = np.array([state is State.RELIABLY_WORSE for state in states])
    return worse, np.array([state is State.REACHED_GOAL for state in states])


def _before(person: NDArray[np.intp], risk: Array) -> Array:
    """The risk said at the client's score before, 0 at the first."""
    out = np.zeros_like(risk)
    same = person[1:] == person[:-1]
    out[1:][same] = risk[:-1][same]
    return out


def _first_past(rates: list[float], budget: float) -> float:
    """The threshold nearest to the budget, from the highest down to the first that passes it.

    Lower still, rates can fall again, because staying in a state is no new alert.
    """
    best, nearest = float(GRID[-1]), float("inf")
    for at, rate in zip(GRID[::-1], rates[::-1], strict=True):
        if abs(rate - budget) < nearest:
            best, nearest = float(at), abs(rate - budget)
        if rate >= budget:
            break
    return best


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
        # The rule looks at the last two risks only, so the earlier ones need not be said again.
        settled = settled_by_change(one.seen, self.scale)
        if settled is not None or np.isnan(now):
            return settled or State.NOT_COMPUTED
        return by_risk([now] if before is None else [before, now], self.thresholds)


def _one_score_less(one: Asked) -> Asked | None:
    """The same question one score earlier, where a risk could be said then."""
    count = len(one.seen.scores) - 1
    if count < 2:
        return None
    return Asked(one.seen.up_to(count), one.seen.times[-1], one.horizon)
