"""Reasons are weighed in the open: every formula by hand, and what must hold for any answers."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midcourse.measures import find
from midcourse.reasons import CourseSeen, Situation, every_reason, evidence_of, rank
from midcourse.reasons.counter import TESTS
from midcourse.reasons.reason import find_reason
from midcourse.reasons.weigh import weigh
from midcourse.record import Calendar, CheckUp, GoalAgreement, History, Homework, MedicationNote, Preference
from midcourse.signals.state import State

QUESTIONS = sorted({one.id for reason in every_reason() for one in reason.client_questions})
THERAPISTS = sorted({one.id for reason in every_reason() for one in reason.therapist_questions})
ANSWERS = st.dictionaries(st.sampled_from(QUESTIONS), st.integers(0, 4))
VIEWS = st.dictionaries(st.sampled_from(THERAPISTS), st.integers(0, 4))
BUSY = History(
    calendar=Calendar(
        12, 12, 6, ("client missed",) * 3 + ("therapist cancelled",) * 2, 40.0, therapist_changes=2
    ),
    alliance=(90.0, 90.0, 50.0),
    goals=GoalAgreement(2, 9, 0),
    homework=Homework(4, 0),
    treatment="counselling",
    main_concern="ocd",
    therapist_domains=(),
    preferences=(Preference("a woman", met=False),),
    readiness=1,
    screens={"pc-ptsd-5": 5, "audit-c": 9},
    medication=MedicationNote(False, False, side_effects=4),
    life_events=("a loss",),
    support_lowest=True,
    sleep=(1.0,),
    first_therapy=True,
    bad_past_therapy=True,
)
STATED = (
    "readiness-ambivalence",
    "fear-of-painful-material",
    "stigma",
    "confidentiality-worry",
    "cultural-mismatch",
)


def points(name, check_up=None, history=None, others=None, *courses):
    evidence = evidence_of(check_up or CheckUp(), Situation(history or History(), courses))
    return weigh(find_reason(name), evidence, others or {}).points


def ranked(check_up=None, history=None, *courses):
    return rank(evidence_of(check_up or CheckUp(), Situation(history or History(), courses)))


def shown(*given):
    return [one.reason.id for one in ranked(*given).shown]


def test_an_answer_counts_its_weight_times_its_strength():
    assert points("homework-barriers", CheckUp({"C-HW-1": 3})) == pytest.approx(2 * 2 / 3)
    assert points("homework-barriers", CheckUp({"C-HW-1": 1})) == 0
    assert points("homework-barriers", CheckUp({"C-HW-3": 0})) == pytest.approx(1.5)


def test_each_source_is_capped():
    assert points("homework-barriers", CheckUp({"C-HW-1": 4, "C-HW-2": 4, "C-HW-3": 0})) == pytest.approx(4)
    assert points("trauma-underlying", CheckUp(therapist={"T-TRA": 4})) == pytest.approx(1)
    assert points("therapist-inconsistency", CheckUp(therapist={"T-TIN": 4})) == pytest.approx(1.5)
    assert points("therapist-inconsistency", None, BUSY) == pytest.approx(2.5)


def test_the_own_pick_adds_one_and_a_half_and_opens_a_reason_that_needs_her_word():
    assert points("stigma", CheckUp(picks=("stigma",))) == pytest.approx(1.5)


def test_past_care_that_is_not_active_now_may_be_part_of_it_at_most():
    active = {"C-PAST-1": 4, "C-PAST-2": 4}
    assert points("past-negative-experience", CheckUp(active)) == pytest.approx(3.5)
    quiet = CheckUp({"C-PAST-1": 4, "C-PAST-2": 1}, {"T-PAST": 4}, picks=("past-negative-experience",))
    assert points("past-negative-experience", quiet, BUSY) == pytest.approx(2.99)


def test_a_high_screen_without_her_own_concern_may_be_part_of_it_at_most():
    pick = CheckUp(therapist={"T-SUB": 4}, picks=("substance-use",))
    assert points("substance-use", pick, BUSY) == pytest.approx(2.99)
    said = replace(pick, client={"C-SUB-1": 4})
    assert points("substance-use", said, BUSY) > 5


@pytest.mark.parametrize(
    ("name", "reason", "check_up", "history", "others"),
    [
        (
            "alliance-high-and-said-so",
            "alliance-rupture",
            CheckUp({"C-ALL-1": 3, "C-ALL-2": 4, "C-ALL-3": 4}),
            History(alliance=(90.0,) * 4),
            {},
        ),
        (
            "both-agree-on-goals",
            "goal-disagreement",
            CheckUp({"C-GOAL-2": 4}),
            History(goals=GoalAgreement(8, 8)),
            {},
        ),
        (
            "orientation-done",
            "expectation-mismatch",
            CheckUp({"C-EXP-2": 4, "C-EXP-1": 1}),
            History(orientation_done=True),
            {},
        ),
        (
            "tasks-not-part",
            "homework-barriers",
            CheckUp({"C-HW-1": 4, "C-HW-2": 4}),
            History(homework=Homework(0, 0, False), treatment="counselling"),
            {},
        ),
        (
            "planned-leave-with-cover",
            "therapist-inconsistency",
            CheckUp({"C-TIN-1": 4}),
            History(calendar=Calendar(5, 5, 5, leave_covered=True)),
            {},
        ),
        (
            "specialist-supervision",
            "expertise-mismatch",
            CheckUp({"C-XPT-1": 4}),
            History(specialist_supervision=True),
            {},
        ),
        (
            "under-four-sessions",
            "treatment-mismatch",
            CheckUp({"C-TRT-1": 4}),
            History(calendar=Calendar(5, 3, 3)),
            {},
        ),
        (
            "direction-in-doubt",
            "readiness-ambivalence",
            CheckUp({"C-RDY-1": 4}),
            History(),
            {"goal-disagreement": 3.0},
        ),
        (
            "trauma-work-on-course",
            "trauma-underlying",
            CheckUp({"C-TRA-1": 4, "C-TRA-2": 4}),
            History(trauma_work=True),
            {},
        ),
        (
            "reviewed-lately",
            "medication-review",
            CheckUp({"C-MED-1": 4}),
            History(medication=MedicationNote(weeks_since_review=8)),
            {},
        ),
    ],
)
def test_what_speaks_against_a_reason_takes_its_points_off(name, reason, check_up, history, others):
    weight = next(one.points for one in find_reason(reason).counter if one.id == name)
    evidence = evidence_of(check_up, Situation(history))
    weighed = weigh(find_reason(reason), evidence, others)
    assert [part.points for part in weighed.parts if part.id == name] == [weight]


def test_every_counter_of_the_content_has_its_test_and_none_is_left_over():
    assert {one.id for reason in every_reason() for one in reason.counter} == set(TESTS)


def test_scores_in_the_wrong_direction_close_too_early_and_points_stop_at_zero():
    phq9 = CourseSeen("phq-9", (10.0, 16.0), find("phq-9").scale)
    assert points("too-early-to-tell", None, History(calendar=Calendar(2, 2, 2)), {}, phq9) == 0
    assert "too-early-to-tell" not in shown(None, History(calendar=Calendar(2, 2, 2)), phq9)


@pytest.mark.need("S2-93", by="midcourse why")
def test_early_leads_and_somebody_unheard_is_never_told_to_wait():
    early = History(calendar=Calendar(2, 2, 2))
    assert ranked(None, early).track == "early" and shown(None, early) == ["too-early-to-tell"]
    unheard = CheckUp({"C-ALL-1": 0, "C-ALL-3": 4})
    assert ranked(unheard, early).track == "reasons"
    assert shown(unheard, early) == ["alliance-rupture", "too-early-to-tell"]


def test_on_course_and_slow_is_called_too_early_only_where_nothing_else_is_there():
    slow = CourseSeen("phq-9", (14.0, 13.0, 12.0), find("phq-9").scale, (State.ON_COURSE,))
    assert ranked(None, History(calendar=Calendar(9, 9, 9)), slow).track == "early"
    stuck = CheckUp({"C-HW-1": 4})
    assert shown(stuck, History(calendar=Calendar(9, 9, 9)), slow) == ["homework-barriers"]


def test_off_track_without_any_reason_asks_for_a_fresh_look():
    assert shown(CheckUp(says_not_working=True)) == ["unaddressed-driver"]
    assert shown() == []


def test_what_she_set_aside_stays_away():
    stuck = CheckUp({"C-HW-1": 4}, dismissed=frozenset({"homework-barriers"}))
    assert shown(stuck) == []


def test_a_change_of_therapy_stands_behind_another_strong_reason():
    both = CheckUp({"C-TRT-1": 4, "C-TRT-2": 4, "C-TRT-3": 4, "C-HW-1": 4, "C-HW-2": 3})
    assert shown(both) == ["homework-barriers", "treatment-mismatch"]


def test_ties_go_to_her_own_pick_and_then_to_what_is_common():
    assert shown(CheckUp({"C-LIFE-1": 4, "C-ATT-1": 4})) == [
        "life-events-and-social-support",
        "attendance-gaps",
    ]


@pytest.mark.need("S2-56", "S2-61", "S2-64", "S2-65", "S2-66", by="midcourse why")
def test_medicine_is_raised_only_with_a_cause():
    severe = CourseSeen("phq-9", (22.0, 22.0), find("phq-9").scale)
    weeks = Calendar(8, 8, 8)
    known = History(calendar=weeks, medication=MedicationNote(False, False))
    assert "medication-review" in shown(None, known, severe)
    assert "medication-review" not in shown(None, History(calendar=weeks), severe)
    declined = replace(known, medication=MedicationNote(False, False, declined=True))
    assert "medication-review" not in shown(CheckUp({"C-MED-1": 4, "C-MED-2": 4}), declined, severe)
    assert "medication-review" in shown(None, History(main_concern="bipolar"))
    assert "medication-review" in shown(CheckUp({"C-MED-2": 4}))


def test_there_is_no_reason_by_another_name():
    with pytest.raises(KeyError, match="content check"):
        find_reason("laziness")


@settings(max_examples=60, deadline=None)
@given(VIEWS)
def test_the_record_and_the_therapist_alone_never_yield_what_only_she_can_say(views):
    for one in ranked(CheckUp(therapist=views), BUSY).weighed:
        assert one.points == 0 or one.reason.id not in STATED


@settings(max_examples=60, deadline=None)
@given(ANSWERS, VIEWS, st.sampled_from(QUESTIONS))
def test_taking_supporting_evidence_away_never_raises_its_reason(answers, views, gone):
    evidence = evidence_of(CheckUp(answers, views), Situation(BUSY))
    less = evidence_of(CheckUp({k: v for k, v in answers.items() if k != gone}, views), Situation(BUSY))
    for reason in every_reason():
        if gone in {one.id for one in reason.client_questions}:
            before, after = weigh(reason, evidence, {}), weigh(reason, less, {})
            assert after.points <= before.points + 1e-9


@settings(max_examples=60, deadline=None)
@given(ANSWERS, VIEWS)
def test_parts_add_up_to_the_points_and_order_of_answers_never_matters(answers, views):
    there = ranked(CheckUp(answers, views), BUSY)
    back = ranked(CheckUp(dict(reversed(answers.items())), dict(reversed(views.items()))), BUSY)
    assert there == back
    for one in there.weighed:
        assert sum(part.points for part in one.parts) == pytest.approx(one.points)
        assert 0 <= one.points <= 9 + 1e-9


def test_a_reason_found_by_name_is_the_one_in_the_list():
    assert find_reason("stigma") in every_reason()
