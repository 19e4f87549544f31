"""The client's review: the only one that knows the track for what is not okay."""

from dataclasses import replace
from typing import Any

from midcourse.conduct import ConductTrack, conduct_track, every_question
from midcourse.content.say import sentence
from midcourse.reasons.evidence import evidence_of
from midcourse.reasons.situation import Situation
from midcourse.record import CheckUp
from midcourse.review.explain import explain, safety_sentence
from midcourse.review.explanation import ClientReview, Explanation, ShownPoint, ShownReason, ShownStep

LEFT = "ended-unplanned"  # whoever was left without a plan is told who takes over, whatever else was said
SAFETY_STEPS = ("A-C-CRISIS", "A-C-DV", "A-C-CONF-SET")


def private_questions(language: str = "en") -> tuple[dict[str, Any], ...]:
    """Return the questions of the client's private page, in order."""
    return every_question(language)


def review_for_client(check_up: CheckUp, situation: Situation, language: str = "en") -> ClientReview:
    """Return what the client reads: safety, what is not okay, too early, reasons, steps, plan.

    Any yes about what is not okay holds the ranking of other reasons back.
    """
    explanation = explain(evidence_of(check_up, situation, "client", language))
    track = conduct_track(check_up, language)
    if track is None:
        return ClientReview(explanation)
    said = tuple(sentence for one in track.concerns for sentence in one.said)
    return ClientReview(_conduct_first(explanation, track, language), said)


def _conduct_first(explanation: Explanation, track: ConductTrack, language: str) -> Explanation:
    safety = explanation.safety
    if safety == "none" and track.grave:
        safety = "ask"
    kept = [one for one in explanation.steps if one.id in SAFETY_STEPS or one.because == LEFT]
    there = {one.id for one in kept}
    options = [one for one in track.options if one.id not in there]
    opened = [ShownStep(one.id, one.who, one.text, track.concerns[0].id) for one in options]
    return replace(
        explanation,
        safety=safety,
        safety_sentence=sentence("safety-ask-how-safe", language)
        if safety == "ask"
        else safety_sentence(safety, "client", language),
        track="conduct",
        reasons=tuple(
            ShownReason(
                one.id, one.title, one.say, one.points, sentence("band-own-page", language), "C",
                tuple(ShownPoint("client", one.id, 0.0, sentence) for sentence in one.said),
            )
            for one in track.concerns
        ),
        steps=(*kept, *opened),
        plan=sentence("plan-conduct", language),
        confidence=sentence("based-on-your-answers", language),
        findings=(),
    )  # fmt: skip
