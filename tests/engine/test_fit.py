"""Fits: as low as brute force gets, honest about their end, and refused where they have none."""

import warnings
from itertools import count

import numpy as np
import pytest
from scipy.optimize import minimize

from midcourse.course import search as search_module
from midcourse.course.fit import Unconverged, fit_sums
from midcourse.course.likelihood import evaluate
from midcourse.course.moments import sums_of_rows
from midcourse.course.random_effects import random_effects
from midcourse.course.search import Search
from tests.engine.mixed_model_by_definition import Invented, by_definition, invented

KINDS = [(1, 0), (2, 0), (3, 0), (1, 3), (2, 3)]


@pytest.mark.parametrize("method", ["REML", "ML"])
@pytest.mark.parametrize(("q", "therapists"), [(1, 0), (2, 0), (1, 3)])
def test_brute_force_on_the_definition_finds_nothing_lower(q, therapists, method):
    data = invented(21, clients=10, q=q, therapists=therapists)
    fit = fit_sums(data.sums(), method)
    found = minimize(
        lambda theta: by_definition(data, theta, method).criterion,
        np.full(len(fit.theta), 0.6),
        method="Nelder-Mead",
        options={"xatol": 1e-7, "fatol": 1e-9, "maxiter": 4000},
    )
    slow = by_definition(data, fit.theta, method)
    assert fit.criterion == pytest.approx(slow.criterion, rel=1e-12)
    assert fit.criterion <= found.fun + 1e-9
    assert fit.criterion == pytest.approx(found.fun, abs=1e-6)
    assert fit.beta == pytest.approx(slow.beta, rel=1e-9)
    assert fit.vcov == pytest.approx(slow.vcov, rel=1e-8)
    assert fit.sigma2 == pytest.approx(slow.sigma2, rel=1e-9)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("q", "therapists"), KINDS)
def test_every_fit_ends_with_a_tiny_newton_decrement_and_no_slope(q, therapists, seed):
    # Fourteen clients with up to six scores: many of these have a variance of zero.
    data = invented(seed, q=q, therapists=therapists)
    fit = fit_sums(data.sums())
    assert fit.decrement < 1e-8
    gradient = evaluate(data.sums(), fit.theta).gradient
    assert np.abs(gradient).max() < 1e-4
    for move in 1e-3 * np.eye(len(fit.theta)):
        for theta in (fit.theta + move, fit.theta - move):
            assert evaluate(data.sums(), theta).criterion >= fit.criterion - 1e-9


def test_a_fit_says_how_it_came_about():
    data = invented(2, weighted=True)
    fit = fit_sums(data.sums(True), "ML")
    assert fit.method == "ML"
    assert fit.n == pytest.approx(data.weight[data.client].sum())
    assert fit.clients == pytest.approx(data.weight.sum())
    assert fit.patterns == len(data.sums(True).g)
    assert 0 < fit.evaluations < 200
    assert fit.log_likelihood == -fit.criterion / 2
    # Four fixed effects, three entries of theta, one residual variance.
    assert fit.aic == fit.criterion + 2 * 8
    low = np.array([[fit.theta[0], 0.0], [fit.theta[1], fit.theta[2]]])
    assert fit.random_cov == pytest.approx(fit.sigma2 * low @ low.T)
    assert fit.therapist_cov is None


def test_therapists_may_have_fewer_random_columns_than_clients():
    data = invented(5, clients=60, therapists=8)
    one = fit_sums(data.sums(), therapist_q=1)
    both = fit_sums(data.sums())
    assert one.therapist_cov is not None and both.therapist_cov is not None
    assert one.theta[4:].tolist() == [0.0, 0.0]
    assert one.therapist_cov[1].tolist() == [0.0, 0.0]
    assert one.therapist_cov[0, 0] > 0
    assert not one.singular
    assert (one.covariance_parameters, both.covariance_parameters) == (4, 6)
    assert both.criterion <= one.criterion + 1e-9


def without_variance(q: int = 2) -> Invented:
    """Return clients who differ by less than their scores do: every client has the same mean."""
    data = invented(9, clients=20, q=q)
    y = data.y.copy()
    for number in range(20):
        rows = data.rows_of(number)
        y[rows] = data.x[rows] @ [3.0, -2.0, 0.6, 0.5] + np.resize([1.0, -1.0], len(rows))
    return Invented(data.client, data.x, data.z, y, data.weight, None)


