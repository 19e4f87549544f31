"""The outcome of a plan: its bounds, its direction, and what stands beside it."""

import pytest

from midcourse.evaluation.placebo import EVERY
from midcourse.plans import PlaceboRate, PlaceboRates, placebo_from_json
from midcourse.plans.frozen import freeze
from midcourse.plans.outcome import by_chance, outcome_of
from midcourse.signals.state import State
from tests.engine.known_course import ASSUMED, COURSE, HIGH, LOW, MIRRORED, scores_of

FROZEN = freeze(COURSE, LOW, scores_of(15.0, 15.0, 15.0))
(EXPECTED,) = FROZEN.expected((4.0, 5.0))
RATE = PlaceboRate(State.OFF_COURSE, -1.5, 1.4, 40, 38, 400)


def scores(z):
    return [EXPECTED.mean + z * EXPECTED.sd] * 2


def outcome(z, placebo=None):
    return outcome_of(FROZEN, (4.0, 5.0), scores(z), placebo)


@pytest.mark.parametrize(
    ("z", "verdict"),
    [(-1.29, "bent"), (-1.27, "no clear change"), (1.27, "no clear change"), (1.29, "worse")],
)
def test_without_a_placebo_rate_the_normals_ten_of_a_hundred_bound_it(z, verdict):
    found = outcome(z)
    assert (found.verdict, found.scores) == (verdict, 2)
    assert found.z == pytest.approx(z)
    assert found.better == pytest.approx(-z * EXPECTED.sd)
    assert "is not known here" in found.sentence


@pytest.mark.parametrize(
    ("z", "verdict"),
    [(-1.51, "bent"), (-1.49, "no clear change"), (1.39, "no clear change"), (1.41, "worse")],
)
def test_a_placebo_rate_brings_its_own_bounds_and_stands_in_the_sentence(z, verdict):
    found = outcome(z, RATE)
    assert found.verdict == verdict and found.placebo is RATE
    assert "of people who were off course it was 40 of 400" in found.sentence
    assert "(10 of 100; 7 to 13)" in found.sentence


def test_the_numbers_of_the_sentence_are_those_of_the_outcome():
    found = outcome(-2.0)
    assert (
        f"the mean of 2 scores is {found.mean:.1f}. When you agreed on the plan, {found.expected:.1f} was expected"
        in found.sentence
    )
    assert "clearly better than expected" in found.sentence
    assert "clearly worse" in outcome(2.0).sentence
    assert "no clear change can be seen" in outcome(0.0).sentence


def test_where_higher_is_better_lower_scores_are_worse():
    frozen = freeze(MIRRORED, HIGH, scores_of(15.0, 15.0, 15.0, mirrored=True))
    found = outcome_of(frozen, (4.0, 5.0), [27 - one for one in scores(-2.0)])
    assert found.verdict == "bent" and found.z == pytest.approx(-2.0)
    assert found.better == pytest.approx(2.0 * EXPECTED.sd)


@pytest.mark.parametrize(("given", "said"), [([], "No score has come"), ([9.0], "One score has come")])
def test_fewer_than_two_scores_are_too_early(given, said):
    found = outcome_of(FROZEN, (4.0, 5.0)[: len(given)], given, RATE)
    assert found.verdict == "too early" and found.z is None and found.mean is None
    assert found.sentence.startswith(said)


def test_of_an_assumed_range_both_ends_must_agree():
    frozen = freeze(ASSUMED, LOW, scores_of(15.0))
    high, low = frozen.expected((4.0, 5.0))
    assert outcome_of(frozen, (4.0, 5.0), [low.mean] * 2).verdict == "no clear change"
    assert outcome_of(frozen, (4.0, 5.0), [low.mean - 3 * low.sd] * 2).verdict == "bent"
    assert outcome_of(frozen, (4.0, 5.0), [high.mean + 3 * high.sd] * 2).verdict == "worse"


def test_a_score_between_the_two_ends_is_exactly_as_expected_by_neither_and_no_change():
    frozen = freeze(ASSUMED, LOW, scores_of(15.0))
    high, low = frozen.expected((4.0, 5.0))
    assert outcome_of(frozen, (4.0, 5.0), [(high.mean + low.mean) / 2] * 2).verdict == "no clear change"


def test_a_score_that_the_forecast_has_seen_never_judges_the_plan():
    with pytest.raises(ValueError, match="has seen cannot judge"):
        outcome_of(FROZEN, (3.0, 4.0), [9.0, 9.0])


@pytest.mark.parametrize(
    "wrong",
    [
        {"bent": 300, "worse": 200},
        {"bent": -1},
        {"worse": -1},
        {"n": 0, "bent": 0, "worse": 0},
        {"lower": 2.0},
    ],
)
def test_rates_that_cannot_be_are_refused(wrong):
    numbers = {"lower": -1.3, "upper": 1.3, "bent": 40, "worse": 40, "n": 400} | wrong
    with pytest.raises(ValueError, match=r"cannot be|must lie below"):
        PlaceboRate(None, **numbers)


ALL = PlaceboRate(None, -1.4, 1.4, 50, 50, 500)
FEW = PlaceboRate(State.DRIFTING, -1.1, 1.1, 4, 4, 39)
RATES = PlaceboRates("low", "a test", "nowhere", "two-stage-2", 900, (ALL, RATE, FEW))


def test_the_rate_is_that_of_the_same_state_or_where_too_few_were_seen_of_any_firm_signal():
    assert RATES.of(State.OFF_COURSE) is RATE
    assert RATES.of(State.DRIFTING) is ALL
    assert RATES.of(None) is ALL
    assert "after a firm signal it was 50 of 500 people" in by_chance(ALL)


def test_without_any_row_there_is_no_rate():
    assert PlaceboRates("low", "a test", "nowhere", "two-stage-2", 9, (FEW,)).of(State.DRIFTING) is None


def test_rates_come_back_from_json_unchanged():
    assert placebo_from_json(RATES.to_json()) == RATES


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"rates": [{"state": "asleep"}]}'])
def test_what_holds_no_rates_is_refused(text):
    with pytest.raises(ValueError, match="no saved placebo rates"):
        placebo_from_json(text)


@pytest.mark.parametrize("state", [one for one in EVERY if one is not None])
def test_every_state_that_has_a_rate_has_words_and_a_language_falls_back_visibly(state):
    rate = PlaceboRate(state, -1.4, 1.4, 50, 50, 500)
    assert "no plan at all: of people who were" in by_chance(rate)
    found = outcome_of(FROZEN, (4.0, 5.0), scores(0.0), rate, language="xx")
    assert found.sentence.count("[English]") == 4 and found.label.startswith(
        "[English] Not clinically validated"
    )
