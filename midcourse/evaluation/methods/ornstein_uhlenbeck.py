"""The dynamic model with an Ornstein-Uhlenbeck term, on the stretch the clients favour, recalibrated."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from midcourse.course.basis import Axis
from midcourse.course.calibrate import FEWEST, FOLDS, folds_of
from midcourse.course.drifting import DriftingFit
from midcourse.course.expect import choose_basis
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.course.stretch import Stretch
from midcourse.evaluation.method import Asked, Predictions
from midcourse.evaluation.methods.chances import forecast_said
from midcourse.evaluation.methods.correction import Correction, distribution, learn_correction
from midcourse.evaluation.methods.points import Points, points_asked, points_of
from midcourse.evaluation.methods.stretched_forecasts import (
    favoured_stretch,
    fit_stretched,
    forecasts,
    held_out_forecasts,
)
from midcourse.measures.scale import Scale

HELD_FROM = 40  # clients with three scores from which forecasts are also held out
SMALLEST = 20  # clients with a second score; below that the three variances cannot be told apart


@dataclass(frozen=True)
class OrnsteinUhlenbeck:
    """Random level, drifting level and residual; next and last score from their joint distribution.

    With `recalibrated`, mean, SD and shape are corrected by cross-fitting, apart for the next and for
    the last score (the identity below 100 clients). Risk is the chance of no reliable improvement.
    """

    recalibrated: bool = True
    source: str = "Diggle 1988, Biometrics 44:959, doi 10.2307/2531727 (the error term)"

    @property
    def name(self) -> str:
        """Return the method's name."""
        return "Ornstein-Uhlenbeck" if self.recalibrated else "Ornstein-Uhlenbeck, not recalibrated"

    def learn(self, people: Sequence[Observed], scale: Scale, axis: Axis) -> "LearnedDrifting":
        """Choose the basis and the stretch, fit, and learn the correction from held-out forecasts.

        Raises ValueError where under 20 clients have a second score.
        """
        return learn_drifting(people, scale, axis, recalibrated=self.recalibrated)[0]


@dataclass(frozen=True)
class Held:
    """Decision points of training clients, each with distributions by a fit that had not seen them."""

    points: Points
    following: Array
    last: Array
    fold: NDArray[np.intp]


@dataclass(frozen=True)
class LearnedDrifting:
    """A fitted drifting course with its corrections for the next and for the last score."""

    scale: Scale
    stretch: Stretch
    fit: DriftingFit
    next_correction: Correction | None
    last_correction: Correction | None

    def predict(self, asked: Sequence[Asked]) -> Predictions:
        """Return what the course says at each decision point."""
        points = points_asked(asked, self.scale)
        following, last = self.distributions(points, [one.seen for one in asked])
        return forecast_said(self.scale, points, following, last)

    def distributions(self, points: Points, seen: Sequence[Observed]) -> tuple[Array, Array]:
        """Return the distributions of the (turned) next and last scores."""
        found = [
            forecasts(self.fit, self.scale, self.stretch, points, seen, time)
            for time in (points.next_time, points.horizon)
        ]
        corrections = (self.next_correction, self.last_correction)
        following, last = (distribution(f, c) for f, c in zip(found, corrections, strict=True))
        return following, last


def learn_drifting(
    people: Sequence[Observed], scale: Scale, axis: Axis, *, recalibrated: bool = True
) -> tuple[LearnedDrifting, Held | None]:
    """Learn the course, and return it with its held-out forecasts of the training clients.

    Below 100 clients nothing is corrected, below 40 nothing held out.
    Raises ValueError where under 20 clients have a second score.
    """
    usable = [person for person in people if len(person.scores) > 1]
    if len(usable) < SMALLEST:
        raise ValueError(f"{len(usable)} clients have a second score; at least {SMALLEST} are needed.")
    centre = float(np.mean([person.intake for person in usable]))
    basis, _ = choose_basis(usable, axis, "intake once", centre)
    stretch = favoured_stretch(usable, scale, basis)
    fit = fit_stretched(usable, scale, stretch, basis)
    learned = LearnedDrifting(scale, stretch, fit, None, None)
    if not recalibrated or sum(len(p.scores) > 2 for p in usable) < HELD_FROM:
        return learned, None
    return _corrected(learned, usable)


def _corrected(learned: LearnedDrifting, people: Sequence[Observed]) -> tuple[LearnedDrifting, Held]:
    """Forecast each fold by a fit on the others, and learn both corrections from that."""
    scale = learned.scale
    people = [person for person in people if len(person.scores) > 2]
    fold = folds_of(len(people), FOLDS, seed=len(people))
    points = points_of(people, scale)
    found = held_out_forecasts(people, scale, learned.stretch, points, fold, learned.fit)
    corrections: list[Correction | None] = [None, None]
    if len(people) >= FEWEST:
        corrections = [
            learn_correction(f, _cells(target, scale), points.weight())
            for f, target in zip(found, (points.next, points.last), strict=True)
        ]
    whole = LearnedDrifting(scale, learned.stretch, learned.fit, *corrections)
    following, last = (distribution(f, c) for f, c in zip(found, corrections, strict=True))
    return whole, Held(points, following, last, fold[points.person])


def _cells(target: Array, scale: Scale) -> NDArray[np.intp]:
    """The place among the scale's values of each (turned) score."""
    count = round((scale.maximum - scale.minimum) / scale.step)
    place = np.round((target - scale.minimum) / scale.step)
    return np.asarray(np.clip(place, 0, count), dtype=np.intp)
