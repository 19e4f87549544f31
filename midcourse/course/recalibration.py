"""How a forecast's mean, SD and probabilities are corrected for what cross-fitting showed (ST3)."""

from bisect import bisect_right
from dataclasses import dataclass
from math import exp, log1p

FEATURES = 19
STEEPEST = 10.0  # widths per unit of time: two scores a day apart must not decide everything


@dataclass(frozen=True, slots=True)
class Own:
    """What the client's own scores tell a correction beyond the forecast itself.

    `first`, `latest` and `average` are in points, `slope` is points per unit of the basis's first time
    column (0 where under two scores, or one random column, cannot show one), `later` counts the scores
    after the first.
    """

    first: float
    latest: float
    average: float
    slope: float
    later: int


def features(
    mean: float, sd: float, ahead: float, own: Own, middle: float, width: float
) -> tuple[float, ...]:
    """Return what a correction may depend on: the forecast, its horizon, and the client's own scores.

    With a = (mean - middle) / width, h = ln(1 + ahead), n = ln(1 + later), and all scores measured in
    widths: a and its powers, SD, h, first score, latest and average score and slope beside the forecast,
    and how each of these matters more or less with the horizon.
    """
    a = (mean - middle) / width
    spread = sd / width
    h, n = log1p(max(ahead, 0.0)), log1p(own.later)
    first = (own.first - middle) / width
    moved = (own.latest - mean) / width
    average = (own.average - mean) / width
    slope = min(max(own.slope / width, -STEEPEST), STEEPEST)
    return (
        1.0, a, a * a, a * a * a, spread, h, a * h, spread * h, first, first * h, moved, moved * h, moved * n,
        n, n * h, average, average * h, slope, slope * h,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recalibration:
    """A cross-fitted correction: shift in SDs, log-SD factor, then a map of probabilities.

    m' = m + s (shift . x), s' = s exp(spread . x), F' = (1 - b) low(F) + b high(F), with x the
    `features` and b rising from 0 to 1 as m' goes through `blend`: the shape near the floor differs
    from the shape above it. `middle` and `width` standardise the predicted score. `knots` with `low`
    and `high` give the two maps, rising from 0 to 1, linear in between. `clients` says how many people
    it was learned from.

    Raises ValueError where the map is not increasing from 0 to 1, or coefficients are not FEATURES many.
    Source: Gneiting, Balabdaoui, Raftery 2007, J R Stat Soc B 69:243, doi 10.1111/j.1467-9868.2007.00587.x
    (calibration and PIT).
    """

    shift: tuple[float, ...]
    spread: tuple[float, ...]
    middle: float
    width: float
    knots: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    blend: tuple[float, float]
    clients: int

    def __post_init__(self) -> None:
        if len(self.shift) != FEATURES or len(self.spread) != FEATURES:
            raise ValueError("This course was saved by an older version: fit it again.")
        for line in (self.knots, self.low, self.high):
            rising = all(a <= b for a, b in zip(line, line[1:], strict=False))
            if len(line) < 2 or line[0] != 0.0 or line[-1] != 1.0 or not rising:
                raise ValueError("The probability map must rise from 0 to 1.")

    def corrected(self, mean: float, sd: float, ahead: float, own: Own) -> tuple[float, float]:
        """Return the corrected mean and SD, in points, for a forecast `ahead` on the course's axis."""
        x = features(mean, sd, ahead, own, self.middle, self.width)
        shift = sum(c * f for c, f in zip(self.shift, x, strict=True))
        spread = sum(c * f for c, f in zip(self.spread, x, strict=True))
        return mean + sd * shift, sd * exp(min(max(spread, -1.5), 1.5))

    def share(self, mean: float) -> float:
        """Return b, how much of the upper map a corrected mean uses (0 to 1)."""
        start, end = self.blend
        return min(max((mean - start) / (end - start), 0.0), 1.0)

    def mapped(self, p: float, share: float) -> float:
        """Return the corrected probability of a probability, with `share` of the upper map."""
        if p <= 0.0 or p >= 1.0:
            return min(max(p, 0.0), 1.0)
        i = bisect_right(self.knots, p)
        left, right = self.knots[i - 1], self.knots[i]
        within = (p - left) / (right - left)
        low = self.low[i - 1] + (self.low[i] - self.low[i - 1]) * within
        high = self.high[i - 1] + (self.high[i] - self.high[i - 1]) * within
        return (1.0 - share) * low + share * high
