"""What is not okay: questions and ways, for the client's private page alone. Nothing is kept here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from midcourse.reasons.situation import Situation
from midcourse.record import CheckUp, History
from midcourse.review.client import private_questions, review_for_client

WORDS = ("yes", "no", "not sure", "rather not say")


@dataclass(frozen=True)
class PrivateQuestion:
    """One question of the private page."""

    id: str
    text: str


@dataclass(frozen=True)
class Ways:
    """What holds, and the ways that are open. `grave`: help stands first."""

    concerns: tuple[tuple[str, str], ...]
    ways: tuple[str, ...]
    grave: bool


def questions(language: str) -> tuple[PrivateQuestion, ...]:
    """Return every question, in order."""
    return tuple(PrivateQuestion(one["id"], one["text"]) for one in private_questions(language))


def ways(answers: Mapping[str, str], language: str) -> Ways | None:
    """Return what holds and which ways are open, None where no answer opens any."""
    given: Any = {name: word for name, word in answers.items() if word in WORDS}
    review = review_for_client(CheckUp(conduct=given), Situation(History()), language).explanation
    if review.track != "conduct":
        return None
    return Ways(
        concerns=tuple((one.title, one.say) for one in review.reasons),
        ways=tuple(step.text for step in review.steps if step.who == "client"),
        grave=review.safety != "none",
    )
