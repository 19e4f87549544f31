"""How often each state was right on held-out clients, counted from a run for signals to quote (ST7)."""

from collections.abc import Sequence
from typing import get_args

import numpy as np

from midcourse.course.observed import Observed
from midcourse.evaluation.alert_rate import eligible
from midcourse.evaluation.method import Predictions
from midcourse.evaluation.methods import OURS
from midcourse.evaluation.run import Run
from midcourse.evaluation.said import silent, states
from midcourse.evaluation.tasks import first_courses
from midcourse.signals.predictive_values import (
    PredictiveValue,
    PredictiveValues,
    Third,
    band_of,
    third_of,
)
from midcourse.signals.state import State
from midcourse.signals.two_stage import RULE_VERSION


def predictive_values(
    run: Run,
    people: Sequence[Observed],
    *,
    data_set: str,
    setting: str,
    acted_on: bool,
    method: str = OURS,
) -> PredictiveValues:
    """Return, for each state, band of scores and third of intake, how held-out clients ended.

    `people` are those of the run. Points with fewer than two later scores are left out, so that nothing
    is judged by a score it has seen (ST8). A client counts once per state and band: one who was on
    course at a score and drifting at the next, in one band, is among both. `acted_on` says whether
    people acted on these signals; such a table is never quoted as how often a signal is right.
    Raises KeyError for a method that was not run, ValueError for one that failed.
    """
    told = run.of(method)
    if told.predictions is None:
        raise ValueError(f"{method} made no predictions: {told.failed}")
    courses = first_courses(people)
    intakes = [courses[name].intake for name in run.truth.clients]
    # Cuts are first scores that were given, so that equal ones are never parted.
    low, high = np.quantile(intakes, (1 / 3, 2 / 3), method="inverted_cdf")
    cuts = float(low), float(high)
    change = run.scale.reliable_change
    return PredictiveValues(
        data_set=data_set,
        setting=setting,
        acted_on=acted_on,
        measure=run.scale.measure,
        reliable_change=None if change is None else change.points,
        rule=RULE_VERSION if method == OURS else f"{told.name}: {told.source}",
        clients=len(intakes),
        cuts=cuts,
        values=_values(run, told.predictions, [third_of(intake, cuts) for intake in intakes]),
    )


def _values(run: Run, said: Predictions, thirds: Sequence[Third]) -> tuple[PredictiveValue, ...]:
    """Every cell that has a client, in the order of states, bands and thirds."""
    seen: dict[tuple[State | None, int, Third], dict[int, bool]] = {}
    state = states(said)
    for row in np.flatnonzero(eligible(run.truth, silent(said))).tolist():
        client = int(run.truth.client[row])
        for one in (state[row], None):  # None: whatever was said
            cell = one, band_of(run.tasks.tasks[row].seen), thirds[client]
            seen.setdefault(cell, {})[client] = bool(run.truth.no_improvement[row])
    order = {one: number for number, one in enumerate((*State, None, *get_args(Third)))}
    cells = sorted(seen, key=lambda cell: (order[cell[0]], cell[1], order[cell[2]]))
    return tuple(PredictiveValue(*cell, k=sum(seen[cell].values()), n=len(seen[cell])) for cell in cells)
