"""The three answers to "why might it be stuck, and what next": for the client, the therapist, the shared screen."""

from dataclasses import dataclass
from typing import Literal

Safety = Literal[
    "none", "ask", "same-day", "danger-from-other", "medical-withdrawal", "ask-others-safety"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """One part of a reason's points, with the sentence behind it."""

    source: str
    id: str
    points: float
    sentence: str


@dataclass(frozen=True, slots=True)
class ShownReason:
    """One reason as one audience sees it; the parts add up to the points."""

    id: str
    title: str
    say: str
    points: float
    band: str
    evidence: str
    parts: tuple[ShownPoint, ...]


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One step on offer, whose it is, and the reason or rule it comes from."""

    id: str
    who: str
    text: str
    because: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What all three reviews share, in the order in which it must be read."""

    safety: Safety
    safety_sentence: str
    track: str
    reasons: tuple[ShownReason, ...]
    steps: tuple[ShownStep, ...]
    plan: str
    confidence: str
    findings: tuple[tuple[str, str], ...]
    label: str
    choices: tuple[str, ...]
    right: str


@dataclass(frozen=True, slots=True)
class ClientReview:
    """What the client reads. `conduct_said` are her own words on what is not okay; nobody else gets them."""

    explanation: Explanation
    conduct_said: tuple[str, ...] = ()
    audience: Literal["client"] = "client"


@dataclass(frozen=True, slots=True)
class TherapistReview:
    """What the therapist reads, built from a record without conduct answers and unshared private ones."""

    explanation: Explanation
    audience: Literal["therapist"] = "therapist"


@dataclass(frozen=True, slots=True)
class SharedReview:
    """What both read on one screen: only what each side has released."""

    explanation: Explanation
    audience: Literal["shared"] = "shared"
