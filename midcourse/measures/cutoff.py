"""Cut-offs A, B and C of Jacobson and Truax: where the clinical range of scores ends.

Plain versions take the populations' observed spread, true-score versions the part of it that is
reliable (SD * sqrt(r)). A score on the cut-off counts as clinical, as caseness does.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite, sqrt

from midcourse.measures.change.result import Direction


class CutoffKind(StrEnum):
    """The three cut-offs, by the population they are measured from."""

    A = "a"
    """Two standard deviations beyond the clinical mean, on the better side."""
    B = "b"
    """Two standard deviations from the functional mean, on the worse side."""
    C = "c"
    """Where a score is equally many standard deviations from both means."""


@dataclass(frozen=True, slots=True)
class Population:
    """A population's mean and standard deviation in points, and its scores' reliability if known.

    Raises ValueError unless the SD is above 0 and the reliability above 0 and at most 1.
    """

    mean: float
    sd: float
    reliability: float | None = None

    def __post_init__(self) -> None:
        if not (isfinite(self.mean) and isfinite(self.sd) and self.sd > 0):
            raise ValueError("A population needs a finite mean and a spread above 0.")
        if self.reliability is not None and not 0 < self.reliability <= 1:
            raise ValueError("A reliability lies above 0 and is at most 1.")

    def true(self) -> "Population":
        """Return the population of true scores: the same mean, the spread SD * sqrt(r), in points.

        Raises ValueError where the reliability is not known.
        Source: Hageman and Arrindell (1999), doi 10.1016/S0005-7967(99)00032-7.
        """
        if self.reliability is None:
            raise ValueError("A true-score cut-off needs the population's reliability.")
        return Population(self.mean, self.sd * sqrt(self.reliability), 1.0)


def cutoff_a(clinical: Population, *, higher_is_better: bool, true_score: bool = False) -> float:
    """Return cut-off A, in points: M_clinical + 2 SD_clinical where higher is better, else minus.

    Raises ValueError where a true-score cut-off is wanted without a reliability.
    Source: Jacobson and Truax (1991), doi 10.1037/0022-006X.59.1.12; true scores: Hageman and
    Arrindell (1999), doi 10.1016/S0005-7967(99)00032-7.
    """
    sick = clinical.true() if true_score else clinical
    return sick.mean + (2 if higher_is_better else -2) * sick.sd


def cutoff_b(functional: Population, *, higher_is_better: bool, true_score: bool = False) -> float:
    """Return cut-off B, in points: M_functional - 2 SD_functional where higher is better, else plus.

    The spread is the functional population's own. Raises ValueError where a true-score cut-off is
    wanted without a reliability.
    Source: Jacobson and Truax (1991), doi 10.1037/0022-006X.59.1.12; true scores: Hageman and
    Arrindell (1999), doi 10.1016/S0005-7967(99)00032-7.
    """
    well = functional.true() if true_score else functional
    return well.mean + (-2 if higher_is_better else 2) * well.sd


def cutoff_c(clinical: Population, functional: Population, *, true_score: bool = False) -> float:
    """Return cut-off C, in points: (SD_f M_c + SD_c M_f) / (SD_f + SD_c), in either direction.

    Raises ValueError where a true-score cut-off is wanted without a reliability.
    Source: Jacobson and Truax (1991), doi 10.1037/0022-006X.59.1.12; true scores: Bauer, Lambert and
    Nielsen (2004), doi 10.1207/s15327752jpa8201_11.
    """
    sick = clinical.true() if true_score else clinical
    well = functional.true() if true_score else functional
    return (well.sd * sick.mean + sick.sd * well.mean) / (well.sd + sick.sd)


def cutoff(
    kind: CutoffKind | str,
    clinical: Population,
    functional: Population | None,
    *,
    higher_is_better: bool,
    true_score: bool = False,
) -> float:
    """Return the cut-off of a given letter, in points; only A does without a functional population.

    Raises ValueError for another letter, a missing population, or a missing reliability.
    Source: Jacobson and Truax (1991), doi 10.1037/0022-006X.59.1.12.
    """
    letter = CutoffKind(kind)
    if letter is CutoffKind.A:
        return cutoff_a(clinical, higher_is_better=higher_is_better, true_score=true_score)
    if functional is None:
        raise ValueError(f"Cut-off {letter.upper()} needs a functional population.")
    if letter is CutoffKind.B:
        return cutoff_b(functional, higher_is_better=higher_is_better, true_score=true_score)
    return cutoff_c(clinical, functional, true_score=true_score)


def is_functional(score: float, cutoff: float, *, higher_is_better: bool) -> bool:
    """Say whether a score lies strictly on the better side of a cut-off, both in points.

    Raises nothing. Source: Jacobson and Truax (1991), doi 10.1037/0022-006X.59.1.12.
    """
    return score > cutoff if higher_is_better else score < cutoff


def crossing(first: float, last: float, cutoff: float, *, higher_is_better: bool) -> Direction:
    """Return which way a person crossed a cut-off, if at all: the statistical approach on its own.

    Improved is from the clinical to the functional side, deteriorated the way back; how far does
    not matter. Raises nothing.
    Source: Jacobson and Truax (1991), doi 10.1037/0022-006X.59.1.12.
    """
    before = is_functional(first, cutoff, higher_is_better=higher_is_better)
    after = is_functional(last, cutoff, higher_is_better=higher_is_better)
    if before is after:
        return Direction.UNCHANGED
    return Direction.IMPROVED if after else Direction.DETERIORATED
