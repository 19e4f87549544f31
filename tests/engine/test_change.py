"""Reliable change: what each formula says, what it is relative to, and what it refuses."""

import math

import pytest

from midcourse.measures.change import (
    Direction,
    FirstLast,
    Formula,
    GroupChange,
    OwnChange,
    RelativeTo,
    RelativeToGroupError,
    changes,
    clinics_own_reliable_change,
    edwards_nunnally,
    first_and_last,
    growth_model,
    gulliksen_lord_novick,
    hageman_arrindell_terms,
    hsu_linn_lord,
    jacobson_truax,
    nunnally_kotsch,
    own_change,
    percentage_change,
    reliable_change,
    reliable_points,
)

GROUP = FirstLast(n=40, mean_first=20, sd_first=5, mean_last=14, sd_last=6, correlation=0.5)
PAIRS = [(20.0, 10.0), (25.0, 24.0), (18.0, 12.0), (30.0, 14.0), (22.0, 22.0)]


def test_jacobson_truax_divides_by_the_error_of_a_difference():
    change = jacobson_truax(20, 10, sd=5, reliability=0.8, higher_is_better=False)
    assert change.z == pytest.approx(-10 / (math.sqrt(2) * 5 * math.sqrt(0.2)))
    assert change.direction is Direction.IMPROVED


def test_edwards_nunnally_starts_from_the_regressed_first_score():
    change = edwards_nunnally(30, 20, mean=20, sd=5, reliability=0.8, higher_is_better=False, critical=1.96)
    assert change.z == pytest.approx((20 - 28) / (5 * math.sqrt(0.2)))


def test_gulliksen_lord_novick_divides_by_the_error_of_a_prediction():
    change = gulliksen_lord_novick(30, 20, mean=20, sd=5, reliability=0.8, higher_is_better=False)
    assert change.z == pytest.approx((20 - 28) / (5 * 0.6))


def test_nunnally_kotsch_lets_the_last_score_have_a_reliability_of_its_own():
    change = nunnally_kotsch(
        30, 20, mean=20, sd=5, reliability=0.8, reliability_last=0.5, higher_is_better=False
    )
    assert change.z == pytest.approx((20 - 28) / math.sqrt(0.64 * 25 * 0.2 + 25 * 0.5))


def test_hsu_linn_lord_is_zero_for_who_changed_as_the_group_did():
    average = hsu_linn_lord(20, 14, group=GROUP, reliability=0.8, higher_is_better=False)
    assert average.z == 0
    ahead = hsu_linn_lord(20, 8, group=GROUP, reliability=0.8, higher_is_better=False)
    assert ahead.z == pytest.approx(-6 / 3)


def test_the_growth_model_divides_a_slopes_deviation_by_its_conditional_sd():
    change = growth_model(-0.9, 0.3, higher_is_better=False)
    assert change.z == pytest.approx(-3)
    assert change.formula is Formula.HLM
    assert change.direction is Direction.IMPROVED


def test_the_growth_model_refuses_a_spread_that_is_not_above_0():
    with pytest.raises(ValueError, match="conditional SD"):
        growth_model(-0.9, 0, higher_is_better=False)


def test_hageman_arrindell_shrinks_a_change_towards_the_groups():
    terms = hageman_arrindell_terms(GROUP, reliability=0.8, higher_is_better=False)
    r1, r2 = 0.8, (36 - 5) / 36
    both = 2 * 0.5 * 5 * 6
    r_dd = (25 * r1 + 36 * r2 - both) / (25 + 36 - both)
    assert terms.reliability_of_change == pytest.approx(r_dd)
    change = terms.change(20, 10)
    expected = (-10 * r_dd - 6 * (1 - r_dd)) / (math.sqrt(r_dd) * math.sqrt(2) * 5 * math.sqrt(0.2))
    assert change.z == pytest.approx(expected)
    assert change.critical == 1.65


def test_hageman_arrindell_crossing_needs_the_other_side_by_more_than_error():
    terms = hageman_arrindell_terms(GROUP, reliability=0.8, higher_is_better=False)
    assert terms.crossing(20, 5, 15) is Direction.IMPROVED
    assert terms.crossing(15, 5, 15) is Direction.IMPROVED
    assert terms.crossing(20, 14, 15) is Direction.UNCHANGED
    assert terms.crossing(12, 24, 15) is Direction.DETERIORATED
    assert terms.crossing(12, 5, 15) is Direction.UNCHANGED
    mirrored = FirstLast(40, -20, 5, -14, 6, 0.5)
    up = hageman_arrindell_terms(mirrored, reliability=0.8, higher_is_better=True)
    assert up.crossing(-15, -5, -15) is Direction.IMPROVED


