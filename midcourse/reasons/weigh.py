"""Weigh one reason in the open: points added, capped per source, counter-evidence taken off.

    client question: weight x max(0, v - 1) / 3,  v = answer, or 4 - answer where reversed
    points = min(client, 4) + min(therapist, 1) + min(findings, 2.5) + 1.5 (own pick) + counter, not below 0

Every weight and cap is a starting value chosen by judgement. Nothing here is clinically validated. The
therapist's side is capped low because therapists foresee deterioration poorly (1 of 40: Hannan et al.
2005, J Clin Psychol 61:155).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from midcourse.content.say import sentence
from midcourse.reasons.counter import TESTS
from midcourse.reasons.evidence import Evidence
from midcourse.reasons.reason import Question, Reason

Source = Literal["client", "therapist", "record", "pick", "counter", "cap", "floor"]
CLIENT_CAP, THERAPIST_CAP, OWN_CAP, RECORD_CAP = 4.0, 1.0, 1.5, 2.5
PICK = 1.5
TOP = 4
FIRST, PART = 3.0, 1.5  # points: worth talking about first; may be part of it
JUST_BELOW_FIRST = 2.99


@dataclass(frozen=True, slots=True)
class Point:
    """One part of a reason's points: where it comes from, how much, and the sentence behind it."""

    source: Source
    id: str
    points: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """A reason with its points; the parts add up to them exactly."""

    reason: Reason
    points: float
    parts: tuple[Point, ...]

    def share(self, source: Source) -> float:
        """Return the points from one source, before caps."""
        return sum(part.points for part in self.parts if part.source == source)


def weigh(reason: Reason, evidence: Evidence, others: Mapping[str, float]) -> Weighed:
    """Return a reason's points; `others` are the points of reasons weighed before it."""
    client = _asked(reason.client_questions, evidence, "client")
    picked = reason.id in evidence.check_up.picks
    if reason.needs_client_statement and not client and not picked:
        return Weighed(reason, 0.0, ())
    therapist = _asked(reason.therapist_questions, evidence, "therapist")
    own = any(question.own for question in reason.therapist_questions)
    parts = [
        *_capped(client, CLIENT_CAP, "cap-client", evidence),
        *_capped(therapist, OWN_CAP if own else THERAPIST_CAP, "cap-therapist", evidence),
        *_capped(_recorded(reason, evidence), RECORD_CAP, "cap-record", evidence),
    ]
    if picked:
        parts.append(Point("pick", "C-PICK", PICK, _picked(evidence)))
    parts += [
        Point("counter", one.id, one.points, one.text)
        for one in reason.counter
        if TESTS[one.id](evidence, others)
    ]
    return _limited(reason, evidence, parts)


def _asked(
    questions: tuple[Question, ...], evidence: Evidence, source: Literal["client", "therapist"]
) -> list[Point]:
    answers = evidence.check_up.client if source == "client" else evidence.check_up.therapist
    out = []
    for question in questions:
        answer = answers.get(question.id)
        if answer is None:
            continue
        strength = TOP - answer if question.reverse else answer
        points = question.weight * max(0, strength - 1) / 3
        if points > 0:
            said = evidence.quoted(source, question.id, question.text, answer)
            out.append(Point(source, question.id, points, said))
    return out


def _picked(evidence: Evidence) -> str:
    return sentence("you-picked" if evidence.audience == "client" else "client-picked", evidence.language)


def _recorded(reason: Reason, evidence: Evidence) -> list[Point]:
    found = {one.id: one.sentence for one in evidence.found}
    # A gap that the therapist's side made is counted there, not here.
    theirs = "D-MISS-T" in found and "D-MISS-C" not in found
    calendar = evidence.history.calendar
    if reason.id == "attendance-gaps" and (theirs or (calendar is not None and calendar.gap_by_therapist)):
        found.pop("D-GAP", None)
    return [Point("record", name, points, found[name]) for name, points in reason.findings if name in found]


def _capped(parts: list[Point], cap: float, name: str, evidence: Evidence) -> list[Point]:
    over = sum(part.points for part in parts) - cap
    if over <= 1e-12:
        return parts
    said = sentence(name, evidence.language, points=f"{cap:g}")
    return [*parts, Point("cap", "cap", -over, said)]


def _limited(reason: Reason, evidence: Evidence, parts: list[Point]) -> Weighed:
    total = sum(part.points for part in parts)
    if total > JUST_BELOW_FIRST and _only_part(reason, evidence):
        text = sentence("cap-history", evidence.language)
        parts.append(Point("cap", "may-be", JUST_BELOW_FIRST - total, text))
        total = JUST_BELOW_FIRST
    if total < 0:
        parts.append(Point("floor", "floor", -total, sentence("floor", evidence.language)))
        total = 0.0
    return Weighed(reason, total, tuple(parts))


def _only_part(reason: Reason, evidence: Evidence) -> bool:
    if "may-be-unless-active-now" in reason.limits:
        return (evidence.answer("C-PAST-2") or 0) <= 1
    if "may-be-unless-client-says-so" in reason.limits:
        return not any((evidence.answer(one.id) or 0) > 1 for one in reason.client_questions)
    return False
