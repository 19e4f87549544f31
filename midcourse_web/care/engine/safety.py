"""What was said on safety items: `measures` alone, so that nothing of a forecast can stand in its way (SR1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from midcourse.measures.instrument import find, known
from midcourse.measures.safety import has_safety_item, safety_answers


@dataclass(frozen=True)
class Said:
    """One safety item and its answer. `status`: positive, negative, skipped or not shown."""

    item: str
    asks_about: str
    value: float | None
    status: str

    @property
    def positive(self) -> bool:
        """Whether the answer must be passed on."""
        return self.status == "positive"


def said_about_safety(instrument: str, answers: Mapping[str, int | None]) -> tuple[Said, ...]:
    """Return every safety item of an instrument with its answer."""
    return tuple(
        Said(one.rule.item, one.rule.asks_about, one.value, one.status)
        for one in safety_answers(find(instrument), answers)
    )


@cache
def asking_about_suicide() -> tuple[str, ...]:
    """Return the ids of all instruments that ask about suicide."""
    return tuple(name for name in known() if has_safety_item([find(name)]))


def asks_about_suicide(instruments: list[str]) -> bool:
    """Say whether any of these asks about suicide; a battery where none does says so to the therapist."""
    return has_safety_item(find(name) for name in instruments)
