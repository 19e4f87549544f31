"""How sure a figure is: whole clients drawn again, all draws at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from midcourse.course.moments import Array

DRAWS = 200
FEWEST_EVENTS = 20  # below this many events or non-events a figure of ranks or slopes is not estimable (ST8)
FEWEST_DRAWS = 20  # below this many draws (or usable ones) there is no interval
LOW, HIGH = 0.025, 0.975


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its 95 % bootstrap interval over clients; None where there is none, and why."""

    value: float | None
    low: float | None = None
    high: float | None = None
    note: str = ""


def client_weights(clients: int, draws: int = DRAWS, seed: int = 0) -> Array:
    """Return how often each client is in each draw, shape (clients, draws + 1); the first column is all ones.

    Source: Efron 1979, Ann Stat 7:1, doi 10.1214/aos/1176344552 (here clients are drawn, not rows).
    """
    drawn = np.random.RandomState(seed).multinomial(clients, np.full(clients, 1.0 / clients), draws)
    return np.concatenate([np.ones((clients, 1)), drawn.T.astype(float)], axis=1)


def ratio(top: Array, bottom: Array) -> Array:
    """Return top / bottom, NaN where the bottom is 0."""
    out: Array = np.divide(top, bottom, out=np.full(np.shape(top), np.nan), where=bottom != 0)
    return out


def mean_of_rows(values: Array, weight: Array) -> Array:
    """Return the weighted mean of values (n,) under each column of weights (n, draws + 1)."""
    return ratio(values @ weight, weight.sum(axis=0))


def figure_of(values: Array, note: str = "") -> Figure:
    """Return a figure from its value (first) and its value in each draw: percentiles 2.5 and 97.5.

    Draws in which it does not exist are left out; a figure that does not exist at all has `note`.
    """
    if not np.isfinite(values[0]):
        return Figure(None, note=note or "not estimable")
    drawn = values[1:][np.isfinite(values[1:])]
    if len(drawn) < FEWEST_DRAWS:
        return Figure(float(values[0]))
    low, high = np.quantile(drawn, (LOW, HIGH))
    return Figure(float(values[0]), float(low), float(high))


def too_few(event: NDArray[np.bool_], client: NDArray[np.intp]) -> str:
    """Return why ranks and slopes cannot be estimated, or nothing where they can.

    Events are counted in clients: a client asked about five times is still one.
    """
    events, others = (len(np.unique(client[which])) for which in (event, ~event))
    if events < FEWEST_EVENTS:
        return f"not estimable ({events} events)"
    if others < FEWEST_EVENTS:
        return f"not estimable ({others} non-events)"
    return ""
