"""Each figure against a slow and obvious version, under every draw of the bootstrap."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from midcourse.evaluation.auc import auc, roc
from midcourse.evaluation.bootstrap import (
    Figure,
    client_weights,
    figure_of,
    mean_of_rows,
    ratio,
    too_few,
)
from midcourse.evaluation.calibration import brier, curve, intercept, log_loss, slope
from midcourse.evaluation.said import mean_of, quantile_of, sd_of
from tests.evaluation.judge_parts import SCALE


def slow_auc(risk, event, weight, group) -> float:
    top = bottom = 0.0
    for i in np.flatnonzero(event):
        for j in np.flatnonzero(~event):
            if group[i] == group[j]:
                pair = weight[i] * weight[j]
                bottom += pair
                top += pair * ((risk[i] > risk[j]) + 0.5 * (risk[i] == risk[j]))
    return top / bottom if bottom else float("nan")


@given(n=st.integers(1, 30), groups=st.integers(1, 4), seed=st.integers(0, 10_000))
def test_the_auc_is_the_share_of_pairs_in_the_right_order(n: int, groups: int, seed: int) -> None:
    draw = np.random.RandomState(seed)
    risk, event = draw.randint(0, 5, n).astype(float), draw.rand(n) < 0.4
    group, weight = draw.randint(0, groups, n), draw.randint(0, 3, (n, 4)).astype(float)
    for among in (group, np.zeros(n, dtype=int)):
        found = auc(risk, event, weight, None if among is not group else group)
        slow = [slow_auc(risk, event, weight[:, d], among) for d in range(4)]
        np.testing.assert_allclose(found, slow, atol=1e-12)
        turned = auc(-risk, event, weight, None if among is not group else group)
        np.testing.assert_allclose(turned, 1 - found, atol=1e-12)


def test_without_rows_there_is_no_auc() -> None:
    assert np.isnan(auc(np.array([]), np.array([], dtype=bool), np.ones((0, 3)))).all()


def test_the_roc_runs_from_corner_to_corner_and_holds_the_auc() -> None:
    draw = np.random.RandomState(0)
    event = draw.rand(60) < 0.5
    risk = np.round(event + draw.normal(0, 1, 60), 1)
    points = np.array(roc(risk, event))
    assert points[0].tolist() == [0, 0] and points[-1].tolist() == [1, 1]
    area = np.sum(np.diff(points[:, 0]) * (points[1:, 1] + points[:-1, 1]) / 2)
    assert area == pytest.approx(auc(risk, event, np.ones((60, 1)))[0])
    assert roc(risk, np.zeros(60, dtype=bool)) == () == roc(risk, np.ones(60, dtype=bool))


def test_brier_and_log_loss_are_their_definitions() -> None:
    p, event = np.array([0.2, 0.9, 0.0]), np.array([0.0, 1.0, 1.0])
    np.testing.assert_allclose(brier(p, event), [0.04, 0.01, 1.0])
    np.testing.assert_allclose(log_loss(p, event), -np.log([0.8, 0.9, 1e-12]))


def slow_logistic(x, event, weight, free) -> np.ndarray:
    def loss(theta):
        eta = theta[0] + (theta[1] if free else 1.0) * x
        return np.sum(weight * (np.logaddexp(0, eta) - event * eta))

    start = np.array([0.0, 1.0]) if free else np.array([0.0])
    return minimize(loss, start, method="BFGS", options={"gtol": 1e-6}).x


def test_slope_and_intercept_are_those_of_a_logistic_regression_in_every_draw() -> None:
    draw = np.random.RandomState(1)
    p = 1 / (1 + np.exp(-draw.normal(0, 2, 300)))
    x = np.log(p / (1 - p))
    event = (draw.rand(300) < 1 / (1 + np.exp(-(0.3 + 0.6 * x)))).astype(float)
    weight = client_weights(300, 5, seed=2)
    slopes, intercepts = slope(p, event, weight), intercept(p, event, weight)
    for d in range(6):
        assert slopes[d] == pytest.approx(slow_logistic(x, event, weight[:, d], True)[1], abs=1e-4)
        assert intercepts[d] == pytest.approx(slow_logistic(x, event, weight[:, d], False)[0], abs=1e-4)


def test_probabilities_that_come_true_have_slope_one_and_intercept_zero() -> None:
    draw = np.random.RandomState(3)
    p = draw.rand(40_000)
    event = (draw.rand(40_000) < p).astype(float)
    one = np.ones((40_000, 1))
    assert slope(p, event, one)[0] == pytest.approx(1, abs=0.04)
    assert intercept(p, event, one)[0] == pytest.approx(0, abs=0.04)


@pytest.mark.parametrize(
    ("p", "event"),
    [
        ([0.3] * 6, [0, 1, 0, 1, 0, 1]),  # does not vary
        ([0.1, 0.2, 0.3, 0.7, 0.8, 0.9], [0, 0, 0, 1, 1, 1]),  # separates
        ([0.1, 0.2, 0.3, 0.7, 0.8, 0.9], [1, 1, 1, 0, 0, 0]),  # separates the wrong way round
        ([0.1, 0.2, 0.3, 0.7, 0.8, 0.9], [1] * 6),
        ([0.1, 0.2, 0.3, 0.7, 0.8, 0.9], [0] * 6),
    ],
)
def test_there_is_no_slope_where_probabilities_do_not_vary_or_separate(p: list, event: list) -> None:
    found = slope(np.array(p), np.array(event, dtype=float), np.ones((6, 30)))
    assert np.isnan(found).all()


def test_there_is_no_intercept_where_everybody_or_nobody_is_an_event() -> None:
    p, one = np.array([0.2, 0.4, 0.7]), np.ones((3, 2))
    assert np.isnan(intercept(p, np.ones(3), one)).all()
    assert np.isnan(intercept(p, np.zeros(3), one)).all()
    assert np.isnan(intercept(p, np.array([1.0, 0, 0]), np.zeros((3, 1)))).all()


def test_the_curve_sets_what_was_said_beside_what_came() -> None:
    p = np.repeat([0.1, 0.5, 0.9], 40)
    event = np.concatenate([np.arange(40) < n for n in (4, 20, 36)]).astype(float)
    found = curve(p, event, client_weights(120, 50, seed=0))
    assert [(point.predicted, point.rows) for point in found] == [
        (pytest.approx(0.1), 40),
        (pytest.approx(0.5), 40),
        (pytest.approx(0.9), 40),
    ]
    assert [point.observed.value for point in found] == [0.1, 0.5, 0.9]
    assert found[1].observed.low < 0.5 < found[1].observed.high


def test_the_bootstrap_draws_whole_clients_as_often_as_there_are() -> None:
    weight = client_weights(30, 200, seed=1)
    assert weight.shape == (30, 201)
    assert (weight[:, 0] == 1).all() and (weight.sum(axis=0) == 30).all()
    assert (weight == client_weights(30, 200, seed=1)).all()


def test_an_interval_of_a_mean_has_the_width_that_theory_gives() -> None:
    # Ten rows of each client say the same: rows drawn one by one would give a third of this width.
    values = np.repeat(np.random.RandomState(0).normal(0, 1, 200), 10)
    weight = np.repeat(client_weights(200, 2000, seed=1), 10, axis=0)
    found = figure_of(mean_of_rows(values, weight))
    assert found.high - found.low == pytest.approx(2 * 1.96 * values.std() / np.sqrt(200), rel=0.08)


def test_a_figure_says_where_it_does_not_exist() -> None:
    nan = float("nan")
    assert figure_of(np.array([nan, 1.0]), "why") == Figure(None, note="why")
    assert figure_of(np.array([nan, 1.0])) == Figure(None, note="not estimable")
    assert figure_of(np.array([2.0] + [nan] * 30)) == Figure(2.0)
    assert figure_of(np.array([2.0] + [1.0] * 30 + [nan])) == Figure(2.0, 1.0, 1.0)
    np.testing.assert_array_equal(ratio(np.array([1.0, 1.0]), np.array([0.0, 2.0])), [nan, 0.5])


def test_below_twenty_clients_with_or_without_the_event_it_is_not_estimable() -> None:
    client = np.repeat(np.arange(60), 5)
    assert too_few(client < 19, client) == "not estimable (19 events)"
    assert too_few(client < 41, client) == "not estimable (19 non-events)"
    assert too_few(client < 20, client) == too_few(client < 40, client) == ""


@given(st.lists(st.floats(0.001, 1.0), min_size=21, max_size=21), st.floats(0.01, 0.99))
def test_mean_sd_and_quantiles_are_those_of_the_distribution(chances: list[float], p: float) -> None:
    chance = np.array(chances) / np.sum(chances)
    cdf = np.cumsum(chance)[None, :]
    values = np.arange(21)
    mean = chance @ values
    assert mean_of(cdf, SCALE)[0] == pytest.approx(mean)
    assert sd_of(cdf, SCALE)[0] == pytest.approx(np.sqrt(chance @ (values - mean) ** 2), abs=1e-6)
    assert quantile_of(cdf, p, SCALE)[0] == next(v for v in values if cdf[0, v] >= p - 1e-12)
    assert np.isnan(quantile_of(np.full((1, 21), np.nan), p, SCALE)[0])
