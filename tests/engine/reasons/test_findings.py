"""Every finding at its threshold and just beside it; 35 of them, and none about how good a therapist is."""

import pytest

from midcourse.measures import find
from midcourse.reasons import CourseSeen, Situation
from midcourse.reasons.approaches import approach_for
from midcourse.reasons.findings import EVERY, findings
from midcourse.record import (
    AnswerSheet,
    Calendar,
    Ending,
    GoalAgreement,
    History,
    Homework,
    MedicationNote,
    Preference,
)
from midcourse.signals.state import State

PHQ9, GAD7 = find("phq-9").scale, find("gad-7").scale


def found(history=None, *courses):
    return {one.id for one in findings(Situation(history or History(), courses))}


def phq9(*scores, states=()):
    return CourseSeen("phq-9", scores, PHQ9, states)


def calendar(**numbers):
    return History(calendar=Calendar(**{"weeks": 10, "booked": 10, "attended": 10, **numbers}))


def sheets(*bond):
    names = ("check-in-bond", "check-in-heard", "check-in-voice")
    return History(check_ins=tuple(AnswerSheet("x", dict.fromkeys(names, one)) for one in bond))


C, T, A = "client cancelled", "therapist cancelled", "attended"
FIRES = [
    ("D-WORSE", (History(), phq9(10, 16)), (History(), phq9(10, 15))),
    ("D-NOT", (History(), phq9(12, 10, 12, 12)), (History(), phq9(12, 10, 11, 12))),
    (
        "D-NOT",
        (History(), phq9(12, 12, 12, 12, states=(State.OFF_COURSE,))),
        (calendar(), phq9(12, 12, 12, 12, states=(State.OFF_COURSE,))),
    ),
    (
        "D-NOT",
        (calendar(weeks=3, booked=4, attended=4), phq9(12, 12, 12, states=(State.OFF_COURSE,))),
        (calendar(weeks=3, booked=4, attended=3), phq9(12, 12, 12, states=(State.OFF_COURSE,))),
    ),
    (
        "D-NOT",
        (History(), phq9(12, 12, 12, 12, states=(State.DRIFTING,) * 2)),
        (History(), phq9(12, 12, 12, 12, states=(State.DRIFTING,))),
    ),
    ("D-FLAT", (calendar(attended=6), phq9(12, 12)), (calendar(attended=5), phq9(12, 12))),
    ("D-FLAT", (calendar(), phq9(12, 12)), (calendar(), phq9(18, 12))),
    (
        "D-FLAT",
        (calendar(booked=0, attended=0), phq9(*(12,) * 6)),  # no session on record: scores are counted
        (calendar(booked=0, attended=0), phq9(*(12,) * 5)),
    ),
    (
        "D-FLAT",  # on course and two points better is no standstill
        (calendar(), phq9(17, 16, states=(State.ON_COURSE,))),
        (calendar(), phq9(17, 15, states=(State.ON_COURSE,))),
    ),
    ("D-EARLY", (calendar(weeks=3, attended=1),), (calendar(weeks=4, attended=3),)),
    ("D-EARLY", (calendar(weeks=3, attended=3),), (calendar(weeks=3, attended=4),)),
    (
        "D-SLOWSHAPE",
        (History(), phq9(12, 11, 11, states=(State.ON_COURSE,))),
        (History(), phq9(12, 11, 12, states=(State.ON_COURSE,))),
    ),
    ("D-SEVERE", (History(), phq9(10, 16)), (History(), phq9(16, 15))),
    (
        "D-SEVERE",
        (History(), CourseSeen("gad-7", (15.0,), GAD7)),
        (History(), CourseSeen("gad-7", (14.0,), GAD7)),
    ),
    ("D-CYCLE", (History(), phq9(14, 11, 15, 12, 16)), (History(), phq9(11, 12, 16, 17, 20))),
    ("D-ALL-LOW", (History(alliance=(70, 59)),), (History(alliance=(59, 60)),)),
    ("D-ALL-LOW", (sheets(4, 1, 1),), (sheets(4, 1, 2),)),
    ("D-ALL-DROP", (History(alliance=(90, 90, 75)),), (History(alliance=(90, 90, 76)),)),
    ("D-ALL-DROP", (sheets(4, 4, 2),), (sheets(4, 4, 3),)),
    ("D-ALL-HIGH", (History(alliance=(85, 85, 85, 85)),), (History(alliance=(85, 85, 84, 85)),)),
    ("D-ALL-HIGH", (sheets(3, 3, 3, 3),), (sheets(3, 3, 2, 3),)),
    ("D-DROPANS", (History(alliance=(95,) * 6), phq9(10, 16)), (History(alliance=(95,) * 6), phq9(10, 15))),
    ("D-DROPANS", (sheets(*(4,) * 6), phq9(10, 16)), (sheets(*(4,) * 5), phq9(10, 16))),
    ("D-GOAL-LOW", (History(goals=GoalAgreement(4)),), (History(goals=GoalAgreement(5)),)),
    ("D-GOAL-LOW", (History(goals=GoalAgreement(9, 5)),), (History(goals=GoalAgreement(9, 6)),)),
    (
        "D-GOAL-NONE",
        (History(goals=GoalAgreement(on_record=0)),),
        (History(goals=GoalAgreement(on_record=1)),),
    ),
    (
        "D-GOAL-NONE",
        (History(goals=GoalAgreement(sessions_since_rated=4)),),
        (History(goals=GoalAgreement(sessions_since_rated=3)),),
    ),
    ("D-HW-LOW", (History(homework=Homework(4, 1)),), (History(homework=Homework(4, 2)),)),
    (
        "D-HW-NONE",
        (History(homework=Homework(0, 0), treatment="CBT"),),
        (History(homework=Homework(0, 0), treatment="counselling"),),
    ),
    ("D-MISS-C", (calendar(latest=(C, A, A, C, A, A, A, A)),), (calendar(latest=(C, A, A, A, A, A, A, A)),)),
    ("D-MISS-C", (calendar(latest=(C, C)),), (calendar(latest=(C, A, C)),)),
    ("D-MISS-T", (calendar(latest=(T, A, A, T, A, A, A, A)),), (calendar(latest=(T, A, A, A, A, A, A, A)),)),
    ("D-GAP", (calendar(longest_gap_days=29),), (calendar(longest_gap_days=28),)),
    ("D-GAP", (calendar(longest_gap_days=29),), (calendar(longest_gap_days=29, planned_break=True),)),
    ("D-CHANGE-T", (calendar(therapist_changes=2),), (calendar(therapist_changes=1),)),
    ("D-LOWFREQ", (calendar(booked=5, attended=5),), (calendar(booked=6, attended=6),)),
    ("D-LOWFREQ", (calendar(booked=1, attended=1),), (calendar(booked=0, attended=0),)),
    ("D-UNPLANNED-END", (History(ending=Ending(True, False)),), (History(ending=Ending(True, True)),)),
    (
        "D-DOMAIN-OUT",
        (History(main_concern="ocd", therapist_domains=("grief",)),),
        (History(main_concern="OCD", therapist_domains=("ocd",)),),
    ),
    (
        "D-TX-OUT",
        (History(main_concern="panic", treatment="psychodynamic"),),
        (History(main_concern="panic", treatment="CBT"),),
    ),
    (
        "D-TX-OUT",
        (History(main_concern="ocd", treatment="MI"),),
        (History(main_concern="stress", treatment="psychodynamic"),),
    ),
    (
        "D-PREF-OUT",
        (History(preferences=(Preference("a woman", met=False),)),),
        (History(preferences=(Preference("a woman", False, False),)),),
    ),
    ("D-READY-LOW", (History(readiness=3),), (History(readiness=3.5),)),
    ("D-PCL-HIGH", (History(screens={"pc-ptsd-5": 4}),), (History(screens={"pc-ptsd-5": 3}),)),
    ("D-PCL-HIGH", (History(screens={"pc-ptsd-5": 3}, woman=True),), (History(screens={"pcl-5": 30}),)),
    (
        "D-MED-NO",
        (History(medication=MedicationNote(False, False)),),
        (History(medication=MedicationNote(False, True)),),
    ),
    (
        "D-MED-FX",
        (History(medication=MedicationNote(side_effects=3)),),
        (History(medication=MedicationNote(side_effects=2)),),
    ),
    (
        "D-MED-FX",
        (History(medication=MedicationNote(skipped_or_stopped=True)),),
        (History(medication=MedicationNote()),),
    ),
    ("D-MED-BASE", (History(main_concern="Bipolar disorder"),), (History(main_concern="depression"),)),
    ("D-SUB-HIGH", (History(screens={"audit-c": 5}),), (History(screens={"audit-c": 4}),)),
    ("D-SUB-HIGH", (History(weekly_drug_use=True),), (History(weekly_drug_use=False),)),
    ("D-SLEEP", (History(sleep=(0.3, 1.0, 1.0, 1.0)),), (History(sleep=(1.0, 1.0, 0.6)),)),
    ("D-LIFE", (History(life_events=("a loss",)),), (History(functioning_fell=False),)),
    ("D-LIFE", (History(functioning_fell=True),), (History(),)),
    ("D-SUPPORT-LOW", (History(support_lowest=True),), (History(support_lowest=False),)),
    ("D-FIRST", (History(first_therapy=True),), (History(first_therapy=False),)),
    ("D-PASTBAD", (History(bad_past_therapy=True),), (History(bad_past_therapy=None),)),
]


