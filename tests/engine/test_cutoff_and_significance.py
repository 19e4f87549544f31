"""Cut-offs, crossings, and the five states of clinical significance."""

import math

import pytest

from midcourse.measures.change import (
    Direction,
    RelativeToGroupError,
    growth_model,
    jacobson_truax,
    own_change,
)
from midcourse.measures.cutoff import (
    CutoffKind,
    Population,
    crossing,
    cutoff,
    cutoff_b,
    is_functional,
)
from midcourse.measures.significance import ClinicalSignificance, Significance


def changed(points: float):
    return jacobson_truax(20, 20 + points, sd=5, reliability=0.8, higher_is_better=False)


@pytest.mark.parametrize(
    ("points", "crossed", "state"),
    [
        (-10, Direction.IMPROVED, Significance.RECOVERED),
        (-10, Direction.UNCHANGED, Significance.IMPROVED),
        (-10, Direction.DETERIORATED, Significance.IMPROVED),
        (-1, Direction.IMPROVED, Significance.UNCHANGED),
        (0, Direction.UNCHANGED, Significance.UNCHANGED),
        (10, Direction.UNCHANGED, Significance.DETERIORATED),
        (10, Direction.DETERIORATED, Significance.HARMED),
    ],
)
def test_a_state_takes_a_reliable_change_and_a_crossing_the_same_way(points, crossed, state):
    assert ClinicalSignificance(changed(points), crossed).state is state


def test_a_state_that_rests_on_the_groups_mean_change_still_refuses_to_be_a_signal():
    result = ClinicalSignificance(growth_model(-3, 1, higher_is_better=False), Direction.IMPROVED)
    assert result.state is Significance.RECOVERED
    with pytest.raises(RelativeToGroupError):
        own_change(result.change)


@pytest.mark.parametrize("higher", [True, False])
def test_a_score_on_the_cut_off_is_on_the_clinical_side(higher):
    assert not is_functional(10, 10, higher_is_better=higher)
    better = 11 if higher else 9
    assert crossing(10, better, 10, higher_is_better=higher) is Direction.IMPROVED
    assert crossing(better, 10, 10, higher_is_better=higher) is Direction.DETERIORATED
    assert crossing(10, 10, 10, higher_is_better=higher) is Direction.UNCHANGED


@pytest.mark.parametrize(("mean", "sd", "r"), [(math.nan, 1, None), (1, 0, None), (1, 1, 0), (1, 1, 1.1)])
def test_a_population_refuses_what_cannot_be(mean, sd, r):
    with pytest.raises(ValueError):
        Population(mean, sd, r)


def test_a_true_score_cut_off_needs_a_reliability():
    with pytest.raises(ValueError, match="needs the population's reliability"):
        cutoff_b(Population(8, 8), higher_is_better=False, true_score=True)


def test_a_cut_off_can_be_had_by_its_letter():
    clinical, functional = Population(40, 7.5), Population(60, 7.5)
    found = [cutoff(kind, clinical, functional, higher_is_better=True) for kind in CutoffKind]
    assert found == [55, 45, 50]
    assert cutoff("a", clinical, None, higher_is_better=True) == 55


@pytest.mark.parametrize("kind", ["b", "c"])
def test_cut_offs_b_and_c_need_a_functional_population(kind):
    with pytest.raises(ValueError, match="functional population"):
        cutoff(kind, Population(40, 7.5), None, higher_is_better=True)
