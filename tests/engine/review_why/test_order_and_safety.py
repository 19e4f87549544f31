"""The order of a review: safety first, then what is not okay, and nobody else learns of it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midcourse.measures import find
from midcourse.reasons import Situation, every_reason
from midcourse.record import CheckUp, Ending, Episode, History, SafetyAnswers, Score
from midcourse.review.client import review_for_client
from midcourse.review.shared import review_together
from midcourse.review.situation import situation_of
from midcourse.review.therapist import review_for_therapist
from midcourse.signals.state import State

CONDUCT = ("C-BND-1", "C-BND-2", "C-BND-3", "C-ETH-1", "C-ETH-2", "C-ETH-3", "C-ETH-4")
WORDS = ("yes", "no", "not sure", "rather not say")
PRIVATE = sorted({q.id for r in every_reason() for q in r.client_questions if q.private})
OPEN = sorted({q.id for r in every_reason() for q in r.client_questions if not q.private})
HIDDEN = tuple(one.id for one in every_reason() if one.private)
ANSWERS = st.dictionaries(st.sampled_from(OPEN), st.integers(0, 4))
SECRETS = st.dictionaries(st.sampled_from(PRIVATE), st.integers(0, 4))
CONCERNS = st.dictionaries(st.sampled_from(CONDUCT), st.sampled_from(WORDS))


def client(history=None, **check_up):
    return review_for_client(CheckUp(**check_up), Situation(history or History())).explanation


def ids(explanation):
    return [one.id for one in explanation.steps]


@settings(max_examples=60, deadline=None)
@given(ANSWERS, SECRETS, CONCERNS, st.lists(st.sampled_from(HIDDEN), max_size=2, unique=True))
def test_other_audiences_are_the_same_to_the_byte_with_and_without_what_is_hers(
    said, secret, concerns, picks
):
    history = History(bad_past_therapy=True, private=frozenset({"bad_past_therapy"}))
    told = CheckUp({**said, **secret}, private=frozenset(PRIVATE), conduct=concerns, picks=tuple(picks))
    plain = CheckUp(said, private=frozenset(PRIVATE))
    for make in (review_for_therapist, review_together):
        assert repr(make(told, Situation(history))) == repr(make(plain, Situation(History())))


@settings(max_examples=40, deadline=None)
@given(ANSWERS, CONCERNS)
def test_a_risk_answer_always_comes_first(said, concerns):
    found = client(client=said, conduct=concerns, safety=SafetyAnswers(self_harm=1))
    assert found.safety == "same-day" and found.safety_sentence and ids(found)[0] == "A-C-CRISIS"
    assert "A-C-KEEP-GOING" not in ids(found)


@pytest.mark.parametrize(
    ("safety", "level", "step"),
    [
        (SafetyAnswers(item9=1), "same-day", "A-T-RISK"),
        (SafetyAnswers(harm_to_others="yes"), "same-day", "A-C-CRISIS"),
        (SafetyAnswers(somebody_hurt="yes"), "same-day", "A-T-RISK"),
        (SafetyAnswers(in_danger="rather not say"), "danger-from-other", "A-C-DV"),
    ],
)
def test_each_safety_answer_has_its_level_and_step(safety, level, step):
    found = client(safety=safety)
    assert found.safety == level and step in ids(found)


def test_heavy_use_is_met_with_the_safety_of_stopping():
    found = client(History(screens={"audit-c": 10}), client={"C-SUB-1": 3})
    assert found.safety == "medical-withdrawal" and "A-C-SUB-SAFE" in ids(found)


def test_who_takes_medicine_is_told_not_to_stop_alone():
    found = client(client={"C-MED-2": 4})
    assert "A-C-MED-KEEP" in ids(found)


def test_asking_for_someone_else_is_met_without_a_question():
    assert {"A-S-SWITCH", "A-C-SWITCH-CLINIC", "A-C-FIND-NEW"} <= set(ids(client(asks_to_switch=True)))


def test_an_unsure_answer_opens_a_gentle_page():
    found = client(conduct={"C-BND-2": "rather not say"})
    assert found.track == "conduct" and found.safety == "none"
    assert set(ids(found)) <= {"A-C-OTHER-PERSON", "A-C-RECORD", "A-C-STOP-OK", "A-C-LICENSE"}


def test_a_milder_yes_opens_the_ways_without_the_law():
    found = ids(client(conduct={"C-BND-2": "yes"}))
    assert "A-C-BOARD" in found and "A-C-LEGAL" not in found
    assert "A-C-LEGAL" in ids(client(conduct={"C-BND-1": "yes"}))


def test_being_left_without_a_plan_brings_the_clinic_in():
    assert ids(client(conduct={"C-ETH-3": "yes"}))[:2] == ["A-S-CONTINUITY", "A-C-BRIDGE"]


def test_no_is_no_concern():
    assert client(conduct={"C-BND-1": "no"}).track == "reasons"


def test_confidence_says_what_it_rests_on():
    assert client().confidence == "based on the record only"
    assert client(client={"C-HW-1": 4}).confidence == "based on one answer"
    assert client(client={"C-HW-1": 4, "C-HW-2": 4}).confidence == "based on answers only"
    assert client(History(readiness=1), client={"C-HW-1": 4, "C-HW-2": 4}).confidence.endswith("record")


def test_the_therapists_own_words_reach_her_only_once_released():
    hidden = client(client={"C-HW-1": 4}, therapist={"T-HW": 4}).reasons[0].parts
    assert not any("often not done" in part.sentence for part in hidden)
    check_up = CheckUp({"C-HW-1": 4}, {"T-HW": 4}, released=frozenset({"T-HW"}))
    shown = review_for_client(check_up, Situation(History())).explanation.reasons[0].parts
    assert any("often not done" in part.sentence for part in shown)
    own = review_for_therapist(replace(check_up, picks=("homework-barriers",)), Situation(History()))
    assert any(part.sentence.startswith("You said") for part in own.explanation.reasons[0].parts)


def test_a_single_score_has_no_state_before_it():
    episode = Episode("a", (Score("phq-9", 12, session=1.0),))
    found = situation_of(episode, {"phq-9": find("phq-9").scale}, History())
    assert found.courses[0].states == (State.TOO_EARLY,)
    assert found.of("gad-7") == ()


@pytest.mark.parametrize("word", ["not sure", "yes"])
def test_who_was_left_without_a_referral_is_told_who_takes_over_whatever_else_she_says(word):
    found = ids(client(History(ending=Ending(True, False)), conduct={"C-ETH-3": word}))
    assert {"A-S-CONTINUITY", "A-C-BRIDGE"} <= set(found) and len(found) == len(set(found))
