"""What became of each score cell, counted as it is met."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from midcourse.tables.reading import Counts


@dataclass(slots=True)
class Tally:
    """The counts of `Counts` while a file is being read."""

    rows: int = 0
    cells: int = 0
    used: int = 0
    missing: int = 0
    follow_up: int = 0
    other: int = 0
    repeated_days: int = 0
    exact_repeats: int = 0
    averaged: int = 0
    set_aside: int = 0
    kept: dict[str, int] = field(default_factory=dict)

    def keep(self, kind: str) -> None:
        """Count one problem that stays in use because the caller allows it."""
        self.kept[kind] = self.kept.get(kind, 0) + 1

    def counts(self, by_kind: Mapping[str, int]) -> Counts:
        """Return the counts for good, with the problems by kind beside them."""
        return Counts(**asdict(self), by_kind=dict(by_kind))
