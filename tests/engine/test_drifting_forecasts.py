"""Forecasts of a drifting course: dense conditioning, with the doubt about its parameters."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from midcourse.course.basis import Basis
from midcourse.course.drifting import DriftingFit, Series, fit_drifting, forecast_drifting
from tests.engine.drifting_by_definition import alike, dense, invented

LN = Basis("ln", "session")
CENTRE = 15.0
NOTHING = np.array([])


@pytest.fixture(scope="module")
def series() -> list[Series]:
    return invented(40, seed=2)


@pytest.fixture(scope="module")
def fit(series: list[Series]) -> DriftingFit:
    return fit_drifting(series, LN, CENTRE)


def columns_at(intake: float, time: float) -> np.ndarray:
    w = intake - CENTRE
    return np.array([1.0, np.log(time), w, w * np.log(time)])


def test_a_forecast_is_the_dense_gaussian_conditioned_on_the_clients_rows(
    fit: DriftingFit, series: list[Series]
) -> None:
    time = np.array([one.times[-1] + 2.5 for one in series])
    mean, sd = forecast_drifting(fit, series, time)
    for number, (one, at) in enumerate(zip(series, time, strict=True)):
        x, y, v = dense([one], tuple(fit.theta), CENTRE)
        c = alike(tuple(fit.theta), one.times, np.array([at]))[:, 0]
        inverse = np.linalg.inv(v)
        there = columns_at(one.intake, at)
        d = there - x.T @ inverse @ c
        prior = alike(tuple(fit.theta), np.array([at]), np.array([at]))[0, 0] + 1.0
        variance = fit.sigma2 * (prior - c @ inverse @ c) + d @ fit.vcov @ d
        assert mean[number] == pytest.approx(there @ fit.beta + c @ inverse @ (y - x @ fit.beta))
        assert sd[number] == pytest.approx(np.sqrt(variance))


def test_mean_and_doubt_are_those_of_least_squares_with_the_new_score_as_one_more_row(
    fit: DriftingFit, series: list[Series]
) -> None:
    """The weighted sum of squares is a parabola in the new score: its lowest point is the forecast, and
    its width the variance, d'vcov d and all. Nothing of the forecast's own algebra is used."""
    theta, place = tuple(fit.theta), 4
    one, at = series[place], float(series[place].times[-1] + 1.0)

    def squares(score: float) -> float:
        more = Series(one.intake, np.append(one.times, at), np.append(one.y, score))
        x, y, v = dense([*series[:place], more, *series[place + 1 :]], theta, CENTRE)
        inverse = np.linalg.inv(v)
        beta = np.linalg.solve(x.T @ inverse @ x, x.T @ inverse @ y)
        return float((y - x @ beta) @ inverse @ (y - x @ beta))

    second, first, _ = np.polyfit([0.0, 10.0, 20.0], [squares(0.0), squares(10.0), squares(20.0)], 2)
    mean, sd = forecast_drifting(fit, [one], np.array([at]))
    assert mean[0] == pytest.approx(-first / (2 * second), rel=1e-6)
    assert sd[0] ** 2 == pytest.approx(fit.sigma2 / second, rel=1e-6)


def test_without_rows_intake_alone_speaks(fit: DriftingFit) -> None:
    mean, sd = forecast_drifting(fit, [Series(20.0, NOTHING, NOTHING)], np.array([6.0]))
    there = columns_at(20.0, 6.0)
    spread, log_kappa, _ = fit.theta
    assert mean[0] == pytest.approx(there @ fit.beta)
    variance = fit.sigma2 * (spread**2 + np.exp(log_kappa) + 1.0) + there @ fit.vcov @ there
    assert sd[0] == pytest.approx(np.sqrt(variance))


def test_many_clients_are_forecast_as_each_alone(fit: DriftingFit, series: list[Series]) -> None:
    some = [Series(one.intake, one.times[: i % 3], one.y[: i % 3]) for i, one in enumerate(series)]
    time = np.linspace(7.0, 12.0, len(some))
    together = forecast_drifting(fit, some, time)
    for i, one in enumerate(some):
        alone = forecast_drifting(fit, [one], time[i : i + 1])
        assert_allclose([alone[0][0], alone[1][0]], [together[0][i], together[1][i]])


def test_nobody_is_forecast_as_nobody(fit: DriftingFit) -> None:
    mean, sd = forecast_drifting(fit, [], NOTHING)
    assert len(mean) == len(sd) == 0


def test_doubt_grows_with_time_ahead_and_shrinks_with_rows(fit: DriftingFit) -> None:
    times, y = np.array([2.0, 3.0, 4.0]), np.array([14.0, 13.0, 13.0])
    whole = Series(16.0, times, y)
    _, ahead = forecast_drifting(fit, [whole] * 3, np.array([5.0, 8.0, 30.0]))
    assert (np.diff(ahead) > 0).all()
    fewer = [Series(16.0, times[:k], y[:k]) for k in range(4)]
    _, seen = forecast_drifting(fit, fewer, np.full(4, 5.0))
    assert (np.diff(seen[[0, 1, 3]]) < 0).all()


def test_the_latest_score_tells_most(fit: DriftingFit) -> None:
    times = np.array([2.0, 3.0, 4.0])
    flat = np.full(3, 12.0)
    told = []
    for place in range(3):
        moved = flat.copy()
        moved[place] += 5.0
        mean, _ = forecast_drifting(
            fit, [Series(15.0, times, flat), Series(15.0, times, moved)], np.full(2, 5.0)
        )
        told.append(mean[1] - mean[0])
    assert told[0] < told[1] < told[2]
