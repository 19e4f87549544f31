"""Answers and a record as people write them in JSON: read in full, or refused with place and mend."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcourse.cli.why import _known
from midcourse.measures import find
from midcourse.tables.answers_file import BadAnswers, answers_of, read_answers

KNOWN = _known()


def read(**raw):
    return answers_of(raw, *KNOWN)


def history(**data):
    return read(data=data).history


@pytest.mark.parametrize(
    ("raw", "mend"),
    [
        ([], "must hold"),
        ({"answers": []}, "must hold"),
        ({"data": []}, "must each hold"),
        ({"therapist": 3}, "must each hold"),
        ({"answers": {"C-ALL-1": "a lot"}}, "whole number from 0"),
        ({"answers": {"C-ALL-1": True}}, "whole number from 0"),
        ({"answers": {"C-ALL-9": 1}}, "no question C-ALL-9"),
        ({"answers": {"C-PICK": ["laziness"]}}, "no reason 'laziness'"),
        ({"answers": {"C-BND-1": "maybe"}}, "answer yes, no"),
        ({"data": {"last8": ["Z"]}}, "use A"),
        ({"answers": {"T-ALL-9": 1}}, "no question T-ALL-9"),
        ({"answers": {"C-BND-9": "yes"}}, "no question C-BND-9"),
        ({"answers": {"C-ALL-1": 2.5}}, "whole number from 0"),
        ({"answers": {"C-ALL-1": "2"}}, "whole number from 0"),
        ({"answers": {"S-SAFE-1": "often"}}, "nearly every day"),
        ({"data": {"phq9_item9": "high"}}, "phq9_item9: give the answer"),
        ({"shared": 3}, "must list ids"),
        ({"data": {"homework": {"set": 2, "done": 3}}}, "cannot be"),
        ({"data": {"goal_agreement": {"client": 40}}}, "from 0 to 10"),
        ({"data": {"booked": 2, "attended": 5}}, "check the counts"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_mend(raw, mend):
    with pytest.raises(BadAnswers, match=mend):
        answers_of(raw, *KNOWN)


def test_a_missing_file_and_one_that_is_no_json_are_named(tmp_path):
    with pytest.raises(BadAnswers, match="cannot be read"):
        read_answers(tmp_path / "none.json", *KNOWN)
    (tmp_path / "a.json").write_bytes(b"\xff")
    with pytest.raises(BadAnswers, match="is not JSON"):
        read_answers(tmp_path / "a.json", *KNOWN)
    (tmp_path / "b.json").write_text(json.dumps({"answers": {"C-ALL-1": 2, "C-ALL-2": None}}))
    assert read_answers(tmp_path / "b.json", *KNOWN).check_up.client == {"C-ALL-1": 2}


def test_picks_may_be_one_word_or_something_else():
    assert read(answers={"C-PICK": "stigma"}).check_up.picks == ("stigma",)
    assert read(answers={"C-PICK": ["something else", "I do not know"]}).check_up.picks == ()


def test_private_questions_stay_private_unless_shared():
    found = read(answers={"C-STI-1": 4, "C-STI-2": 4}, shared=["C-STI-1"]).check_up
    assert "C-STI-2" in found.private and "C-STI-1" not in found.private


def test_a_calendar_is_read_from_letters_or_from_counts():
    letters = history(weeks=8, booked=4, attended=1, last8=["A", "C", "N", "T"]).calendar
    assert letters.latest == ("attended", "client cancelled", "client missed", "therapist cancelled")
    counts = history(
        weeks=12, attended=8, cancelled_client=2, noshow_client=1, cancelled_therapist=1
    ).calendar
    assert counts.booked == 12 and counts.latest.count("client cancelled") == 2
    assert history(weeks=0, booked=0).calendar.latest == ()
    assert history().calendar is None
    assert history(booked=5, cancelled_client=2).calendar.attended == 3


def test_a_licensed_alliance_scale_is_read_as_a_share_of_its_range():
    scale = find("srs").scale
    assert history(SRS=[scale.minimum, scale.maximum]).alliance == (0.0, 100.0)
    assert history(alliance_pct=[70, 80]).alliance == (70.0, 80.0)


def test_check_ins_may_be_named_short():
    sheet = history(check_ins=[{"bond": 3, "check-in-heard": 2}]).check_ins[0]
    assert sheet.answers == {"check-in-bond": 3, "check-in-heard": 2}


def test_everything_else_finds_its_place():
    found = history(
        goals=0,
        preferences=["a woman", {"about": "evenings", "met": False}],
        preference_unmet=True,
        readiness_0_10=6,
        importance_0_10=2,
        drug_use="weekly",
        sex="female",
        medication={"taking": True, "stopped": True},
        ended_by_therapist=True,
        referral_on_record=False,
        phq9_item3=[3, 0],
        support_band="lowest",
        past_bad=False,
        bad_past_therapy=True,
        **{"PC-PTSD-5": [2, 5], "AUDIT-C": 6},
    )
    assert found.goals.on_record == 0 and found.readiness == 2 and found.weekly_drug_use and found.woman
    assert [one.met for one in found.preferences] == [None, False, False]
    assert (
        found.medication.skipped_or_stopped and found.ending.by_therapist and found.ending.referred is False
    )
    assert found.sleep == (1.0, 0.0) and found.support_lowest and found.bad_past_therapy
    assert found.screens == {"pc-ptsd-5": 5.0, "audit-c": 6.0}
    assert history(goals={"sessions_since_rated": 5}).goals.sessions_since_rated == 5
    assert history(drug_use_weekly=True).weekly_drug_use and history(preference_unmet="a woman").preferences


def test_lists_of_numbers_are_scores_and_the_rest_is_named():
    found = read(
        data={"PHQ-9": [3, 4], "own scale": [1, 2], "answer_time_s": [9], "colour": "red", "empty": []}
    )
    assert found.episode.measures() == ("phq-9", "own scale")
    assert found.unused == ("answer_time_s", "colour", "empty")


@pytest.mark.parametrize(
    ("data", "unused"),
    [
        ({"employer": "army"}, ("employer",)),
        ({"employer": None}, ()),
        ({"Gender": 3}, ("Gender",)),
        ({"homework": {"sett": 3}}, ("homework (set and done are needed)", "homework.sett")),
        ({"homework": "none"}, ("homework",)),
        ({"medication": {"taking": True, "name": "x", "dose": 20}}, ("medication.dose", "medication.name")),
        ({"goal_agreement": 5}, ("goal_agreement",)),
        ({"goals": {"on_record": 2, "mood": 1}}, ("goals.mood",)),
        ({"life_events": 3}, ("life_events",)),
        ({"life_events": [{"when": "May"}]}, ("life_events",)),
        ({"first_time": "perhaps"}, ("first_time",)),
        ({"booked": "2.5"}, ("booked",)),
        ({"weeks": [3]}, ("weeks",)),
        ({"weeks": "many"}, ("weeks",)),
        ({"check_ins": {"bond": 2}}, ("check_ins",)),
        ({"PHQ-9": [float("nan")]}, ("PHQ-9",)),
        ({"PHQ-9": [12, "x"]}, ("PHQ-9",)),
        ({"own scale": 3}, ("own scale",)),
        ({"preferences": [{"about": "evenings", "since": "May"}]}, ("preferences.since",)),
    ],
)
def test_what_is_not_known_or_not_understood_is_named_and_never_stops_the_rest(data, unused):
    found = read(data={**data, "trauma_work": True})
    assert found.unused == unused and found.history.trauma_work is True


def test_values_are_read_as_people_write_them():
    found = history(
        Weeks="8",
        booked=7.0,
        attended=None,
        cancelled_client=2,
        life_events=[{"event": "lost job", "week": 4}, "moved"],
        therapist_domains="depression",
        main_concern=["depression", "alcohol"],
        treatment=None,
        homework={"assigned": 5, "completed": 1},
        goals=["sleep", "work"],
        past_bad="yes",
        gender="Woman",
        support="lowest",
        preferences="evenings",
        preference_unmet=["a woman", "a group"],
        trauma_work="no",
    )
    assert (found.calendar.weeks, found.calendar.attended) == (8.0, 5)
    assert found.life_events == ("lost job", "moved") and found.therapist_domains == ("depression",)
    assert found.main_concern == "depression, alcohol" and found.treatment == ""
    assert (found.homework.set, found.homework.done) == (5, 1) and found.goals.on_record == 2
    assert found.bad_past_therapy and found.woman and found.support_lowest and found.trauma_work is False
    assert [one.about for one in found.preferences] == ["evenings", "a woman", "a group"]
    assert history(life_events={"event": "a move"}).life_events == ("a move",)
    assert history(homework={"set": 0}).homework.done == 0
    assert history(preference_unmet="no").preferences == ()
    assert history(preference_unmet=True).preferences[0].about == "a wish on record"


def test_the_latest_sessions_may_be_letters_in_a_row_or_words_and_count_where_nothing_else_does():
    found = history(weeks=9, last8="AATCNAAA").calendar
    assert (found.booked, found.attended) == (8, 5)
    words = history(weeks=3, last8=["attended", "no_show", "Therapist cancelled"]).calendar
    assert words.latest == ("attended", "client missed", "therapist cancelled")
    assert history(longest_gap_days=40).calendar.longest_gap_days == 40
    assert history(therapist_changes=2).calendar.therapist_changes == 2


@pytest.mark.parametrize(
    ("words", "weekly"),
    [
        ("daily", True),
        ("most days", True),
        ("less than weekly", False),
        ("never", False),
        ("once a month", False),
    ],
)
def test_drug_use_is_weekly_where_it_is_that_often(words, weekly):
    assert history(drug_use=words).weekly_drug_use is weekly


def test_scores_may_have_gaps_dates_or_stand_alone():
    def values(**data):
        return [score.value for score in read(data=data).episode.scores]

    assert values(**{"PHQ-9": [12, None, "14"]}) == [12, 14]
    assert values(phq9=[{"session": 1, "score": 12}, {"session": 4, "value": 14}]) == [12, 14]
    assert values(phq_9=18) == [18]


def test_safety_answers_may_be_words_and_item_9_a_series():
    def safety(data=None, **answers):
        return read(answers=answers, data=data or {}).check_up.safety

    assert safety(**{"S-SAFE-1": "yes"}).self_harm == 1 and safety(**{"S-SAFE-1": "no"}).self_harm == 0
    assert safety(**{"S-SAFE-1": "rather not say"}).self_harm is None
    assert safety(**{"S-SAFE-1": 2, "S-SAFE-4": "Not sure"}).somebody_hurt == "not sure"
    assert safety(**{"S-SAFE-2": True, "S-SAFE-3": False}).in_danger == "yes"
    assert safety({"phq9_item9": [0, 2]}).item9 == 2 and safety({"phq9_item9": []}).item9 is None


def test_a_wish_to_switch_may_stand_beside_the_answers_or_in_the_record():
    assert read(asks_to_switch=True).check_up.asks_to_switch
    assert read(data={"asks_to_switch": "yes"}).check_up.asks_to_switch
    found = read(data={"says_not_working": True})
    assert found.check_up.says_not_working and found.unused == ()


NAMES = st.sampled_from(
    ["weeks", "booked", "attended", "cancelled_client", "last8", "longest_gap_days", "alliance_pct", "SRS",
     "check_ins", "goals", "goal_agreement", "homework", "treatment", "main_concern", "therapist_domains",
     "preferences", "preference_unmet", "readiness_0_10", "AUDIT-C", "PHQ-9", "sex", "drug_use", "medication",
     "life_events", "support_band", "phq9_item3", "phq9_item9", "first_time", "ended_by_therapist", "private",
     "C-ALL-1", "C-PICK", "S-SAFE-1", "C-BND-1", "T-ALL", "shared", "asks_to_switch", "star sign"]
)  # fmt: skip
LEAF = st.none() | st.booleans() | st.integers(-5, 40) | st.floats() | st.text(max_size=5)
ANYTHING = st.recursive(
    LEAF,
    lambda more: st.lists(more, max_size=3) | st.dictionaries(NAMES | st.text(max_size=4), more, max_size=3),
)


@given(st.dictionaries(st.sampled_from(["answers", "therapist", "data", "shared", "dismissed"]),
                       st.dictionaries(NAMES, ANYTHING, max_size=6) | ANYTHING))  # fmt: skip
def test_whatever_a_file_holds_it_is_read_or_refused_in_words(raw):
    try:
        found = answers_of(raw, *KNOWN)
    except BadAnswers as refused:
        assert str(refused)
    else:
        assert all(isinstance(name, str) for name in found.unused)
