"""Write what a method predicted, so that others can score it."""

import csv
from pathlib import Path

import numpy as np

from midcourse.course.moments import Array
from midcourse.evaluation.run import Run
from midcourse.evaluation.said import mean_of, quantile_of, sd_of, states
from midcourse.measures.scale import Scale

COLUMNS = (
    "client_id,k,p_no_improvement,p_deterioration,risk,"
    "pred_mean_last,sd_last,lo80,hi80,lo95,hi95,"
    "pred_mean_next,sd_next,lo80_next,hi80_next,lo95_next,hi95_next,state"
).split(",")
ENDS = (0.1, 0.9, 0.025, 0.975)


def write_predictions(path: str | Path, run: Run, name: str) -> None:
    """Write one method's predictions at the fixed points as CSV, a line for each client_id and k.

    Intervals run from the smallest score y with P(Y <= y) >= 0.1 (0.025) to that of 0.9 (0.975); without
    `_next` they are at the horizon. A cell is empty where the method says nothing.
    Raises KeyError for a method that was not run, ValueError, with the reason, for one that failed.
    """
    told = run.of(name)
    said = told.predictions
    if said is None:
        raise ValueError(f"{name} made no predictions: {told.failed}")
    count = len(run.tasks.tasks)
    last, following = (_summary(cdf, count, run.scale) for cdf in (said.last_cdf, said.next_cdf))
    numbers = np.column_stack([said.p_no_improvement, said.p_deterioration, said.risk, last, following])
    spoken = states(said)
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row, task in enumerate(run.tasks.tasks):
            if task.fixed:
                cells = ["" if np.isnan(number) else f"{number:.10g}" for number in numbers[row]]
                writer.writerow([task.client_id, task.k, *cells, spoken[row].value])


def _summary(cdf: Array | None, count: int, scale: Scale) -> Array:
    """Mean, SD and the four ends of each row."""
    if cdf is None:
        return np.full((count, 2 + len(ENDS)), np.nan)
    ends = [quantile_of(cdf, p, scale) for p in ENDS]
    return np.column_stack([mean_of(cdf, scale), sd_of(cdf, scale), *ends])
