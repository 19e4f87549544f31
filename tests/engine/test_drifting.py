"""A drifting course is what its definition says: fit and forecasts against one dense matrix over all rows."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import OptimizeResult

from midcourse.course.basis import Basis
from midcourse.course.drifting import DriftingFit, Series, covariance, fit_drifting
from midcourse.course.drifting_likelihood import evaluate_drifting, groups_of
from midcourse.course.fit import Unconverged
from midcourse.course.likelihood import evaluate
from midcourse.course.moments import sums_of_rows
from tests.engine.drifting_by_definition import alike, dense, invented, restricted

LN = Basis("ln", "session")
CENTRE = 15.0
THETAS = [(1.0, 0.7, 1.4), (0.0, -2.0, 0.0), (2.5, 1.5, 3.0)]


@pytest.fixture(scope="module")
def series() -> list[Series]:
    return invented(40, seed=2)


@pytest.fixture(scope="module")
def fit(series: list[Series]) -> DriftingFit:
    return fit_drifting(series, LN, CENTRE)


@pytest.mark.parametrize("theta", THETAS)
def test_criterion_beta_sigma2_and_information_are_those_of_one_dense_matrix(
    theta: tuple[float, ...],
) -> None:
    some = invented(14, seed=1)
    found = evaluate_drifting(np.array(theta), groups_of(some, LN, CENTRE))
    for ours, theirs in zip(found, restricted(*dense(some, theta, CENTRE)), strict=True):
        assert_allclose(ours, theirs, rtol=1e-9)


def test_the_fit_reports_what_the_definition_says_at_its_theta(
    fit: DriftingFit, series: list[Series]
) -> None:
    criterion, beta, sigma2, information = restricted(*dense(series, tuple(fit.theta), CENTRE))
    assert fit.criterion == pytest.approx(criterion)
    assert fit.sigma2 == pytest.approx(sigma2)
    assert_allclose(fit.beta, beta)
    assert_allclose(fit.vcov, sigma2 * np.linalg.inv(information))
    assert (fit.basis, fit.centre, fit.clients) == (LN, CENTRE, 40)


def test_no_theta_nearby_is_better(fit: DriftingFit, series: list[Series]) -> None:
    groups = groups_of(series, LN, CENTRE)
    for step in np.vstack([0.1 * np.eye(3), -0.1 * np.eye(3)]):
        theta = np.clip(fit.theta + step, [0.0, -7.0, -7.0], [np.inf, 7.0, 7.0])
        assert evaluate_drifting(theta, groups)[0] > fit.criterion - 1e-4


def test_the_deviance_is_the_unrestricted_one(fit: DriftingFit, series: list[Series]) -> None:
    x, y, v = dense(series, tuple(fit.theta), CENTRE)
    rest, n = y - x @ fit.beta, len(y)
    mean_square = float(rest @ np.linalg.solve(v, rest)) / n
    wanted = np.linalg.slogdet(v)[1] + n * (1.0 + np.log(2.0 * np.pi * mean_square))
    assert fit.deviance(n) == pytest.approx(wanted)


def test_the_deviance_of_scores_in_other_units_differs_by_the_units_alone(series: list[Series]) -> None:
    """Intake in other units too: the restricted criterion would be moved by its columns."""
    small = [Series(one.intake / 4, one.times, one.y / 4) for one in series]
    n = sum(len(one.y) for one in series)
    whole, quarter = fit_drifting(series, LN, CENTRE), fit_drifting(small, LN, CENTRE / 4)
    assert quarter.deviance(n) == pytest.approx(whole.deviance(n) - 2.0 * n * np.log(4.0), abs=1e-3)
    assert quarter.criterion != pytest.approx(whole.criterion - 2.0 * n * np.log(4.0), abs=1.0)


def test_without_drift_the_criterion_is_that_of_a_random_intercept(series: list[Series]) -> None:
    client = np.repeat(np.arange(len(series)), [len(one.y) for one in series])
    x, y, _ = dense(series, THETAS[0], CENTRE)
    sums = sums_of_rows(client, x, np.ones((len(y), 1)), y)
    groups = groups_of(series, LN, CENTRE)
    for spread in (0.0, 0.8, 2.0):
        plain = evaluate(sums, np.array([spread]))
        gaps = []
        for log_kappa in (-4.0, -8.0, -40.0):
            criterion, beta, _, _ = evaluate_drifting(np.array([spread, log_kappa, 1.0]), groups)
            gaps.append(abs(criterion - plain.criterion))
        assert gaps[0] > gaps[1] > gaps[2]
        assert criterion == pytest.approx(plain.criterion, abs=1e-8)
        assert_allclose(beta, plain.beta, rtol=1e-8)


def test_a_drift_that_never_forgets_is_more_level() -> None:
    times = np.array([[1.0, 2.0, 9.0]])
    endless = covariance(np.array([1.0, np.log(3.0), 40.0]), times, times)
    assert_allclose(endless, np.full((1, 3, 3), 4.0))


def test_covariances_are_client_by_client_and_time_by_time() -> None:
    first, second = np.array([[1.0, 2.0], [1.0, 5.0]]), np.array([[3.0], [4.5]])
    found = covariance(np.array(THETAS[0]), first, second)
    assert found.shape == (2, 2, 1)
    for one, s, t in zip(found, first, second, strict=True):
        assert_allclose(one, alike(THETAS[0], s, t))


def test_clients_without_a_row_are_left_out_of_the_groups() -> None:
    empty = Series(12.0, np.array([]), np.array([]))
    groups = groups_of([empty, *invented(9, seed=3)], LN, CENTRE)
    assert [group.y.shape[1] for group in groups] == sorted({group.y.shape[1] for group in groups})
    assert sum(len(group.y) for group in groups) == 9


@pytest.mark.parametrize("clients", [0, 1, 2])
def test_too_few_rows_are_refused(clients: int) -> None:
    with pytest.raises(ValueError, match=r"\d scores cannot carry a drifting course; add clients"):
        fit_drifting(invented(clients, rows=3), LN, CENTRE)


STEEP, FLAT = np.array([0.3, 0.1, -0.2]), np.array([2e-5, -1e-5, 0.0])


def ends_with(**ending: object) -> OptimizeResult:
    return OptimizeResult({"x": np.array([1.0, 0.0, 1.8]), "jac": STEEP, "fun": 3.0} | ending)


@pytest.mark.parametrize(
    "ending", [{"success": False}, {"success": True, "fun": float("nan")}, {"success": False, "fun": np.inf}]
)
def test_a_search_that_ends_without_a_minimum_is_refused(
    series: list[Series], monkeypatch: pytest.MonkeyPatch, ending: dict[str, float]
) -> None:
    monkeypatch.setattr("midcourse.course.drifting.minimize", lambda *_, **__: ends_with(**ending))
    with pytest.raises(Unconverged, match="did not converge; no forecast"):
        fit_drifting(series, LN, CENTRE)


def test_a_search_that_gives_up_where_no_step_leads_down_has_found_its_minimum(
    series: list[Series], monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up = ends_with(success=False, jac=FLAT)
    monkeypatch.setattr("midcourse.course.drifting.minimize", lambda *_, **__: given_up)
    assert fit_drifting(series, LN, CENTRE).theta.tolist() == [1.0, 0.0, 1.8]


def test_a_slope_that_leads_out_of_bounds_leads_nowhere(
    series: list[Series], monkeypatch: pytest.MonkeyPatch
) -> None:
    at_bound = ends_with(success=False, x=np.array([0.0, 7.0, 1.8]), jac=np.array([0.5, -0.5, 0.0]))
    monkeypatch.setattr("midcourse.course.drifting.minimize", lambda *_, **__: at_bound)
    assert fit_drifting(series, LN, CENTRE).theta.tolist() == [0.0, 7.0, 1.8]


def test_where_the_first_start_fails_the_usual_one_is_tried(
    series: list[Series], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = []

    def searched(_: object, begin: np.ndarray, **__: object) -> OptimizeResult:
        begun.append(begin.tolist())
        return ends_with(success=len(begun) > 1)

    monkeypatch.setattr("midcourse.course.drifting.minimize", searched)
    fit_drifting(series, LN, CENTRE, start=(2.0, -1.0, 0.5))
    assert begun == [[2.0, -1.0, 0.5], [1.0, 0.0, 1.8]]


def test_another_start_finds_the_same_course(series: list[Series], fit: DriftingFit) -> None:
    again = fit_drifting(series, LN, CENTRE, start=(2.0, -1.0, 0.5))
    assert again.criterion == pytest.approx(fit.criterion, abs=0.01)


def test_the_parameters_of_a_simulation_are_recovered() -> None:
    theta, sigma = (1.0, 1.0, 1.2), 2.0
    some = invented(1200, seed=8, theta=theta, sigma=sigma, rows=9)
    found = fit_drifting(some, LN, CENTRE)
    assert_allclose(found.theta, theta, atol=0.25)
    assert found.sigma2 == pytest.approx(sigma**2, rel=0.15)
    gap = found.beta - [14.0, -2.0, 0.8, -0.1]
    assert (np.abs(gap) < 3 * np.sqrt(np.diag(found.vcov))).all()


def test_no_drift_in_a_simulation_is_found_to_be_none() -> None:
    """Then level and residual carry all: what a row says of the next does not depend on how near it is."""
    found = fit_drifting(invented(400, seed=5, theta=(1.5, -30.0, 0.0)), LN, CENTRE)
    near, far = covariance(found.theta, np.array([[1.0]]), np.array([[2.0, 12.0]]))[0, 0]
    assert near - far < 0.4
    assert near == pytest.approx(1.5**2, abs=0.7)
