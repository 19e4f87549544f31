"""A young clinic borrows from a reference, and says how much (ST6)."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from midcourse.course.basis import Basis
from midcourse.course.borrow import CHOICES, borrowed_course, choose_pseudo_clients, log_scores
from midcourse.course.course import Course
from midcourse.course.design import outcome_rows
from midcourse.course.expect import expected_course
from midcourse.course.forecast import Seen, forecast, seen
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.course.reference import PARTS, Ends, Reference, read_reference, reference_course
from midcourse.simulate import PLAIN, given_intake
from tests.clinics import PHQ_9, clinic

TRUTH = given_intake(PLAIN)
TRUE_END = Ends(
    np.array([[TRUTH.intercept, TRUTH.slope], [TRUTH.by_intake, TRUTH.slope_by_intake]]),
    np.array([[TRUTH.intercept_variance, TRUTH.covariance], [TRUTH.covariance, TRUTH.slope_variance]]),
    TRUTH.residual_sd**2,
)


def reference(end: Ends = TRUE_END) -> Reference:
    return Reference(
        name="true",
        measure="phq-9",
        measure_version="1",
        basis=Basis("ln", "session"),
        centre=15.0,
        intake_mean=15.0,
        intake_sd=5.5,
        patterns=(((2.0, 3.0, 4.0, 5.0, 6.0), 1.0),),
        ends=(end,),
        age_range=(18.0, 120.0),
        language="en",
        setting="a simulated clinic",
        tags={part: {"kind": "published", "source": "midcourse/simulate"} for part in PARTS},
    )


WRONG = reference(Ends(TRUE_END.beta + np.array([[3.0, 3.0], [0.0, 0.0]]), TRUE_END.random_cov, 9.0))


def dense_information(one: Course, people: Sequence[Observed], weight: float) -> Array:
    """X'V^-1 X / sigma2 of clients, row by row."""
    parameters = one.parts[0][1]
    rows = outcome_rows(people, one.basis, "intake once", one.centre)
    total = np.zeros((4, 4))
    for number in range(len(rows.people)):
        mine = rows.client == number
        x, z = rows.x()[mine], rows.f[mine]
        v = z @ np.array(parameters.random_cov) @ z.T + parameters.residual * np.eye(mine.sum())
        total += weight * x.T @ np.linalg.solve(v, x)
    return total


def dense_reference_information(one: Course, lender: Reference, clients: float) -> Array:
    parameters = one.parts[0][1]
    total = np.zeros((4, 4))
    for times, share in lender.patterns:
        f = np.array([lender.basis.columns(t) for t in times])
        v = f @ np.array(parameters.random_cov) @ f.T + parameters.residual * np.eye(len(f))
        ww = np.diag([1.0, lender.intake_sd**2])
        total += clients * share * np.kron(ww, f.T @ np.linalg.solve(v, f))
    return total


@pytest.mark.parametrize("m", [10.0, 50.0])
def test_the_borrowed_share_is_that_of_the_information_about_this_very_forecast(m: float) -> None:
    people = clinic(70, 3)
    one = borrowed_course(people, reference(), m)
    own = dense_information(one, people, 1.0)
    lent = dense_reference_information(one, reference(), m)
    c = np.linalg.inv(own + lent)
    np.testing.assert_allclose(np.array(one.parts[0][1].beta_cov), c, rtol=1e-7)
    person = people[0].up_to(3)
    f = np.array([one.basis.columns(t) for t in (*person.times[1:], 6.0)])
    v = f @ np.array(one.parts[0][1].random_cov) @ f.T + one.parts[0][1].residual * np.eye(3)
    x = np.kron([[1.0, person.intake - 15.0]], f)
    d = x[-1] - x[:-1].T @ np.linalg.solve(v[:-1, :-1], v[:-1, -1])
    found = forecast(one, PHQ_9, seen(one, person), 6.0)
    assert found.borrowed_share == pytest.approx((d @ c @ lent @ c @ d) / (d @ c @ d), rel=1e-7)
    fitted = v[-1, -1] - v[-1, :-1] @ np.linalg.solve(v[:-1, :-1], v[:-1, -1]) + d @ c @ d
    before = v[-1, -1] + x[-1] @ c @ x[-1]
    assert found.own_share == pytest.approx(1 - fitted / before, rel=1e-7)


