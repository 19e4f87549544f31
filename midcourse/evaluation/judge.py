"""Judge the methods of a run: every figure with its interval, and how sure their differences are (ST8)."""

from collections.abc import Callable, Iterator

import numpy as np

from midcourse.course.moments import Array
from midcourse.evaluation.alerts import BUDGET, Alerts, threshold_for
from midcourse.evaluation.auc import roc
from midcourse.evaluation.bootstrap import DRAWS, FEWEST_DRAWS, client_weights, figure_of
from midcourse.evaluation.calibration import curve
from midcourse.evaluation.forecasts import ForecastFigures, bands, beside
from midcourse.evaluation.held_out import LAST, NEXT
from midcourse.evaluation.one_method import FORECASTS, NAMES, OneMethod
from midcourse.evaluation.run import Run, Told
from midcourse.evaluation.truth import Truth
from midcourse.evaluation.verdict import SMALLER_IS_BETTER, AtPoint, Difference, Judgement, Verdict

COMPARED = ("auc", "auc_deterioration", "brier", "log_loss", *FORECASTS)
COMPARED_ALERTS = ("sensitivity", "specificity", "ppv", "lead_time", "never")

Progress = Callable[[float], None]


def judge(
    run: Run,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    budget: float = BUDGET,
    progress: Progress | None = None,
) -> Judgement:
    """Return every figure of every method, with 95 % bootstrap intervals over clients.

    `budget` is the number of alerts per 100 scored sessions at which all methods are compared;
    `progress` is called with the share done, 0 to 1.
    Raises ValueError for fewer than 20 draws or a budget that is not above 0.
    """
    if draws < FEWEST_DRAWS or budget <= 0:
        raise ValueError(f"At least {FEWEST_DRAWS} draws and a budget above 0 are needed.")
    weight = client_weights(len(run.truth.clients), draws, seed)
    verdicts, able = [], []
    for number, told in enumerate(run.told):
        if told.predictions is None:
            verdicts.append(Verdict(told.name, told.source, told.failed))
        else:
            one = _Judged(told, run, weight, budget, seed)
            able.append(one)
            verdicts.append(one.verdict())
        if progress is not None:
            progress((number + 1) / (len(run.told) + 1))
    differences = tuple(d for one in able for other in able if one is not other for d in _compare(one, other))
    if progress is not None:
        progress(1.0)
    return _whole(run, draws, seed, budget, tuple(verdicts), differences)


def _whole(
    run: Run,
    draws: int,
    seed: int,
    budget: float,
    verdicts: tuple[Verdict, ...],
    differences: tuple[Difference, ...],
) -> Judgement:
    truth = run.truth
    return Judgement(
        measure=run.scale.measure,
        axis=run.axis,
        unit=run.tasks.unit,
        clients=len(truth.clients),
        too_short=run.tasks.too_short,
        repeated=run.tasks.repeated,
        events=_clients(truth, truth.no_improvement),
        deteriorated=_clients(truth, truth.deterioration),
        points=int(truth.fixed.sum()),
        folds=len(np.unique(truth.fold)),
        draws=draws,
        seed=seed,
        budget=budget,
        verdicts=verdicts,
        differences=differences,
    )


def _clients(truth: Truth, event: Array) -> int:
    return len(np.unique(truth.client[event == 1.0]))


class _Judged:
    """One method with its figures, ready to be compared with another."""

    def __init__(self, told: Told, run: Run, weight: Array, budget: float, seed: int) -> None:
        assert told.predictions is not None
        self.told, self.run, self.said, self.seed = told, run, told.predictions, seed
        self.one = OneMethod(self.said, run.truth, run.scale, weight)
        quiet = self.one.quiet
        self.threshold = threshold_for(run.truth, self.said.risk, quiet, budget)
        at_rate = np.nan_to_num(self.said.risk, nan=-np.inf) >= self.threshold
        self.alerts = {"published": self.one.published, "same_rate": Alerts(run.truth, at_rate, quiet)}
        self.alert_draws = {rule: alerts.draws(weight) for rule, alerts in self.alerts.items()}

    def verdict(self) -> Verdict:
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
        return AtPoint(k, len(np.unique(truth.client)), _clients(truth, truth.no_improvement), **figures)

    def _forecasts(self, name: str, cdf: Array | None, kind: int) -> ForecastFigures | None:
        if cdf is None:
            return None
        held = beside(cdf[self.one.fixed], kind, self.one.truth, self.run.scale)
        score, crps = (self.one.figure(f"{figure}_{name}") for figure in ("log_score", "crps"))
        found = bands(held, self.one.weight.shape[1] - 1, self.seed)
        return ForecastFigures(held.rows(), score, crps, found)


def _compare(one: _Judged, other: _Judged) -> Iterator[Difference]:
    names = one.told.name, other.told.name
    for name in COMPARED:
        rows = one.one.mask(name) & other.one.mask(name)
        if not one.one.why_not(name, rows):
            found = figure_of(one.one.draws(name, rows) - other.one.draws(name, rows))
            yield Difference(name, *names, found, name.startswith(SMALLER_IS_BETTER))
    for rule, mine in one.alert_draws.items():
        for name in COMPARED_ALERTS:
            found = figure_of(mine[name] - other.alert_draws[rule][name])
            if found.value is not None:
                yield Difference(f"{rule}_{name}", *names, found, name.startswith(SMALLER_IS_BETTER))
