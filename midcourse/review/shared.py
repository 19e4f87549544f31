"""The review on the shared screen: only what each side has released."""

from midcourse.reasons.evidence import evidence_of
from midcourse.reasons.situation import Situation
from midcourse.record import CheckUp
from midcourse.review.explain import explain
from midcourse.review.explanation import SharedReview
from midcourse.review.therapist import cut_for


def review_together(check_up: CheckUp, situation: Situation, language: str = "en") -> SharedReview:
    """Return what client and therapist read together."""
    evidence = evidence_of(*cut_for(check_up, situation, "shared"), "shared", language)
    return SharedReview(explain(evidence))
