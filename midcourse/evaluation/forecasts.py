"""How good forecasts of the next and of the last score are: log score, CRPS and coverage of bands."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from midcourse.course.moments import Array
from midcourse.evaluation.bootstrap import Figure
from midcourse.evaluation.coverage import Coverage, coverage_of
from midcourse.evaluation.held_out import NEXT, HeldOut
from midcourse.evaluation.method import values_of
from midcourse.evaluation.said import mean_of
from midcourse.evaluation.truth import Truth
from midcourse.measures.scale import Scale

LEVELS = (0.8, 0.95)


@dataclass(frozen=True, slots=True)
class ForecastFigures:
    """Mean log score (nats) and CRPS (points) of forecasts, smaller is better, and the bands' coverage.

    `coverage` is of the central 80 % and 95 % bands by the expectation of the randomised PIT, pooled and
    by fifth of the predicted score, each client counted once.
    """

    rows: int
    log_score: Figure
    crps: Figure
    coverage: tuple[Coverage, ...]


def beside(cdf: Array, kind: int, truth: Truth, scale: Scale) -> HeldOut:
    """Return forecasts beside the scores that came, at the rows that have both.

    `cdf` is (n, values), `kind` NEXT or LAST. Scores off the scale's values are rounded to the nearest
    and those beyond an end count as that end.
    """
    score = truth.next_score if kind == NEXT else truth.last_score
    rows = spoken(cdf, score)
    table, came = cdf[rows], score[rows]
    place = np.round((came - scale.minimum) / scale.step).astype(np.intp)
    return HeldOut(
        person=truth.client[rows],
        k=truth.k[rows],
        kind=np.full(len(place), kind),
        cdf=table,
        plain=table,
        place=np.clip(place, 0, len(values_of(scale)) - 1),
        mean=mean_of(table, scale),
        step=scale.step,
    )


def spoken(cdf: Array, score: Array) -> NDArray[np.bool_]:
    """Return the rows that have both a forecast and a score that came."""
    return np.asarray(~np.isnan(cdf).any(axis=1) & ~np.isnan(score))


def bands(held: HeldOut, draws: int, seed: int) -> tuple[Coverage, ...]:
    """Return the coverage of the central 80 % and 95 % bands; nothing where there are no rows."""
    if not held.rows():
        return ()
    return tuple(coverage_of(held, level, resamples=draws, seed=seed) for level in LEVELS)
