"""The sentence that says how often such a signal was right, and the counts it quotes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcourse.signals.how_often_right import right_so_often
from midcourse.signals.predictive_values import (
    BANDS,
    PredictiveValue,
    PredictiveValues,
    band_of,
    predictive_values_from_json,
)
from midcourse.signals.state import State

OFF, ON = State.OFF_COURSE, State.ON_COURSE
TABLE = PredictiveValues(
    data_set="ENRICHD",
    setting="CBT for depression after a heart attack",
    acted_on=False,
    measure="bdi",
    reliable_change=9.0,
    rule="two-stage-1",
    clients=557,
    cuts=(14.0, 19.0),
    values=(
        PredictiveValue(OFF, 4, "high", 41, 62),
        PredictiveValue(ON, 4, "high", 12, 80),
        PredictiveValue(OFF, 4, "low", 40, 60),
        PredictiveValue(ON, 4, "low", 2, 19),
        PredictiveValue(None, 4, "low", 50, 100),
        PredictiveValue(OFF, 4, "middle", 10, 19),
        PredictiveValue(ON, 4, "middle", 5, 20),
        PredictiveValue(OFF, 9, "low", 3, 5),
        PredictiveValue(None, 9, "low", 9, 19),
    ),
)
FROM = " From: ENRICHD, CBT for depression after a heart attack."


def test_both_sides_are_said_with_their_intervals_and_where_they_are_from() -> None:
    assert right_so_often(OFF, 4, "high", TABLE) == (
        "Of 62 people like this (about 4 scores in, starting high) 41 (66 of 100; 54 to 77) ended without "
        "reliable improvement, against 12 of 80 (15 of 100; 9 to 24) with no signal." + FROM
    )


def test_with_no_signal_there_is_one_side() -> None:
    assert right_so_often(ON, 5, "high", TABLE) == (
        "Of 80 people like this (about 5 scores in, starting high) with no signal 12 (15 of 100; 9 to 24) "
        "ended without reliable improvement." + FROM
    )


def test_with_too_few_people_with_no_signal_all_people_stand_beside() -> None:
    assert right_so_often(OFF, 4, "low", TABLE) == (
        "Of 60 people like this (about 4 scores in, starting low) 40 (67 of 100; 54 to 77) ended without "
        "reliable improvement; with no signal it is not known yet (fewer than 20 seen). Of all people scored "
        "then and starting so, whatever was said of them, it was 50 of 100 (50 of 100; 40 to 60)." + FROM
    )


def test_with_too_few_people_with_this_signal_only_the_other_side_is_said() -> None:
    assert right_so_often(OFF, 4, "middle", TABLE) == (
        "How many people like this (about 4 scores in, starting in the middle) ended without reliable "
        "improvement is not known yet (fewer than 20 seen); with no signal it was 5 of 20 "
        "(25 of 100; 11 to 47)." + FROM
    )


def test_with_too_few_people_on_any_side_no_figure_is_said() -> None:
    said = right_so_often(OFF, 12, "low", TABLE)
    assert "not known yet" in said
    assert "nor is it known for people with no signal" in said
    assert "of 100" not in said
    assert said.endswith(FROM)
    alone = right_so_often(ON, 2, "high", TABLE)
    assert "with no signal ended without reliable improvement is not known yet" in alone
    assert "of 100" not in alone


@pytest.mark.parametrize("state", [State.TOO_EARLY, State.NO_RECENT_DATA, State.NOT_COMPUTED])
def test_a_state_that_says_nothing_about_the_course_cannot_be_right(state: State) -> None:
    assert right_so_often(state, 1, "low", TABLE) == ""


def test_figures_from_where_people_act_on_signals_are_not_quoted() -> None:
    said = right_so_often(OFF, 4, "high", replace(TABLE, acted_on=True))
    assert "people act on signals" in said
    assert "of 100" not in said


def test_figures_of_another_rule_are_refused() -> None:
    assert right_so_often(OFF, 4, "high", TABLE, rule="two-stage-1").startswith("Of 62")
    with pytest.raises(ValueError, match="two-stage-1, not tolerance-1"):
        right_so_often(OFF, 4, "high", TABLE, rule="tolerance-1")


@pytest.mark.parametrize("table", [TABLE, replace(TABLE, acted_on=True)])
def test_no_sentence_promises_or_blames(table: PredictiveValues) -> None:
    for state in State:
        for third in ("low", "middle", "high"):
            said = right_so_often(state, 4, third, table).lower()  # type: ignore[arg-type]
            for word in ("will ", "resistant", "complian", "refus", "must", "fail"):
                assert word not in said


@pytest.mark.parametrize(
    ("n_scores", "band"), [(2, 2), (3, 3), (4, 4), (5, 4), (6, 6), (8, 6), (9, 9), (40, 9)]
)
def test_scores_fall_into_bands(n_scores: int, band: int) -> None:
    assert band_of(n_scores) == band


def test_one_score_has_no_band() -> None:
    with pytest.raises(ValueError, match="fewer than two scores"):
        band_of(1)
    with pytest.raises(ValueError, match="fewer than two scores"):
        right_so_often(OFF, 1, "high", TABLE)


def test_a_first_score_on_a_cut_belongs_to_the_lower_third() -> None:
    assert [TABLE.third_of(score) for score in (0, 14, 15, 19, 20)] == [
        "low",
        "low",
        "middle",
        "middle",
        "high",
    ]


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(0, 20, 0.0, 0.1611), (20, 20, 0.8389, 1.0), (10, 20, 0.2993, 0.7007), (81, 263, 0.2553, 0.3662)],
)
def test_intervals_are_those_of_wilson(k: int, n: int, low: float, high: float) -> None:
    # 81 of 263 is the example in Newcombe 1998, Stat Med 17:857, method 3.
    assert PredictiveValue(OFF, 2, "low", k, n).interval == pytest.approx((low, high), abs=6e-5)


@given(st.integers(1, 500), st.data())
def test_an_interval_holds_its_share_and_stays_between_0_and_1(n: int, data: st.DataObject) -> None:
    value = PredictiveValue(OFF, 2, "low", data.draw(st.integers(0, n)), n)
    low, high = value.interval
    assert 0.0 <= low <= value.share + 1e-12
    assert value.share - 1e-12 <= high <= 1.0


@pytest.mark.parametrize(
    ("band", "third", "k", "n"), [(2, "low", 3, 2), (2, "low", -1, 2), (5, "low", 1, 2), (2, "top", 1, 2)]
)
def test_counts_bands_and_thirds_that_cannot_be_are_refused(band: int, third: str, k: int, n: int) -> None:
    with pytest.raises(ValueError, match="cannot be|There is no band"):
        PredictiveValue(OFF, band, third, k, n)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"data_set": ""}, "from nowhere"),
        ({"setting": ""}, "from nowhere"),
        ({"cuts": (20.0, 19.0)}, "cannot lie above"),
        ({"values": (TABLE.values[0], TABLE.values[0])}, "two values"),
    ],
)
def test_a_table_that_cannot_be_is_refused(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        replace(TABLE, **wrong)  # type: ignore[arg-type]


def test_a_table_comes_back_from_json_unchanged() -> None:
    assert predictive_values_from_json(TABLE.to_json()) == TABLE


@pytest.mark.parametrize(
    "text",
    [
        "no json",
        "[]",
        "{}",
        TABLE.to_json().replace('"acted_on": false', '"acted_on": "no"'),
        TABLE.to_json().replace("off course", "lost"),
        TABLE.to_json().replace('"n": 62', '"n": 2'),
        TABLE.to_json().replace('"clients"', '"people"'),
    ],
)
def test_a_text_that_is_no_saved_table_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a saved table"):
        predictive_values_from_json(text)


def test_nobody_seen_is_not_known() -> None:
    nobody = TABLE.of(OFF, 2, "high")
    assert (nobody.k, nobody.n, nobody.known) == (0, 0, False)
    assert {one.scores_from for one in TABLE.values} <= set(BANDS)
