"""One measure of a large table: every course in columns."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from midcourse.cohorts.clients import Clients
from midcourse.cohorts.odds import Odds
from midcourse.cohorts.states import CODES
from midcourse.course.basis import Axis
from midcourse.course.course import Course
from midcourse.course.moments import Array
from midcourse.measures.scale import Scale
from midcourse.signals.state import State


@dataclass(frozen=True)
class MeasureCohort:
    """Every course on one measure, in columns of equal length, in order of client id.

    `state` holds numbers into `states.CODES`; `odds` is None where no course could be expected.
    """

    scale: Scale
    axis: Axis
    course: Course | None
    why: str
    clients: Clients
    state: NDArray[np.int64]
    odds: Odds | None

    def states(self) -> list[State]:
        """Return each client's state."""
        return [CODES[code] for code in self.state]

    def counts(self) -> Counter[State]:
        """Return how many courses are in each state."""
        found = np.bincount(self.state, minlength=len(CODES))
        return Counter({state: int(n) for state, n in zip(CODES, found, strict=True) if n})

    def chance(self) -> Array:
        """Return the odds of reliable improvement, 1 where they are not defined: what ties are broken by."""
        if self.odds is None:
            return np.ones(len(self.state))
        return np.nan_to_num(self.odds.improvement, nan=1.0)
