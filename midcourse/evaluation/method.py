"""What a method of warning is: it learns from some clients and is asked about others, one cut-off record at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from midcourse.course.basis import Axis
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.measures.scale import Scale
from midcourse.signals.state import State


@dataclass(frozen=True, slots=True)
class Asked:
    """One decision point: what had been seen, and the two times a forecast is wanted for.

    `seen` holds the first k + 1 scores only, so that no method can look ahead. `next_time` is when the
    next score was given, `horizon` when the last one was, both on the course's clock.
    """

    seen: Observed
    next_time: float
    horizon: float


@dataclass(frozen=True)
class Predictions:
    """What a method says at n decision points; NaN or None where it says nothing.

    `p_no_improvement` and `p_deterioration` are chances at the horizon (0 to 1); `risk` orders clients
    by need, highest first, on any scale; `alert` is what the method's own published threshold says.
    `next_cdf` and `last_cdf` are P(Y <= y) on the scale's values, shape (n, values). `state` is for
    methods that know more than alert or no alert.
    """

    p_no_improvement: Array
    p_deterioration: Array
    risk: Array
    alert: NDArray[np.bool_]
    next_cdf: Array | None = None
    last_cdf: Array | None = None
    state: tuple[State, ...] | None = field(default=None, kw_only=True)


class Learned(Protocol):
    """A method after it has learned from the training clients."""

    def predict(self, asked: Sequence[Asked]) -> Predictions:
        """Return what the method says at each decision point."""


class Method(Protocol):
    """A way of noticing that a therapy is not working."""

    @property
    def name(self) -> str:
        """Return the short name that tables show."""

    @property
    def source(self) -> str:
        """Return where the method comes from: author, year, DOI."""

    def learn(self, people: Sequence[Observed], scale: Scale, axis: Axis) -> Learned:
        """Learn everything (fits, corrections, thresholds) from these clients and no others.

        Raises ValueError, saying why, where these clients are not enough.
        """


def values_of(scale: Scale) -> Array:
    """Return every score that is possible, lowest first."""
    count = round((scale.maximum - scale.minimum) / scale.step)
    return np.asarray(scale.minimum + scale.step * np.arange(count + 1))


def no_improvement(scale: Scale, first: Array, last: Array) -> NDArray[np.bool_]:
    """Return who has not reliably improved from the first score to the last.

    Raises ValueError where the scale has no reliable change in force.
    """
    return ~(_better(scale, first, last) >= _points(scale))


def deterioration(scale: Scale, first: Array, last: Array) -> NDArray[np.bool_]:
    """Return who is reliably worse at the last score than at the first.

    Raises ValueError where the scale has no reliable change in force.
    """
    return np.asarray(-_better(scale, first, last) >= _points(scale))


def _better(scale: Scale, first: Array, last: Array) -> Array:
    return last - first if scale.higher_is_better else first - last


def _points(scale: Scale) -> float:
    if scale.reliable_change is None:
        raise ValueError(f"{scale.measure} has no reliable change in force; give one.")
    return scale.reliable_change.points
