"""What comes in from a practice's own table, as plain facts."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class IncomingScore:
    """One total on one measure on one day; `session` is its number where the table has one."""

    measure: str
    value: float
    day: date
    session: int | None


@dataclass(frozen=True)
class IncomingEpisode:
    """One client's course of therapy from the table; `ended` is empty while it goes on."""

    client: str
    scores: tuple[IncomingScore, ...]
    ended: date | None


@dataclass(frozen=True)
class Incoming:
    """A table that was read: its episodes, what was understood, and every problem with its line and mend."""

    episodes: tuple[IncomingEpisode, ...]
    notes: tuple[str, ...]
    problems: tuple[str, ...]
