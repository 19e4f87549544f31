"""How often such signals were right, beside each signal of a caseload (ST7)."""

from dataclasses import replace

import pytest

from midcourse.review import review_caseload
from midcourse.review.quoted import NOT_KNOWN, quoted
from midcourse.signals import State
from midcourse.signals.predictive_values import PredictiveValue, PredictiveValues
from midcourse.signals.two_stage import RULE_VERSION
from tests.engine.known_course import COURSE, LOW, episode

TABLE = PredictiveValues(
    data_set="North",
    setting="CBT, one clinic",
    acted_on=False,
    measure="low",
    reliable_change=6.0,
    rule=RULE_VERSION,
    clients=90,
    cuts=(12.0, 16.0),
    values=(
        PredictiveValue(State.OFF_COURSE, 3, "middle", 24, 40),
        PredictiveValue(State.ON_COURSE, 3, "middle", 6, 30),
    ),
)


def caseload(*values: float):
    return review_caseload([episode("c", *values)], {"low": LOW}, courses={"low": COURSE})


def test_the_sentence_stands_beside_the_signal_with_where_it_is_from() -> None:
    found = quoted(caseload(15, 17, 17), {"low": TABLE})
    assert found.courses[0].how_often_right == (
        "Of 40 people like this (about 3 scores in, starting in the middle) 24 (60 of 100; 45 to 74) ended "
        "without reliable improvement, against 6 of 30 (20 of 100; 10 to 37) with no signal. From: North, CBT, "
        "one clinic."
    )
    assert found.measures[0].sources[-1] == (
        "How often signals were right is counted on 90 people of North (CBT, one clinic), all of it borrowed from "
        "there unless that is this very place."
    )


def test_below_twenty_people_it_is_not_known_yet() -> None:
    said = quoted(caseload(15, 17, 17, 17), {"low": TABLE}).courses[0].how_often_right
    assert "not known yet" in said


def test_a_state_without_a_statement_and_one_score_are_not_quoted() -> None:
    assert quoted(caseload(15), {"low": TABLE}).courses[0].how_often_right == ""


def test_without_a_table_it_is_not_known_yet_and_said_once() -> None:
    found = quoted(caseload(15, 17, 17), {})
    assert found.courses[0].how_often_right == ""
    assert found.measures[0].sources[-1] == NOT_KNOWN
    assert "not known yet" in NOT_KNOWN


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (replace(TABLE, rule="tolerance-1"), "Count them again"),
        (replace(TABLE, reliable_change=9.0), "count a reliable change of 9 points, and here 6"),
        (replace(TABLE, measure="other"), "no score on other"),
    ],
)
def test_a_table_about_something_else_is_refused(table: PredictiveValues, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        quoted(caseload(15, 17), {table.measure: table})
