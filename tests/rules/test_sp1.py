"""Rule SP1: non-interference. Each test is a sentence of the rule, for any record at all.

Pages, exports, mails and counts of the application are held by tests/web.
"""

import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midcourse.conduct import conduct_track
from midcourse.reasons import Situation
from midcourse.record import CheckUp, History, SafetyAnswers
from midcourse.review.client import review_for_client
from midcourse.review.explanation import ClientReview, SharedReview, TherapistReview
from midcourse.review.shared import review_together
from midcourse.review.therapist import cut_for, review_for_therapist
from tests.engine.any_record import (
    ANSWERS,
    CONCERNS,
    HIDDEN,
    HISTORIES,
    PRIVATE,
    SAFETY,
    SECRETS,
    SITUATIONS,
    VIEWS,
)

some = settings(max_examples=60, deadline=None)
OTHERS = (review_for_therapist, review_together)
PARTS = tuple(one.name for one in fields(History) if one.name != "private")


# Review returns separate types for client, therapist and shared screen.


@some
@given(ANSWERS, SITUATIONS)
def test_each_audience_has_a_type_of_its_own(said: dict[str, int], situation: Situation) -> None:
    check_up = CheckUp(said)
    assert type(review_for_client(check_up, situation)) is ClientReview
    assert type(review_for_therapist(check_up, situation)) is TherapistReview
    assert type(review_together(check_up, situation)) is SharedReview
    assert "conduct_said" in {one.name for one in fields(ClientReview)}
    for other in (TherapistReview, SharedReview):
        assert {one.name for one in fields(other)} == {"explanation", "audience"}


# Each is built from a record already cut to what that audience may see.


@some
@given(ANSWERS, SECRETS, CONCERNS, SAFETY)
def test_the_record_is_cut_before_anything_is_weighed(
    said: dict[str, int], secret: dict[str, int], concerns: dict, safety: SafetyAnswers
) -> None:
    told = CheckUp({**said, **secret}, private=PRIVATE, conduct=concerns, safety=safety)
    for audience in ("therapist", "shared"):
        seen, _ = cut_for(told, Situation(History()), audience)  # type: ignore[arg-type]
        assert set(seen.client) == set(said)
        assert not seen.conduct and not seen.private
    assert cut_for(told, Situation(History()), "shared")[0].safety == SafetyAnswers(item9=safety.item9)


# For any input the therapist's and the shared review are the same to the byte with and without
# conduct answers and unshared private answers.


@some
@given(ANSWERS, VIEWS, SECRETS, CONCERNS, SITUATIONS, st.sets(st.sampled_from(HIDDEN), max_size=3))
def test_other_audiences_read_the_same_with_and_without_what_is_hers(
    said: dict[str, int],
    views: dict[str, int],
    secret: dict[str, int],
    concerns: dict,
    situation: Situation,
    picked: set[str],
) -> None:
    told = CheckUp({**said, **secret}, views, picks=tuple(sorted(picked)), private=PRIVATE, conduct=concerns)
    plain = CheckUp(said, views, private=PRIVATE)
    for make in OTHERS:
        assert repr(make(told, situation)) == repr(make(plain, situation))


@some
@given(ANSWERS, SITUATIONS, st.sets(st.sampled_from(HIDDEN), max_size=3))
def test_setting_a_private_reason_aside_is_as_private(
    said: dict[str, int], situation: Situation, aside: set[str]
) -> None:
    told, plain = (CheckUp(said, private=PRIVATE, dismissed=frozenset(one)) for one in (aside, ()))
    for make in OTHERS:
        assert repr(make(told, situation)) == repr(make(plain, situation))


@some
@given(ANSWERS, HISTORIES, HISTORIES, st.sets(st.sampled_from(PARTS), max_size=4))
def test_private_parts_of_the_record_change_nothing_for_others(
    said: dict[str, int], history: History, other: History, parts: set[str]
) -> None:
    """Whatever stands in a part that she keeps private, others read the same."""
    first = replace(history, private=frozenset(parts))
    second = replace(first, **{part: getattr(other, part) for part in parts})
    for make in OTHERS:
        assert repr(make(CheckUp(said), Situation(first))) == repr(make(CheckUp(said), Situation(second)))


@some
@given(ANSWERS, SAFETY, SITUATIONS)
def test_a_safety_answer_for_the_duty_person_looks_like_none(
    said: dict[str, int], safety: SafetyAnswers, situation: Situation
) -> None:
    told = CheckUp(said, safety=safety, safety_to_therapist=False)
    for make in OTHERS:
        assert repr(make(told, situation)) == repr(make(CheckUp(said), situation))
    assert review_for_client(told, situation).explanation.safety == (
        review_for_client(CheckUp(said, safety=safety), situation).explanation.safety
    )


@some
@given(ANSWERS, SECRETS, SITUATIONS)
def test_private_looks_exactly_like_skipped(
    said: dict[str, int], secret: dict[str, int], situation: Situation
) -> None:
    """And a shared answer does not: the property above is no accident of answers that never count."""
    skipped = CheckUp(said, private=PRIVATE)
    unshared = CheckUp({**said, **secret}, private=PRIVATE)
    assert repr(review_for_therapist(unshared, situation)) == repr(review_for_therapist(skipped, situation))


def test_shared_it_is_read() -> None:
    shared = CheckUp({"C-STI-1": 4, "C-STI-2": 4}, private=PRIVATE - {"C-STI-1", "C-STI-2"})
    shown = review_for_therapist(shared, Situation(History())).explanation.reasons
    assert [one.id for one in shown] == ["stigma"]


# No data finding ever opens the conduct track.


@some
@given(ANSWERS, VIEWS, SITUATIONS)
def test_nothing_but_her_own_word_opens_the_track(
    said: dict[str, int], views: dict[str, int], situation: Situation
) -> None:
    check_up = CheckUp(said, views)
    assert conduct_track(check_up) is None
    assert review_for_client(check_up, situation).explanation.track != "conduct"


@pytest.mark.parametrize("module", ["midcourse.review.therapist", "midcourse.review.shared"])
def test_what_makes_the_other_reviews_never_loads_the_track(module: str, root: Path) -> None:
    code = f"import sys, {module}; sys.exit('midcourse.conduct' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
