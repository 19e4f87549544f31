"""How well risk puts those who need attention first: AUC, pooled and over pairs within the same fold."""

import numpy as np
from numpy.typing import NDArray

from midcourse.course.moments import Array
from midcourse.evaluation.bootstrap import ratio

MOST_ROC_POINTS = 100


def auc(risk: Array, event: NDArray[np.bool_], weight: Array, group: NDArray[np.intp] | None = None) -> Array:
    """Return the chance that an event has the higher risk than a non-event, ties counting half.

        sum over pairs (event i, non-event j) of w_i w_j (1[r_i > r_j] + 1[r_i = r_j] / 2) / sum of w_i w_j

    `risk` and `event` are (n,), `weight` (n, draws); with `group` only pairs within one group count,
    which is what a constant cannot lose by (ST13). NaN where there is no pair.
    Source: Mann, Whitney 1947, doi 10.1214/aoms/1177730491; Hanley, McNeil 1982, doi 10.1148/radiology.143.1.7063747.
    """
    if len(risk) == 0:
        return np.full(weight.shape[1], np.nan)
    among = np.zeros(len(risk), dtype=np.intp) if group is None else group
    order = np.lexsort((risk, among))
    risk, event, weight, among = risk[order], event[order], weight[order], among[order]
    new_group = np.append(True, np.diff(among) != 0)
    starts = np.flatnonzero(new_group | np.append(True, np.diff(risk) != 0))
    events = np.add.reduceat(weight * event[:, None], starts, axis=0)
    others = np.add.reduceat(weight * ~event[:, None], starts, axis=0)
    firsts = np.flatnonzero(new_group[starts])
    number = np.cumsum(new_group[starts]) - 1
    below = np.cumsum(others, axis=0) - others
    below -= below[firsts][number]  # only those below in the same group
    pairs = np.add.reduceat(events, firsts, axis=0) * np.add.reduceat(others, firsts, axis=0)
    return ratio((events * (below + others / 2)).sum(axis=0), pairs.sum(axis=0))


def roc(risk: Array, event: NDArray[np.bool_]) -> tuple[tuple[float, float], ...]:
    """Return points (1 - specificity, sensitivity) from (0, 0) to (1, 1), at most about 100.

    Empty where there are no events or no non-events.
    """
    if event.all() or not event.any():
        return ()
    order = np.argsort(-risk, kind="stable")
    last = np.append(np.diff(risk[order]) != 0, True)  # ties are flagged together
    hits = np.cumsum(event[order])[last] / event.sum()
    false = np.cumsum(~event[order])[last] / (~event).sum()
    kept = np.unique(np.linspace(0, len(hits) - 1, MOST_ROC_POINTS).round().astype(int))
    return ((0.0, 0.0), *zip(false[kept].tolist(), hits[kept].tolist(), strict=True))
