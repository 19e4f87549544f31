"""How a forecast's mean, SD and probabilities are corrected for what cross-fitting showed (ST3)."""

from bisect import bisect_right
from dataclasses import dataclass
from math import exp, log1p

FEATURES = 6


def features(mean: float, sd: float, ahead: float, middle: float, width: float) -> tuple[float, ...]:
    """Return what a correction may depend on: predicted score, predicted SD and horizon.

    With a = (mean - middle) / width and h = ln(1 + ahead): 1, a, a squared, a cubed, sd / width and h.
    """
    a = (mean - middle) / width
    return (1.0, a, a * a, a * a * a, sd / width, log1p(max(ahead, 0.0)))


@dataclass(frozen=True, slots=True)
class Recalibration:
    """A cross-fitted correction: shift in SDs, log-SD factor, then a map of probabilities.

    m' = m + s (shift . x), s' = s exp(spread . x), F' = map(F), with x the `features`. `middle` and
    `width` standardise the predicted score. `knots` and `heights` give the map, both increasing from
    0 to 1; it is linear in between. `clients` says how many people it was learned from.

    Raises ValueError where the map is not increasing from 0 to 1.
    Source: Gneiting, Balabdaoui, Raftery 2007, J R Stat Soc B 69:243, doi 10.1111/j.1467-9868.2007.00587.x
    (calibration and PIT).
    """

    shift: tuple[float, ...]
    spread: tuple[float, ...]
    middle: float
    width: float
    knots: tuple[float, ...]
    heights: tuple[float, ...]
    clients: int

    def __post_init__(self) -> None:
        for line in (self.knots, self.heights):
            rising = all(a <= b for a, b in zip(line, line[1:], strict=False))
            if len(line) < 2 or line[0] != 0.0 or line[-1] != 1.0 or not rising:
                raise ValueError("The probability map must rise from 0 to 1.")

    def corrected(self, mean: float, sd: float, ahead: float) -> tuple[float, float]:
        """Return the corrected mean and SD, in points, for a forecast `ahead` on the course's axis."""
        x = features(mean, sd, ahead, self.middle, self.width)
        shift = sum(c * f for c, f in zip(self.shift, x, strict=True))
        spread = sum(c * f for c, f in zip(self.spread, x, strict=True))
        return mean + sd * shift, sd * exp(min(max(spread, -1.5), 1.5))

    def mapped(self, p: float) -> float:
        """Return the corrected probability of a probability."""
        if p <= 0.0 or p >= 1.0:
            return min(max(p, 0.0), 1.0)
        i = bisect_right(self.knots, p)
        left, right = self.knots[i - 1], self.knots[i]
        low, high = self.heights[i - 1], self.heights[i]
        return low + (high - low) * (p - left) / (right - left)
