"""One alert budget for a person with several measures: each measure's share of it, learned on held-out chances."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from midcourse.course.moments import Array
from midcourse.signals.budget import Mask, Sessions, alerts_of, thresholds_for
from midcourse.signals.two_stage import ALERT_BUDGET, SOFT_BUDGET, Thresholds

HALVINGS = 9  # of the span of shares in which the common one is sought


def thresholds_for_people(
    held: Sequence[Sessions], alert_budget: float = ALERT_BUDGET, soft_budget: float = SOFT_BUDGET
) -> tuple[Thresholds, ...]:
    """Return each measure's thresholds such that the alerts of people, not of measures, keep to the budget.

    Every measure gets the same share of the budgets, sought by halving between 1 / (measures) and 1, at
    which a person's alerts (any measure, once a session) come nearest to the budget; no outcome is used.
    """
    found = tuple(thresholds_for(one, alert_budget, soft_budget) for one in held)
    if len(held) < 2:
        return found
    low, high = 1.0 / len(held), 1.0
    nearest = abs(rate_of_people(held, found) - alert_budget)
    for _ in range(HALVINGS):
        share = (low + high) / 2
        tried = tuple(thresholds_for(one, share * alert_budget, share * soft_budget) for one in held)
        rate = rate_of_people(held, tried)
        if abs(rate - alert_budget) < nearest:
            found, nearest = tried, abs(rate - alert_budget)
        low, high = (low, share) if rate > alert_budget else (share, high)
    return found


def rate_of_people(held: Sequence[Sessions], thresholds: Sequence[Thresholds]) -> float:
    """Return the alerts per 100 sessions of people, a session counting once however many measures fire.

    Sessions of two measures are the same where the client and the time on the clock are; between its own
    sessions a measure keeps its state.
    """
    names = {name: number for number, name in enumerate(sorted({n for one in held for n in one.names}))}
    keys = [_keys(one, names) for one in held]
    every, place = np.unique(np.concatenate(keys), axis=0, return_inverse=True)
    ends = np.cumsum([0, *(len(one) for one in keys)])
    on, counts = np.zeros(len(every), dtype=bool), np.zeros(len(every), dtype=bool)
    for number, (one, limits) in enumerate(zip(held, thresholds, strict=True)):
        at = place.ravel()[ends[number] : ends[number + 1]]
        counts[at] |= one.counts
        on |= _carried(every[:, 0], at, one.alarmed(limits))
    return 100.0 * float(alerts_of(every[:, 0], on)[counts].mean())


def _keys(held: Sessions, names: dict[str, int]) -> Array:
    """Client and time of each session; times that differ by rounding alone are one."""
    client = np.array([names[name] for name in held.names])[held.person]
    return np.column_stack([client, np.round(held.time, 6)])


def _carried(client: Array, at: NDArray[np.intp], on: Mask) -> Mask:
    """A measure's state at every session of its clients: as at its own latest one, off before the first."""
    latest = np.full(len(client), -1)
    latest[at] = at
    latest = np.maximum.accumulate(latest)
    known = (latest >= 0) & (client[np.maximum(latest, 0)] == client)
    state = np.zeros(len(client), dtype=bool)
    state[at] = on
    return np.asarray(known & state[np.maximum(latest, 0)])
