"""Questionnaires as pages ask them."""

from dataclasses import dataclass
from functools import cache

from midcourse.measures.instrument import Instrument, UnknownInstrument, find, find_in, known
from midcourse.measures.item import Item
from midcourse_web.care.engine.spoken import spoken

SESSION_CHECK_IN = "midcourse-check-in"
NOT_FOR_CLIENTS = ("therapist-mirror",)
MOST_CHOICES = 11  # a ruler from 0 to 10 is still chosen from; what is longer is typed


@dataclass(frozen=True)
class Choice:
    """One answer that can be chosen."""

    value: int
    label: str


@dataclass(frozen=True)
class Question:
    """One question with its answers; `safety` says that the answer may be passed on (SR3)."""

    id: str
    text: str
    choices: tuple[Choice, ...]
    safety: bool
    lowest: int = 0
    highest: int = 0


@dataclass(frozen=True)
class Questionnaire:
    """One instrument ready to be asked, with what its licence wants shown."""

    id: str
    title: str
    version: str
    language: str
    stem: str
    recall: str
    questions: tuple[Question, ...]
    credit: str
    validated: bool
    higher_is_better: bool


def questionnaire(name: str) -> Questionnaire:
    """Return an instrument to ask, in the page's language where its words are there in it.

    Raises ValueError where it is unknown or its words may not be shipped.
    """
    try:
        one = _in(name, spoken())
    except UnknownInstrument as why:
        raise ValueError(str(why)) from why
    if not one.has_text:
        raise ValueError(f"{one.short} may be scored here, but its words are not ours to show.")
    return _form(one)


def paper_form(name: str) -> Questionnaire:
    """Return an instrument to key in from paper; items whose words are not ours to show have numbers.

    Raises ValueError where it is unknown, or where no single answers of it are known.
    """
    try:
        one = find(name)
    except UnknownInstrument as why:
        raise ValueError(str(why)) from why
    if not one.items:
        raise ValueError(f"Single answers of {one.short} are not known here.")
    return _form(one)


def _form(one: Instrument) -> Questionnaire:
    safety = {rule.item for rule in one.safety}
    questions = tuple(
        Question(
            item.id,
            item.text or f"{one.short}, {number}",
            _choices(item),
            item.id in safety,
            int(item.lowest),
            int(item.highest),
        )
        for number, item in enumerate(one.items, start=1)
    )
    return Questionnaire(
        one.id, one.short, one.version, one.language, one.stem, one.recall, questions,
        one.licence.must_display, one.validated, one.higher_is_better,
    )  # fmt: skip


def _choices(item: Item) -> tuple[Choice, ...]:
    if item.options:
        return tuple(
            Choice(int(option.value), option.label or f"{option.value:g}") for option in item.options
        )
    values = range(int(item.lowest), int(item.highest) + 1)
    if len(values) > MOST_CHOICES:
        return ()
    return tuple(Choice(value, str(value)) for value in values)


@cache
def _in(name: str, language: str) -> Instrument:
    return find_in(name, language)


def title(name: str) -> str:
    """Return the short title of an instrument, or the name itself where it is unknown."""
    try:
        return find(name).short
    except UnknownInstrument:
        return name


def can_be_asked(name: str) -> bool:
    """Say whether an instrument is known and its words may be shown."""
    try:
        return find(name).has_text
    except UnknownInstrument:
        return False


@cache
def asked_here() -> tuple[tuple[str, str], ...]:
    """Return (id, short title) of every instrument whose words may be shown to a client, by title."""
    found = [find(name) for name in known() if name not in NOT_FOR_CLIENTS]
    return tuple(sorted(((one.id, one.short) for one in found if one.has_text), key=lambda pair: pair[1]))
