"""What a score on a measure can be, and what a change in it means."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """The smallest change that is called reliable on a measure, and where the number comes from.

    `points` is the integer threshold (change counts when its size is at least this many points);
    z, reliability, its kind (alpha, retest), SD, sample and source are stored beside it (ST12).
    """

    points: float
    source: str
    z: float | None = None
    reliability: float | None = None
    reliability_kind: str | None = None
    sd: float | None = None
    sample: str | None = None
    evidence: str = "S"


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A score at or beyond which a person counts as in need of help on a measure (caseness).

    Where higher is worse: at caseness means score >= value; where higher is better, score <= value.
    """

    value: float
    source: str
    evidence: str = "S"


@dataclass(frozen=True, slots=True)
class Scale:
    """A measure's ends, direction, and the numbers in force for reading it.

    `step` is the smallest difference between two possible scores (1 for whole numbers).

    Raises ValueError where the ends are the wrong way round or the step is not positive.
    """

    measure: str
    title: str
    minimum: float
    maximum: float
    higher_is_better: bool = False
    reliable_change: ReliableChange | None = None
    caseness: Cutoff | None = None
    version: str = "1"
    validated: bool = True
    step: float = 1.0

    def __post_init__(self) -> None:
        if not self.minimum < self.maximum:
            raise ValueError(f"{self.measure}: the lowest score must be below the highest.")
        if self.step <= 0:
            raise ValueError(f"{self.measure}: the step between scores must be above 0.")

    def worsening(self, earlier: float, later: float) -> float:
        """Return how many points worse `later` is than `earlier` (negative where better)."""
        return earlier - later if self.higher_is_better else later - earlier

    def is_reliable_improvement(self, earlier: float, later: float) -> bool:
        """Say whether the change is at least the reliable-change threshold, for the better."""
        change = self.reliable_change
        return change is not None and -self.worsening(earlier, later) >= change.points

    def is_reliable_deterioration(self, earlier: float, later: float) -> bool:
        """Say whether the change is at least the reliable-change threshold, for the worse."""
        change = self.reliable_change
        return change is not None and self.worsening(earlier, later) >= change.points

    def is_case(self, score: float) -> bool | None:
        """Say whether a score is at caseness, or None where the measure has no cut-off in force."""
        if self.caseness is None:
            return None
        if self.higher_is_better:
            return score <= self.caseness.value
        return score >= self.caseness.value