@pytest.mark.parametrize("q", [1, 2])
def test_clients_who_do_not_differ_give_exact_zeros_and_a_singular_fit(q):
    fit = fit_sums(without_variance(q).sums())
    assert fit.singular
    assert np.abs(fit.theta).max() < 1e-7
    assert fit.criterion <= evaluate(without_variance(q).sums(), np.zeros(len(fit.theta))).criterion + 1e-10


def test_exact_zeros_are_kept_where_they_are_lower(monkeypatch):
    # With every search for a free minimum stopped at once, only the zeros that are tried can win.
    real = Search.polish
    calls = count()

    def lazy(self, theta):
        return real(self, np.full(len(theta), 5e-3)) if next(calls) == 0 else real(self, theta)

    monkeypatch.setattr(Search, "polish", lazy)
    monkeypatch.setattr(search_module, "POLISH_STEPS", 1)
    fit = fit_sums(without_variance(1).sums())
    assert fit.theta.tolist() == [0.0]
    assert fit.singular


def test_too_few_scores_for_the_fixed_effects_are_refused():
    data = invented(1).picked([0])
    with pytest.raises(ValueError, match="6 scores cannot carry 6 fixed effects"):
        wide = np.column_stack([data.x, data.x[:, :2] ** 3])
        fit_sums(sums_of_rows(data.client, wide, data.z, data.y))


@pytest.mark.parametrize("extra", ["copy", "sum", "zero"])
def test_fixed_columns_that_say_the_same_thing_are_refused(extra):
    data = invented(1)
    column = {"copy": data.x[:, 1] * 3, "sum": data.x[:, 1] + data.x[:, 2], "zero": 0 * data.x[:, 0]}[extra]
    sums = sums_of_rows(data.client, np.column_stack([data.x, column]), data.z, data.y)
    with pytest.raises(ValueError, match="say the same thing twice"):
        fit_sums(sums)


def test_a_raw_year_as_covariate_is_not_mistaken_for_the_intercept():
    data = invented(1)
    year = 2019.0 + np.arange(14) % 5
    sums = sums_of_rows(data.client, np.column_stack([data.x, year[data.client]]), data.z, data.y)
    centred = sums_of_rows(data.client, np.column_stack([data.x, year[data.client] - 2021]), data.z, data.y)
    raw, near = fit_sums(sums), fit_sums(centred)
    assert abs(raw.beta[4] - near.beta[4]) < 1e-4 * np.sqrt(near.vcov[4, 4])
    assert raw.vcov[4, 4] == pytest.approx(near.vcov[4, 4], rel=1e-4)


def test_scores_that_the_fixed_columns_explain_exactly_are_refused():
    data = invented(1)
    for y in (data.x @ [3.0, 1.0, 0.5, 2.0], np.full(len(data.y), 12.0), np.zeros(len(data.y))):
        with pytest.raises(ValueError, match="explain every score exactly"):
            fit_sums(sums_of_rows(data.client, data.x, data.z, y))


def test_scores_that_do_not_vary_within_clients_are_refused_and_not_fitted():
    data = invented(1, clients=30)
    y = np.random.RandomState(1).normal(15, 5, 30)[data.client]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(Unconverged, match="no forecast is made from it"):
            fit_sums(sums_of_rows(data.client, data.x[:, :2], data.z, y))


def test_a_search_cut_short_is_refused_with_its_decrement(monkeypatch):
    monkeypatch.setattr(search_module, "LBFGSB", {"maxiter": 1})
    monkeypatch.setattr(search_module, "POLISH_STEPS", 1)
    data = invented(3, clients=40, q=3)
    with pytest.raises(Unconverged, match=r"Newton decrement .*, limit 1e-08"):
        fit_sums(data.sums())


def test_a_search_without_any_polish_is_refused(monkeypatch):
    monkeypatch.setattr(search_module, "POLISH_STEPS", 0)
    with pytest.raises(Unconverged, match="Newton decrement inf"):
        fit_sums(invented(3).sums())


