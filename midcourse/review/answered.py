"""Answer a question from a person's own course where its numbers are known, and honestly where they are not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from midcourse import content
from midcourse.content.say import sentence
from midcourse.plans.guidance import Card, find_guide
from midcourse.review.own_course import OwnCourse
from midcourse.signals.sentence import points

PLACEHOLDER = re.compile(r"\{(\w+)\}")
ODDS = {"chance", "shares"}
RARE, NEARLY_ALL = 0.005, 0.995


@dataclass(frozen=True, slots=True)
class Answered:
    """One question with its answer; `own` says that it holds the person's own numbers.

    `note` says whose odds they are where they lean on people from elsewhere.
    """

    id: str
    question: str
    text: str
    own: bool
    grade: str
    sources: tuple[str, ...]
    note: str = ""


def answers(own: OwnCourse | None = None, language: str = "en") -> tuple[Answered, ...]:
    """Return every frequent question with its answer, filled from this course where it can be."""
    return tuple(answer(card, own, language) for card in find_guide("faq", language).cards)


def answer(card: Card, own: OwnCourse | None, language: str = "en") -> Answered:
    """Return one answer; without even one of the numbers it wants, the answer for that case is given."""
    wanted = PLACEHOLDER.findall(card.text)
    known = {} if own is None else _words(own, language)
    filled = bool(wanted) and all(name in known for name in wanted)
    text = card.text if not wanted or filled else card.without
    text = text.format_map(known) if filled else text
    note = _whose(own, language) if filled and own is not None and ODDS & set(wanted) else ""
    return Answered(card.id, card.title, text, filled, card.grade, card.sources, note)


def _whose(own: OwnCourse, language: str) -> str:
    """Say whose odds they are where they lean on people from elsewhere."""
    if not own.borrowed_from:
        return ""
    people = content.read_in("references", own.borrowed_from, language)["plain"]
    return sentence("odds-borrowed", language, people=people)


def _words(own: OwnCourse, language: str) -> Mapping[str, str]:
    """Every number that is known, in words."""
    words = {"measure": own.measure, "check_ins": str(len(own.scores))}
    if len(own.scores) > 1:
        words |= {"first": points(own.scores[0]), "last": points(own.scores[-1])}
    if own.reliable_change is not None:
        words["reliable_change"] = points(own.reliable_change)
    if own.chance is not None and own.horizon is not None:
        words["chance"] = _of_100(own.chance, language)
        words["horizon"] = _when(own.horizon, own.axis, language)
    if own.shares:
        words["shares"] = "; ".join(
            sentence(
                "share-at", language, share=_of_100(share, language), when=_when(time, own.axis, language)
            )
            for time, share in own.shares
        )
    return words


def _of_100(chance: float, language: str) -> str:
    """A chance as people of 100; never 0 or 100 for what is only likely."""
    if chance < RARE:
        return sentence("under-one", language)
    if chance > NEARLY_ALL:
        return sentence("over-99", language)
    return sentence("about-n", language, number=f"{100 * chance:.0f}")


def _when(time: float, axis: str, language: str) -> str:
    name = "when-week" if axis == "week" else "when-session"
    return sentence(name, language, number=f"{time:.0f}")