def test_hageman_arrindell_shares_do_not_depend_on_which_way_is_better():
    down = hageman_arrindell_terms(GROUP, reliability=0.8, higher_is_better=False)
    mirrored = FirstLast(40, -20, 5, -14, 6, 0.5)
    up = hageman_arrindell_terms(mirrored, reliability=0.8, higher_is_better=True)
    assert down.share_changed() == pytest.approx(up.share_changed())
    assert down.share_functional(15) == pytest.approx(up.share_functional(-15))


def test_hageman_arrindell_refuses_last_scores_that_spread_less_than_error():
    narrow = FirstLast(40, 20, 5, 14, 1, 0.5)
    with pytest.raises(ValueError, match="measurement error"):
        hageman_arrindell_terms(narrow, reliability=0.8, higher_is_better=False)


def test_hageman_arrindell_refuses_changes_that_are_nothing_but_error():
    everybody_alike = FirstLast(40, 20, 5, 14, 5, 1.0)
    with pytest.raises(ValueError, match="measurement error"):
        hageman_arrindell_terms(everybody_alike, reliability=0.8, higher_is_better=False)


def test_hageman_arrindell_refuses_a_reliability_of_0():
    with pytest.raises(ValueError, match="measurement error"):
        hageman_arrindell_terms(GROUP, reliability=0, higher_is_better=False)


@pytest.mark.parametrize("formula", ["JT", "EN", "GLN", "NK", "HA"])
def test_five_formulas_are_relative_to_the_persons_own_first_score(formula):
    for change in changes(formula, PAIRS, reliability=0.8, higher_is_better=False):
        assert isinstance(change, OwnChange)
        assert change.formula == formula
        assert change.relative_to is RelativeTo.OWN_FIRST_SCORE
        assert own_change(change) is change


def test_two_formulas_are_relative_to_the_groups_mean_change_and_carry_no_signal():
    hll = changes("HLL", PAIRS, reliability=0.8, higher_is_better=False)
    for change in [*hll, growth_model(1, 1, higher_is_better=True)]:
        assert isinstance(change, GroupChange)
        assert change.relative_to == "the group's mean change"
        with pytest.raises(RelativeToGroupError, match="cannot be used for a signal"):
            own_change(change)


def test_nunnally_kotsch_by_name_takes_one_reliability_for_both_where_it_gets_one():
    one = changes("NK", PAIRS, reliability=0.8, higher_is_better=False)
    same = changes("NK", PAIRS, reliability=0.8, reliability_last=0.8, higher_is_better=False)
    assert one == same


def test_a_growth_model_cannot_be_had_from_two_scores():
    with pytest.raises(ValueError, match="slope"):
        changes("HLM", PAIRS, reliability=0.8, higher_is_better=False)


def test_an_unknown_formula_is_refused():
    with pytest.raises(ValueError, match="XYZ"):
        changes("XYZ", PAIRS, reliability=0.8, higher_is_better=False)


def test_a_change_cannot_claim_the_wrong_thing_to_be_relative_to():
    with pytest.raises(ValueError, match="does not measure"):
        OwnChange(formula=Formula.HLL, z=1, critical=1.96, higher_is_better=True)
    with pytest.raises(ValueError, match="does not measure"):
        GroupChange(formula=Formula.JT, z=1, critical=1.96, higher_is_better=True)


@pytest.mark.parametrize(("z", "critical"), [(math.nan, 1.96), (math.inf, 1.96), (1, 0)])
def test_a_change_refuses_a_z_that_is_no_number_and_a_critical_value_that_is_not_positive(z, critical):
    with pytest.raises(ValueError):
        OwnChange(formula=Formula.JT, z=z, critical=critical, higher_is_better=True)


@pytest.mark.parametrize("z", [1.96, -1.96])
def test_a_z_exactly_at_the_critical_value_is_not_yet_reliable(z):
    at = OwnChange(formula=Formula.JT, z=z, critical=1.96, higher_is_better=True)
    assert at.direction is Direction.UNCHANGED


@pytest.mark.parametrize("sd", [0, -1, math.nan, math.inf])
def test_a_spread_that_is_not_above_0_is_refused(sd):
    with pytest.raises(ValueError, match="standard deviation"):
        jacobson_truax(20, 10, sd=sd, reliability=0.8, higher_is_better=False)


@pytest.mark.parametrize("reliability", [-0.1, 1, 1.1, math.nan])
def test_a_reliability_outside_0_to_below_1_is_refused(reliability):
    with pytest.raises(ValueError, match="reliability"):
        jacobson_truax(20, 10, sd=5, reliability=reliability, higher_is_better=False)


