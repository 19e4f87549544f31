"""The odds and bounds of many forecasts at the horizon: `Predictive`, on arrays."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from midcourse.course.batch import ForecastMany, SeenMany, at_most_many, forecast_many
from midcourse.course.course import Course
from midcourse.course.moments import Array
from midcourse.measures.scale import Scale


@dataclass(frozen=True)
class Odds:
    """At the horizon of each client: mean, 80 % bounds, and odds (NaN where not defined)."""

    time: Array
    mean: Array
    low80: Array
    high80: Array
    improvement: Array
    deterioration: Array
    left_caseness: Array
    borrowed_share: Array
    own_share: Array

    def only(self, covered: NDArray[np.bool_]) -> "Odds":
        """Return the odds of those covered, NaN for the others."""
        return Odds(**{f.name: np.where(covered, getattr(self, f.name), np.nan) for f in fields(self)})


def odds_of(seen: SeenMany, course: Course, scale: Scale) -> Odds:
    """Return what is likely for each client at the course's horizon, or a little after the last score."""
    after = 1.0 if course.basis.axis == "session" else 2.0
    time = np.maximum(course.horizon, seen.last + after)
    found = forecast_many(course, seen, time)
    values = scale.minimum + scale.step * np.arange(round((scale.maximum - scale.minimum) / scale.step) + 1)
    below = np.array([at_most_many(course, scale, found, v) for v in values])
    improvement, deterioration = _changes(course, scale, found, seen.intake)
    return Odds(
        time=time,
        mean=scale.maximum - scale.step * below[:-1].sum(axis=0),
        low80=values[(below < 0.1).sum(axis=0)],
        high80=values[(below < 0.9).sum(axis=0)],
        improvement=improvement,
        deterioration=deterioration,
        left_caseness=_left(course, scale, found),
        borrowed_share=found.borrowed_share,
        own_share=found.own_share,
    )


def _changes(course: Course, scale: Scale, found: ForecastMany, first: Array) -> tuple[Array, Array]:
    nothing = np.full(len(first), np.nan)
    if scale.reliable_change is None or course.assumed_range:
        return nothing, nothing
    points = scale.reliable_change.points
    if scale.higher_is_better:
        return _at_least(course, scale, found, first + points), at_most_many(
            course, scale, found, first - points
        )
    return at_most_many(course, scale, found, first - points), _at_least(course, scale, found, first + points)


def _left(course: Course, scale: Scale, found: ForecastMany) -> Array:
    if scale.caseness is None or course.assumed_range:
        return np.full(len(found.raw_mean), np.nan)
    cut = np.full(len(found.raw_mean), scale.caseness.value)
    if scale.higher_is_better:
        return 1.0 - at_most_many(course, scale, found, cut)
    return 1.0 - _at_least(course, scale, found, cut)


def _at_least(course: Course, scale: Scale, found: ForecastMany, score: Array) -> Array:
    """P(Y >= score): one minus P(Y <= next possible score below)."""
    grid = np.ceil((score - scale.minimum) / scale.step - 1e-9)
    return 1.0 - at_most_many(course, scale, found, scale.minimum + (grid - 1.0) * scale.step)
