"""What `midcourse review` does, judged: its course, its chances, its limits and its states, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from midcourse.course.basis import Axis
from midcourse.course.batch import ForecastMany, at_most_many, forecast_many
from midcourse.course.batch_odds import deterioration_many, improvement_many, no_improvement_many
from midcourse.course.choose import course_for
from midcourse.course.course import Course
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.evaluation.method import Asked, Learned, Predictions, values_of
from midcourse.evaluation.methods.average import Average
from midcourse.evaluation.methods.change_rule import ChangeRule
from midcourse.evaluation.methods.landmark import Landmark
from midcourse.evaluation.methods.mixed import stacked
from midcourse.measures.scale import Scale
from midcourse.signals.learned import spoken, with_limits
from midcourse.signals.policy import decide
from midcourse.signals.state import State
from midcourse.signals.two_stage import ALERT_BUDGET, RULE_VERSION, SOFT_BUDGET

ALERTS = (State.OFF_COURSE, State.RELIABLY_WORSE)


@dataclass(frozen=True)
class Policy:
    """The course, chances and limits that a review of the training clients learns, without any reference.

    `alert_budget` and `soft_budget` are alerts and soft notices per 100 scored sessions. States are those of
    `signals.policy.decide`, which is not told when therapy ends; chances and forecasts are for the times
    asked about. Risk is the chance of no reliable improvement; the alert is a state of off course or
    reliably worse. References are left out, since one may have been fitted to the very clients asked about.
    """

    alert_budget: float = ALERT_BUDGET
    soft_budget: float = SOFT_BUDGET
    source: str = f"midcourse, rule {RULE_VERSION}"

    @property
    def name(self) -> str:
        """Return the method's name."""
        return "midcourse"

    def learn(self, people: Sequence[Observed], scale: Scale, axis: Axis) -> "LearnedPolicy":
        """Learn what a review of these clients learns.

        Where a review has no course to expect it gives no chance; then the mean of the change rule and a
        landmark regression gives the chances, and the states stay those of the review.
        Raises ValueError where these cannot learn either.
        """
        course = course_for(people, scale, axis, references=False).course
        if course is None:
            simple = Average((ChangeRule(), Landmark())).learn(people, scale, axis)
            return LearnedPolicy(scale, None, simple)
        # In order of id, as a review has them, so that the same clients give the same limits.
        measures = [spoken(people, course, scale)]
        return LearnedPolicy(scale, with_limits(measures, self.alert_budget, self.soft_budget)[0])


@dataclass(frozen=True)
class LearnedPolicy:
    """The course in force with its limits, or what gives the chances where there is none."""

    scale: Scale
    course: Course | None
    simple: Learned | None = None

    def predict(self, asked: Sequence[Asked]) -> Predictions:
        """Return the chances and forecasts at the times asked about, with the states a review would give."""
        states = tuple(decide(one.seen, self.course, self.scale).state for one in asked)
        alert = np.array([state in ALERTS for state in states], dtype=np.bool_)
        p, q, following, last = self._said(asked)
        return Predictions(p, q, p, alert, following, last, state=states)

    def _said(self, asked: Sequence[Asked]) -> tuple[Array, Array, Array | None, Array | None]:
        course, scale = self.course, self.scale
        if course is None:
            assert self.simple is not None
            said = self.simple.predict(asked)
            return said.p_no_improvement, said.p_deterioration, said.next_cdf, said.last_cdf
        so_far = stacked(course, [one.seen for one in asked])
        following, last = (
            forecast_many(course, so_far, np.array([getattr(one, name) for one in asked], dtype=float))
            for name in ("next_time", "horizon")
        )
        p = 1.0 - improvement_many(course, scale, last, so_far.intake)
        if course.odds is not None:
            worse = so_far.latest - so_far.intake
            later = np.array([len(one.seen.scores) - 1.0 for one in asked])
            p = no_improvement_many(course.odds, p, -worse if scale.higher_is_better else worse, later)
        q = np.minimum(deterioration_many(course, scale, last, so_far.intake), p)
        return p, q, self._grid(course, following), self._grid(course, last)

    def _grid(self, course: Course, found: ForecastMany) -> Array:
        values = values_of(self.scale)
        return np.asarray([at_most_many(course, self.scale, found, value) for value in values]).T
