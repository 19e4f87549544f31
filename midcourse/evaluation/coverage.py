"""Do intervals hold as many scores as they promise? By randomised PIT, each client counted once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from midcourse.course.moments import Array
from midcourse.evaluation.held_out import HeldOut

RESAMPLES = 1000
GROUPS = 5
SMALLEST_CELL = 1e-12  # a score the forecast held to be impossible is outside of every interval


@dataclass(frozen=True, slots=True)
class Coverage:
    """The share of scores that central intervals of one level held, each client counted once.

    `pooled` over all rows with `interval`, its 95 % bootstrap interval over clients; `by_fifth` in
    each fifth of the predicted score, lowest first, with `intervals`. `clients` and `rows` count.
    """

    level: float
    pooled: float
    interval: tuple[float, float]
    by_fifth: tuple[float, ...]
    intervals: tuple[tuple[float, float], ...]
    clients: int
    rows: int


def covered(below: Array, at_most: Array, level: float) -> Array:
    """Return for each row the chance that its randomised PIT lies in the central interval of a level.

    The PIT is uniform between P(Y < observed) and P(Y <= observed); its share between (1 - level)/2
    and (1 + level)/2 is the expectation over the randomisation, so that no luck enters.
    Source: Czado, Gneiting, Held 2009, Biometrics 65:1254, doi 10.1111/j.1541-0420.2009.01191.x.
    """
    width = np.maximum(at_most - below, SMALLEST_CELL)
    low, high = (1.0 - level) / 2, (1.0 + level) / 2
    inside = np.clip((high - below) / width, 0.0, 1.0) - np.clip((low - below) / width, 0.0, 1.0)
    return np.asarray(inside)


def randomised_pit(held: HeldOut, seed: int) -> Array:
    """Return one draw of each row's randomised PIT, 0 to 1: uniform where forecasts are honest."""
    below, at_most = held.edges()
    uniform = np.random.RandomState(seed).uniform(size=len(below))
    return np.asarray(below + uniform * (at_most - below))


def fifths(held: HeldOut) -> NDArray[np.intp]:
    """Return for each row the fifth of the predicted score it is in, 0 (lowest) to 4."""
    cuts = np.quantile(held.mean, np.arange(1, GROUPS) / GROUPS)
    return np.searchsorted(cuts, held.mean)


def coverage_of(held: HeldOut, level: float, *, resamples: int = RESAMPLES, seed: int = 0) -> Coverage:
    """Return how often central intervals of a level (0 to 1) held the score, pooled and by fifth.

    Whole clients are drawn again for the bootstrap.
    """
    inside, weight = covered(*held.edges(), level), held.weight()
    _, client = np.unique(held.person, return_inverse=True)
    clients = int(client.max()) + 1
    cell = client * GROUPS + fifths(held)
    hits, total = (
        np.bincount(cell, weights=w, minlength=clients * GROUPS).reshape(clients, GROUPS)
        for w in (inside * weight, weight)
    )
    drawn = np.random.RandomState(seed).multinomial(clients, np.full(clients, 1 / clients), resamples)
    intervals = [
        _interval(drawn @ h, drawn @ t)
        for h, t in [(hits.sum(1), total.sum(1)), *zip(hits.T, total.T, strict=True)]
    ]
    by_fifth = hits.sum(axis=0) / np.maximum(total.sum(axis=0), SMALLEST_CELL)
    return Coverage(
        level=level,
        pooled=float(hits.sum() / total.sum()),
        interval=intervals[0],
        by_fifth=tuple(map(float, by_fifth)),
        intervals=tuple(intervals[1:]),
        clients=clients,
        rows=len(inside),
    )


def _interval(hits: Array, total: Array) -> tuple[float, float]:
    share = hits / np.maximum(total, SMALLEST_CELL)
    return float(np.quantile(share, 0.025)), float(np.quantile(share, 0.975))
