"""Scores say what they are made of, and refuse what cannot be an answer."""

import dataclasses

import pytest

from midcourse.measures import PartScore, find, score
from midcourse.measures.item import Item


def answers(prefix, values):
    return {f"{prefix}-{n}": value for n, value in enumerate(values, 1)}


def test_a_whole_sheet_is_complete_and_not_estimated():
    total = score(find("phq-9"), answers("phq9", [1, 2, 3, 0, 1, 2, 3, 0, 1])).total
    assert total == PartScore("total", "PHQ-9", 13, 9, 9, "complete", band="moderate")
    assert not total.estimated


def test_one_skipped_item_of_nine_is_estimated_and_said_so():
    total = score(find("phq-9"), answers("phq9", [2, 2, None, 2, 2, 2, 2, 2, 0])).total
    assert (total.value, total.n_answered, total.n_items) == (15.75, 8, 9)
    assert total.estimated and total.missing == "prorated"
    assert total.band == "moderately severe"


def test_between_two_whole_bands_the_lower_holds():
    total = score(find("phq-8"), answers("phq8", [0, 1, 1, 1, 1, 0, 0, None])).total
    assert 4 < total.value < 5
    assert total.band == "minimal"


def test_too_many_missing_gives_no_score_and_the_reason():
    total = score(find("gad-7"), answers("gad7", [3, 3, None, None, 3, 3, 3])).total
    assert total.value is None and total.missing == "not scored"
    assert total.reason == "2 of 7 items have no answer; at most 1 may be estimated."


def test_a_safety_item_is_never_estimated():
    total = score(find("phq-9"), answers("phq9", [1] * 8 + [None])).total
    assert total.value is None
    assert "phq9-9 asks about safety" in total.reason


def test_an_item_that_was_not_shown_is_as_missing_as_one_that_was_skipped():
    shown = score(find("gad-7"), answers("gad7", [1, 1, 1, 1, 1, 1, None])).total
    assert shown == score(find("gad-7"), answers("gad7", [1, 1, 1, 1, 1, 1])).total


def test_the_tenth_question_of_the_phq_9_does_not_count():
    phq9 = find("phq-9")
    nine = answers("phq9", [1] * 9)
    assert score(phq9, nine).total == score(phq9, {**nine, "phq9-10": 3}).total


def test_a_reversed_item_counts_the_other_way_round():
    core = find("core-10")
    assert score(core, answers("core10", [0] * 10)).total.value == 8
    assert score(core, answers("core10", [0, 4, 4] + [0] * 7)).total.value == 0


def test_a_first_question_can_close_the_rest():
    screen = find("pc-ptsd-5")
    assert score(screen, {"pcptsd5-0": 0}).total.value == 0
    assert score(screen, {"pcptsd5-0": 0, "pcptsd5-1": 0, "pcptsd5-2": None}).total.value == 0
    assert score(screen, {"pcptsd5-0": 1}).total.value is None
    assert score(find("audit-c"), {"auditc-1": 0}).total.value == 0


def test_answers_after_a_closed_gate_are_refused():
    with pytest.raises(ValueError, match="pcptsd5-2 was answered although the first answer closed the rest"):
        score(find("pc-ptsd-5"), {"pcptsd5-0": 0, "pcptsd5-2": 1})


def test_subscales_know_their_own_threshold():
    scored = score(find("phq-4"), answers("phq4", [3, 2, 0, 1]))
    assert scored.total.value == 6
    assert (scored.subscale("anxiety").value, scored.subscale("anxiety").positive) == (5, True)
    assert (scored.subscale("depression").value, scored.subscale("depression").positive) == (1, False)
    with pytest.raises(LookupError, match="phq-4 has no subscale 'stress'; there are: anxiety, depression"):
        scored.subscale("stress")
    with pytest.raises(LookupError, match="there are: none"):
        score(find("gad-2"), {}).subscale("worry")


def test_a_count_of_items_is_never_estimated():
    scored = score(find("pcl-5"), answers("pcl5", [None] + [2] * 19))
    assert scored.total.value == 40
    assert scored.subscale("intrusion").value == 10
    assert scored.subscale("intrusion-count").value is None
    assert scored.subscale("mood-count").positive


def test_who_5_is_four_times_its_raw_sum():
    assert score(find("who5"), answers("who5", [3] * 5)).total.value == 60
    assert score(find("who"), answers("who5raw", [3] * 5)).total.value == 15


def test_lines_are_measured_to_the_millimetre():
    ors = find("ors")
    assert score(ors, answers("ors", [6.1, 7.3, 4.8, 5.5])).total.value == 23.7
    with pytest.raises(ValueError, match="ors-1 cannot be 6.15: it takes 0 to 10 in steps of 0.1"):
        score(ors, {"ors-1": 6.15})


def test_a_mean_of_subscales_needs_every_subscale():
    ede = find("ede-q")
    whole = {item.id: 3 for item in ede.items}
    assert score(ede, whole).total.value == 3
    partly = score(ede, {**whole, "edeq-1": None})
    assert partly.subscale("shape").value == 3
    assert partly.subscale("restraint").value is None
    assert partly.total.reason == "1 of 22 items have no answer; at most 0 may be estimated."
    lenient = dataclasses.replace(ede, missing_share=0.2)
    assert score(lenient, {**whole, "edeq-1": None}).total.missing == "prorated"
    short = score(lenient, {**whole, "edeq-1": None, "edeq-2": None}).total
    assert short.reason == "no score on: Restraint."


def test_an_item_put_only_to_some_people_counts_as_0_when_not_shown():
    phq15 = find("phq-15")
    rest = {f"phq15-{n}": 1 for n in range(1, 16) if n != 4}
    assert score(phq15, rest).total.missing == "complete"
    assert score(phq15, {**rest, "phq15-4": None}).total.missing == "prorated"


def test_what_has_no_total_gives_its_parts_only():
    assert score(find("asq"), answers("asq", [0, 0, 1, 0])).total is None
    assert score(find("midcourse-check-in"), {"check-in-bond": 4}).subscales == ()


def test_an_unknown_item_is_refused_with_the_items_there_are():
    with pytest.raises(ValueError, match="GAD-2 has no item 'gad2-3': use gad2-1, gad2-2"):
        score(find("gad-2"), {"gad2-3": 1})


@pytest.mark.parametrize("wrong", [4, -1, 1.5, float("nan")])
def test_an_answer_that_is_not_an_option_is_refused_with_the_options(wrong):
    with pytest.raises(ValueError, match="gad2-1 cannot be .*: it takes 0, 1, 2, 3"):
        score(find("gad-2"), {"gad2-1": wrong})


def test_a_measure_held_as_a_total_only_takes_no_answers():
    with pytest.raises(ValueError, match="HAM-D is held as a total only: give the total"):
        score(find("hamd"), {"hamd-1": 1})


def test_an_item_needs_two_different_answers():
    with pytest.raises(ValueError, match="x-1: the lowest answer must be below the highest"):
        Item("x-1", lowest=2, highest=2)
