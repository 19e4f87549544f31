"""Safety items are read one by one: a skipped one is skipped, never 0, and never hidden by a score."""

import pytest

from midcourse.measures import find, has_safety_item, safety_answers


@pytest.mark.parametrize(
    ("answers", "status", "value"),
    [
        ({"phq9-9": 1}, "positive", 1),
        ({"phq9-9": 0}, "negative", 0),
        ({"phq9-9": None}, "skipped", None),
        ({}, "not shown", None),
    ],
)
def test_item_9_of_the_phq_9(answers, status, value):
    (answer,) = safety_answers(find("phq-9"), answers)
    assert (answer.status, answer.value, answer.positive) == (status, value, status == "positive")
    assert (answer.instrument, answer.rule.asks_about, answer.rule.level) == ("phq-9", "suicide", "same day")


def test_a_yes_to_right_now_needs_a_person_now():
    found = safety_answers(find("asq"), {"asq-1": 0, "asq-2": 0, "asq-3": 1, "asq-4": None, "asq-5": 1})
    assert [answer.status for answer in found] == ["negative", "negative", "positive", "skipped", "positive"]
    assert found[-1].rule.level == "now"


def test_an_instrument_without_safety_items_has_none():
    assert safety_answers(find("gad-7"), {"gad7-1": 3}) == ()


@pytest.mark.parametrize("battery", [["phq-9", "gad-7"], ["asq"], ["core-10"], ["bdi-ii", "wsas"]])
def test_a_battery_that_asks_about_suicide_is_not_blind(battery):
    assert has_safety_item(map(find, battery))


@pytest.mark.parametrize("battery", [[], ["gad-7", "phq-8"], ["k10"], ["dass-21", "who-5"], ["pcl-5"]])
def test_a_battery_that_never_asks_is_blind_even_where_it_asks_about_hopelessness(battery):
    assert not has_safety_item(map(find, battery))