def shares(own: int, m: float) -> float:
    one = borrowed_course(clinic(own, 3), reference(), m)
    so_far = Seen(15.0, 1.0, 0, [[0.0, 0.0]] * 2, [[0.0, 0.0]] * 2, [0.0, 0.0], 15.0)
    return forecast(one, PHQ_9, so_far, 6.0).borrowed_share


def test_the_borrowed_share_falls_as_the_clinic_grows_and_rises_with_what_is_lent() -> None:
    assert shares(15, 50) > shares(60, 50) > shares(240, 50) > 0
    assert shares(60, 10) < shares(60, 200)
    assert shares(50, 50) == pytest.approx(0.5, abs=0.1)


def test_borrowing_from_nobody_is_the_clinics_own_fit() -> None:
    people = clinic(70, 3)
    borrowed = borrowed_course(people, reference(), 0)
    own = expected_course(people, "phq-9", "session", basis=Basis("ln", "session"))
    so_far = [seen(one, people[0].up_to(3)) for one in (borrowed, own)]
    a, b = (forecast(one, PHQ_9, s, 6.0) for one, s in zip((borrowed, own), so_far, strict=True))
    assert (a.mean, a.sd) == pytest.approx((b.mean, b.sd), rel=1e-6)
    assert a.borrowed_share == 0.0


@pytest.mark.parametrize(("clients", "sets"), [(3, 40), (59, 40), (60, 1)])
def test_below_60_own_clients_theta_is_integrated_over_here_too(clients: int, sets: int) -> None:
    one = borrowed_course(clinic(clients, 3), reference())
    assert len(one.parts) == sets
    assert one.history["theta_integrated"] is (sets > 1)
    assert (one.history["reference"], one.history["pseudo_clients"]) == ("true", 50)
    assert not one.assumed_range


def test_both_ends_of_an_assumed_range_stand_for_what_is_not_known() -> None:
    one = borrowed_course(clinic(20, 3), read_reference("phq-9-nhs-session"))
    assert len(one.parts) == 2
    assert one.assumed_range
    assert one.age_range == (18.0, 120.0)
    assert one.history["theta_integrated"] is False


@pytest.mark.parametrize("m", [50.0, 0.0])
def test_with_no_second_score_the_reference_alone_speaks(m: float) -> None:
    people = [Observed("a", (1.0,), (15.0,))]
    assert borrowed_course(people, reference(), m) == reference_course(reference())
    assert borrowed_course([], reference(), m) == reference_course(reference())


def test_a_reference_that_fits_is_borrowed_from_and_one_that_does_not_hardly() -> None:
    people = clinic(70, 5)
    m, compared = choose_pseudo_clients(people, reference(), PHQ_9)
    wrong, compared_wrong = choose_pseudo_clients(people, WRONG, PHQ_9)
    assert set(compared) == set(compared_wrong) == set(CHOICES)
    assert m >= 50
    assert wrong <= 10
    assert compared[int(m)] == min(compared.values())
    assert compared[0] == compared_wrong[0]


def test_a_clients_log_score_is_the_mean_over_their_later_scores() -> None:
    people = [*clinic(20, 3, clip_to_scale=True, whole_numbers=True), Observed("one", (1.0,), (9.0,))]
    one = reference_course(reference())
    found = log_scores(replace(one), people, PHQ_9)
    assert len(found) == 20
    person, losses = people[0], []
    for k in range(1, 6):
        for target in {k, 5}:
            distribution = forecast(one, PHQ_9, seen(one, person.up_to(k)), person.times[target]).predictive
            y = person.scores[target]
            losses.append(-np.log(distribution.at_most(y) - distribution.at_most(y - 1)))
    assert found[0] == pytest.approx(np.mean(losses))