def test_a_criterion_that_cannot_be_computed_is_refused(monkeypatch):
    def broken(*arguments):
        raise np.linalg.LinAlgError("not positive definite")

    monkeypatch.setattr(search_module, "evaluate", broken)
    with pytest.raises(Unconverged, match="not positive definite"):
        fit_sums(invented(3).sums())


@pytest.mark.parametrize("theta", [[0.0, 0.0, 0.0], [1.0, 0.0, 0.0]])
def test_a_saddle_is_left_and_not_taken_for_a_minimum(theta):
    # A column of exact zeros has no slope at all, whether or not clients differ on it.
    data = invented(11, clients=40)
    search = Search(data.sums(), "REML", np.ones(3, dtype=bool))
    assert search.at(np.zeros(3)).gradient.tolist() == [0.0, 0.0, 0.0]
    found = search.polish(np.array(theta))
    assert found.converged
    assert found.criterion == pytest.approx(fit_sums(data.sums()).criterion, abs=1e-8)


def test_a_saddle_that_there_is_no_time_to_leave_is_not_converged(monkeypatch):
    monkeypatch.setattr(search_module, "POLISH_STEPS", 1)
    search = Search(invented(11, clients=40).sums(), "REML", np.ones(3, dtype=bool))
    assert not search.polish(np.zeros(3)).converged


@pytest.mark.parametrize("therapists", [0, 6])
@pytest.mark.parametrize("method", ["REML", "ML"])
def test_scaling_columns_changes_theta_and_beta_as_it_must(therapists, method):
    data = invented(12, clients=60, therapists=therapists)
    z, x, y = np.array([1.0, 40.0]), np.array([1.0, 0.01, 300.0, 5.0]), 7.0
    scaled = Invented(data.client, data.x / x, data.z / z, data.y / y, data.weight, data.therapist)
    plain, changed = fit_sums(data.sums(), method), fit_sums(scaled.sums(), method)
    rows = np.tile([0, 1, 1], len(plain.theta) // 3)
    assert changed.theta == pytest.approx(plain.theta * z[rows], rel=2e-6, abs=1e-7)
    assert changed.beta == pytest.approx(plain.beta * x / y, rel=1e-7)
    assert changed.sigma2 == pytest.approx(plain.sigma2 / y**2, rel=1e-6)
    assert changed.random_cov == pytest.approx(plain.random_cov * np.outer(z, z) / y**2, rel=1e-5)


@pytest.mark.parametrize("therapists", [0, 4])
@pytest.mark.parametrize("q", [1, 2, 3])
def test_random_effects_are_those_of_henderson_by_the_whole_covariance(q, therapists):
    data = invented(13, clients=20, q=q, therapists=therapists)
    fit = fit_sums(data.sums())
    found = random_effects(fit, data.client, data.x, data.z, data.y, therapist=data.therapist)
    n, same = len(data.y), data.client[:, None] == data.client
    v = fit.sigma2 * np.eye(n) + np.where(same, data.z @ fit.random_cov @ data.z.T, 0.0)
    if data.therapist is not None:
        assert fit.therapist_cov is not None
        seen = data.therapist[data.client]
        v += np.where(seen[:, None] == seen, data.z @ fit.therapist_cov @ data.z.T, 0.0)
    for number in range(20):
        cross = np.zeros((q, n))
        rows = data.rows_of(number)
        cross[:, rows] = fit.random_cov @ data.z[rows].T
        effects = cross @ np.linalg.solve(v, data.y - data.x @ fit.beta)
        covariance = fit.random_cov - cross @ np.linalg.solve(v, cross.T)
        assert found.effects[number] == pytest.approx(effects, abs=1e-9)
        assert found.covariance[number] == pytest.approx(covariance, abs=1e-9)
    assert found.sd == pytest.approx(np.sqrt([np.diag(c) for c in found.covariance]))


def test_random_effects_want_therapists_where_the_fit_has_them():
    data = invented(13, therapists=3)
    assert data.therapist is not None
    with_therapists = fit_sums(data.sums())
    with pytest.raises(ValueError, match="both have therapists, or neither"):
        random_effects(with_therapists, data.client, data.x, data.z, data.y)
    alone = fit_sums(invented(13).sums())
    with pytest.raises(ValueError, match="both have therapists, or neither"):
        random_effects(alone, data.client, data.x, data.z, data.y, therapist=data.therapist)
