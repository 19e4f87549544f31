"""Decision points as arrays: what had been seen of each client, turned so that higher is always worse."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.evaluation.method import Asked, Predictions, no_improvement
from midcourse.measures.scale import Scale


@dataclass(frozen=True)
class Points:
    """One entry per decision point; scores are turned (`turned`), times on the course's clock.

    `k` counts the scores seen after the first; `mean` is theirs and the first's together, `slope` the
    least-squares change per unit of time over them. `next` and `last` are the scores that came at
    `next_time` and `horizon`, NaN where they are asked for. `person` numbers the clients.
    """

    person: NDArray[np.intp]
    k: NDArray[np.intp]
    intake: Array
    latest: Array
    mean: Array
    slope: Array
    now: Array
    next_time: Array
    horizon: Array
    next: Array
    last: Array

    @property
    def change(self) -> Array:
        """Return the change so far for the worse, in points."""
        return self.latest - self.intake

    def where(self, mask: NDArray[np.bool_]) -> "Points":
        """Return only the points of a mask."""
        return replace(self, **{field.name: getattr(self, field.name)[mask] for field in fields(self)})

    def weight(self) -> Array:
        """Return a weight for each point: proportional to 1/k, so that early points count, and 1 per client.

        Late in therapy the change so far nearly is the end; unweighted, such points would decide a fit.
        """
        weight = 1.0 / np.maximum(self.k, 1)
        return np.asarray(weight / np.bincount(self.person, weight)[self.person])


def turned(scale: Scale, scores: Array) -> Array:
    """Return scores mirrored between the scale's ends where higher is better, so that higher is worse."""
    return scale.minimum + scale.maximum - scores if scale.higher_is_better else scores


def points_of(people: Sequence[Observed], scale: Scale, fewest: int = 1) -> Points:
    """Return every decision point of the training clients: after each score with a later one, but the first.

    Raises ValueError where fewer than `fewest` clients have such a point (three scores or more).
    """
    blocks = [
        np.column_stack([np.full(len(p.scores) - 2, float(number)), _of_one(p, scale)])
        for number, p in enumerate(people)
        if len(p.scores) > 2
    ]
    if len(blocks) < fewest:
        raise ValueError(f"{len(blocks)} clients have three scores or more; at least {fewest} are needed.")
    return _from(np.concatenate(blocks))


def _of_one(person: Observed, scale: Scale) -> Array:
    times, scores = np.array(person.times), turned(scale, np.array(person.scores))
    so_far = _so_far(times, scores)[1:-1]
    ahead = [times[2:], np.full(len(so_far), times[-1]), scores[2:], np.full(len(so_far), scores[-1])]
    return np.column_stack([so_far, *ahead])


def points_asked(asked: Sequence[Asked], scale: Scale) -> Points:
    """Return the decision points a method is asked about; `person` is the place in the list."""
    rows = np.full((len(asked), len(fields(Points))), np.nan)
    for number, one in enumerate(asked):
        so_far = _so_far(np.array(one.seen.times), turned(scale, np.array(one.seen.scores)))[-1]
        rows[number, :-2] = [number, *so_far, one.next_time, one.horizon]
    return _from(rows)


def _so_far(times: Array, scores: Array) -> Array:
    """Return k, intake, latest, mean, slope and now after each score of one client."""
    count = np.arange(1.0, len(times) + 1)
    elapsed = times - times[0]
    t, y = np.cumsum(elapsed), np.cumsum(scores)
    tt, ty = np.cumsum(elapsed**2) - t * t / count, np.cumsum(elapsed * scores) - t * y / count
    slope = np.divide(ty, tt, out=np.zeros_like(tt), where=tt > 1e-9)
    return np.column_stack([count - 1, np.full_like(t, scores[0]), scores, y / count, slope, times])


def _from(rows: Array) -> Points:
    person, k, *rest = rows.T
    return Points(person.astype(np.intp), k.astype(np.intp), *rest)


def cannot_improve(points: Points, scale: Scale) -> NDArray[np.bool_]:
    """Return whose first score is too near the best one to leave room for reliable improvement."""
    lowest = np.full(len(points.k), scale.minimum)
    sign = -1.0 if scale.higher_is_better else 1.0
    return no_improvement(scale, sign * points.intake, sign * lowest)


def said(points: Points, predictions: Predictions) -> Predictions:
    """Return the predictions with nothing said where only the first score had been seen."""
    silent = points.k < 1
    blank = [
        None if values is None else np.where(silent[:, None], np.nan, values)
        for values in (predictions.next_cdf, predictions.last_cdf)
    ]
    p, q, risk = (
        np.where(silent, np.nan, values)
        for values in (predictions.p_no_improvement, predictions.p_deterioration, predictions.risk)
    )
    return Predictions(p, q, risk, predictions.alert & ~silent, *blank)
