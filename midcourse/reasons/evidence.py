"""The evidence reasons are weighed on: one check-up, one history, and what was found in the record."""

from dataclasses import dataclass
from typing import Literal

from midcourse.content.say import sentence
from midcourse.reasons.finding import Finding
from midcourse.reasons.findings import findings
from midcourse.reasons.situation import Situation
from midcourse.record import Audience, CheckUp, History


@dataclass(frozen=True, slots=True)
class Evidence:
    """Answers of both sides and findings, already cut to what one audience may see."""

    check_up: CheckUp
    situation: Situation
    found: tuple[Finding, ...]
    audience: Audience = "client"
    language: str = "en"

    @property
    def history(self) -> History:
        """Return what is on record beside scores."""
        return self.situation.history

    def has(self, *ids: str) -> bool:
        """Say whether any of these findings is there."""
        return any(one.id in ids for one in self.found)

    def answer(self, question: str) -> int | None:
        """Return the client's answer as given, None where skipped."""
        return self.check_up.client.get(question)

    def quoted(self, source: Literal["client", "therapist"], question: str, text: str, answer: int) -> str:
        """Return the sentence that names an answer to this audience.

        The therapist's answers count for the client too, but she reads them only once they are released.
        """
        if source == "client":
            name = "you-said" if self.audience == "client" else "client-said"
        elif self.audience == "client" and question not in self.check_up.released:
            return sentence("not-shared", self.language)
        else:
            name = "you-said" if self.audience == "therapist" else "therapist-said"
        return sentence(name, self.language, text=text, answer=sentence(f"answer-{answer}", self.language))


def evidence_of(
    check_up: CheckUp, situation: Situation, audience: Audience = "client", language: str = "en"
) -> Evidence:
    """Return the evidence of one record, which has been cut to this audience before."""
    return Evidence(check_up, situation, findings(situation, language), audience, language)
