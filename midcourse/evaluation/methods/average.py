"""The average of several methods: of their chances and distributions, or of their log odds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import expit, logit

from midcourse.course.basis import Axis
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.evaluation.method import Asked, Learned, Method, Predictions
from midcourse.measures.scale import Scale

Pool = Literal["linear", "log odds"]
SURE = 1e-6  # a chance is held this far from 0 and 1, so that one sure method does not decide alone


@dataclass(frozen=True)
class Average:
    """The plain mean of methods: of chances ("linear") or of their log odds ("log odds").

    Distributions of scores are averaged the same way, value by value; a method that says nothing about
    a point is left out there. Methods that cannot learn from these clients are left out altogether.
    Risk is the chance of no reliable improvement; the alert is a chance above one half.
    """

    methods: tuple[Method, ...]
    pool: Pool = "linear"
    name: str = "average"
    source: str = "Stone 1961, Ann Math Stat 32:1339, doi 10.1214/aoms/1177704873 (linear pool)"

    def learn(self, people: Sequence[Observed], scale: Scale, axis: Axis) -> "_LearnedAverage":
        """Let each method learn.

        Raises ValueError, with every method's reason, where none of them can.
        """
        learned, reasons = [], []
        for method in self.methods:
            try:
                learned.append(method.learn(people, scale, axis))
            except ValueError as reason:
                reasons.append(f"{method.name}: {reason}")
        if not learned:
            raise ValueError("None of the methods to average can learn. " + " ".join(reasons))
        return _LearnedAverage(tuple(learned), self.pool)


@dataclass(frozen=True)
class _LearnedAverage:
    learned: tuple[Learned, ...]
    pool: Pool

    def predict(self, asked: Sequence[Asked]) -> Predictions:
        said = [method.predict(asked) for method in self.learned]
        p = self._mean([one.p_no_improvement for one in said])
        q = self._mean([one.p_deterioration for one in said])
        following = [one.next_cdf for one in said if one.next_cdf is not None]
        last = [one.last_cdf for one in said if one.last_cdf is not None]
        return Predictions(p, q, p, p > 0.5, self._distribution(following), self._distribution(last))

    def _distribution(self, said: list[Array]) -> Array | None:
        if not said:
            return None
        joined = self._mean(said)
        # The highest score is certain not to be passed, whatever pooling of log odds makes of a 1.
        joined[:, -1] = np.where(np.isnan(joined[:, -1]), np.nan, 1.0)
        return joined

    def _mean(self, said: list[Array]) -> Array:
        values = np.array(said)
        if self.pool == "log odds":
            values = logit(np.clip(values, SURE, 1 - SURE))
        spoke = ~np.isnan(values)
        total, count = np.where(spoke, values, 0.0).sum(axis=0), spoke.sum(axis=0)
        mean = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
        return np.asarray(expit(mean) if self.pool == "log odds" else mean)
