"""True-score cut-offs on the figures of Bauer, Lambert and Nielsen (2004).

doi 10.1207/s15327752jpa8201_11: clinical M 68.35 SD 22.33, functional M 50 SD 22, reliability .93,
lower is better.
"""

from math import sqrt

import pytest

from midcourse.measures.cutoff import Population, cutoff_a, cutoff_b, cutoff_c

CLINICAL = Population(68.35, 22.33, 0.93)
FUNCTIONAL = Population(50, 22, 0.93)


def test_the_true_score_cut_off_c_weighs_both_means_by_the_other_true_spread():
    clinical, functional = 22.33 * sqrt(0.93), 22 * sqrt(0.93)
    expected = (functional * 68.35 + clinical * 50) / (functional + clinical)
    found = cutoff_c(CLINICAL, FUNCTIONAL, true_score=True)
    assert found == pytest.approx(expected, rel=1e-14)
    assert found == pytest.approx(59.1067, abs=5e-4)


def test_equal_reliabilities_leave_cut_off_c_where_it_was():
    plain = cutoff_c(CLINICAL, FUNCTIONAL)
    assert cutoff_c(CLINICAL, FUNCTIONAL, true_score=True) == pytest.approx(plain, rel=1e-14)


@pytest.mark.parametrize(("higher", "sign"), [(False, -1), (True, 1)])
def test_the_true_score_cut_off_a_is_two_true_spreads_from_the_clinical_mean(higher, sign):
    expected = 68.35 + sign * 2 * 22.33 * sqrt(0.93)
    found = cutoff_a(CLINICAL, higher_is_better=higher, true_score=True)
    assert found == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(("higher", "sign"), [(False, 1), (True, -1)])
def test_the_true_score_cut_off_b_is_two_true_spreads_from_the_functional_mean(higher, sign):
    # Some software takes the clinical spread here; the definition is of the functional population.
    expected = 50 + sign * 2 * 22 * sqrt(0.93)
    found = cutoff_b(FUNCTIONAL, higher_is_better=higher, true_score=True)
    assert found == pytest.approx(expected, rel=1e-14)
