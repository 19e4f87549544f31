"""Nearest neighbours: how did it end for the people whose course looked most like this one?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from midcourse.course.basis import Axis
from midcourse.course.logistic import Line
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.evaluation.method import Asked, Predictions
from midcourse.evaluation.methods.chances import clipped_gaussian, forecast_said
from midcourse.evaluation.methods.change_rule import change_columns, ends_of, lines_by_change
from midcourse.evaluation.methods.points import Points, cannot_improve, points_asked, points_of, said
from midcourse.measures.scale import Scale

FEWEST = 20  # clients with a decision point
AT_MOST = 0.25  # of the clients to look among: half of a small clinic is no neighbourhood
PRIOR = 10.0  # clients' worth of the change rule's chance, so that none is 0 or 1 and few clients say little
FARTHEST = 0.2  # weight of the farthest neighbour beside one at the very same place


@dataclass(frozen=True)
class Neighbours:
    """Chances and forecasts from the `count` training clients nearest after as many scores.

    Distance is Euclidean in the first score, the latest, the mean so far and the slope so far, each in
    SDs. Where fewer than twice `count` clients have as many scores, every client stands in at the
    nearest number they have; `count` is at most a quarter of those. Nearer ones weigh more (tricube).
    Chances are their shares, with the change rule's beside them as ten more clients; their later
    scores are carried over as change from the latest score, with the spread they had. Risk is the
    chance of no reliable improvement; the alert is a chance above one half.
    """

    count: int = 30
    name: str = "nearest neighbours"
    source: str = "idea of Lutz et al. 2005, J Consult Clin Psychol 73:904, doi 10.1037/0022-006X.73.5.904"

    def learn(self, people: Sequence[Observed], scale: Scale, axis: Axis) -> "_LearnedNeighbours":
        """Keep the training clients' points.

        Raises ValueError where the scale has no reliable change or under 20 clients have three scores.
        """
        points = points_of(people, scale, FEWEST)
        ends = np.column_stack(ends_of(points, scale))
        return _LearnedNeighbours(scale, self.count, points, ends, lines_by_change(points, scale))


@dataclass(frozen=True)
class _LearnedNeighbours:
    scale: Scale
    count: int
    points: Points
    ends: NDArray[np.bool_]
    by_change: tuple[Line, Line]

    def predict(self, asked: Sequence[Asked]) -> Predictions:
        points = points_asked(asked, self.scale)
        shares, moments = np.empty((2, len(points.k))), np.empty((4, len(points.k)))
        count = np.empty(len(points.k))
        for k in np.unique(points.k):
            at = points.k == k
            near = _Near.among(self._candidates(int(k)), points.where(at), self.points, self.count)
            count[at] = near.chosen.shape[1]
            shares[:, at] = [near.mean(end) for end in self.ends.T.astype(float)]
            for row, target in ((0, self.points.next), (2, self.points.last)):
                moments[row : row + 2, at] = near.carried(target - self.points.latest, self.scale.step)
        prior = np.array([line.probability(change_columns(points)) for line in self.by_change])
        p, q = (shares * count + PRIOR * prior) / (count + PRIOR)
        p = np.where(cannot_improve(points, self.scale), 1.0, p)
        means, sds = points.latest + moments[::2], moments[1::2]
        cdfs = (clipped_gaussian(self.scale, mean, sd) for mean, sd in zip(means, sds, strict=True))
        forecast = forecast_said(self.scale, points, *cdfs)
        return said(points, Predictions(p, q, p, p > 0.5, forecast.next_cdf, forecast.last_cdf))

    def _candidates(self, k: int) -> NDArray[np.intp]:
        """Return the points to look among: those at k, or every client's nearest where they are few."""
        own = np.flatnonzero(self.points.k == k)
        if len(own) >= 2 * self.count:
            return own
        order = np.lexsort((np.abs(self.points.k - k), self.points.person))
        first = np.append(True, np.diff(self.points.person[order]) != 0)
        return np.asarray(order[first])


@dataclass(frozen=True)
class _Near:
    """The neighbours of each point asked about, as places in the training points, and their shares."""

    chosen: NDArray[np.intp]
    share: Array

    @classmethod
    def among(cls, candidates: NDArray[np.intp], asked: Points, points: Points, count: int) -> "_Near":
        """Return the nearest of the candidates, at most a quarter of them."""
        theirs, ours = _place(points)[candidates], _place(asked)
        width = np.where(theirs.std(axis=0) > 1e-9, theirs.std(axis=0), 1.0)
        distance = np.sqrt((((ours[:, None] - theirs[None]) / width) ** 2).sum(axis=2))
        count = min(count, int(len(candidates) * AT_MOST))
        nearest = np.argsort(distance, axis=1, kind="stable")[:, :count]
        found = np.take_along_axis(distance, nearest, axis=1)
        closeness = (1.0 - (found / (found[:, -1:] + 1e-9)) ** 3) ** 3
        weight = FARTHEST + (1.0 - FARTHEST) * closeness
        return cls(candidates[nearest], weight / weight.sum(axis=1, keepdims=True))

    def mean(self, values: Array) -> Array:
        """Return the neighbours' weighted mean of a value of the training points."""
        return np.asarray((self.share * values[self.chosen]).sum(axis=1))

    def carried(self, change: Array, step: float) -> tuple[Array, Array]:
        """Return mean and SD of the neighbours' change; the SD is at least one step of the scale."""
        mean = self.mean(change)
        variance = (self.share * (change[self.chosen] - mean[:, None]) ** 2).sum(axis=1)
        spent = 1.0 - (self.share**2).sum(axis=1)
        return mean, np.maximum(np.sqrt(variance / spent), step)


def _place(points: Points) -> Array:
    return np.column_stack([points.intake, points.latest, points.mean, points.slope])
