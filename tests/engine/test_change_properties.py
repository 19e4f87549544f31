"""What must hold of change whatever the scores: mirrors, order, and limits."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from midcourse.measures.change import (
    Formula,
    changes,
    first_and_last,
    hageman_arrindell_terms,
    hsu_linn_lord,
    jacobson_truax,
    percentage_change,
    reliable_points,
)
from midcourse.measures.cutoff import CutoffKind, Population, crossing, cutoff, cutoff_c
from midcourse.measures.significance import ClinicalSignificance

TWO_SCORES = sorted(set(Formula) - {Formula.HLM})
SCORE = st.integers(0, 27).map(float)
PAIRS = st.lists(st.tuples(SCORE, SCORE), min_size=3, max_size=30)
RELIABILITY = st.floats(0.01, 0.99)
MEAN = st.floats(-100, 100)
SPREAD = st.floats(0.1, 30)
POPULATION = st.builds(Population, MEAN, SPREAD, st.floats(0.05, 1))


def are_usable(pairs, reliability: float) -> bool:
    try:
        group = first_and_last(pairs)
        hageman_arrindell_terms(group, reliability=reliability, higher_is_better=True)
    except ValueError:
        return False
    return True


@settings(deadline=None)
@given(PAIRS, RELIABILITY, st.sampled_from(TWO_SCORES), st.booleans())
def test_mirrored_scores_in_the_other_direction_give_the_same_states(pairs, r, formula, higher):
    assume(are_usable(pairs, r))
    mirrored = [(-first, -last) for first, last in pairs]
    plain = changes(formula, pairs, reliability=r, higher_is_better=higher)
    other = changes(formula, mirrored, reliability=r, higher_is_better=not higher)
    for (first, last), one, two in zip(pairs, plain, other, strict=True):
        assert one.z == pytest.approx(-two.z, rel=1e-9, abs=1e-9)
        if abs(abs(one.z) - one.critical) > 1e-6:
            assert one.direction is two.direction
        crossed = crossing(first, last, 10, higher_is_better=higher)
        mirror = crossing(-first, -last, -10, higher_is_better=not higher)
        assert crossed is mirror
        if one.direction is two.direction:
            state = ClinicalSignificance(one, crossed).state
            assert state is ClinicalSignificance(two, mirror).state


@settings(deadline=None)
@given(SCORE, SCORE, SPREAD, RELIABILITY, st.booleans())
def test_turning_the_direction_alone_turns_the_verdict(first, last, sd, r, higher):
    one = jacobson_truax(first, last, sd=sd, reliability=r, higher_is_better=higher)
    two = jacobson_truax(first, last, sd=sd, reliability=r, higher_is_better=not higher)
    assert one.z == two.z
    turned = {"improved": "deteriorated", "deteriorated": "improved", "unchanged": "unchanged"}
    assert two.direction == turned[one.direction]


@settings(deadline=None)
@given(SCORE, SCORE, SPREAD, RELIABILITY)
def test_going_back_is_the_opposite_of_going_there(first, last, sd, r):
    there = jacobson_truax(first, last, sd=sd, reliability=r, higher_is_better=True)
    back = jacobson_truax(last, first, sd=sd, reliability=r, higher_is_better=True)
    assert there.z == -back.z


@settings(deadline=None)
@given(SPREAD, RELIABILITY, RELIABILITY)
def test_the_less_reliable_a_measure_the_more_points_a_reliable_change_takes(sd, one, other):
    assume(other - one > 1e-9)
    assert reliable_points(sd, one) > reliable_points(sd, other)
    assert reliable_points(sd, other) < reliable_points(sd, 0)


@settings(deadline=None)
@given(POPULATION, POPULATION, st.booleans())
def test_cut_off_c_lies_between_the_means(clinical, functional, true_score):
    low, high = sorted((clinical.mean, functional.mean))
    assert low - 1e-9 <= cutoff_c(clinical, functional, true_score=true_score) <= high + 1e-9


@settings(deadline=None)
@given(POPULATION, POPULATION)
def test_cut_off_c_is_equally_many_spreads_from_both_means(clinical, functional):
    c = cutoff_c(clinical, functional)
    from_clinical = (c - clinical.mean) / clinical.sd
    from_functional = (functional.mean - c) / functional.sd
    assert from_clinical == pytest.approx(from_functional, rel=1e-6, abs=1e-9)


@settings(deadline=None)
@given(POPULATION, POPULATION, st.sampled_from(CutoffKind), st.booleans(), st.booleans())
def test_mirrored_populations_have_mirrored_cut_offs(clinical, functional, kind, higher, true):
    plain = cutoff(kind, clinical, functional, higher_is_better=higher, true_score=true)
    mirrored = (Population(-p.mean, p.sd, p.reliability) for p in (clinical, functional))
    other = cutoff(kind, *mirrored, higher_is_better=not higher, true_score=true)
    assert other == pytest.approx(-plain, rel=1e-12, abs=1e-9)


@settings(deadline=None)
@given(PAIRS, RELIABILITY)
def test_hsu_linn_lord_does_not_see_a_change_that_everybody_makes(pairs, r):
    assume(are_usable(pairs, r))
    moved = [(first, last - 10) for first, last in pairs]
    plain, shifted = first_and_last(pairs), first_and_last(moved)
    for (first, last), (_, lower) in zip(pairs, moved, strict=True):
        one = hsu_linn_lord(first, last, group=plain, reliability=r, higher_is_better=False)
        two = hsu_linn_lord(first, lower, group=shifted, reliability=r, higher_is_better=False)
        assert one.z == pytest.approx(two.z, abs=1e-6)


@settings(deadline=None)
@given(SCORE.filter(bool), SCORE, st.booleans())
def test_percentages_of_mirrored_scores_are_the_same(first, last, higher):
    plain = percentage_change(first, last, higher_is_better=higher)
    assert plain is percentage_change(-first, -last, higher_is_better=not higher)
