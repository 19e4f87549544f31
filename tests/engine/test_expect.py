"""How the expected course of a clinic is fitted: basis by likelihood, history complete, few refused."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from midcourse.course.basis import Basis, Bend
from midcourse.course.design import outcome_rows, sums_of
from midcourse.course.expect import (
    TooFewClients,
    choose_basis,
    expected_course,
    fingerprint,
    typical_end,
    without_recalibration,
)
from midcourse.course.fit import fit_sums
from midcourse.course.observed import Observed
from midcourse.course.rounding import what_rounding_moved
from tests.clinics import clinic


@pytest.mark.parametrize("bend", ["ln", "sqrt", "linear"])
def test_the_training_likelihood_finds_the_bend_a_clinic_was_made_with(bend: Bend) -> None:
    # Each simulated basis runs in its own unit, so the slope is set to the same fall by session 12.
    people = clinic(150, 3, basis=bend, planned_sessions=12, slope_mean=-3.0)
    basis, compared = choose_basis(people, "session", "intake once", 15.0)
    assert basis == Basis(bend, "session", 2)
    assert compared[bend] == max(compared.values())
    assert set(compared) == {"ln", "sqrt", "linear"}


def test_bends_are_compared_by_the_likelihood_of_the_same_scores() -> None:
    """The log-likelihood is that of the scores themselves, so it may be compared between bends."""
    people = clinic(15, 2)
    _, compared = choose_basis(people, "session", "intake once", 15.0)
    for bend in ("ln", "sqrt", "linear"):
        basis = Basis(bend, "session", 2)
        rows = outcome_rows(people, basis, "intake once", 15.0)
        fit = fit_sums(sums_of(rows, basis), "ML")
        total = 0.0
        for number in range(len(rows.people)):
            mine = rows.client == number
            z = rows.f[mine][:, :2]
            v = z @ fit.random_cov @ z.T + fit.sigma2 * np.eye(mine.sum())
            total += multivariate_normal(rows.x()[mine] @ fit.beta, v).logpdf(rows.y[mine])
        assert compared[bend] == pytest.approx(total, abs=1e-3)


def test_a_basis_that_is_named_is_kept() -> None:
    course = expected_course(clinic(20, 3), "phq-9", "session", basis=Basis("quadratic", "session", 1))
    assert course.basis == Basis("quadratic", "session", 1)
    assert course.history["log_likelihood_by_bend"] == {}


def test_a_fit_carries_how_it_came_about() -> None:
    people = [*clinic(80, 3), Observed("one", (1.0,), (9.0,)), Observed("two", (1.0,), (20.0,))]
    history = expected_course(people, "phq-9", "session").history
    assert set(history["log_likelihood_by_bend"]) == {"ln", "sqrt", "linear"}
    assert history["basis"] in {f"{bend} session, 2 random" for bend in ("ln", "sqrt", "linear")}
    assert len(history["fingerprint"]) == 64
    assert (history["clients"], history["clients_with_one_score"]) == (80, 2)
    assert history["outcome_scores"] == 80 * 5
    assert history["patterns"] >= 1
    assert history["method"] == "REML"
    assert np.isfinite(history["criterion"])
    assert history["evaluations"] > 3
    assert 0 <= history["newton_decrement"] < 1e-8
    assert history["singular"] in (True, False)
    assert history["theta_integrated"] is False
    assert set(history["versions"]) == {"midcourse", "numpy", "scipy"}


def test_the_fingerprint_changes_with_any_number_the_fit_saw_but_not_with_the_order_of_people() -> None:
    people = clinic(20, 3)
    changed = [replace(people[0], scores=(*people[0].scores[:-1], 3.0)), *people[1:]]
    later = [replace(people[0], times=(*people[0].times[:-1], 9.0)), *people[1:]]
    assert fingerprint(people) == fingerprint(people[::-1])
    assert len({fingerprint(people), fingerprint(changed), fingerprint(later)}) == 3


def test_the_usual_end_is_the_median_last_time_of_those_who_came_back() -> None:
    people = [
        Observed("a", (1.0,), (9.0,)),
        Observed("b", (1.0, 4.0), (9.0, 8.0)),
        Observed("c", (1.0, 2.0, 10.0), (9.0, 8.0, 7.0)),
        Observed("d", (1.0, 6.0), (9.0, 7.0)),
    ]
    assert typical_end(people) == 6.0


@pytest.mark.parametrize(("clients", "fewest"), [(11, 12), (12, 13)])
def test_too_few_clients_are_refused_with_both_numbers(clients: int, fewest: int) -> None:
    with pytest.raises(TooFewClients, match=f"{clients} clients have a second score; at least {fewest}"):
        expected_course(clinic(clients, 3), "phq-9", "session", fewest=fewest)


def test_without_its_correction_a_course_is_otherwise_the_same() -> None:
    course = expected_course(clinic(20, 3), "phq-9", "session")
    assert without_recalibration(course) == course


def test_rounding_weeks_says_what_it_moved() -> None:
    random = np.random.RandomState(4)
    exact = [
        replace(
            p,
            times=(
                0.0,
                *(t - 1 + shift for t, shift in zip(p.times[1:], random.uniform(-0.4, 0.4, 5), strict=True)),
            ),
        )
        for p in clinic(70, 3)
    ]
    rounded = [replace(p, times=tuple(float(round(t)) for t in p.times)) for p in exact]
    course = expected_course(rounded, "phq-9", "week")
    found = what_rounding_moved(exact, rounded, course)
    assert found["scores_moved"] == 70 * 5
    assert 0.3 < found["largest_weeks"] <= 0.4
    assert 0.0 < found["largest_points"] < 0.5
    still = what_rounding_moved(rounded, rounded, course)
    assert still == {"scores_moved": 0, "largest_weeks": 0.0, "largest_points": 0.0}


def test_rounding_is_told_for_the_other_form_and_for_small_clinics_too() -> None:
    people = [replace(p, times=tuple(t - 1 for t in p.times)) for p in clinic(20, 3)]
    course = expected_course(people, "phq-9", "week", form="all scores")
    assert what_rounding_moved(people, people, course)["largest_points"] == pytest.approx(0.0, abs=1e-9)
