"""The parts of an instrument: what is asked, what may be answered, and what the answers are worth."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from midcourse.measures.scale import Cutoff, ReliableChange

# P: seen in the primary source. S: seen in somebody's restatement. M: from memory, never in force.
Evidence = Literal["P", "S", "M"]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen: its value in points, its words and its LOINC answer code."""

    value: float
    label: str = ""
    loinc: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One question: its words (empty where we may not ship them) and the answers it takes.

    Without options an answer is any number from `lowest` to `highest` in steps of `step`.
    `not_shown_counts_as` is the value of an item that was not put to this person at all.

    Raises ValueError where the lowest answer is not below the highest.
    """

    id: str
    lowest: float
    highest: float
    text: str = ""
    loinc: str | None = None
    scored: bool = True
    reversed: bool = False
    options: tuple[Option, ...] = ()
    step: float = 1
    not_shown_counts_as: float | None = None

    def __post_init__(self) -> None:
        if not self.lowest < self.highest:
            raise ValueError(f"{self.id}: the lowest answer must be below the highest.")

    def accepts(self, value: float) -> bool:
        """Say whether `value` is one of the answers this item takes."""
        if self.options:
            return any(value == option.value for option in self.options)
        steps = (value - self.lowest) / self.step
        return self.lowest <= value <= self.highest and abs(steps - round(steps)) < 1e-6

    def points(self, value: float) -> float:
        """Return what an answer is worth: the answer itself, or its mirror where the item is reversed."""
        return self.lowest + self.highest - value if self.reversed else value

    def allowed(self) -> str:
        """Return the answers this item takes, as words for an error message."""
        if self.options:
            return ", ".join(f"{option.value:g}" for option in self.options)
        return f"{self.lowest:g} to {self.highest:g} in steps of {self.step:g}"


@dataclass(frozen=True, slots=True)
class Part:
    """A score made of some of the items: the total or a subscale.

    Rules: `sum`, `mean`, `count` (items worth at least `at_least` points), `mean of subscales`.
    The result is multiplied by `multiply` and lies between `minimum` and `maximum`.
    """

    id: str
    title: str
    rule: Literal["sum", "mean", "count", "mean of subscales"]
    items: tuple[str, ...]
    minimum: float
    maximum: float
    multiply: float = 1
    at_least: float = 1
    positive_from: float | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A named range of scores, both ends included."""

    lowest: float
    highest: float
    label: str
    source: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PublishedCutoff:
    """A published cut-off; `active` ones are in force, for everybody or for the `group` named."""

    cutoff: Cutoff
    active: bool
    meaning: str
    group: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """A published reliable-change threshold with the size of its sample; the active one is in force."""

    change: ReliableChange
    active: bool
    n: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SafetyItem:
    """The rule of one safety item: an answer of `at_least` or more is positive.

    `level` says how soon a person must act: `now`, `same day`, or `next session`.
    """

    item: str
    at_least: float
    asks_about: Literal["suicide", "hopelessness", "risk to self"]
    level: Literal["now", "same day", "next session"]
    action: str
    source: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Gate:
    """A first question that may close the rest: answered `closed_at`, items not asked count as 0."""

    item: str
    closed_at: float


@dataclass(frozen=True, slots=True)
class Licence:
    """Who holds the words, on what terms, what must be displayed, and whether we may ship them."""

    holder: str
    terms: str
    must_display: str
    may_ship_text: bool


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: answers, and the score and handling that must come out."""

    title: str
    answers: Mapping[str, float | None]
    score: float | None
    missing: str
    subscales: Mapping[str, float]
