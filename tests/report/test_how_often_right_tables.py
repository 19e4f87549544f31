"""How often each state was right, as the tables of an evaluation."""

from dataclasses import replace

from midcourse.cli.evaluation_report import page
from midcourse.cli.evaluation_report.blocks import blocks
from midcourse.cli.evaluation_report.right import how_often_right
from midcourse.signals.predictive_values import PredictiveValue, PredictiveValues
from midcourse.signals.state import State
from tests.report.evaluations import full

OFF, ON = State.OFF_COURSE, State.ON_COURSE
TABLE = PredictiveValues(
    data_set="North",
    setting="CBT, <one> clinic",
    acted_on=False,
    measure="low",
    reliable_change=5.0,
    rule="two-stage-9",
    clients=100,
    cuts=(14.0, 19.0),
    values=(
        PredictiveValue(OFF, 4, "low", 11, 19),
        PredictiveValue(OFF, 4, "high", 20, 21),
        PredictiveValue(ON, 9, "high", 3, 30),
        PredictiveValue(None, 4, "high", 25, 60),
    ),
)


def test_clients_of_all_thirds_are_counted_together_by_number_of_scores() -> None:
    by_scores, _ = how_often_right(TABLE)
    assert by_scores.columns == ("state", "2", "3", "4 to 5", "6 to 8", "9 and more")
    assert by_scores.rows == (
        ("off course", "-", "-", "31 of 40", "-", "-"),
        ("on course", "-", "-", "-", "-", "3 of 30"),
        ("everyone", "-", "-", "25 of 60", "-", "-"),
    )
    assert by_scores.notes == ("- not known yet (fewer than 20 clients).",)
    assert "From: North, CBT, <one> clinic; rule two-stage-9." in by_scores.about


def test_people_who_started_alike_stand_beside_each_other() -> None:
    _, by_third = how_often_right(TABLE)
    assert by_third.columns == ("state", "first up to 14", "up to 19", "above 19")
    assert by_third.rows[0] == ("off course", "-", "-", "20 of 21")


def test_counts_from_where_people_act_on_signals_say_so() -> None:
    for block in how_often_right(replace(TABLE, acted_on=True)):
        assert block.notes[0].startswith("People acted on these signals")


def test_where_all_is_known_no_note_explains_a_dash() -> None:
    values = tuple(
        PredictiveValue(OFF, start, third, 9, 30)
        for start in (2, 3, 4, 6, 9)
        for third in ("low", "middle", "high")
    )
    assert [block.notes for block in how_often_right(replace(TABLE, values=values))] == [(), ()]


def test_the_tables_stand_among_the_others_and_on_the_page() -> None:
    found = replace(full(), right=TABLE)
    titles = [block.title for block in blocks(found)]
    assert "How often was each state right?" in titles
    assert "How often was each state right?" not in [block.title for block in blocks(full())]
    shown = page(found)
    assert "31 of 40" in shown
    assert "CBT, &lt;one&gt; clinic" in shown
