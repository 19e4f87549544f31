"""From one answer sheet to its scores, as plain facts."""

from collections.abc import Mapping
from dataclasses import dataclass

from midcourse.measures.instrument import find
from midcourse.measures.scoring import score


@dataclass(frozen=True)
class ScoreFacts:
    """One score: of which part, its value (None with the reason where there is none), how many answered."""

    part: str
    value: float | None
    band: str
    n_answered: int
    handling: str
    reason: str


def check(instrument: str, answers: Mapping[str, int | None]) -> None:
    """Raise ValueError, naming the item and the mend, where answers cannot be of this instrument."""
    score(find(instrument), answers)


def scores_of(instrument: str, answers: Mapping[str, int | None]) -> tuple[ScoreFacts, ...]:
    """Return the total, where the instrument has one, and the subscales."""
    scored = score(find(instrument), answers)
    parts = (*((scored.total,) if scored.total else ()), *scored.subscales)
    return tuple(
        ScoreFacts(part.id, part.value, part.band or "", part.n_answered, part.missing, part.reason or "")
        for part in parts
    )
