"""Every figure of one method under every draw of clients, on its own rows or on those shared with another."""

import numpy as np
from numpy.typing import NDArray

from midcourse.course.moments import Array
from midcourse.evaluation.alerts import Alerts
from midcourse.evaluation.auc import auc
from midcourse.evaluation.bootstrap import Figure, figure_of, mean_of_rows, too_few
from midcourse.evaluation.calibration import brier, intercept, log_loss, slope
from midcourse.evaluation.forecasts import beside, spoken
from midcourse.evaluation.held_out import LAST, NEXT
from midcourse.evaluation.method import Predictions
from midcourse.evaluation.said import silent
from midcourse.evaluation.scores import crps, log_score
from midcourse.evaluation.truth import Truth
from midcourse.measures.scale import Scale

# Figures of ranks and slopes need enough events; the others are means of rows.
RANKED = ("auc", "auc_pooled", "auc_deterioration", "slope", "intercept")
PROBABILITIES = ("brier", "log_loss", "brier_deterioration", "log_loss_deterioration")
FORECASTS = ("log_score_next", "crps_next", "log_score_last", "crps_last")
NAMES = (*RANKED, *PROBABILITIES, *FORECASTS)

Mask = NDArray[np.bool_]


class OneMethod:
    """One method's answers at the fixed points beside what came, with the weights of all draws.

    `weight` is (clients, draws + 1) with ones in its first column.
    """

    def __init__(self, said: Predictions, truth: Truth, scale: Scale, weight: Array) -> None:
        """Compute what each row is worth, once."""
        self.weight, self.fixed = weight, truth.fixed
        self.truth = truth.where(self.fixed)
        self.row_weight = weight[self.truth.client]
        self.p = said.p_no_improvement[self.fixed]
        self.risk = said.risk[self.fixed]
        worse = said.p_deterioration[self.fixed]
        self.worse = self.risk if np.isnan(worse).all() else worse
        self.rows = self._rows(worse, said, scale)
        self.memory: dict[tuple[str, bytes], Array] = {}
        self.quiet = silent(said)
        # With the first score alone nothing has happened yet, so no method may alert there.
        self.waiting = self.quiet | (truth.k == 0)
        self.published = Alerts(truth, said.alert, self.waiting)

    def _rows(self, worse: Array, said: Predictions, scale: Scale) -> dict[str, Array]:
        """What each row adds to the figures that are means, NaN where nothing is said or known."""
        truth = self.truth
        found = {
            "brier": brier(self.p, truth.no_improvement),
            "log_loss": _known(log_loss(self.p, truth.no_improvement), self.p, truth.no_improvement),
            "brier_deterioration": brier(worse, truth.deterioration),
            "log_loss_deterioration": _known(
                log_loss(worse, truth.deterioration), worse, truth.deterioration
            ),
        }
        for name, kind, cdf, score in (
            ("next", NEXT, said.next_cdf, truth.next_score),
            ("last", LAST, said.last_cdf, truth.last_score),
        ):
            for figure, rule in (("log_score", log_score), ("crps", crps)):
                values = np.full(len(self.p), np.nan)
                if cdf is not None:
                    mine = cdf[self.fixed]
                    values[spoken(mine, score)] = rule(beside(mine, kind, truth, scale))
                found[f"{figure}_{name}"] = values
        return found

    def mask(self, name: str) -> Mask:
        """Return the rows that a figure is made of."""
        if name in self.rows:
            return ~np.isnan(self.rows[name])
        said = {"auc_deterioration": self.worse, "slope": self.p, "intercept": self.p}.get(name, self.risk)
        return ~(np.isnan(said) | np.isnan(self.truth.no_improvement))

    def draws(self, name: str, mask: Mask) -> Array:
        """Return a figure's value, then its value in each draw, on the rows of a mask."""
        key = name, mask.tobytes()
        if key not in self.memory:
            self.memory[key] = self._draws(name, mask)
        return self.memory[key]

    def _draws(self, name: str, mask: Mask) -> Array:
        weight = self.row_weight[mask]
        if name in self.rows:
            return mean_of_rows(self.rows[name][mask], weight)
        truth = self.truth.where(mask)
        if name == "slope":
            return slope(self.p[mask], truth.no_improvement, weight)
        if name == "intercept":
            return intercept(self.p[mask], truth.no_improvement, weight)
        if name == "auc_deterioration":
            return auc(self.worse[mask], truth.deterioration == 1.0, weight, truth.fold)
        among = truth.fold if name == "auc" else None
        return auc(self.risk[mask], truth.no_improvement == 1.0, weight, among)

    def why_not(self, name: str, mask: Mask) -> str:
        """Return why a figure cannot be estimated on these rows, or nothing where it can."""
        if not mask.any():
            return "this method does not say it"
        if name not in RANKED:
            return ""
        truth = self.truth.where(mask)
        event = truth.deterioration if name == "auc_deterioration" else truth.no_improvement
        return too_few(event == 1.0, truth.client)

    def figure(self, name: str, mask: Mask | None = None) -> Figure:
        """Return a figure with its interval, on its own rows or only on those of a mask."""
        own = self.mask(name) if mask is None else self.mask(name) & mask
        why = self.why_not(name, own)
        if why:
            return Figure(None, note=why)
        return figure_of(
            self.draws(name, own), "not estimable: the probabilities do not vary, or separate all"
        )


def _known(values: Array, said: Array, event: Array) -> Array:
    return np.where(np.isnan(said) | np.isnan(event), np.nan, values)
