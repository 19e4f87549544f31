"""What reading a file gives: episodes, problems, and how the file was understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from midcourse.record import Episode
from midcourse.tables.problem import Problem

TimeKind = Literal["session", "date", "day"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows and score cells a file has, and what became of each cell.

    Every cell is counted once:
    cells = used + missing + follow_up + other + exact_repeats + averaged + set_aside.
    """

    rows: int
    """Rows below the header that are not blank."""
    cells: int
    """Places for a score: one per row in a tidy file, one per measure and row in a wide one."""
    used: int
    """Scores that stand in an episode."""
    missing: int
    """Empty cells: a missing score is not a problem."""
    follow_up: int
    """Scores after the end of therapy, kept out of the course."""
    other: int
    """Scores on measures that were not asked for."""
    repeated_days: int
    """Client, measure and time with more than one score, equal or not."""
    exact_repeats: int
    """Scores that only repeat another one at the same time, and count once with it."""
    averaged: int
    """Scores that went into a mean at the same time, beyond the first (only with `allow`)."""
    set_aside: int
    """Scores left out because of a problem."""
    by_kind: Mapping[str, int]
    """Problems by kind; a score may have two, and a `repeated` problem stands for one time."""
    kept: Mapping[str, int]
    """Problems that `allow` kept, by kind."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One file, read: the episodes in order of first appearance, and everything worth saying.

    `columns` maps each role to the column it was read from; `notes` are plain sentences on how the
    file was understood; `sha256` is the fingerprint of the file's bytes.
    """

    file: str
    episodes: tuple[Episode, ...]
    problems: tuple[Problem, ...]
    columns: Mapping[str, str]
    counts: Counts
    time_kind: TimeKind
    sha256: str
    n_clients: int
    notes: tuple[str, ...] = ()

    def measures(self) -> tuple[str, ...]:
        """Return the measures that have a score, in order of first appearance."""
        seen = (measure for episode in self.episodes for measure in episode.measures())
        return tuple(dict.fromkeys(seen))
