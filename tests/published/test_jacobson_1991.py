"""Cut-offs and the single case of Jacobson and Truax (1991), doi 10.1037/0022-006X.59.1.12."""

from midcourse.measures.change import Direction, jacobson_truax
from midcourse.measures.cutoff import Population, cutoff_a, cutoff_b, cutoff_c

CLINICAL = Population(40, 7.5)
FUNCTIONAL = Population(60, 7.5)


def test_cut_off_a_is_55():
    assert cutoff_a(CLINICAL, higher_is_better=True) == 55


def test_cut_off_b_is_45():
    assert cutoff_b(FUNCTIONAL, higher_is_better=True) == 45


def test_cut_off_c_is_50():
    assert cutoff_c(CLINICAL, FUNCTIONAL) == 50


def test_where_lower_is_better_a_and_b_lie_on_the_other_sides():
    assert cutoff_a(CLINICAL, higher_is_better=False) == 25
    assert cutoff_b(FUNCTIONAL, higher_is_better=False) == 75


def test_the_single_case_changes_by_3_16_standard_errors():
    # The paper's own print is remembered as 3.14; its formula gives 3.16.
    case = jacobson_truax(32.5, 47.5, sd=7.5, reliability=0.8, higher_is_better=True)
    assert round(case.z, 2) == 3.16
    assert case.direction is Direction.IMPROVED
