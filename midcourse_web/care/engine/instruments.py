"""Questionnaires as pages ask them."""

from dataclasses import dataclass

from midcourse.measures.instrument import UnknownInstrument, find

SESSION_CHECK_IN = "midcourse-check-in"


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
    required: bool = False


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
    """Return an instrument to ask. Raises ValueError where it is unknown or its words may not be shipped."""
    try:
        one = find(name)
    except UnknownInstrument as why:
        raise ValueError(str(why)) from why
    if not one.has_text:
        raise ValueError(f"{one.short} may be scored here, but its words are not ours to show.")
    safety = {rule.item for rule in one.safety}
    questions = tuple(
        Question(
            item.id,
            item.text,
            tuple(Choice(int(option.value), option.label) for option in item.options),
            item.id in safety,
        )
        for item in one.items
    )
    return Questionnaire(
        one.id, one.short, one.version, one.language, one.stem, one.recall, questions,
        one.licence.must_display, one.validated, one.higher_is_better,
    )  # fmt: skip


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
