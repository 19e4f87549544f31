"""Logistic regression after each score on intake and change so far: the form of the Oracle algorithm."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from midcourse.course.basis import Axis
from midcourse.course.logistic import Line, fitted_line
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.evaluation.method import Asked, Predictions
from midcourse.evaluation.methods.change_rule import FEWEST, PRECISION, change_columns, ends_of
from midcourse.evaluation.methods.points import Points, cannot_improve, points_asked, points_of, said
from midcourse.measures.scale import Scale

POOLED_PRECISION = 5.0  # per SD: below about 100 clients the chances stay near the change rule's
BENT_PRECISION = 5.0  # of the squares, which are left out below
ENOUGH_FOR_BENDS = 200  # clients: with fewer a bent line followed their luck (real data)
OCCASION_PRECISION = 10.0  # an occasion's own line is pulled towards the one pooled over occasions
ENOUGH = 100  # clients at an occasion, for a line of its own
ENOUGH_EVENTS = 20  # and events and non-events


@dataclass(frozen=True)
class OracleLogistic:
    """Chances from a logistic line in intake and change so far, one line per number of scores seen.

    Each occasion's line corrects one pooled over occasions, which corrects the change rule's; all are
    penalised, so that with few clients, events or occasions the simpler one speaks. `curved` adds
    squares and the product of intake and change: someone whose first score leaves no room for
    reliable improvement cannot reach it, which no straight line says. Risk is the chance of no reliable
    improvement; the alert is a chance above one half. Not their coefficients: fitted to these clients.
    """

    curved: bool = False
    source: str = "form of Bone et al. 2021, Lancet Digit Health 3:e231, doi 10.1016/S2589-7500(21)00018-2"

    @property
    def name(self) -> str:
        """Return the method's name."""
        return "logistic, curved" if self.curved else "logistic"

    def learn(self, people: Sequence[Observed], scale: Scale, axis: Axis) -> "_LearnedLogistic":
        """Learn the lines of both ends.

        Raises ValueError where the scale has no reliable change or under 10 clients have three scores.
        """
        points = points_of(people, scale, FEWEST)
        without, worse = (_lines(points, end, self.curved) for end in ends_of(points, scale))
        return _LearnedLogistic(scale, without, worse)


@dataclass(frozen=True)
class _Lines:
    change: Line
    pooled: Line
    own: dict[int, Line]
    middle: float | None

    def log_odds(self, points: Points) -> Array:
        """Return the log odds at each point."""
        out = self.common(points)
        for k, line in self.own.items():
            at = points.k == k
            out[at] += line.log_odds(_straight(points.where(at)))
        return out

    def common(self, points: Points) -> Array:
        """Return the log odds that are pooled over occasions."""
        change = self.change.log_odds(change_columns(points))
        return np.asarray(change + self.pooled.log_odds(_columns(points, self.middle)))


def _straight(points: Points) -> Array:
    return np.column_stack([points.intake, points.change])


def _columns(points: Points, middle: float | None) -> Array:
    """Return intake and change, as such and times ln(scores seen), and the bent columns where there are any."""
    both, occasion = _straight(points), np.log(np.maximum(points.k, 1))[:, None]
    parts = [both, both * occasion]
    if middle is not None:
        intake = points.intake - middle
        parts.append(np.column_stack([intake**2, intake * points.change, points.change**2]))
    return np.column_stack(parts)


def _lines(points: Points, end: NDArray[np.bool_], curved: bool) -> _Lines:
    weight, change = points.weight(), change_columns(points)
    first = fitted_line(change, end, weight, PRECISION)
    curved = curved and weight.sum() >= ENOUGH_FOR_BENDS  # each client weighs 1
    middle = float(np.average(points.intake, weights=weight)) if curved else None
    columns = _columns(points, middle)
    precision = np.append(np.full(4, POOLED_PRECISION), np.full(columns.shape[1] - 4, BENT_PRECISION))
    pooled = fitted_line(columns, end, weight, precision, first.log_odds(change))
    common = _Lines(first, pooled, {}, middle)
    own = {int(k): line for k in np.unique(points.k) if (line := _own(points, end, k, common)) is not None}
    return _Lines(first, pooled, own, middle)


def _own(points: Points, end: NDArray[np.bool_], k: int, common: _Lines) -> Line | None:
    at = points.k == k
    if at.sum() < ENOUGH or min(end[at].sum(), (~end[at]).sum()) < ENOUGH_EVENTS:
        return None
    here = points.where(at)
    return fitted_line(_straight(here), end[at], np.ones(at.sum()), OCCASION_PRECISION, common.common(here))


@dataclass(frozen=True)
class _LearnedLogistic:
    scale: Scale
    without: _Lines
    worse: _Lines

    def predict(self, asked: Sequence[Asked]) -> Predictions:
        points = points_asked(asked, self.scale)
        log_odds = self.without.log_odds(points)
        p, q = (1.0 / (1.0 + np.exp(-values)) for values in (log_odds, self.worse.log_odds(points)))
        p = np.where(cannot_improve(points, self.scale), 1.0, p)
        return said(points, Predictions(p, q, p, p > 0.5))
