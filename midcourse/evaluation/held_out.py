"""Forecasts beside the scores that came, for people the course had not seen."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from midcourse.course.batch import ForecastMany, at_most_many, forecast_many
from midcourse.course.course import Course
from midcourse.course.expect import without_recalibration
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.course.pairs import pairs_of
from midcourse.measures.scale import Scale

NEXT, LAST = 0, 1


@dataclass(frozen=True)
class HeldOut:
    """One row per prediction point: a forecast, and the score that came.

    `person` numbers the client; `k` outcome scores of the course's form had been seen; `kind` is NEXT or LAST. `cdf` is
    P(Y <= y) on the scale's values, shape (rows, values), and `plain` the same without
    recalibration. `place` is the observed score's place among the values (rounded and clipped to
    them); `mean` is the predicted score in points; `step` the distance between two values.
    """

    person: NDArray[np.intp]
    k: NDArray[np.intp]
    kind: NDArray[np.intp]
    cdf: Array
    plain: Array
    place: NDArray[np.intp]
    mean: Array
    step: float

    def where(self, mask: NDArray[np.bool_]) -> "HeldOut":
        """Return only the rows of a mask."""
        return replace(self, **{name: getattr(self, name)[mask] for name in _arrays()})

    def of_kind(self, kind: int) -> "HeldOut":
        """Return only next scores (NEXT) or only last scores (LAST)."""
        return self.where(self.kind == kind)

    def uncalibrated(self) -> "HeldOut":
        """Return the same rows with the plain Gaussian's forecasts on the scale's values."""
        return replace(self, cdf=self.plain)

    def rows(self) -> int:
        """Return how many prediction points there are."""
        return len(self.place)

    def weight(self) -> Array:
        """Return a weight for each row so that each client counts once."""
        _, number, count = np.unique(self.person, return_inverse=True, return_counts=True)
        out: Array = 1.0 / count[number]
        return out

    def edges(self) -> tuple[Array, Array]:
        """Return P(Y < observed) and P(Y <= observed), the ends of the randomised PIT."""
        row = np.arange(len(self.place))
        below = np.where(self.place > 0, self.cdf[row, np.maximum(self.place - 1, 0)], 0.0)
        return below, self.cdf[row, self.place]


def _arrays() -> list[str]:
    return [field.name for field in fields(HeldOut) if field.name != "step"]


def held_out(course: Course, people: Sequence[Observed], scale: Scale) -> HeldOut:
    """Return a course's forecasts at every prediction point of people it has not seen.

    A first score is never a target: no forecast is made before it, whatever the course's form.
    """
    pairs = pairs_of(people, course)
    if course.form == "all scores":
        pairs = pairs.where(pairs.k > 0)
    values = np.arange(round((scale.maximum - scale.minimum) / scale.step) + 1)
    found = forecast_many(course, pairs.seen, pairs.time)
    bare = without_recalibration(course)
    cdf = _grid(course, scale, found, values)
    plain = _grid(bare, scale, forecast_many(bare, pairs.seen, pairs.time), values)
    place = np.round((pairs.target - scale.minimum) / scale.step).astype(np.intp)
    mean = scale.maximum - scale.step * cdf[:, :-1].sum(axis=1)
    return HeldOut(
        pairs.person,
        pairs.k.astype(np.intp),
        pairs.kind,
        cdf,
        plain,
        np.clip(place, 0, values[-1]),
        mean,
        scale.step,
    )


def _grid(course: Course, scale: Scale, found: ForecastMany, values: NDArray[Any]) -> Array:
    points = scale.minimum + scale.step * values
    out: Array = np.array([at_most_many(course, scale, found, point) for point in points]).T
    return out


def stack(parts: Sequence[HeldOut]) -> HeldOut:
    """Return the rows of several tables of different people as one, with the people renumbered."""
    start, shifted = 0, []
    for part in parts:
        shifted.append(replace(part, person=part.person + start))
        start += int(part.person.max()) + 1
    joined = {name: np.concatenate([getattr(part, name) for part in shifted]) for name in _arrays()}
    return HeldOut(**joined, step=parts[0].step)
