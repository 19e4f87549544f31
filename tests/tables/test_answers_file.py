"""Answers and a record as people write them in JSON: read in full, or refused with place and mend."""

import json

import pytest

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
        ({"data": {"homework": {"sett": 3}}}, "cannot be used"),
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
