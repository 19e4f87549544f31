"""A random forest that forecasts the whole distribution of the next and of the last score."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from midcourse.course.basis import Axis
from midcourse.course.logistic import Line
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.evaluation.method import Asked, Predictions, values_of
from midcourse.evaluation.methods.chances import forecast_said
from midcourse.evaluation.methods.change_rule import change_columns, lines_by_change
from midcourse.evaluation.methods.points import Points, cannot_improve, points_asked, points_of, said
from midcourse.measures.scale import Scale

FEWEST = 30  # clients with a decision point; below that a tree has nowhere to split
PRIOR = 50.0  # clients' worth of the change rule's chance beside the forest's
LEAF = (5, 20)  # fewest and most points in a leaf
POINTS_PER_LEAF = 250  # one more point in a leaf for as many training points: small leaves are over-sure
MOST_VALUES = 64  # more possible scores than this share an indicator, so that long scales cost no more


@dataclass(frozen=True)
class Forest:
    """Trees split on what has been seen so far; the leaves hold what came, as P(Y <= y) on every value.

    One forest for the next score and one for the last, on intake, latest, change, mean and slope so
    far, time, number of scores and time ahead, a random third of these at each split. Chances come
    from the last score's distribution, with the change rule's beside them as fifty more clients. Risk
    is the chance of no reliable improvement; the alert is a chance above one half. The seed is fixed.
    """

    trees: int = 150
    seed: int = 0
    name: str = "random forest"
    source: str = "Breiman 2001, Mach Learn 45:5, doi 10.1023/A:1010933404324; leaves as in Meinshausen 2006"

    def learn(self, people: Sequence[Observed], scale: Scale, axis: Axis) -> "_LearnedForest":
        """Grow both forests.

        Raises ValueError where scikit-learn is absent, the scale has no reliable change or under 30
        clients have three scores.
        """
        points = points_of(people, scale, FEWEST)
        lines = lines_by_change(points, scale)
        following = self._grown(points, points.next, points.next_time, scale)
        last = self._grown(points, points.last, points.horizon, scale)
        clients = len(np.unique(points.person))
        return _LearnedForest(scale, following, last, lines, clients / (clients + PRIOR))

    def _grown(self, points: Points, target: Array, time: Array, scale: Scale) -> Any:
        try:
            from sklearn.ensemble import RandomForestRegressor
        except ImportError as absent:
            raise ValueError("A random forest needs scikit-learn; install midcourse[evaluate].") from absent
        forest = RandomForestRegressor(
            self.trees,
            min_samples_leaf=int(np.clip(len(target) // POINTS_PER_LEAF, *LEAF)),
            max_features=1 / 3,
            random_state=self.seed,
            n_jobs=1,
        )
        at_most = (target[:, None] <= _thresholds(scale)[None, :] + scale.step / 2).astype(float)
        return forest.fit(_columns(points, time), at_most, sample_weight=points.weight())


def _thresholds(scale: Scale) -> Array:
    """Return the values whose P(Y <= y) the leaves hold: all, or evenly spread ones with both ends."""
    values = values_of(scale)
    every = -(-len(values) // MOST_VALUES)
    return np.append(values[:-1:every], values[-1])


def _columns(points: Points, time: Array) -> Array:
    return np.column_stack(
        [points.intake, points.latest, points.change, points.mean, points.slope,
         points.now, points.k, time - points.now]
    )  # fmt: skip


@dataclass(frozen=True)
class _LearnedForest:
    scale: Scale
    following: Any
    last: Any
    by_change: tuple[Line, Line]
    own: float

    def predict(self, asked: Sequence[Asked]) -> Predictions:
        points = points_asked(asked, self.scale)
        following = self._distribution(self.following, points, points.next_time)
        forecast = forecast_said(
            self.scale, points, following, self._distribution(self.last, points, points.horizon)
        )
        prior = [line.probability(change_columns(points)) for line in self.by_change]
        p = self.own * forecast.p_no_improvement + (1 - self.own) * prior[0]
        q = self.own * forecast.p_deterioration + (1 - self.own) * prior[1]
        p = np.where(cannot_improve(points, self.scale), 1.0, p)
        return said(points, Predictions(p, q, p, p > 0.5, forecast.next_cdf, forecast.last_cdf))

    def _distribution(self, forest: Any, points: Points, time: Array) -> Array:
        """Return P(Y <= y) on every value; between thresholds the leaves are read on a straight line."""
        values, thresholds = values_of(self.scale), _thresholds(self.scale)
        if not len(points.k):
            return np.empty((0, len(values)))
        held = np.asarray(forest.predict(_columns(points, time)))
        whole = np.array([np.interp(values, thresholds, row) for row in held])
        return np.asarray(np.clip(whole, 0.0, 1.0))
