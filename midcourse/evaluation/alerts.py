"""Is an alert right, early, and rare enough? Sensitivity, specificity, PPV, load and lead time (ST7, ST8)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from midcourse.course.moments import Array
from midcourse.evaluation.alert_rate import Mask, eligible
from midcourse.evaluation.bootstrap import Figure, figure_of, ratio, too_few
from midcourse.evaluation.truth import Truth
from midcourse.signals.budget import alerts_of


@dataclass(frozen=True, slots=True)
class AlertFigures:
    """What acting on alerts would be like.

    Client by client, by the first alert at any session: `sensitivity`, `specificity`, `ppv`; `lead_time`
    the mean number of scores from the first alert to the last one over true alerts, `leads` how many
    true alerts came that many scores ahead, `never` the share of events never alerted. `per_100` alerts
    per 100 scored sessions. At the fixed points, row by row: `at_points` (the same three).
    `threshold` is None for a published rule. Sessions with fewer than two later scores are in none of it.
    """

    threshold: float | None
    sensitivity: Figure
    specificity: Figure
    ppv: Figure
    per_100: Figure
    lead_time: Figure
    never: Figure
    at_points: tuple[Figure, Figure, Figure]
    leads: tuple[tuple[int, int], ...]
    clients: int
    events: int
    alerted: int
    sessions: int


class Alerts:
    """The alerts of one method under one rule, summed by client so that every draw is one product."""

    def __init__(self, truth: Truth, on: Mask, silent: Mask) -> None:
        """Take the state (on or off) at every session, sorted by client and session."""
        count = len(truth.clients)
        self.counts = eligible(truth, silent)
        self.on = on & ~silent
        self.alerts = alerts_of(truth.client, self.on) & self.counts
        self.event = np.full(count, np.nan)
        self.event[truth.client[self.counts]] = truth.no_improvement[self.counts]
        self.known = ~np.isnan(self.event)
        self.happened = self.event == 1.0
        self.first = _first(truth, self.alerts)
        self.alerted = self.first >= 0
        self.lead = np.where(self.alerted, truth.later[np.maximum(self.first, 0)], 0).astype(float)
        self.truth = truth

    def per_client(self, mask: Mask) -> Array:
        """Return how many rows of a mask each client has."""
        return np.bincount(self.truth.client[mask], minlength=len(self.known)).astype(float)

    def draws(self, weight: Array) -> dict[str, Array]:
        """Return each figure under each column of client weights (clients, draws)."""
        hit, missed = self.happened & self.alerted, self.happened & ~self.alerted
        false, spared = (self.known & ~self.happened & which for which in (self.alerted, ~self.alerted))
        tp, fn, fp, tn = (which @ weight for which in (hit, missed, false, spared))
        load = ratio(self.per_client(self.alerts) @ weight, self.per_client(self.counts) @ weight)
        return {
            "sensitivity": ratio(tp, tp + fn),
            "specificity": ratio(tn, tn + fp),
            "ppv": ratio(tp, tp + fp),
            "per_100": 100.0 * load,
            "lead_time": ratio((self.lead * hit) @ weight, tp),
            "never": ratio(fn, tp + fn),
        }

    def point_draws(self, weight: Array) -> tuple[Array, Array, Array]:
        """Return sensitivity, specificity and PPV row by row at the fixed points."""
        rows = self.counts & self.truth.fixed
        event = rows & (self.truth.no_improvement == 1.0)
        cells = (event & self.on, event & ~self.on, rows & ~event & self.on, rows & ~event & ~self.on)
        tp, fn, fp, tn = (self.per_client(cell) @ weight for cell in cells)
        return ratio(tp, tp + fn), ratio(tn, tn + fp), ratio(tp, tp + fp)

    def why_not(self) -> str:
        """Return why sensitivity cannot be estimated, or nothing where it can."""
        return too_few(self.happened[self.known], np.flatnonzero(self.known))

    def figures(self, weight: Array, threshold: float | None) -> AlertFigures:
        """Return all figures with their intervals."""
        drawn = self.draws(weight)
        few = self.why_not()
        found = {name: figure_of(values, "no alert was made") for name, values in drawn.items()}
        points = [figure_of(values, "no alert was made") for values in self.point_draws(weight)]
        if few:
            found["sensitivity"] = found["never"] = points[0] = Figure(None, note=few)
        leads = self.lead[self.happened & self.alerted].astype(int)
        return AlertFigures(
            threshold=threshold,
            **found,
            at_points=(points[0], points[1], points[2]),
            leads=tuple((int(n), int((leads == n).sum())) for n in np.unique(leads)),
            clients=int(self.known.sum()),
            events=int(self.happened.sum()),
            alerted=int(self.alerted.sum()),
            sessions=int(self.counts.sum()),
        )


def _first(truth: Truth, alerts: Mask) -> NDArray[np.intp]:
    """The row of each client's first alert, or -1."""
    first = np.full(len(truth.clients), -1, dtype=np.intp)
    rows = np.flatnonzero(alerts)[::-1]
    first[truth.client[rows]] = rows
    return first
