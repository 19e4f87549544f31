"""A figure over several clinics: its mean, its Monte-Carlo error, and what a switch does to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, sqrt
from statistics import mean, stdev

from scipy.stats import t as student

from bench.awkward_figures import Judged
from bench.awkward_switches import Switch

CLEAR = 0.95


@dataclass(frozen=True)
class Result:
    """One switch and the clinics judged with it, one per seed."""

    switch: Switch
    repeats: tuple[Judged, ...]

    def values(self, method: str, figure: str) -> list[float]:
        """Return a figure in each clinic, NaN where it could not be."""
        return [one.methods[method][figure] for one in self.repeats]

    def clinic(self, fact: str) -> float:
        """Return a fact about the clinics, their mean."""
        return mean(one.clinic[fact] for one in self.repeats)


@dataclass(frozen=True)
class Estimate:
    """The mean over clinics and its Monte-Carlo error: their SD over the root of their number."""

    mean: float
    error: float
    number: int

    def beyond(self, size: float) -> bool:
        """Say whether the mean is at least `size` from 0 and its 95 % t interval leaves out 0."""
        if self.number < 2 or isnan(self.mean):
            return False
        reach = float(student.ppf((1 + CLEAR) / 2, self.number - 1)) * self.error
        return abs(self.mean) >= size and abs(self.mean) > reach

    def text(self, digits: int, signed: bool = False) -> str:
        """Return the mean and its error as text; an empty text where there is none."""
        if isnan(self.mean):
            return ""
        sign = "+" if signed else ""
        # Adding 0 turns -0.0 into 0.0.
        value = f"{round(self.mean, digits) + 0.0:{sign}.{digits}f}"
        return value if isnan(self.error) else f"{value} ± {self.error:.{digits}f}"


def estimate(values: Sequence[float]) -> Estimate:
    """Return the estimate from the clinics that have the figure."""
    known = [value for value in values if not isnan(value)]
    if not known:
        return Estimate(float("nan"), float("nan"), 0)
    error = stdev(known) / sqrt(len(known)) if len(known) > 1 else float("nan")
    return Estimate(mean(known), error, len(known))


def difference(values: Sequence[float], plain: Sequence[float]) -> Estimate:
    """Return what a switch changes, clinic by clinic: the same seed gives the same people."""
    return estimate([value - other for value, other in zip(values, plain, strict=True)])
