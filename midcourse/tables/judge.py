"""Is this cell a score that can be used? Out of range, not whole, not a number, too few items."""

from collections.abc import Mapping
from typing import NamedTuple

from midcourse.measures import Instrument, score
from midcourse.record.score import Handling
from midcourse.tables.known import Known
from midcourse.tables.slots import ItemsSlot
from midcourse.tables.values import is_missing, number

# Different texts are few on any questionnaire; where they are not, the memory of them stays small.
REMEMBERED = 50_000


class Fault(NamedTuple):
    """One thing wrong with a score: its kind, what it is, and the column where that is not the slot's."""

    kind: str
    what: str
    column: int | None = None


class Verdict(NamedTuple):
    """What a cell comes to: a value to use, or None (missing without faults, set aside with them)."""

    value: float | None
    faults: tuple[Fault, ...] = ()
    n_answered: int | None = None
    missing: Handling = "given as a total"


_EMPTY = Verdict(None)


class TotalJudge:
    """Judges the cells of totals on one measure, remembering each different text."""

    def __init__(self, known: Known, *, decimal_comma: bool) -> None:
        """Take the measure and whether a comma may be the decimal sign."""
        self.known = known
        self._comma = decimal_comma
        self._seen: dict[str, Verdict] = {}

    def __call__(self, text: str) -> Verdict:
        """Return the verdict on one cell."""
        verdict = self._seen.get(text)
        if verdict is None:
            if len(self._seen) >= REMEMBERED:
                self._seen.clear()
            verdict = self._seen[text] = self._judge(text)
        return verdict

    def _judge(self, text: str) -> Verdict:
        if is_missing(text):
            return _EMPTY
        value = number(text, decimal_comma=self._comma)
        if value is None:
            return Verdict(None, (Fault("not-a-number", f"{text.strip()!r} is not a number."),))
        return Verdict(value, self._faults(value, text.strip()))

    def _faults(self, value: float, text: str) -> tuple[Fault, ...]:
        known = self.known
        faults = []
        if not known.minimum <= value <= known.maximum:
            ends = f"{known.minimum:g} to {known.maximum:g}"
            faults.append(Fault("out-of-range", f"{text} is outside {known.title}'s range, {ends}."))
        if known.whole and not value.is_integer():
            faults.append(Fault("not-whole", f"{text} is not a whole number; {known.title} has only those."))
        return tuple(faults)


class ItemsJudge:
    """Judges one instrument's item answers in a row, and scores them."""

    def __init__(self, instrument: Instrument, slot: ItemsSlot, *, decimal_comma: bool) -> None:
        """Take the instrument and the columns of its items."""
        self._instrument = instrument
        self._items = [(instrument.items[number - 1], column) for number, column in slot.columns.items()]
        self._comma = decimal_comma

    def __call__(self, row: list[str]) -> Verdict:
        """Return the total of one row's answers; an empty cell is an item that was not answered."""
        texts = {item.id: row[column] for item, column in self._items if not is_missing(row[column])}
        if not texts:
            return _EMPTY
        answers = {name: number(text, decimal_comma=self._comma) for name, text in texts.items()}
        faults = tuple(
            Fault("item-answer", f"{row[column].strip()!r} is not an answer: {item.allowed()}.", column)
            for item, column in self._items
            if item.id in answers and not ((value := answers[item.id]) is not None and item.accepts(value))
        )
        return Verdict(None, faults) if faults else self._scored(answers)

    def _scored(self, answers: Mapping[str, float | None]) -> Verdict:
        try:
            total = score(self._instrument, answers).total
        except ValueError as error:
            return Verdict(None, (Fault("item-answer", str(error)),))
        assert total is not None, "a measure without a total is not a Known"
        if total.value is None or total.missing == "not scored":
            return Verdict(None, (Fault("too-few-items", total.reason or ""),))
        return Verdict(total.value, (), total.n_answered, total.missing)
