"""midcourse.course gives lme4's criterion at equal theta, and an optimum no worse than lme4's."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from midcourse.course.fit import MixedFit, fit_sums
from midcourse.course.likelihood import Method, evaluate, theta_size, woodbury
from midcourse.course.moments import Array, Sums, sums_of_rows
from tests.published.lme4 import dense
from tests.published.lme4.cases import Case, case, names

SMALL, LARGE = names(), names(large=True)
SINGULAR = [name for name in SMALL if name.startswith("singular")]


@cache
def summed(name: str, share_patterns: bool | None = None) -> tuple[Case, Sums]:
    """Return a case and the sums of its rows."""
    found = case(name)
    ids, client = np.unique(found.client, return_inverse=True)
    first = np.searchsorted(client, np.arange(len(ids)))
    therapist = None if found.therapist is None else found.therapist[first].astype(np.intp)
    sums = sums_of_rows(
        client,
        found.x,
        found.z,
        found.y,
        therapist=therapist,
        weight=found.weight[first],
        share_patterns=share_patterns,
    )
    return found, sums


@cache
def fitted(name: str) -> MixedFit:
    """Return our fit of a case."""
    found, sums = summed(name)
    return fit_sums(sums, method(found), therapist_q=therapist_q(found))


def method(found: Case) -> Method:
    """Return the engine's word for the case's criterion."""
    return "REML" if found.reml else "ML"


def therapist_q(found: Case) -> int | None:
    """Return the number of random columns of therapists."""
    return None if found.z_therapist is None else found.z_therapist.shape[1]


def theta_for_us(found: Case, theta: list[float]) -> Array:
    """Return lme4's theta with zeros where our therapist level has columns that lme4's model leaves out."""
    q, own = found.z.shape[1], theta_size(found.z.shape[1])
    inner = therapist_q(found)
    if inner is None or inner == q:
        return np.array(theta)
    columns, rows = np.triu_indices(q)
    level = np.zeros(own)
    level[rows < inner] = theta[own:]
    return np.concatenate([theta[:own], level])


@pytest.mark.parametrize("name", SMALL + LARGE)
def test_the_criterion_is_lme4s_at_every_recorded_theta(name: str) -> None:
    found, sums = summed(name)
    for point in found.lme4["criterion_at"]:
        ours = evaluate(sums, theta_for_us(found, point["theta"]), method(found)).criterion
        assert ours == pytest.approx(point["criterion"], rel=1e-9)


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("share", [True, False])
def test_patterns_shared_or_not_the_criterion_is_the_same(name: str, share: bool) -> None:
    found, sums = summed(name, share)
    at = found.lme4["criterion_at"][1]
    assert evaluate(sums, theta_for_us(found, at["theta"]), method(found)).criterion == pytest.approx(
        at["criterion"], rel=1e-9
    )


@pytest.mark.parametrize("name", SMALL + LARGE)
def test_our_optimum_is_no_worse_than_lme4s(name: str) -> None:
    found, sums = summed(name)
    fit = fitted(name)
    lme4 = evaluate(sums, theta_for_us(found, found.lme4["theta"]), method(found)).criterion
    ours = evaluate(sums, fit.theta, method(found)).criterion
    assert ours <= lme4 + 1e-6
    assert fit.decrement < 1e-8


@pytest.mark.parametrize("name", SMALL + LARGE)
def test_beta_and_its_covariance_are_lme4s_at_lme4s_theta(name: str) -> None:
    found, sums = summed(name)
    at = evaluate(sums, theta_for_us(found, found.lme4["theta"]), method(found))
    vcov = at.sigma2 * np.linalg.inv(at.cxx)
    scale = np.sqrt(np.diag(vcov))
    assert at.beta == pytest.approx(np.array(found.lme4["beta"]), rel=1e-8, abs=1e-8)
    assert np.sqrt(at.sigma2) == pytest.approx(found.lme4["sigma"], rel=1e-9)
    assert vcov / np.outer(scale, scale) == pytest.approx(
        np.array(found.lme4["vcov_beta"]) / np.outer(scale, scale), abs=1e-7
    )


@pytest.mark.parametrize("name", SMALL)
def test_theta_is_lme4s_when_lme4_is_told_to_look_closely(name: str) -> None:
    found, _ = summed(name)
    close = theta_for_us(found, found.lme4["polished"]["theta"])
    assert fitted(name).theta == pytest.approx(close, abs=5e-5)


@pytest.mark.parametrize("name", SMALL + LARGE)
def test_beta_at_our_optimum_is_lme4s_within_a_thousandth_of_its_standard_error(name: str) -> None:
    found, _ = summed(name)
    fit = fitted(name)
    away = (fit.beta - np.array(found.lme4["beta"])) / np.sqrt(np.diag(fit.vcov))
    assert np.abs(away).max() < 1e-3


@pytest.mark.parametrize("name", SINGULAR)
def test_a_singular_fit_is_called_singular(name: str) -> None:
    assert fitted(name).singular
    assert case(name).lme4["singular"]


@pytest.mark.parametrize("name", [name for name in SMALL if "therapist" not in name and "copied" not in name])
def test_random_effects_of_the_first_clients_are_lme4s(name: str) -> None:
    found, _ = summed(name)
    low = np.zeros((found.z.shape[1],) * 2)
    columns, rows = np.triu_indices(len(low))
    low[rows, columns] = found.lme4["theta"]
    for person in found.lme4["first_clients"]:
        own = found.client == int(person["id"])
        z, r = found.z[own], found.y[own] - found.x[own] @ np.array(found.lme4["beta"])
        k = woodbury((z.T @ z)[None], low).k[0]
        assert k @ z.T @ r == pytest.approx(np.array(person["effects"]), abs=1e-8)
        sd = found.lme4["sigma"] * np.sqrt(np.diag(k))
        assert sd == pytest.approx(np.array(person["conditional_sd"]), abs=1e-8)


@pytest.mark.parametrize("name", ["session_course_reml", "session_course_ml", "continuous_weeks_reml"])
def test_fractional_weights_give_the_criterion_of_the_definition(name: str) -> None:
    plain = case(name)
    weight = np.round(0.2 + (plain.client * 0.37) % 1.9, 2)
    found = replace(plain, weight=weight)
    _, starts, client = np.unique(found.client, return_index=True, return_inverse=True)
    sums = sums_of_rows(client, found.x, found.z, found.y, weight=weight[starts])
    for theta in ([1.0, 0.0, 0.5], [0.8, -0.2, 0.0]):
        ours = evaluate(sums, np.array(theta), method(found)).criterion
        assert ours == pytest.approx(dense.criterion(found, theta), rel=1e-11)
