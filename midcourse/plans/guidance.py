"""Guidance as cards: education, questions to ask, add-ons, guides; read from the files that clinicians own."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from midcourse import content

# Tables of guidance that are no cards, and have readers of their own.
TABLES = ("approaches", "must-nots", "step-rules")
UNVERIFIED = ("unverified", "memory")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card: a question to ask, words to say, a field to fill in."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """One piece of guidance. Not clinically validated.

    `grade` says how well it is supported: A (trials) to D (a few reports), or guideline, law, consensus,
    unverified. `without` is the answer where the numbers that `text` wants are not known. `kind` is set
    for a sheet, an exercise, or something of somebody else's: a book, an app, a group, a service; those
    have a `holder`, a `licence` and `where` to find them, and `seen` says whether anybody looked.
    """

    id: str
    title: str
    text: str
    grade: str
    sources: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    without: str = ""
    kind: str = ""
    holder: str = ""
    licence: str = ""
    where: str = ""
    seen: str = ""

    @property
    def unverified(self) -> bool:
        """Whether nobody has held this against its source yet; it is shown with that word."""
        return (self.seen or self.grade) in UNVERIFIED


@dataclass(frozen=True, slots=True)
class Guide:
    """One file of guidance: its cards in order, for whom, and who has reviewed it (nobody where empty)."""

    id: str
    title: str
    audience: Literal["client", "therapist"]
    cards: tuple[Card, ...]
    reviewed_by: str
    version: str


@cache
def every_guide(language: str = "en") -> tuple[Guide, ...]:
    """Return every guide in its order: words to say first, what others made last.

    Texts fall back to English, visibly, where none is given.
    """
    names = [name for name in content.names("guidance") if name not in TABLES]
    raw = (content.read_in("guidance", name, language) for name in names)
    return tuple(_guide(one) for one in sorted(raw, key=lambda one: float(one["order"])))


def find_guide(name: str, language: str = "en") -> Guide:
    """Return one guide by id. Raises KeyError, naming what there is, where there is none."""
    for one in every_guide(language):
        if one.id == name:
            return one
    raise KeyError(f"no guidance called {name!r}; there are: {', '.join(g.id for g in every_guide())}")


def find_card(name: str, language: str = "en") -> Card:
    """Return one card by id. Raises KeyError, naming it, where there is none."""
    for guide in every_guide(language):
        for card in guide.cards:
            if card.id == name:
                return card
    raise KeyError(f"There is no card {name!r} in any guide.")


def cards_for(
    reason: str, audience: Literal["client", "therapist"], language: str = "en"
) -> tuple[Card, ...]:
    """Return the cards that go with a reason, in the order of the guides."""
    return tuple(
        card
        for guide in every_guide(language)
        if guide.audience == audience
        for card in guide.cards
        if reason in card.reasons
    )


def _guide(raw: dict[str, Any]) -> Guide:
    names = ("id", "title", "audience", "reviewed_by", "version")
    return Guide(cards=tuple(_card(one) for one in raw["cards"]), **{name: raw[name] for name in names})


def _card(raw: dict[str, Any]) -> Card:
    rest = {key: value for key, value in raw.items() if key not in ("sources", "reasons", "lines")}
    return Card(
        sources=tuple(raw["sources"]),
        reasons=tuple(raw.get("reasons", ())),
        lines=tuple(Line(**one) for one in raw.get("lines", ())),
        **rest,
    )
