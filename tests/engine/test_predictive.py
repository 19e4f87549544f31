"""One distribution on the instrument's own values, behind every statement (ST3)."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcourse.course.predictive import Predictive, normal_cdf
from midcourse.course.recalibration import FEATURES, Recalibration
from midcourse.measures.scale import Cutoff, ReliableChange, Scale

PHQ_9 = Scale("phq-9", "PHQ-9", 0, 27, reliable_change=ReliableChange(6, "x"), caseness=Cutoff(10, "x"))
DAS = Scale(
    "das",
    "DAS",
    0,
    151,
    higher_is_better=True,
    reliable_change=ReliableChange(11, "x"),
    caseness=Cutoff(97, "x"),
    step=0.5,
)
BARE = Scale("x", "X", 1, 5)
NONE = (0.0,) * FEATURES
BENT = Recalibration(
    NONE, NONE, 0.0, 1.0, (0.0, 0.3, 1.0), (0.0, 0.2, 1.0), (0.0, 0.6, 1.0), (5.0, 20.0), 100
)

scales = st.sampled_from([PHQ_9, DAS, BARE])
parts = st.lists(
    st.tuples(st.floats(0.1, 1), st.floats(-20, 160), st.floats(0.05, 60)), min_size=1, max_size=3
).map(lambda many: tuple((w / sum(v for v, *_ in many), m, s) for w, m, s in many))
distributions = st.builds(Predictive, scales, parts, st.sampled_from([None, BENT]))


def probabilities(one: Predictive) -> list[float]:
    values = one.values()
    return [one.at_most(y) - (one.at_most(values[i - 1]) if i else 0.0) for i, y in enumerate(values)]


@given(distributions)
def test_probabilities_of_all_values_are_none_negative_and_sum_to_one(one: Predictive) -> None:
    found = probabilities(one)
    assert min(found) >= -1e-12
    assert sum(found) == pytest.approx(1.0)


@given(distributions)
def test_the_mean_is_the_expected_value_and_lies_on_the_scale(one: Predictive) -> None:
    expected = sum(y * p for y, p in zip(one.values(), probabilities(one), strict=True))
    assert one.mean() == pytest.approx(expected, abs=1e-9)
    assert one.scale.minimum - 1e-9 <= one.mean() <= one.scale.maximum + 1e-9


@given(distributions, st.floats(0, 1))
def test_a_quantile_is_the_smallest_value_that_reaches_its_share(one: Predictive, p: float) -> None:
    values, found = one.values(), one.quantile(p)
    assert found == next((y for y in values if one.at_most(y) >= p), values[-1])


@given(distributions, st.floats(0.01, 0.99))
def test_a_central_interval_holds_at_least_its_level(one: Predictive, level: float) -> None:
    low, high = one.interval(level)
    assert low <= high
    below = one.at_most(low - one.scale.step)
    assert one.at_most(high) - below >= level - 1e-9


@given(distributions, st.floats(-10, 170))
def test_at_least_and_just_below_share_everything_between_them(one: Predictive, score: float) -> None:
    below = [p for y, p in zip(one.values(), probabilities(one), strict=True) if y < score - 1e-8]
    assert one.at_least(score) == pytest.approx(1.0 - sum(below), abs=1e-9)


@given(distributions, st.floats(-10, 170))
def test_at_most_counts_every_value_up_to_a_score_also_between_two_values(
    one: Predictive, score: float
) -> None:
    upto = [p for y, p in zip(one.values(), probabilities(one), strict=True) if y <= score + 1e-9]
    assert one.at_most(score) == pytest.approx(sum(upto), abs=1e-9)


def test_all_mass_beyond_an_end_lies_on_that_end() -> None:
    low, high = Predictive(PHQ_9, ((1.0, -9.0, 2.0),)), Predictive(PHQ_9, ((1.0, 40.0, 2.0),))
    assert low.at_most(0) == pytest.approx(1.0, abs=1e-5)
    assert high.at_most(26) == pytest.approx(0.0, abs=1e-9)
    assert high.mean() == pytest.approx(27.0)
    assert (low.at_most(-1), low.at_most(-0.001), low.at_most(27), low.at_most(99)) == (0.0, 0.0, 1.0, 1.0)
    assert (low.at_least(0), low.at_least(-3), low.at_least(28)) == (1.0, 1.0, 0.0)


def test_each_value_owns_half_a_step_on_either_side() -> None:
    one = Predictive(PHQ_9, ((1.0, 12.0, 3.0),))
    assert one.at_most(12) == pytest.approx(normal_cdf(0.5 / 3.0))
    half = Predictive(DAS, ((1.0, 100.0, 3.0),))
    assert half.at_most(100.0) == pytest.approx(normal_cdf(0.25 / 3.0))
    assert half.at_most(100.3) == half.at_most(100.0) < half.at_most(100.5)
    assert len(half.values()) == 303


def test_a_mixture_is_the_weighted_sum_of_its_parts() -> None:
    both = Predictive(PHQ_9, ((0.3, 5.0, 2.0), (0.7, 15.0, 4.0)))
    one, two = Predictive(PHQ_9, ((1.0, 5.0, 2.0),)), Predictive(PHQ_9, ((1.0, 15.0, 4.0),))
    for y in range(27):
        assert both.at_most(y) == pytest.approx(0.3 * one.at_most(y) + 0.7 * two.at_most(y))
    assert both.centre() == pytest.approx(12.0)


def test_recalibration_maps_every_probability_below_the_maximum() -> None:
    bent = Predictive(PHQ_9, ((1.0, 12.0, 3.0),), BENT)
    plain = Predictive(PHQ_9, ((1.0, 12.0, 3.0),))
    for y in range(27):
        assert bent.at_most(y) == pytest.approx(BENT.mapped(plain.at_most(y), BENT.share(12.0)))
    assert bent.at_most(27) == 1.0


def test_where_lower_is_better_improvement_counts_downwards_from_the_first_score() -> None:
    one = Predictive(PHQ_9, ((1.0, 12.0, 4.0),))
    assert one.reliable_improvement(16) == one.at_most(10)
    assert one.reliable_deterioration(16) == one.at_least(22)
    assert one.below_caseness() == one.at_most(9)
    assert one.worse_or_equal(10) == one.at_least(10)
    assert one.better_or_equal(10) == one.at_most(10)


def test_where_higher_is_better_improvement_counts_upwards_from_the_first_score() -> None:
    one = Predictive(DAS, ((1.0, 100.0, 10.0),))
    assert one.reliable_improvement(90) == one.at_least(101)
    assert one.reliable_deterioration(90) == one.at_most(79)
    assert one.below_caseness() == pytest.approx(one.at_least(97.5))
    assert one.worse_or_equal(97) == one.at_most(97)
    assert one.better_or_equal(97) == one.at_least(97)


def test_a_change_that_cannot_happen_on_the_scale_has_no_chance() -> None:
    one = Predictive(PHQ_9, ((1.0, 2.0, 4.0),))
    assert one.reliable_improvement(5) == 0.0
    assert Predictive(PHQ_9, ((1.0, 25.0, 4.0),)).reliable_deterioration(22) == 0.0


def test_a_measure_without_the_numbers_says_nothing_about_change_or_caseness() -> None:
    one = Predictive(BARE, ((1.0, 3.0, 1.0),))
    assert one.reliable_improvement(4) is None
    assert one.reliable_deterioration(4) is None
    assert one.below_caseness() is None


@given(st.floats(-8, 8))
def test_the_normal_distribution_is_symmetric(x: float) -> None:
    assert normal_cdf(x) + normal_cdf(-x) == pytest.approx(1.0)
    assert (normal_cdf(-inf), normal_cdf(inf)) == (0.0, 1.0)
