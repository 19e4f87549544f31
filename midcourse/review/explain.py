"""Build an explanation from evidence that was cut to its audience: safety, reasons, steps, plan."""

from midcourse.plans.suggest import suggest
from midcourse.plans.triggers import TRIGGERS
from midcourse.reasons.evidence import Evidence
from midcourse.reasons.rank import Ranking, off_track, rank
from midcourse.reasons.weigh import FIRST, Weighed
from midcourse.review.explanation import Explanation, Safety, ShownPoint, ShownReason, ShownStep

SENTENCES: dict[Safety, str] = {
    "none": "",
    "same-day": "You told us about thoughts of hurting yourself or of not being alive. Help comes first. "
    "If you are not safe right now, call your local crisis line or emergency number.",
    "danger-from-other": "You told us that you may be in danger from someone. There is private help for that. "
    "Nothing here suggests meeting that person together.",
    "medical-withdrawal": "If you drink heavily most days, please do not stop all at once. See a doctor first.",
    "ask": "Scores got worse. It is worth asking how safe you feel, even when nothing was said about it.",
    "ask-others-safety": "When anger is the main concern, it is worth asking if everybody is safe.",
}
FOR_OTHERS: dict[Safety, str] = {
    **SENTENCES,
    "same-day": "A safety answer was positive. Assess risk today, before anything below.",
    "danger-from-other": "The client may be in danger from someone. Ask alone; suggest no joint session.",
    "ask": "Scores got reliably worse. Ask about risk again, even when item 9 is 0.",
    "ask-others-safety": "Anger is the main concern. Ask about the safety of others; never assume.",
}
ANGER = "anger"


def explain(evidence: Evidence, language: str = "en") -> Explanation:
    """Return the explanation for the audience the evidence was cut for."""
    ranking = rank(evidence, language)
    offers = suggest(evidence, ranking, language)
    safety = safety_of(evidence, ranking)
    return Explanation(
        safety=safety,
        safety_sentence=(SENTENCES if evidence.audience == "client" else FOR_OTHERS)[safety],
        track=ranking.track,
        reasons=tuple(_shown(one) for one in ranking.shown),
        steps=tuple(ShownStep(one.step.id, one.step.who, one.step.text, one.because) for one in offers),
        plan=_plan(evidence),
        confidence=_confidence(evidence),
        findings=tuple((one.id, one.sentence) for one in evidence.found),
    )


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


def _shown(one: Weighed) -> ShownReason:
    band = "worth talking about first" if one.points >= FIRST - 1e-9 else "may be part of it"
    parts = tuple(ShownPoint(part.source, part.id, part.points, part.sentence) for part in one.parts)
    reason = one.reason
    return ShownReason(reason.id, reason.title, reason.say, one.points, band, reason.evidence, parts)


def _plan(evidence: Evidence) -> str:
    if off_track(evidence):
        return "Choose one or two steps together, write down who does what, and set a day to check whether it helped."
    return "Agree on a day to look at this again. Steps are yours to choose."


def _confidence(evidence: Evidence) -> str:
    answers = len(evidence.check_up.client)
    if answers > 1:
        return "based on answers and the record" if evidence.found else "based on answers only"
    return "based on one answer" if answers else "based on the record only"
