"""A drifting course and a landmark regression pooled, their odds recalibrated: the best that is known here."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from midcourse.course.basis import Axis
from midcourse.course.calibrate import FEWEST, FOLDS
from midcourse.course.learn_odds import learned_line
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.course.odds import SURE
from midcourse.evaluation.method import Asked, Predictions
from midcourse.evaluation.methods.chances import chances, turned_back
from midcourse.evaluation.methods.change_rule import ChangeRule, LearnedChange, change_columns, ends_of
from midcourse.evaluation.methods.landmark import Landmark, LearnedLandmark
from midcourse.evaluation.methods.ornstein_uhlenbeck import Held, LearnedDrifting, learn_drifting
from midcourse.evaluation.methods.points import Points, points_asked
from midcourse.measures.scale import Scale


@dataclass(frozen=True)
class Odds:
    """logit p' = a + b logit p: what the odds of an event turned out to need."""

    a: float = 0.0
    b: float = 1.0

    def corrected(self, p: Array) -> Array:
        """Return corrected chances."""
        return np.asarray(expit(self.a + self.b * logit(np.clip(p, SURE, 1.0 - SURE))))


def learn_odds(p: Array, event: NDArray[np.bool_], weight: Array) -> Odds:
    """Return what held-out odds of an event need, pulled towards nothing."""
    return Odds(*learned_line(p, event, weight))


@dataclass(frozen=True)
class Pooled:
    """The last score by the mean of a drifting course's and a landmark regression's distributions.

    Each sees what the other misses: the drifting course the whole record and irregular times, the
    landmark regression whatever a straight line can learn. The next score is the drifting course's
    alone, which nothing beat. The odds of both events are corrected in the fold. Below 100 clients
    the rates by plain change so far have a half share in both chances (ST13). Risk is the chance of no
    reliable improvement; the alert is a chance above one half.
    """

    name: str = "pooled"
    source: str = "Stone 1961, Ann Math Stat 32:1339, doi 10.1214/aoms/1177704873 (linear pool)"

    def learn(self, people: Sequence[Observed], scale: Scale, axis: Axis) -> "LearnedPooled":
        """Learn both parts and, from held-out forecasts, what their pooled odds need.

        Raises ValueError where either part cannot learn.
        """
        return learn_pooled(people, scale, axis)[0]


@dataclass(frozen=True)
class HeldChances:
    """Decision points of training clients, with the chance of no reliable improvement held out."""

    points: Points
    p_no_improvement: Array


def learn_pooled(
    people: Sequence[Observed], scale: Scale, axis: Axis
) -> tuple["LearnedPooled", HeldChances | None]:
    """Learn the pooled method, and return it with the held-out chances of the training clients.

    Raises ValueError where either part cannot learn.
    """
    drifting, held = learn_drifting(people, scale, axis)
    landmark = Landmark().learn(people, scale, axis)
    few = sum(len(person.scores) > 2 for person in people) < FEWEST
    change = ChangeRule().learn(people, scale, axis) if few else None
    if held is None:
        return LearnedPooled(scale, drifting, landmark, change, Odds(), Odds()), None
    p, q = held_out_chances(people, scale, axis, held)
    weight = held.points.weight()
    odds = [
        learn_odds(chance, end, weight)
        for chance, end in zip((p, q), ends_of(held.points, scale), strict=True)
    ]
    said_of = odds[0].corrected(p)
    if change is not None:
        said_of = (said_of + change.without.probability(change_columns(held.points))) / 2
    return LearnedPooled(scale, drifting, landmark, change, *odds), HeldChances(held.points, said_of)


def held_out_chances(people: Sequence[Observed], scale: Scale, axis: Axis, held: Held) -> tuple[Array, Array]:
    """Return the pooled chances of the training clients' points, by fits that had not seen them."""
    people = [person for person in people if len(person.scores) > 2]
    last = np.empty_like(held.last)
    for number in range(FOLDS):
        mask = held.fold == number
        inside = [p for i, p in enumerate(people) if not mask[held.points.person == i].any()]
        some = held.points.where(mask)
        _, last[mask] = Landmark().learn(inside, scale, axis).distributions(some)
    return chances(scale, held.points, (held.last + last) / 2)


@dataclass(frozen=True)
class LearnedPooled:
    """Both parts after learning, and what the odds of both events need."""

    scale: Scale
    drifting: LearnedDrifting
    landmark: LearnedLandmark
    change: LearnedChange | None
    no_improvement: Odds
    deterioration: Odds

    def predict(self, asked: Sequence[Asked]) -> Predictions:
        """Return the pooled forecasts and corrected chances."""
        points = points_asked(asked, self.scale)
        following, last = self.distributions(points, [one.seen for one in asked])
        p, q = chances(self.scale, points, last)
        p, q = self.no_improvement.corrected(p), self.deterioration.corrected(q)
        if self.change is not None:
            simple = self.change.predict(asked)
            p = np.where(points.k > 0, (p + simple.p_no_improvement) / 2, p)
            q = np.where(points.k > 0, (q + simple.p_deterioration) / 2, q)
        back = turned_back(self.scale, following), turned_back(self.scale, last)
        return Predictions(p, q, p, p > 0.5, *back)

    def distributions(self, points: Points, seen: Sequence[Observed]) -> tuple[Array, Array]:
        """Return the distributions of the (turned) next and last scores."""
        following, last = self.drifting.distributions(points, seen)
        # A landmark regression starts from change; after the first score alone the course speaks alone.
        started = (points.k > 0)[:, None]
        both = (last + self.landmark.distributions(points)[1]) / 2
        return following, np.where(started, both, last)
