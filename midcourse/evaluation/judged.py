"""One method judged, and held against another in the same draws."""

from collections.abc import Iterator

import numpy as np

from midcourse.course.moments import Array
from midcourse.evaluation.alert_rate import threshold_for
from midcourse.evaluation.alerts import Alerts
from midcourse.evaluation.auc import roc
from midcourse.evaluation.bootstrap import figure_of
from midcourse.evaluation.calibration import curve
from midcourse.evaluation.forecasts import ForecastFigures, bands, beside
from midcourse.evaluation.held_out import LAST, NEXT
from midcourse.evaluation.method import Predictions
from midcourse.evaluation.one_method import FORECASTS, NAMES, OneMethod
from midcourse.evaluation.run import Run, Told
from midcourse.evaluation.verdict import SMALLER_IS_BETTER, AtPoint, Difference, Verdict

COMPARED = ("auc", "auc_deterioration", "brier", "log_loss", *FORECASTS)
COMPARED_ALERTS = ("sensitivity", "specificity", "ppv", "lead_time", "never")


class Judged:
    """One method with its figures, ready to be compared with another."""

    def __init__(
        self, told: Told, said: Predictions, run: Run, weight: Array, budget: float, seed: int
    ) -> None:
        """Take what a method said, and find the threshold at which it alerts about `budget` times per 100 sessions."""
        self.told, self.run, self.said, self.seed = told, run, said, seed
        self.one = OneMethod(self.said, run.truth, run.scale, weight)
        quiet = self.one.waiting
        self.threshold = threshold_for(run.truth, self.said.risk, quiet, budget)
        at_rate = np.nan_to_num(self.said.risk, nan=-np.inf) >= self.threshold
        self.alerts = {"published": self.one.published, "same_rate": Alerts(run.truth, at_rate, quiet)}
        self.alert_draws = {rule: alerts.draws(weight) for rule, alerts in self.alerts.items()}

    def verdict(self) -> Verdict:
        """Return all figures of this method with their intervals."""
        one, speaks = self.one, bool(self.one.published.counts.any())
        rows = one.mask("auc")
        p_rows = one.mask("brier")
        event = one.truth.no_improvement == 1.0
        return Verdict(
            name=self.told.name,
            source=self.told.source,
            points=len(one.p),
            silent=int(one.quiet[one.fixed].sum()),
            figures={name: one.figure(name) for name in NAMES},
            by_point=tuple(self._at(int(k)) for k in np.unique(one.truth.k)),
            curve=curve(one.p[p_rows], event[p_rows].astype(float), one.row_weight[p_rows])
            if p_rows.any()
            else (),
            roc=roc(one.risk[rows], event[rows]),
            published=self.alerts["published"].figures(one.weight, None) if speaks else None,
            same_rate=self.alerts["same_rate"].figures(one.weight, self.threshold) if speaks else None,
            next_score=self._forecasts("next", self.said.next_cdf, NEXT),
            last_score=self._forecasts("last", self.said.last_cdf, LAST),
        )

    def _at(self, k: int) -> AtPoint:
        here = self.one.truth.k == k
        truth = self.one.truth.where(here)
        figures = {name: self.one.figure(name, here) for name in ("auc", "brier", "log_loss", "crps_last")}
        return AtPoint(k, len(np.unique(truth.client)), truth.clients_with(truth.no_improvement), **figures)

    def _forecasts(self, name: str, cdf: Array | None, kind: int) -> ForecastFigures | None:
        if cdf is None:
            return None
        held = beside(cdf[self.one.fixed], kind, self.one.truth, self.run.scale)
        score, crps = (self.one.figure(f"{figure}_{name}") for figure in ("log_score", "crps"))
        found = bands(held, self.one.weight.shape[1] - 1, self.seed)
        return ForecastFigures(held.rows(), score, crps, found)


def compare(one: Judged, other: Judged) -> Iterator[Difference]:
    """Return every figure of `one` minus that of `other`, on shared rows and in the same draws."""
    names = one.told.name, other.told.name
    for name in COMPARED:
        rows = one.one.mask(name) & other.one.mask(name)
        if not one.one.why_not(name, rows):
            found = figure_of(one.one.draws(name, rows) - other.one.draws(name, rows))
            yield Difference(name, *names, found, name.startswith(SMALLER_IS_BETTER))
    for rule, mine in one.alert_draws.items():
        few = one.alerts[rule].why_not() or other.alerts[rule].why_not()
        for name in COMPARED_ALERTS:
            if few and name in ("sensitivity", "never"):
                continue
            found = figure_of(mine[name] - other.alert_draws[rule][name])
            if found.value is not None:
                yield Difference(f"{rule}_{name}", *names, found, name.startswith(SMALLER_IS_BETTER))
