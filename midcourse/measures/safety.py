"""What was said on the safety items. Item by item, before and apart from any score (SR1, SR6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from midcourse.measures.instrument import Instrument
from midcourse.measures.item import SafetyItem
from midcourse.measures.scoring import Answers


@dataclass(frozen=True, slots=True)
class SafetyAnswer:
    """One safety item and what was answered; a skipped item shows as skipped, never as 0.

    `value` is None where the item was skipped or not shown.
    """

    instrument: str
    rule: SafetyItem
    value: float | None
    status: Literal["positive", "negative", "skipped", "not shown"]

    @property
    def positive(self) -> bool:
        """Whether the answer reaches the item's threshold."""
        return self.status == "positive"


def safety_answers(instrument: Instrument, answers: Answers) -> tuple[SafetyAnswer, ...]:
    """Return every safety item of the instrument with its answer, in the order of the rules."""
    return tuple(_answer(instrument, rule, answers) for rule in instrument.safety)


def _answer(instrument: Instrument, rule: SafetyItem, answers: Answers) -> SafetyAnswer:
    value = answers.get(rule.item)
    if value is None:
        return SafetyAnswer(instrument.id, rule, None, "skipped" if rule.item in answers else "not shown")
    return SafetyAnswer(instrument.id, rule, value, "positive" if value >= rule.at_least else "negative")


def has_safety_item(instruments: Iterable[Instrument]) -> bool:
    """Say whether any of these asks about suicide; a battery where none does is blind to it and says so."""
    return any(rule.asks_about == "suicide" for one in instruments for rule in one.safety)
