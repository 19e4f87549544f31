"""One line of the table: what was measured, against what, and whether the goal was met."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from bench.process import Cost


@dataclass(frozen=True)
class Goal:
    """A goal: the text a person reads, the limit, and whether larger is better."""

    text: str
    limit: float
    larger_is_better: bool = False

    def verdict(self, value: float) -> str:
        """Return "met", or by how much it was missed."""
        met = value >= self.limit if self.larger_is_better else value <= self.limit
        if met:
            return "met"
        factor = self.limit / value if self.larger_is_better else value / self.limit
        return f"**missed** by a factor of {factor:.2g}"


@dataclass(frozen=True)
class Line:
    """A row of the table; `measure` is what the goal is about, `spread` its lowest and highest run."""

    title: str
    ours: str
    other: str
    measure: str
    spread: str
    whole: str
    goal: str
    verdict: str


def middle(costs: Sequence[Cost], of: Callable[[Cost], float]) -> float:
    """Return the median of one quantity over runs."""
    return median(of(cost) for cost in costs)


def seconds(costs: Sequence[Cost]) -> str:
    """Return CPU seconds inside the process as text."""
    return f"{middle(costs, lambda cost: cost.inside):.3g} s"


def paired(
    ours: Sequence[Cost], other: Sequence[Cost], ratio: Callable[[Cost, Cost], float]
) -> tuple[float, str]:
    """Return the ratio of the medians' runs and, as text, the lowest and highest pair of runs."""
    pairs = [ratio(a, b) for a, b in zip(ours, other, strict=True)]
    return median(pairs), f"{min(pairs):.3g} to {max(pairs):.3g}"
