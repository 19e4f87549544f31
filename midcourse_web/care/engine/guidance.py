"""Guidance for pages: cards as plain facts, what goes with a reason, kinds of therapy, search."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from midcourse import content
from midcourse.plans.guidance import Card as EngineCard
from midcourse.plans.guidance import Guide as EngineGuide
from midcourse.plans.guidance import every_guide, find_card, find_guide

Audience = Literal["client", "therapist"]


@dataclass(frozen=True)
class Card:
    """One piece of guidance. `grade` says how well it is supported, `label` that in words' place.

    `lines` are (id, text). `reviewed_by` is empty where no clinician has read it. `unverified` says that
    nobody has held it against its source.
    """

    id: str
    title: str
    text: str
    grade: str
    lines: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    kind: str
    holder: str
    licence: str
    where: str
    unverified: bool
    reviewed_by: str


@dataclass(frozen=True)
class Guide:
    """One file of guidance with its cards in order."""

    id: str
    title: str
    cards: tuple[Card, ...]
    reviewed_by: str


@dataclass(frozen=True)
class Concern:
    """Which kinds of therapy are usual for one concern, in plain words. No prescription."""

    id: str
    title: str
    text: str
    grade: str


def guide(name: str, language: str) -> Guide:
    """Return one guide by id. Raises KeyError where there is none."""
    return _guide(find_guide(name, language))


def guides(audience: Audience, language: str) -> tuple[Guide, ...]:
    """Return every guide for an audience."""
    return tuple(_guide(one) for one in every_guide(language) if one.audience == audience)


def card(name: str, language: str) -> Card:
    """Return one card by id. Raises KeyError where there is none."""
    found = find_card(name, language)
    reviewed = next(one.reviewed_by for one in every_guide(language) if found in one.cards)
    return _card(found, reviewed)


def suggested(reasons: Iterable[str], audience: Audience, language: str) -> tuple[Card, ...]:
    """Return the cards that go with any of these reasons, those of the first reason first."""
    found: dict[str, Card] = {}
    for reason in reasons:
        for one in guides(audience, language):
            for each in one.cards:
                if reason in each.reasons:
                    found.setdefault(each.id, each)
    return tuple(found.values())


def search(words: str, audience: Audience, language: str) -> tuple[Card, ...]:
    """Return the cards that hold every word, those with all of them in the title first."""
    wanted = words.lower().split()
    if not wanted:
        return ()
    all_cards = [each for one in guides(audience, language) for each in one.cards]
    found = [one for one in all_cards if all(word in _everything(one) for word in wanted)]
    return tuple(sorted(found, key=lambda one: not all(word in one.title.lower() for word in wanted)))


def usual_for(language: str) -> tuple[Concern, ...]:
    """Return which kinds of therapy are usual for which concern, in plain words."""
    rows = content.read_in("guidance", "approaches", language)["approaches"]
    return tuple(Concern(row["id"], row["plain_title"], row["plain"], row["grade"]) for row in rows)


def _everything(one: Card) -> str:
    return " ".join((one.title, one.text, *(text for _id, text in one.lines))).lower()


def _guide(one: EngineGuide) -> Guide:
    return Guide(
        one.id, one.title, tuple(_card(each, one.reviewed_by) for each in one.cards), one.reviewed_by
    )


def _card(one: EngineCard, reviewed_by: str) -> Card:
    lines = tuple((line.id, line.text) for line in one.lines)
    return Card(
        one.id, one.title, one.text, one.grade, lines, one.reasons, one.kind, one.holder, one.licence,
        one.where, one.unverified, reviewed_by,
    )  # fmt: skip
