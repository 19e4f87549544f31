"""Correct the mean, the SD and the shape of held-out forecasts, by what is known at the time (ST3)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from midcourse.course.cell_likelihood import KNOTS, WIDEST, fit_correction, pit_map
from midcourse.course.moments import Array

BLEND = (0.1, 0.6)  # quantiles of the corrected mean between which the upper map takes over
NARROWEST = 0.1  # of a forecast SD: the least that features are measured in


@dataclass(frozen=True)
class Forecasts:
    """Uncorrected normal forecasts on a stretch, with what a correction may depend on.

    `mean`, `sd`, `intake`, `latest` are stretched; `ahead` is ln(1 + time ahead), `seen` ln(1 + scores
    seen). `edges` (values + 1,) are the stretched edges of the scale's cells, infinite at both ends.
    """

    mean: Array
    sd: Array
    intake: Array
    latest: Array
    ahead: Array
    seen: Array
    edges: Array

    def features(self, middle: float, width: float) -> Array:
        """Return the columns of a correction, 1 first."""
        z, first = (self.mean - middle) / width, (self.intake - middle) / width
        moved = (self.latest - middle) / width - z
        one = np.ones_like(z)
        return np.column_stack(
            [one, z, z * z, self.sd / width, self.ahead, first, moved, self.seen, z * self.ahead]
        )


@dataclass(frozen=True)
class Correction:
    """m' = m + s (x . shift), s' = s exp(x . spread), then a map of probabilities for low and high means."""

    middle: float
    width: float
    shift: Array
    spread: Array
    low: tuple[float, ...]
    high: tuple[float, ...]
    blend: tuple[float, float]

    def corrected(self, found: Forecasts) -> tuple[Array, Array]:
        """Return corrected mean and SD, on the stretch."""
        x = found.features(self.middle, self.width)
        factor = np.exp(np.clip(x @ self.spread, -WIDEST, WIDEST))
        return found.mean + found.sd * (x @ self.shift), found.sd * factor

    def share(self, mean: Array) -> Array:
        """Return how much of the upper map a corrected mean uses (0 to 1)."""
        start, end = self.blend
        return np.asarray(np.clip((mean - start) / (end - start), 0.0, 1.0))


def learn_correction(found: Forecasts, cell: NDArray[np.intp], weight: Array) -> Correction:
    """Learn a correction from held-out forecasts; `cell` is the place of the score that came.

    Maximises the weighted log score of the cells, with a ridge towards no correction; the maps are the
    weighted distribution of the randomised PIT, shrunk towards the identity.
    """
    # Forecasts that hardly differ would stretch intake and latest score out of all proportion.
    middle, width = float(found.mean.mean()), float(max(2.0 * found.mean.std(), NARROWEST * found.sd.mean()))
    low, high = found.edges[cell], found.edges[cell + 1]
    x = found.features(middle, width)
    shift, spread = fit_correction(x, found.mean, found.sd, low, high, weight)
    identity = tuple(KNOTS)
    first = Correction(middle, width, shift, spread, identity, identity, (0.0, 1.0))
    mean, sd = first.corrected(found)
    blend = (float(np.quantile(mean, BLEND[0])), float(np.quantile(mean, BLEND[1])) + 1e-9)
    share = np.clip((mean - blend[0]) / (blend[1] - blend[0]), 0.0, 1.0)
    below, above = ndtr((low - mean) / sd), ndtr((high - mean) / sd)
    maps = [pit_map(below, above, weight * part) for part in (1.0 - share, share)]
    return Correction(middle, width, shift, spread, maps[0], maps[1], blend)


def distribution(found: Forecasts, correction: Correction | None) -> Array:
    """Return P(Y <= y) on the scale's values, shape (n, values); mass beyond an end lies on that end."""
    if correction is None:
        cdf = ndtr((found.edges[None, 1:] - found.mean[:, None]) / found.sd[:, None])
        return np.asarray(cdf)
    mean, sd = correction.corrected(found)
    p = ndtr((found.edges[None, 1:] - mean[:, None]) / sd[:, None])
    share = correction.share(mean)[:, None]
    low, high = np.interp(p, KNOTS, correction.low), np.interp(p, KNOTS, correction.high)
    return np.asarray((1.0 - share) * low + share * high)
