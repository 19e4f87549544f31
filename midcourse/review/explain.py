"""Build an explanation from evidence that was cut to its audience: safety, reasons, steps, plan."""

from typing import TypedDict

from midcourse.content.say import sentence
from midcourse.plans.suggest import suggest
from midcourse.plans.triggers import TRIGGERS
from midcourse.reasons.evidence import Evidence
from midcourse.reasons.rank import Ranking, off_track, rank
from midcourse.reasons.weigh import FIRST, Weighed
from midcourse.record import Audience
from midcourse.review.explanation import Explanation, Safety, ShownPoint, ShownReason, ShownStep

ANGER = "anger"
SAID_TO_OTHERS = ("same-day", "danger-from-other", "ask", "ask-others-safety")


class Frame(TypedDict):
    """The parts of an explanation that do not depend on the record."""

    label: str
    choices: tuple[str, ...]
    right: str


def explain(evidence: Evidence) -> Explanation:
    """Return the explanation for the audience the evidence was cut for, in the evidence's language."""
    ranking = rank(evidence)
    offers = suggest(evidence, ranking)
    safety = safety_of(evidence, ranking)
    return Explanation(
        safety=safety,
        safety_sentence=safety_sentence(safety, evidence.audience, evidence.language),
        track=ranking.track,
        reasons=tuple(_shown(one, evidence.language) for one in ranking.shown),
        steps=tuple(ShownStep(one.step.id, one.step.who, one.step.text, one.because) for one in offers),
        plan=_plan(evidence),
        confidence=_confidence(evidence),
        findings=tuple((one.id, one.sentence) for one in evidence.found),
        **frame(evidence.language),
    )


def frame(language: str) -> Frame:
    """Return what stands in every explanation: the label, the choices, the right to switch."""
    choices = (sentence("not-for-me", language), sentence("something-else", language))
    return {
        "label": sentence("not-validated", language),
        "choices": choices,
        "right": sentence("right-to-switch", language),
    }


def safety_sentence(safety: Safety, audience: Audience, language: str) -> str:
    """Return what is said about safety to one audience, nothing where nothing has to be said."""
    if safety == "none":
        return ""
    other = audience != "client" and safety in SAID_TO_OTHERS
    return sentence(f"safety-{safety}{'-for-others' if other else ''}", language)


def safety_of(evidence: Evidence, ranking: Ranking) -> Safety:
    """Return the most pressing thing about safety; it always stands first."""
    if any(TRIGGERS[name](evidence, ranking) for name in ("risk", "harm-to-others")):
        return "same-day"
    if TRIGGERS["in-danger"](evidence, ranking):
        return "danger-from-other"
    if TRIGGERS["heavy-use"](evidence, ranking):
        return "medical-withdrawal"
    if evidence.has("D-WORSE"):
        return "ask"
    return "ask-others-safety" if ANGER in evidence.history.main_concern.lower() else "none"


def _shown(one: Weighed, language: str) -> ShownReason:
    band = sentence("band-first" if one.points >= FIRST - 1e-9 else "band-part", language)
    parts = tuple(ShownPoint(part.source, part.id, part.points, part.sentence) for part in one.parts)
    reason = one.reason
    return ShownReason(reason.id, reason.title, reason.say, one.points, band, reason.evidence, parts)


def _plan(evidence: Evidence) -> str:
    return sentence("plan-off-track" if off_track(evidence) else "plan-look-again", evidence.language)


def _confidence(evidence: Evidence) -> str:
    answers = len(evidence.check_up.client)
    if answers > 1:
        name = "based-on-both" if evidence.found else "based-on-answers"
    else:
        name = "based-on-one-answer" if answers else "based-on-record"
    return sentence(name, evidence.language)
