"""The odds and bounds of many forecasts at the horizon: `Predictive`, on arrays."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from midcourse.course.batch import ForecastMany, SeenMany, at_most_many, forecast_many
from midcourse.course.batch_odds import (
    at_least_many,
    deterioration_many,
    improvement_many,
    no_improvement_many,
)
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


def joined_odds(parts: Sequence[Odds]) -> Odds:
    """Return the odds of several groups of clients as one."""
    return Odds(**{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Odds)})


def odds_of(seen: SeenMany, later: Array, course: Course, scale: Scale) -> Odds:
    """Return what is likely for each client at the course's horizon, or a little after the last score.

    `later` counts each client's scores after the first. Of an assumed range the mean lies between its
    ends, and the bounds are the wider ones.
    """
    after = 1.0 if course.basis.axis == "session" else 2.0
    time = np.maximum(course.horizon, seen.last + after)
    ends = [course]
    if course.assumed_range:
        ends = [replace(course, parts=((1.0, part),)) for _, part in course.parts]
    found = [forecast_many(end, seen, time) for end in ends]
    bounds = [_mean_and_bounds(end, scale, one) for end, one in zip(ends, found, strict=True)]
    mean, low, high = (np.array(part) for part in zip(*bounds, strict=True))
    improvement, deterioration = _changes(course, scale, found[0], seen, later)
    return Odds(
        time=time,
        mean=mean.mean(axis=0),
        low80=low.min(axis=0),
        high80=high.max(axis=0),
        improvement=improvement,
        deterioration=deterioration,
        left_caseness=_left(course, scale, found[0]),
        borrowed_share=found[0].borrowed_share,
        own_share=found[0].own_share,
    )


def _mean_and_bounds(course: Course, scale: Scale, found: ForecastMany) -> tuple[Array, Array, Array]:
    """See `Predictive.mean` and `Predictive.interval`."""
    values = scale.minimum + scale.step * np.arange(round((scale.maximum - scale.minimum) / scale.step) + 1)
    below = np.array([at_most_many(course, scale, found, v) for v in values])
    mean = scale.maximum - scale.step * below[:-1].sum(axis=0)
    tail = (1.0 - 0.80) / 2
    return mean, values[(below < tail).sum(axis=0)], values[(below < 1.0 - tail).sum(axis=0)]


def _changes(
    course: Course, scale: Scale, found: ForecastMany, seen: SeenMany, later: Array
) -> tuple[Array, Array]:
    """See `review.one_course`: odds corrected where the course learned how; who gets worse does not improve."""
    if course.assumed_range:
        nothing = np.full(len(seen.intake), np.nan)
        return nothing, nothing
    better = 1.0 - no_improvement_of(
        course, scale, seen, later, 1.0 - improvement_many(course, scale, found, seen.intake)
    )
    return better, np.minimum(deterioration_many(course, scale, found, seen.intake), 1.0 - better)


def no_improvement_of(course: Course, scale: Scale, seen: SeenMany, later: Array, chance: Array) -> Array:
    """Return the chances of no reliable improvement as said; see `signals.chance.no_improvement`."""
    odds, change = course.odds, scale.reliable_change
    if odds is None or change is None or odds.reliable_change != change.points:
        return chance
    worse = seen.latest - seen.intake
    return no_improvement_many(odds, chance, -worse if scale.higher_is_better else worse, later)


def _left(course: Course, scale: Scale, found: ForecastMany) -> Array:
    if scale.caseness is None or course.assumed_range:
        return np.full(len(found.raw_mean), np.nan)
    cut = np.full(len(found.raw_mean), scale.caseness.value)
    if scale.higher_is_better:
        return 1.0 - at_most_many(course, scale, found, cut)
    return 1.0 - at_least_many(course, scale, found, cut)
