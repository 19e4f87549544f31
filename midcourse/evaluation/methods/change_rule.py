"""The plain change so far: the bar every other method has to clear (ST13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from midcourse.course.basis import Axis
from midcourse.course.logistic import Line, fitted_line
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.evaluation.method import Asked, Predictions, deterioration, no_improvement
from midcourse.evaluation.methods.points import Points, points_asked, points_of, said
from midcourse.measures.scale import Scale

AlertWhen = Literal["reliably worse", "not reliably better"]
FEWEST = 10  # clients with a decision point; below that not even a rate can be told
PRECISION = np.array([1.0, 4.0, 4.0])  # of the columns below, per SD: as if so many clients spoke for none


@dataclass(frozen=True)
class ChangeRule:
    """Risk is the change so far for the worse, in points; the alert is a rule on reliable change.

    `alert_when` "reliably worse" is the published rule; "not reliably better" the stricter form that
    some services use. Chances come from the training clients' rate at such a change, as a logistic
    line in the change, the logarithm of the number of scores and their product. Nothing is said about
    the score as a number.
    """

    alert_when: AlertWhen = "reliably worse"
    source: str = "Jacobson, Truax 1991, J Consult Clin Psychol 59:12, doi 10.1037/0022-006X.59.1.12"

    @property
    def name(self) -> str:
        """Return the method's name, with the form of its alert where it is not the published one."""
        return "change" if self.alert_when == "reliably worse" else "change, not reliably better"

    def learn(self, people: Sequence[Observed], scale: Scale, axis: Axis) -> "LearnedChange":
        """Learn the two rates by change so far.

        Raises ValueError where the scale has no reliable change or under 10 clients have three scores.
        """
        points = points_of(people, scale, FEWEST)
        return LearnedChange(self.alert_when, scale, *lines_by_change(points, scale))


def lines_by_change(points: Points, scale: Scale) -> tuple[Line, Line]:
    """Return the chances of no reliable improvement and of deterioration by change so far alone."""
    x, weight = change_columns(points), points.weight()
    first, second = (fitted_line(x, end, weight, PRECISION) for end in ends_of(points, scale))
    return first, second


def change_columns(points: Points) -> Array:
    """Return the change so far, ln(scores seen) and their product: a change means more when it has lasted."""
    occasion = np.log(np.maximum(points.k, 1))
    return np.column_stack([points.change, occasion, points.change * occasion])


def ends_of(points: Points, scale: Scale) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return who ended without reliable improvement, and who ended reliably worse."""
    sign = -1.0 if scale.higher_is_better else 1.0
    first, last = sign * points.intake, sign * points.last
    return no_improvement(scale, first, last), deterioration(scale, first, last)


@dataclass(frozen=True)
class LearnedChange:
    """The rule after learning its two rates."""

    alert_when: AlertWhen
    scale: Scale
    without: Line
    worse: Line

    def predict(self, asked: Sequence[Asked]) -> Predictions:
        """Return the change so far as risk, and the rates at such a change."""
        points = points_asked(asked, self.scale)
        x = change_columns(points)
        rule = deterioration if self.alert_when == "reliably worse" else no_improvement
        sign = -1.0 if self.scale.higher_is_better else 1.0
        alert = rule(self.scale, sign * points.intake, sign * points.latest)
        p, q = self.without.probability(x), self.worse.probability(x)
        return said(points, Predictions(p, q, points.change, alert))
