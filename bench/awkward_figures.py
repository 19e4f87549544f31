"""One invented clinic judged twice: by the last observed score (ST8), and by the score at the planned end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.awkward_clinic import (
    PlannedEnd,
    all_folds,
    clock_of,
    people_of,
    planned_end,
    points_of_both,
    scale_of,
)
from bench.awkward_switches import Switch
from midcourse.course.observed import Observed
from midcourse.evaluation.forecasts import ForecastFigures
from midcourse.evaluation.judge import judge
from midcourse.evaluation.method import Method, Predictions, deterioration, no_improvement
from midcourse.evaluation.methods.change_rule import ChangeRule
from midcourse.evaluation.methods.landmark import Landmark
from midcourse.evaluation.methods.ornstein_uhlenbeck import OrnsteinUhlenbeck
from midcourse.evaluation.methods.policy import Policy
from midcourse.evaluation.run import Run, Told, run
from midcourse.evaluation.truth import Truth
from midcourse.evaluation.verdict import Verdict
from midcourse.simulate import simulate

METHODS: tuple[Method, ...] = (Policy(), OrnsteinUhlenbeck(), Landmark(), ChangeRule())
DRAWS = 20  # the fewest there are: errors here are those between clinics
AT_END = ("auc", "log_loss", "slope", "intercept", "crps_last")
AT_LAST = ("auc", "log_loss", "slope", "intercept", "crps_next", "crps_last")

Figures = dict[str, float]


@dataclass(frozen=True)
class Judged:
    """Every method's figures in one clinic, what the clinic was like, and who could not answer."""

    methods: Mapping[str, Figures]
    clinic: Figures
    failed: Mapping[str, str]


def judged(
    switch: Switch, clients: int, seed: int, folds: int, methods: Sequence[Method] = METHODS
) -> Judged:
    """Simulate one clinic and judge the methods in it by both truths; figures that cannot be are NaN.

    Names that begin with `end_` are by the score at the planned end, the others by the last observed one.
    Raises ValueError where too few clients can be judged for so many folds.
    """
    design = switch.design(clients)
    people, end = people_of(simulate(design, seed)), planned_end(design, seed)
    points, first_to_end = points_of_both(people, end, all_folds(people, folds, seed))
    both = run(methods, people, scale_of(design), clock_of(design), points)
    at_end = np.arange(len(points.tasks)) >= first_to_end
    by_last, by_end = part(both, ~at_end), with_end(part(both, at_end), people, end)
    last, planned = (judge(one, draws=DRAWS, seed=seed) for one in (by_last, by_end))
    told = {v.name: figures_of(v) | end_figures(planned.of(v.name)) for v in last.verdicts}
    return Judged(
        told,
        clinic_figures(people, by_last.truth, by_end.truth),
        {v.name: v.failed for v in last.verdicts if v.failed is not None},
    )


def part(both: Run, rows: NDArray[np.bool_]) -> Run:
    """Return some rows of a run as a run of their own; clients keep their numbers."""
    tasks = tuple(task for task, kept in zip(both.tasks.tasks, rows, strict=True) if kept)
    return replace(
        both,
        tasks=replace(both.tasks, tasks=tasks),
        truth=both.truth.where(rows),
        told=tuple(_part(told, rows) for told in both.told),
    )


def _part(told: Told, rows: NDArray[np.bool_]) -> Told:
    said = told.predictions
    if said is None:
        return told
    arrays = {field.name: getattr(said, field.name) for field in fields(Predictions) if field.name != "state"}
    state = None if said.state is None else tuple(s for s, kept in zip(said.state, rows, strict=True) if kept)
    kept: dict[str, Any] = {name: None if array is None else array[rows] for name, array in arrays.items()}
    return replace(told, predictions=Predictions(**kept, state=state))


def with_end(asked: Run, people: Sequence[Observed], end: PlannedEnd) -> Run:
    """Return a run whose truth is the score at the planned end, against the first one observed."""
    place = {person.client_id: number for number, person in enumerate(people)}
    who = np.array([place[task.client_id] for task in asked.tasks.tasks])
    first, last = np.array([person.intake for person in people])[who], end.score[who]
    truth = replace(
        asked.truth,
        next_score=np.full(len(who), np.nan),
        last_score=last,
        no_improvement=no_improvement(asked.scale, first, last).astype(float),
        deterioration=deterioration(asked.scale, first, last).astype(float),
    )
    return replace(asked, truth=truth)


def figures_of(verdict: Verdict) -> Figures:
    """Return a method's figures by the last observed score.

    Alerts are those of the policy's own thresholds, learned on the training folds for the budget of 5;
    a method without learned thresholds is held to the budget by one on its risk, set afterwards.
    """
    found = {name: _value(verdict, name) for name in AT_LAST}
    found["cover_next"], found["cover_last"] = cover(verdict.next_score), cover(verdict.last_score)
    alerts = verdict.published if verdict.name == Policy().name else verdict.same_rate
    for name in ("per_100", "sensitivity", "lead_time"):
        value = None if alerts is None else getattr(alerts, name).value
        found[name] = np.nan if value is None else float(value)
    return found


def end_figures(verdict: Verdict) -> Figures:
    """Return a method's figures by the score at the planned end, their names beginning with `end_`."""
    found = {f"end_{name}": _value(verdict, name) for name in AT_END}
    return found | {"end_cover_last": cover(verdict.last_score)}


def _value(verdict: Verdict, name: str) -> float:
    figure = verdict.figures.get(name)
    return np.nan if figure is None or figure.value is None else figure.value


def cover(forecasts: ForecastFigures | None) -> float:
    """Return the share of scores inside the central 80 % bands, NaN without forecasts."""
    return forecasts.coverage[0].pooled if forecasts is not None and forecasts.coverage else np.nan


def clinic_figures(people: Sequence[Observed], last: Truth, end: Truth) -> Figures:
    """Return what the clinic was like: who can be judged, scores each, and shares without improvement.

    Shares are of the fixed points, as all figures of probabilities are.
    """
    return {
        "judged": float(len(np.unique(last.client))),
        "scores": float(np.mean([len(person.scores) for person in people])),
        "events_last": float(last.no_improvement[last.fixed].mean()),
        "events_end": float(end.no_improvement.mean()),
        "asked_end": float(len(end.client)),
    }
