"""The client's review: the only one that knows the track for what is not okay."""

from dataclasses import replace
from typing import Any

from midcourse.conduct import ConductTrack, conduct_track, every_question
from midcourse.reasons.evidence import evidence_of
from midcourse.reasons.situation import Situation
from midcourse.record import CheckUp
from midcourse.review.explain import SENTENCES, explain
from midcourse.review.explanation import ClientReview, Explanation, ShownPoint, ShownReason, ShownStep

SAFETY_STEPS = ("A-C-CRISIS", "A-C-DV", "A-C-CONF-SET")
ASK = "How safe do you feel right now? Help is there at any hour."
WAYS = "Nothing is sent to anyone unless you choose it. You can look at the ways that are open, in your own time."


def private_questions(language: str = "en") -> tuple[dict[str, Any], ...]:
    """Return the questions of the client's private page, in order."""
    return every_question(language)


def review_for_client(check_up: CheckUp, situation: Situation, language: str = "en") -> ClientReview:
    """Return what the client reads: safety, what is not okay, too early, reasons, steps, plan.

    Any yes about what is not okay holds the ranking of other reasons back.
    """
    explanation = explain(evidence_of(check_up, situation, "client"), language)
    track = conduct_track(check_up, language)
    if track is None:
        return ClientReview(explanation)
    said = tuple(sentence for one in track.concerns for sentence in one.said)
    return ClientReview(_conduct_first(explanation, track), said)


def _conduct_first(explanation: Explanation, track: ConductTrack) -> Explanation:
    safety = explanation.safety
    if safety == "none" and track.grave:
        safety = "ask"
    kept = [one for one in explanation.steps if one.id in SAFETY_STEPS]
    opened = [ShownStep(one.id, one.who, one.text, track.concerns[0].id) for one in track.options]
    return replace(
        explanation,
        safety=safety,
        safety_sentence=ASK if safety == "ask" else SENTENCES[safety],
        track="conduct",
        reasons=tuple(
            ShownReason(
                one.id, one.title, one.say, one.points, "on its own page", "C",
                tuple(ShownPoint("client", one.id, 0.0, sentence) for sentence in one.said),
            )
            for one in track.concerns
        ),
        steps=(*kept, *opened),
        plan=WAYS,
        confidence="based on your answers only",
        findings=(),
    )  # fmt: skip
