"""The draws that stand for what a small clinic does not know about its own variances (ST4)."""

import numpy as np
import pytest

from midcourse.course.basis import Basis
from midcourse.course.design import outcome_rows, sums_of
from midcourse.course.fit import MixedFit, fit_sums
from midcourse.course.likelihood import evaluate
from midcourse.course.moments import Sums
from midcourse.course.small import DRAWS, draws
from tests.clinics import clinic


def fitted(clients: int, seed: int, q: int = 1) -> tuple[Sums, MixedFit]:
    basis = Basis("ln", "session", q)
    sums = sums_of(outcome_rows(clinic(clients, seed), basis, "intake once", 15.0), basis)
    return sums, fit_sums(sums)


def test_draws_of_theta_have_the_mean_and_spread_of_its_likelihood() -> None:
    """With one random column the posterior is a line that can be summed on a fine grid."""
    sums, fit = fitted(15, 4)
    grid = np.linspace(-6, 6, 4001)
    log = np.array([-evaluate(sums, np.array([t])).criterion / 2 for t in grid])
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    size = np.sqrt(weight @ grid**2)
    drawn = np.array([abs(one.theta[0]) for one in draws(sums, fit)])
    assert np.sqrt((drawn**2).mean()) == pytest.approx(size, rel=0.1)
    quartiles = np.interp([0.25, 0.5, 0.75], _folded(grid, weight)[1], _folded(grid, weight)[0])
    assert np.quantile(drawn, [0.25, 0.5, 0.75]) == pytest.approx(quartiles, rel=0.2)


def _folded(grid: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The distribution of |theta|: its sign says nothing."""
    order = np.argsort(abs(grid))
    return abs(grid)[order], np.cumsum(weight[order])


def test_each_draw_is_a_whole_parameter_set_at_its_own_theta() -> None:
    sums, fit = fitted(20, 3, q=2)
    found = draws(sums, fit)
    assert len(found) == DRAWS
    for one in found:
        at = evaluate(sums, one.theta)
        np.testing.assert_allclose(one.beta, at.beta)
        np.testing.assert_allclose(one.vcov, one.sigma2 * np.linalg.inv(at.cxx))
        low = np.array([[one.theta[0], 0.0], [one.theta[1], one.theta[2]]])
        np.testing.assert_allclose(one.random_cov, one.sigma2 * low @ low.T)
        assert one.sigma2 > 0


def test_the_residual_variance_is_drawn_as_widely_as_so_few_scores_leave_it() -> None:
    sums, fit = fitted(15, 4)
    ratio = np.array([evaluate(sums, one.theta).rss / one.sigma2 for one in draws(sums, fit)])
    nu = sums.n - sums.p
    assert ratio.mean() == pytest.approx(nu, rel=0.1)
    assert ratio.std() == pytest.approx(np.sqrt(2 * nu), rel=0.35)


def test_where_people_hardly_differ_the_draws_still_reach_clinics_where_they_do() -> None:
    basis = Basis("ln", "session", 2)
    same = clinic(15, 6, slope_sd=0.0, intake_sd=3.0, residual_sd=3.0)
    sums = sums_of(outcome_rows(same, basis, "intake once", 15.0), basis)
    fit = fit_sums(sums)
    found = [one.random_cov[0, 0] for one in draws(sums, fit)]
    assert np.isfinite(found).all()
    assert max(found) > fit.random_cov[0, 0]
