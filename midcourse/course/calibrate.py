"""Learn, by cross-fitting, how a course's forecasts and the odds they give must be corrected (ST3)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from midcourse.course.batch import (
    ForecastMany,
    OwnMany,
    corrected_many,
    features_many,
    forecast_many,
    own_many,
)
from midcourse.course.batch_odds import improvement_many
from midcourse.course.cell_likelihood import KNOTS, edges, fit_correction, pit_map
from midcourse.course.course import Course
from midcourse.course.learn_odds import early_weight, learned_line
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.course.odds import Odds
from midcourse.course.pairs import Pairs, joined_pairs, pairs_of
from midcourse.course.recalibration import Recalibration
from midcourse.measures.scale import Scale

FEWEST = 100  # the identity below this many clients (ST3)
FOLDS = 5
MOST = 4_000  # clients that corrections are learned on; more would not move them
BLEND = (0.1, 0.6)  # quantiles of the corrected mean between which the upper map takes over

Refit = Callable[[Sequence[Observed]], Course]


def folds_of(count: int, folds: int, seed: int) -> NDArray[np.intp]:
    """Return a fold number for each client, of sizes that differ by at most one."""
    order = np.random.RandomState(seed).permutation(count)
    out = np.empty(count, dtype=np.intp)
    out[order] = np.arange(count) % folds
    return out


def calibrated_course(course: Course, people: Sequence[Observed], scale: Scale, refit: Refit) -> Course:
    """Return the course with its cross-fitted corrections of forecasts and odds; unchanged below 100 clients.

    `refit` fits the same kind of course on other clients (same basis); each fold's clients are
    forecast by a course that has not seen them. Of more than 4,000 clients a share is enough.
    """
    usable = [person for person in people if len(person.scores) > 1]
    if len(usable) < FEWEST:
        return course
    usable = usable[:: -(-len(usable) // MOST)]
    found = _held(course, usable, refit)
    learned = _learn(found, scale)
    whole = replace(course, recalibration=learned)
    return replace(whole, odds=_odds(whole, found, found.corrected(learned), scale))


@dataclass(frozen=True)
class _Held:
    """Held-out forecasts before any correction: one entry per (scores seen, later score) pair."""

    pairs: Pairs
    mean: Array
    sd: Array
    own: OwnMany

    @property
    def ahead(self) -> Array:
        return np.asarray(self.pairs.time - self.pairs.seen.last)

    def corrected(self, learned: Recalibration) -> ForecastMany:
        """The same forecasts after a correction."""
        mean, sd = corrected_many(learned, self.mean, self.sd, self.ahead, self.own)
        nothing = np.zeros_like(mean)
        return ForecastMany(np.ones(1), mean[None], sd[None], self.mean, self.sd, nothing, nothing)


def _held(course: Course, people: Sequence[Observed], refit: Refit) -> _Held:
    fold = folds_of(len(people), FOLDS, seed=len(people))
    every, means, sds = [], [], []
    for number in range(FOLDS):
        inside = [p for p, f in zip(people, fold, strict=True) if f != number]
        outside = [p for p, f in zip(people, fold, strict=True) if f == number]
        fitted = refit(inside)
        pairs = pairs_of(outside, fitted)
        found = forecast_many(fitted, pairs.seen, pairs.time)
        every.append(replace(pairs, person=pairs.person * FOLDS + number))
        means.append(found.raw_mean)
        sds.append(found.raw_sd)
    pairs, mean = joined_pairs(every), np.concatenate(means)
    return _Held(pairs, mean, np.concatenate(sds), own_many(course, pairs.seen, mean))


def _learn(found: _Held, scale: Scale) -> Recalibration:
    mean, sd = found.mean, found.sd
    middle, width = float(mean.mean()), float(2.0 * mean.std() + 1e-9)
    _, number, count = np.unique(found.pairs.person, return_inverse=True, return_counts=True)
    weight = 1.0 / count[number]  # each client counts once
    x = features_many(mean, sd, found.ahead, found.own, middle, width)
    low, high = edges(found.pairs.target, scale)
    identity = (0.0, 1.0)
    fitted = fit_correction(x, mean, sd, low, high, weight)
    shift, spread = (tuple(float(v) for v in part) for part in fitted)
    first = Recalibration(shift, spread, middle, width, identity, identity, identity, (0.0, 1.0), len(count))
    m, s = corrected_many(first, mean, sd, found.ahead, found.own)
    blend = (float(np.quantile(m, BLEND[0])), float(np.quantile(m, BLEND[1])) + 1e-9)
    share = np.clip((m - blend[0]) / (blend[1] - blend[0]), 0.0, 1.0)
    below, above = ndtr((low - m) / s), ndtr((high - m) / s)
    maps = [pit_map(below, above, weight * part) for part in (1.0 - share, share)]
    return replace(first, knots=KNOTS, low=maps[0], high=maps[1], blend=blend)


def _odds(course: Course, found: _Held, forecasts: ForecastMany, scale: Scale) -> Odds | None:
    """What the corrected distribution's odds of no improvement at the last score still need."""
    change = scale.reliable_change
    later = found.pairs.k - (1 if course.form == "all scores" else 0)
    if change is None:
        return None
    first = found.pairs.intake
    room = scale.maximum - first if scale.higher_is_better else first - scale.minimum
    last = found.pairs.final & (later > 0)
    last &= room >= change.points  # of others no chance is ever said
    if not last.any():
        return None
    pairs = found.pairs.where(last)
    p = 1.0 - improvement_many(course, scale, forecasts, found.pairs.intake)[last]
    worse = pairs.intake - pairs.target if scale.higher_is_better else pairs.target - pairs.intake
    a, b = learned_line(p, worse > -change.points, early_weight(pairs.person, later[last].astype(float)))
    return Odds(a, b, change.points, len(np.unique(pairs.person)))
