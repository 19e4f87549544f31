"""What findings are computed from: the history of an episode and the state of each of its courses."""

from dataclasses import dataclass

from midcourse.measures.scale import Scale
from midcourse.record import History
from midcourse.signals.state import State


@dataclass(frozen=True, slots=True)
class CourseSeen:
    """One measure's scores in order, its scale where known, and the states at its latest scores.

    `states` holds the state before and now (or now alone), empty where no state was computed.
    """

    measure: str
    scores: tuple[float, ...]
    scale: Scale | None = None
    states: tuple[State, ...] = ()

    @property
    def now(self) -> State | None:
        """Return the latest state."""
        return self.states[-1] if self.states else None


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything a finding may look at."""

    history: History
    courses: tuple[CourseSeen, ...] = ()

    def of(self, measure: str) -> tuple[float, ...]:
        """Return the scores of one measure, empty where there are none."""
        return next((one.scores for one in self.courses if one.measure == measure), ())