def test_a_groups_summary_refuses_what_cannot_be():
    with pytest.raises(ValueError, match="at least two"):
        first_and_last([(1.0, 2.0)])
    with pytest.raises(ValueError, match="differ between people"):
        first_and_last([(1.0, 2.0), (1.0, 3.0)])
    with pytest.raises(ValueError, match="differ between people"):
        FirstLast(2, 1, 1, 1, 0, 0)
    with pytest.raises(ValueError, match="correlation"):
        FirstLast(2, 1, 1, 1, 1, 1.2)


# RCI: standard deviation, reliability, z, and the value to two decimals.
CHECKS = [
    (7.7, 0.90, 1.645, 5.66),
    (7.7, 0.90, 1.96, 6.75),
    (12.40, 0.91, 1.645, 8.65),
    (12.40, 0.91, 1.96, 10.31),
    (5.0, 0.89, 1.645, 3.86),
    (5.7, 0.89, 1.645, 4.40),
    (6.5, 0.89, 1.645, 5.02),
    (5.0, 0.89, 1.96, 4.60),
    (5.7, 0.89, 1.96, 5.24),
    (6.5, 0.89, 1.96, 5.98),
]


@pytest.mark.parametrize(("sd", "reliability", "z", "expected"), CHECKS)
def test_reliable_change_values_are_those_worked_out_by_hand(sd, reliability, z, expected):
    assert round(reliable_points(sd, reliability, z=z), 2) == expected


def test_core_10s_published_6_is_a_90_percent_value_rounded_up():
    change = reliable_change(
        sd=7.7,
        reliability=0.9,
        reliability_kind="alpha",
        sample="primary care, n = 1835",
        source="Barkham et al. (2013), doi 10.1080/14733145.2012.729069",
        z=1.645,
        evidence="P",
    )
    assert change.points == 6
    assert (change.z, change.reliability, change.reliability_kind) == (1.645, 0.9, "alpha")
    assert (change.sd, change.sample, change.evidence) == (7.7, "primary care, n = 1835", "P")


def test_a_measure_without_whole_points_keeps_the_value_unrounded():
    change = reliable_change(
        sd=1, reliability=0.5, reliability_kind="retest", sample="", source="", whole_points=False
    )
    assert change.points == pytest.approx(1.96, rel=1e-14)


def test_rounding_noise_does_not_cost_a_point():
    change = reliable_change(
        sd=3, reliability=0.5, reliability_kind="alpha", sample="", source="", z=2 + 1e-13
    )
    assert change.points == 6


def test_a_z_that_is_not_above_0_is_refused():
    with pytest.raises(ValueError, match="z must be above 0"):
        reliable_points(5, 0.8, z=0)


def test_a_clinic_may_compute_its_own_from_200_intakes_on():
    intakes = [10.0, 20.0] * 100
    change = clinics_own_reliable_change(intakes, reliability=0.8, reliability_kind="alpha")
    assert change.sd == pytest.approx(5.0125, abs=1e-4)
    assert change.points == 7
    assert "200 intakes" in (change.sample or "")
    assert change.evidence == "computed"


def test_199_intakes_are_too_few_for_a_value_of_ones_own():
    with pytest.raises(ValueError, match="199 intakes are too few"):
        clinics_own_reliable_change([10.0] * 199, reliability=0.8, reliability_kind="alpha")


def test_half_of_the_first_score_counts_from_exactly_half_on():
    assert percentage_change(20, 10, higher_is_better=False) is Direction.IMPROVED
    assert percentage_change(20, 11, higher_is_better=False) is Direction.UNCHANGED
    assert percentage_change(20, 30, higher_is_better=False) is Direction.DETERIORATED
    assert percentage_change(20, 30, higher_is_better=True) is Direction.IMPROVED


def test_worsening_can_have_a_share_of_its_own():
    way = percentage_change(20, 26, deterioration=0.3, higher_is_better=False)
    assert way is Direction.DETERIORATED


def test_a_percentage_of_nothing_is_refused():
    with pytest.raises(ValueError, match="first score of 0"):
        percentage_change(0, 5, higher_is_better=False)


@pytest.mark.parametrize(("improvement", "deterioration"), [(0, None), (0.5, 0)])
def test_a_share_that_is_not_above_0_is_refused(improvement, deterioration):
    with pytest.raises(ValueError, match="above 0"):
        percentage_change(9, 5, improvement=improvement, deterioration=deterioration, higher_is_better=False)