@pytest.mark.need(
    "S1-16", "S1-59", "S1-60", "S1-61", "S1-63", "S2-80", "S2-96", "S3-04", "S4-03", by="midcourse why"
)
@pytest.mark.parametrize(
    ("name", "at", "beside"), FIRES, ids=[f"{one[0]}-{i}" for i, one in enumerate(FIRES)]
)
def test_a_finding_fires_at_its_threshold_and_not_beside_it(name, at, beside):
    assert name in found(*at)
    assert name not in found(*beside)


def test_all_thirty_five_are_tried_above_and_a_track_record_is_none():
    ids = {rule.id for rule in EVERY}
    assert len(EVERY) == len(ids) == 35 == len({one[0] for one in FIRES})
    assert "D-TRACK-LOW" not in ids


def test_nothing_on_record_finds_nothing():
    assert found() == set()


def test_a_scale_where_higher_is_better_is_read_the_other_way_round():
    ors = find("ors").scale
    assert "D-NOT" in found(None, CourseSeen("ors", (20.0, 30.0, 22.0, 21.0), ors))
    assert "D-NOT" not in found(None, CourseSeen("ors", (20.0, 30.0, 31.0, 32.0), ors))


def test_every_rule_names_its_threshold_and_source():
    assert all(rule.threshold and rule.source and rule.title for rule in EVERY)


@pytest.mark.parametrize(
    ("concern", "domains", "out"),
    [
        ("OCD (checking)", ("ocd", "anxiety"), False),
        ("generalised anxiety", ("Anxiety",), False),
        ("anxiety", ("generalised anxiety",), False),
        ("bipolar depression", ("depression",), False),
        ("binge eating", ("eating disorder",), False),
        ("trauma", ("PTSD",), False),
        ("panic", ("anxiety",), False),
        ("low mood", ("depression",), False),
        ("bereavement", ("grief",), False),
        ("ocd", ("anxiety",), True),
        ("panic", ("relationships", "depression"), True),
        ("hoarding", ("collecting",), True),
        ("grief", ("",), True),
    ],
)
def test_a_concern_is_found_among_domains_however_both_are_written(concern, domains, out):
    assert ("D-DOMAIN-OUT" in found(History(main_concern=concern, therapist_domains=domains))) is out


def test_the_longest_name_of_a_concern_decides_its_row():
    assert approach_for("chronic depression, some worry").id == "depression-chronic"
    assert approach_for("Social anxiety").id == "social-anxiety"
    assert approach_for("") is None and approach_for("hoarding") is None
