"""What became of the cells of a large file, counted as `tables` counts them."""

from collections import Counter
from dataclasses import dataclass, field

from midcourse.tables.problem import Problem

_KEPT = {
    "out-of-range": "Scores out of range: kept, as asked: {}.",
    "not-whole": "Scores not whole: kept, as asked: {}.",
    "repeated": "Scores different at one time: their mean is used, as asked: {}.",
}


@dataclass
class Counted:
    """What became of the cells of a file, as `tables.Counts` has it, and the problems by line."""

    rows: int = 0
    used: int = 0
    missing: int = 0
    follow_up: int = 0
    other: int = 0
    set_aside: int = 0
    repeated_days: int = 0
    exact_repeats: int = 0
    averaged: int = 0
    bad_ages: int = 0
    by_kind: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    def notes(self) -> tuple[str, ...]:
        """Return the sentences that the counts call for, as `tables` words them."""
        said = (
            (self.missing, "Empty score cells, counted as missing: {}."),
            (self.follow_up, "Scores after the end of therapy, kept out of the course: {}."),
            (self.other, "Scores on measures that were not asked for: {}."),
            (self.exact_repeats, "Exact repeats of another score at the same time, counted once: {}."),
            (self.bad_ages, "Ages that are not numbers, left out: {}."),
            *((count, _KEPT[kind]) for kind, count in self.kept.items()),
        )
        return tuple(words.format(count) for count, words in said if count)
