"""The therapist's review, built from a record that was cut first: nothing private, nothing on conduct."""

from dataclasses import replace

from midcourse.reasons.evidence import evidence_of
from midcourse.reasons.reason import every_reason
from midcourse.reasons.situation import Situation
from midcourse.record import Audience, CheckUp
from midcourse.review.explain import explain
from midcourse.review.explanation import TherapistReview


def review_for_therapist(check_up: CheckUp, situation: Situation, language: str = "en") -> TherapistReview:
    """Return what the therapist reads; the same to the byte with and without what is not theirs to see."""
    evidence = evidence_of(*cut_for(check_up, situation, "therapist"), "therapist", language)
    return TherapistReview(explain(evidence))


def cut_for(check_up: CheckUp, situation: Situation, audience: Audience) -> tuple[CheckUp, Situation]:
    """Return check-up and situation as somebody other than the client may see them.

    A pick or a dismissal of a private reason is private too, unless one of its questions was shared.
    """
    seen = check_up.as_seen_by(audience)
    hidden = {
        one.id
        for one in every_reason()
        if one.private and not any(question.id in seen.client for question in one.client_questions)
    }
    seen = replace(
        seen,
        picks=tuple(pick for pick in seen.picks if pick not in hidden),
        dismissed=frozenset(seen.dismissed - hidden),
    )
    return seen, replace(situation, history=situation.history.as_seen_by_others())
