"""Learn, by cross-fitting, how a course's forecasts must be corrected (ST3)."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from midcourse.course.batch import corrected_many, features_many, forecast_many
from midcourse.course.cell_likelihood import KNOTS, edges, fit_correction, pit_map
from midcourse.course.course import Course
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.course.pairs import Pairs, pairs_of
from midcourse.course.recalibration import Recalibration
from midcourse.measures.scale import Scale

FEWEST = 100  # the identity below this many clients (ST3)
FOLDS = 5
BLEND = (0.1, 0.6)  # quantiles of the corrected mean between which the upper map takes over

Refit = Callable[[Sequence[Observed]], Course]


def folds_of(count: int, folds: int, seed: int) -> NDArray[np.intp]:
    """Return a fold number for each client, of sizes that differ by at most one."""
    order = np.random.RandomState(seed).permutation(count)
    out = np.empty(count, dtype=np.intp)
    out[order] = np.arange(count) % folds
    return out


def calibrated_course(course: Course, people: Sequence[Observed], scale: Scale, refit: Refit) -> Course:
    """Return the course with its cross-fitted correction; unchanged below 100 clients.

    `refit` fits the same kind of course on other clients (same basis); each fold's clients are
    forecast by a course that has not seen them.
    """
    usable = [person for person in people if len(person.scores) > 1]
    if len(usable) < FEWEST:
        return course
    fold = folds_of(len(usable), FOLDS, seed=len(usable))
    means, sds, held = [], [], []
    for number in range(FOLDS):
        inside = [p for p, f in zip(usable, fold, strict=True) if f != number]
        outside = [p for p, f in zip(usable, fold, strict=True) if f == number]
        fitted = refit(inside)
        pairs = pairs_of(outside, fitted)
        found = forecast_many(fitted, pairs.seen, pairs.time)
        means.append(found.raw_mean)
        sds.append(found.raw_sd)
        held.append((pairs, number))
    learned = _learn(np.concatenate(means), np.concatenate(sds), _join(held), scale)
    return replace(course, recalibration=learned)


def _join(held: list[tuple[Pairs, int]]) -> tuple[Array, Array, NDArray[np.intp]]:
    """Targets, horizons and a client number for every held-out pair."""
    target = np.concatenate([pairs.target for pairs, _ in held])
    ahead = np.concatenate([pairs.time - pairs.seen.last for pairs, _ in held])
    person = np.concatenate([pairs.person * FOLDS + number for pairs, number in held])
    return target, ahead, person


def _learn(
    mean: Array, sd: Array, joined: tuple[Array, Array, NDArray[np.intp]], scale: Scale
) -> Recalibration:
    target, ahead, person = joined
    middle, width = float(mean.mean()), float(2.0 * mean.std() + 1e-9)
    _, number, count = np.unique(person, return_inverse=True, return_counts=True)
    weight = 1.0 / count[number]  # each client counts once
    x = features_many(mean, sd, ahead, middle, width)
    low, high = edges(target, scale)
    identity = (0.0, 1.0)
    fitted = fit_correction(x, mean, sd, low, high, weight)
    shift, spread = (tuple(float(v) for v in part) for part in fitted)
    first = Recalibration(shift, spread, middle, width, identity, identity, identity, (0.0, 1.0), len(count))
    m, s = corrected_many(first, mean, sd, ahead)
    blend = (float(np.quantile(m, BLEND[0])), float(np.quantile(m, BLEND[1])) + 1e-9)
    share = np.clip((m - blend[0]) / (blend[1] - blend[0]), 0.0, 1.0)
    below, above = ndtr((low - m) / s), ndtr((high - m) / s)
    maps = [pit_map(below, above, weight * part) for part in (1.0 - share, share)]
    return replace(first, knots=KNOTS, low=maps[0], high=maps[1], blend=blend)
