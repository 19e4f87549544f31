"""The check-up: which question next, and what each side reads. Plain facts in, plain facts out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from midcourse.reasons import every_reason, evidence_of
from midcourse.reasons.ask import next_question
from midcourse.record import CheckUp, SafetyAnswers
from midcourse.review.client import review_for_client
from midcourse.review.explanation import Explanation
from midcourse.review.shared import review_together
from midcourse.review.therapist import review_for_therapist
from midcourse_web.care.engine.facts import RecordFacts, situation

EARLY = "too-early-to-tell"
NEVER_PLANNED = ("A-T-RISK", "A-C-CRISIS", "A-C-DV")  # what is done at once is no step of a plan


@dataclass(frozen=True)
class Side:
    """What was answered. `client` and `therapist` by question id, 0 (not at all) to 4 (very much).

    `private` names client questions she has not shared; `released` therapist questions whose answers
    the therapist has put into words for her. Conduct is no part of it: that has its own private page.
    """

    client: Mapping[str, int] = field(default_factory=dict)
    therapist: Mapping[str, int] = field(default_factory=dict)
    picks: tuple[str, ...] = ()
    dismissed: frozenset[str] = frozenset()
    private: frozenset[str] = frozenset()
    released: frozenset[str] = frozenset()
    self_harm: int | None = None
    in_danger: str | None = None
    not_working: bool = False


@dataclass(frozen=True)
class Asked:
    """One question with why it is asked; `private` ones stay with her until she shares them."""

    id: str
    text: str
    why: str
    private: bool
    sure: float


@dataclass(frozen=True)
class Because:
    """One thing a reason rests on, in words; `source` is client, therapist, data, pick or counter."""

    source: str
    id: str
    words: str
    points: float


@dataclass(frozen=True)
class StepShown:
    """One step on offer."""

    id: str
    who: str
    text: str
    because: str


@dataclass(frozen=True)
class ReasonShown:
    """One reason worth talking about, with what it rests on and the steps for each side."""

    id: str
    title: str
    say: str
    band: str
    points: float
    because: tuple[Because, ...]
    client_steps: tuple[StepShown, ...]
    therapist_steps: tuple[StepShown, ...]


@dataclass(frozen=True)
class ReviewShown:
    """What one audience reads, in the order in which it must be read."""

    safety: str
    safety_sentence: str
    early: ReasonShown | None
    reasons: tuple[ReasonShown, ...]
    more_steps: tuple[StepShown, ...]
    plan: str
    confidence: str
    findings: tuple[str, ...]
    label: str
    right: str

    @property
    def may_be_planned(self) -> tuple[StepShown, ...]:
        """The steps beside those of the reasons that can stand in a plan."""
        return tuple(one for one in self.more_steps if one.who != "clinic" and one.id not in NEVER_PLANNED)

    @property
    def in_danger(self) -> bool:
        """Whether she may be in danger from someone, so that nothing together is suggested (SR5)."""
        return self.safety == "danger-from-other"


def ask_next(facts: RecordFacts, side: Side, skipped: frozenset[str], language: str) -> Asked | None:
    """Return the question expected to tell most, None when enough is known or none is left."""
    found = next_question(evidence_of(_check_up(side), situation(facts), language=language), skipped)
    if found is None:
        return None
    one = found.question
    texts = {q.id: q.text for reason in every_reason(language) for q in reason.client_questions}
    return Asked(one.id, texts.get(one.id, one.text), found.why, one.private, found.sure)


def therapist_questions(language: str) -> tuple[Asked, ...]:
    """Return the therapist's short set, in the order of the reasons."""
    return tuple(
        Asked(one.id, one.text, reason.title, False, 0.0)
        for reason in every_reason(language)
        for one in reason.therapist_questions
    )


def client_questions(language: str) -> dict[str, Asked]:
    """Return every question to a client by its id."""
    return {
        one.id: Asked(one.id, one.text, reason.title, one.private, 0.0)
        for reason in every_reason(language)
        for one in reason.client_questions
    }


def titles(language: str) -> dict[str, str]:
    """Return the plain name of every reason a client can pick, by id."""
    return {one.id: one.title for one in every_reason(language) if one.id != EARLY}


def for_client(facts: RecordFacts, side: Side, language: str) -> ReviewShown:
    """Return what the client reads: her own view in full."""
    return _shown(review_for_client(_check_up(side), situation(facts), language).explanation)


def for_therapist(facts: RecordFacts, side: Side, language: str) -> ReviewShown:
    """Return what the therapist reads, from facts that were cut before."""
    return _shown(review_for_therapist(_check_up(side), situation(facts), language).explanation)


def together(facts: RecordFacts, side: Side, language: str) -> ReviewShown:
    """Return what both read on one screen: only what each side has released."""
    return _shown(review_together(_check_up(side), situation(facts), language).explanation)


def _check_up(side: Side) -> CheckUp:
    words: Any = side.in_danger
    return CheckUp(
        client=dict(side.client),
        therapist=dict(side.therapist),
        picks=side.picks,
        dismissed=side.dismissed,
        private=side.private,
        released=side.released,
        safety=SafetyAnswers(self_harm=side.self_harm, in_danger=words),
        says_not_working=side.not_working,
    )


def _shown(found: Explanation) -> ReviewShown:
    taken: set[str] = set()
    reasons = []
    for one in found.reasons:
        own = [step for step in found.steps if step.because == one.id]
        taken |= {step.id for step in own}
        reasons.append(
            ReasonShown(
                one.id,
                one.title,
                one.say,
                one.band,
                one.points,
                tuple(Because(part.source, part.id, part.sentence, part.points) for part in one.parts),
                tuple(_step(step) for step in own if step.who == "client"),
                tuple(_step(step) for step in own if step.who == "therapist"),
            )
        )
    early = next((one for one in reasons if one.id == EARLY), None)
    return ReviewShown(
        safety=found.safety,
        safety_sentence=found.safety_sentence,
        early=early,
        reasons=tuple(one for one in reasons if one.id != EARLY),
        more_steps=tuple(_step(step) for step in found.steps if step.id not in taken),
        plan=found.plan,
        confidence=found.confidence,
        findings=tuple(words for _id, words in found.findings),
        label=found.label,
        right=found.right,
    )


def _step(step: Any) -> StepShown:
    return StepShown(step.id, step.who, step.text, step.because)
