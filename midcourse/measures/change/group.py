"""What a group's first and last scores look like, as far as the formulas need it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, isfinite, sqrt


def mean_and_sd(values: Sequence[float]) -> tuple[float, float]:
    """Return the mean and the standard deviation (divisor n - 1) of at least two numbers.

    Raises ValueError for fewer than two.
    """
    n = len(values)
    if n < 2:
        raise ValueError(f"A standard deviation needs at least two scores, not {n}.")
    mean = fsum(values) / n
    return mean, sqrt(fsum((value - mean) ** 2 for value in values) / (n - 1))


@dataclass(frozen=True, slots=True)
class FirstLast:
    """A group's first and last scores in brief, in points; both of the same `n` people.

    Raises ValueError where a spread is not above 0 or the correlation is outside -1 to 1.
    """

    n: int
    mean_first: float
    sd_first: float
    mean_last: float
    sd_last: float
    correlation: float

    def __post_init__(self) -> None:
        for sd in (self.sd_first, self.sd_last):
            if not (isfinite(sd) and sd > 0):
                raise ValueError("First and last scores must each differ between people.")
        if not -1 <= self.correlation <= 1:
            raise ValueError(f"A correlation lies between -1 and 1, not at {self.correlation!r}.")

    @property
    def mean_change(self) -> float:
        """The mean of last minus first, in points."""
        return self.mean_last - self.mean_first

    @property
    def variance_of_change(self) -> float:
        """The variance of last minus first, in squared points."""
        both = 2 * self.correlation * self.sd_first * self.sd_last
        return self.sd_first**2 + self.sd_last**2 - both


def first_and_last(pairs: Sequence[tuple[float, float]]) -> FirstLast:
    """Return a group's means, standard deviations (n - 1) and correlation from its score pairs.

    `pairs` holds (first, last) of each person who has both. Raises ValueError for fewer than two
    people, or where everybody has the same first or last score.
    """
    mean_first, sd_first = mean_and_sd([first for first, _ in pairs])
    mean_last, sd_last = mean_and_sd([last for _, last in pairs])
    if not (sd_first > 0 and sd_last > 0):
        raise ValueError("First and last scores must each differ between people.")
    together = fsum((first - mean_first) * (last - mean_last) for first, last in pairs)
    r = together / ((len(pairs) - 1) * sd_first * sd_last)
    r = min(1.0, max(-1.0, r))
    return FirstLast(len(pairs), mean_first, sd_first, mean_last, sd_last, r)
