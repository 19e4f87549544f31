"""Clinical significance: a reliable change together with a crossed cut-off."""

from dataclasses import dataclass, field
from enum import StrEnum

from midcourse.measures.change.result import Change, Direction


class Significance(StrEnum):
    """The five states of clinical significance, from best to worst."""

    RECOVERED = "recovered"
    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    DETERIORATED = "deteriorated"
    HARMED = "harmed"


_STATES = {
    (Direction.IMPROVED, True): Significance.RECOVERED,
    (Direction.IMPROVED, False): Significance.IMPROVED,
    (Direction.DETERIORATED, False): Significance.DETERIORATED,
    (Direction.DETERIORATED, True): Significance.HARMED,
}


@dataclass(frozen=True, slots=True)
class ClinicalSignificance:
    """A person's state of clinical significance, and the change and crossing that made it.

    Recovered: reliably improved and from the clinical to the functional side of the cut-off;
    harmed: reliably deteriorated and the way back; improved and deteriorated: reliably so without
    that crossing; a crossing without a reliable change is unchanged. The state is worked out, so
    it cannot disagree with its grounds. A state that rests on a `GroupChange` keeps it, so that
    `own_change(result.change)` still refuses it for a signal. Raises nothing.
    Source: Jacobson and Truax (1991), doi 10.1037/0022-006X.59.1.12.
    """

    change: Change
    crossed: Direction
    state: Significance = field(init=False)

    def __post_init__(self) -> None:
        way = self.change.direction
        state = _STATES.get((way, self.crossed is way), Significance.UNCHANGED)
        object.__setattr__(self, "state", state)
