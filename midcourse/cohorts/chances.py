"""The chances that signals go by, for many clients at once: `signals.chance` and `signals.two_stage`, on arrays.

The one-person path is the reference; the executable spec holds both to the same states.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from midcourse.cohorts.odds import no_improvement_of
from midcourse.course.batch import SeenMany, forecast_many
from midcourse.course.batch_odds import improvement_many
from midcourse.course.course import Course
from midcourse.course.design import columns
from midcourse.course.moments import Array
from midcourse.measures.scale import Scale
from midcourse.signals.chance import AFTER
from midcourse.signals.two_stage import Thresholds


def chances_of(seen: SeenMany, later: Array, course: Course, scale: Scale) -> Array:
    """Return each client's chance (0 to 1) of no reliable improvement, NaN without a reliable change in force.

    `later` counts each client's scores after the first. Of an assumed range it is the smaller of both ends.
    """
    time = np.maximum(course.horizon, seen.last + AFTER[course.basis.axis])
    ends = [course]
    if course.assumed_range:
        ends = [replace(course, parts=((1.0, part),)) for _, part in course.parts]
    better = [improvement_many(end, scale, forecast_many(end, seen, time), seen.intake) for end in ends]
    return no_improvement_of(course, scale, seen, later, np.asarray(1.0 - np.max(better, axis=0)))


def one_score_less(seen: SeenMany, previous: Array, before: Array, course: Course) -> SeenMany:
    """Return the running sums before the latest score; `previous` is the time of the one before, `before` its score."""
    basis = course.basis
    some = seen.n > 0  # of one score there is no outcome to take off
    f = columns(basis, seen.last) * some[:, None]
    z = f[:, : basis.q]
    return SeenMany(
        intake=seen.intake,
        last=previous,
        n=seen.n - some,
        g=seen.g - z[:, :, None] * z[:, None, :],
        h=seen.h - z[:, :, None] * f[:, None, :],
        s=seen.s - z * seen.latest[:, None],
        latest=before,
    )


def can_improve(first: Array, scale: Scale) -> NDArray[np.bool_]:
    """Return whose first score leaves room for reliable improvement."""
    if scale.reliable_change is None:
        return np.zeros(len(first), dtype=bool)
    room = scale.maximum - first if scale.higher_is_better else first - scale.minimum
    return np.asarray(room >= scale.reliable_change.points)


def by_risk(now: Array, before: Array, limits: Thresholds) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return where the chances are firm (off course) and where they are soft (drifting or beyond)."""
    soft = now >= limits.soft
    return np.asarray((now >= limits.firm) & (before >= limits.soft)), np.asarray(soft)
