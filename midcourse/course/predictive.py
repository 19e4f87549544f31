"""The one distribution behind every mean, interval, plot and probability of a forecast (ST3)."""

from dataclasses import dataclass
from math import ceil, erfc, floor, sqrt

from midcourse.course.recalibration import Recalibration
from midcourse.measures.scale import Scale

ROOT_HALF = sqrt(0.5)
SLACK = 1e-9  # steps by which a score may miss a value, so that rounding never changes an answer


def normal_cdf(x: float) -> float:
    """Return the probability that a standard normal value is at most x."""
    return 0.5 * erfc(-x * ROOT_HALF)


@dataclass(frozen=True, slots=True)
class Predictive:
    """The distribution of a future score on the instrument's own grid of values.

        P(Y <= y) = map(sum_i w_i Phi((y + step/2 - m_i) / s_i)) for y = min .. max - step, and 1 at max

    All mass beyond an end lies on that end. `parts` are (weight, mean, SD): one, or several where the
    fit's uncertainty is integrated over.
    """

    scale: Scale
    parts: tuple[tuple[float, float, float], ...]
    recalibration: Recalibration | None = None

    def at_most(self, score: float) -> float:
        """Return P(Y <= score)."""
        scale = self.scale
        if score >= scale.maximum - SLACK * scale.step:
            return 1.0
        steps = floor((score - scale.minimum) / scale.step + SLACK)
        if steps < 0:
            return 0.0
        edge = scale.minimum + (steps + 0.5) * scale.step
        p = sum(w * normal_cdf((edge - m) / s) for w, m, s in self.parts)
        if self.recalibration is None:
            return p
        return self.recalibration.mapped(p, self.recalibration.share(self.centre()))

    def centre(self) -> float:
        """Return the weighted mean of the parts, before the ends of the scale are respected."""
        return sum(w * m for w, m, _ in self.parts)

    def at_least(self, score: float) -> float:
        """Return P(Y >= score)."""
        scale = self.scale
        steps = ceil((score - scale.minimum) / scale.step - SLACK)
        return 1.0 - self.at_most(scale.minimum + (steps - 1) * scale.step)

    def values(self) -> tuple[float, ...]:
        """Return every score that is possible, lowest first."""
        scale = self.scale
        count = round((scale.maximum - scale.minimum) / scale.step)
        return tuple(scale.minimum + i * scale.step for i in range(count + 1))

    def mean(self) -> float:
        """Return the expected score, in points: max - step * sum of P(Y <= y) below the maximum."""
        below = sum(self.at_most(y) for y in self.values()[:-1])
        return self.scale.maximum - self.scale.step * below

    def mean_and_sd(self) -> tuple[float, float]:
        """Return the expected score and its SD, in points.

        With D = (max - Y) / step: E D = sum P(D >= d), E D^2 = sum (2 d - 1) P(D >= d), d = 1, 2, ...
        """
        tails = [self.at_most(y) for y in reversed(self.values()[:-1])]
        first = sum(tails)
        second = sum((2 * d - 1) * p for d, p in enumerate(tails, 1))
        scale = self.scale
        return scale.maximum - scale.step * first, scale.step * sqrt(max(second - first * first, 0.0))

    def quantile(self, p: float) -> float:
        """Return the smallest possible score y with P(Y <= y) >= p."""
        values = self.values()
        low, high = 0, len(values) - 1
        while low < high:
            middle = (low + high) // 2
            if self.at_most(values[middle]) >= p:
                high = middle
            else:
                low = middle + 1
        return values[low]

    def interval(self, level: float) -> tuple[float, float]:
        """Return the central interval that holds at least `level` (0 to 1) of the distribution."""
        tail = (1.0 - level) / 2
        return self.quantile(tail), self.quantile(1.0 - tail)

    def worse_or_equal(self, score: float) -> float:
        """Return the probability of a score at least as bad as `score`, in the measure's direction."""
        return self.at_most(score) if self.scale.higher_is_better else self.at_least(score)

    def better_or_equal(self, score: float) -> float:
        """Return the probability of a score at least as good as `score`, in the measure's direction."""
        return self.at_least(score) if self.scale.higher_is_better else self.at_most(score)

    def reliable_improvement(self, first: float) -> float | None:
        """Return the probability of reliable improvement on the observed first score, if defined."""
        change = self.scale.reliable_change
        if change is None:
            return None
        sign = 1.0 if self.scale.higher_is_better else -1.0
        return self.better_or_equal(first + sign * change.points)

    def reliable_deterioration(self, first: float) -> float | None:
        """Return the probability of reliable deterioration from the observed first score, if defined."""
        change = self.scale.reliable_change
        if change is None:
            return None
        sign = -1.0 if self.scale.higher_is_better else 1.0
        return self.worse_or_equal(first + sign * change.points)

    def below_caseness(self) -> float | None:
        """Return the probability of a score on the healthy side of the cut-off, if there is one."""
        if self.scale.caseness is None:
            return None
        return 1.0 - self.worse_or_equal(self.scale.caseness.value)
