"""Reasons as things worth talking about, read from the files that clinicians own."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from midcourse import content

# What a file may say in `limits`: rules about a reason as a whole, each read where it is applied.
LIMITS = (
    "leads-only-early",
    "second-to-a-strong-reason",
    "only-with-a-cause-to-ask",
    "may-be-unless-active-now",
    "may-be-unless-client-says-so",
)


@dataclass(frozen=True, slots=True)
class Question:
    """One question to a client or therapist; `reverse` ones count the other way round.

    `weight` is the most points its answer can give. `private` ones stay with the client until she
    shares them; `own` marks a therapist's word on their own know-how or cancellations.
    """

    id: str
    text: str
    weight: float
    reverse: bool = False
    private: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class Counter:
    """Something that speaks against a reason, with the (negative) points it counts."""

    id: str
    points: float
    text: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Something worth talking about, never a verdict. Not clinically validated."""

    id: str
    order: int
    title: str
    family: str
    say: str
    evidence: str
    needs_client_statement: bool
    limits: tuple[str, ...]
    client_questions: tuple[Question, ...]
    therapist_questions: tuple[Question, ...]
    findings: tuple[tuple[str, float], ...]
    counter: tuple[Counter, ...]
    client_steps: tuple[str, ...]
    therapist_steps: tuple[str, ...]
    version: str

    @property
    def private(self) -> bool:
        """Whether every question to the client is private, so that the reason itself is."""
        return all(question.private for question in self.client_questions)


@cache
def every_reason(language: str = "en") -> tuple[Reason, ...]:
    """Return every reason in the order of the index; texts fall back to English where none is given."""
    raw = (content.read_in("reasons", name, language) for name in content.names("reasons"))
    return tuple(sorted((_reason(one) for one in raw), key=lambda one: one.order))


def find_reason(name: str) -> Reason:
    """Return one reason by id. Raises KeyError, naming it, where there is none."""
    for one in every_reason():
        if one.id == name:
            return one
    raise KeyError(f"There is no reason {name!r}; see `midcourse content check` for the list.")


def _reason(raw: dict[str, Any]) -> Reason:
    return Reason(
        id=raw["id"],
        order=raw["order"],
        title=raw["title"],
        family=raw["family"],
        say=raw["say"],
        evidence=raw["evidence"],
        needs_client_statement=raw["needs_client_statement"],
        limits=tuple(raw["limits"]),
        client_questions=tuple(Question(**one) for one in raw.get("client_questions", ())),
        therapist_questions=tuple(Question(**one) for one in raw.get("therapist_questions", ())),
        findings=tuple((one["id"], float(one["points"])) for one in raw.get("findings", ())),
        counter=tuple(Counter(**one) for one in raw.get("counter", ())),
        client_steps=tuple(raw["client_steps"]),
        therapist_steps=tuple(raw["therapist_steps"]),
        version=raw["version"],
    )
