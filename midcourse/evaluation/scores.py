"""How good forecasts are: log score and CRPS of the distribution on the scale's own values."""

from dataclasses import dataclass

import numpy as np

from midcourse.course.moments import Array
from midcourse.evaluation.held_out import HeldOut

SMALLEST = 1e-12  # so that one score held to be impossible does not decide a comparison alone


@dataclass(frozen=True, slots=True)
class Scores:
    """Mean log score (nats) and CRPS (points) over clients, each counted once; smaller is better.

    `crps_by_row` counts each score once instead, as most papers do.
    """

    log_score: float
    crps: float
    crps_by_row: float
    clients: int
    rows: int


def log_score(held: HeldOut) -> Array:
    """Return -ln P(observed score) for each row, in nats.

    Source: Good 1952, J R Stat Soc B 14:107, doi 10.1111/j.2517-6161.1952.tb00104.x.
    """
    below, at_most = held.edges()
    return np.asarray(-np.log(np.maximum(at_most - below, SMALLEST)))


def crps(held: HeldOut) -> Array:
    """Return the continuous ranked probability score for each row, in points.

        sum over values y below the maximum of step (P(Y <= y) - 1[observed <= y])^2

    Source: Gneiting, Raftery 2007, J Am Stat Assoc 102:359, doi 10.1198/016214506000001437.
    """
    at_or_above = np.arange(held.cdf.shape[1]) >= held.place[:, None]
    return np.asarray(held.step * ((held.cdf - at_or_above)[:, :-1] ** 2).sum(axis=1))


def scores_of(held: HeldOut) -> Scores:
    """Return the mean scores of forecasts, each client counted once."""
    weight = held.weight()
    weight = weight / weight.sum()
    by_row = crps(held)
    return Scores(
        log_score=float(weight @ log_score(held)),
        crps=float(weight @ by_row),
        crps_by_row=float(by_row.mean()),
        clients=len(np.unique(held.person)),
        rows=len(by_row),
    )
