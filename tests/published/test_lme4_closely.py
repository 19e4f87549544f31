"""lme4's numbers, held closer: every estimate at our own minimum, and both levels' predicted effects.

`lme4/test_course_agrees_with_lme4.py` holds the criterion at lme4's parameters and the minimum.
"""

from dataclasses import replace

import numpy as np
import pytest

from midcourse.course.likelihood import evaluate, theta_size
from midcourse.course.random_effects import random_effects
from tests.published.lme4.cases import case, specs
from tests.published.lme4.test_course_agrees_with_lme4 import (
    LARGE,
    SMALL,
    fitted,
    method,
    summed,
    therapist_q,
    theta_for_us,
)

THREE_LEVELS = [name for name in SMALL + LARGE if "therapist" in specs()[name]]


@pytest.mark.parametrize("name", SMALL + LARGE)
def test_the_criterion_we_report_is_no_higher_than_ours_at_lme4s_theta(name):
    found, sums = summed(name)
    theirs = [found.lme4["theta"]]
    if found.lme4.get("polished"):
        theirs.append(found.lme4["polished"]["theta"])
    for theta in theirs:
        at = evaluate(sums, theta_for_us(found, theta), method(found)).criterion
        assert fitted(name).criterion <= at + 1e-6
    assert fitted(name).log_likelihood == pytest.approx(found.lme4["log_lik"], rel=1e-8)


def assert_close(name: str, theirs: np.ndarray) -> None:
    # lme4 stops a little early, and a coefficient near zero has no relative error to speak of: there it
    # may be off by a ten-thousandth of its standard error.
    fit = fitted(name)
    error = np.sqrt(np.diag(fit.vcov))
    assert (np.abs(fit.beta - theirs) <= np.maximum(1e-5 * np.abs(theirs), 1e-4 * error)).all()


@pytest.mark.parametrize("name", SMALL)
def test_beta_is_lme4s_to_one_in_a_hundred_thousand_where_lme4_looked_closely(name):
    found, sums = summed(name)
    theta = theta_for_us(found, found.lme4["polished"]["theta"])
    theirs = evaluate(sums, theta, method(found)).beta
    assert_close(name, theirs)


@pytest.mark.parametrize("name", LARGE)
def test_beta_of_ten_and_a_hundred_thousand_clients_is_lme4s_to_one_in_a_hundred_thousand(name):
    found, _ = summed(name)
    assert_close(name, np.array(found.lme4["beta"]))
    assert fitted(name).sigma2 == pytest.approx(found.lme4["sigma"] ** 2, rel=1e-5)


@pytest.mark.parametrize("name", LARGE)
def test_theta_of_ten_and_a_hundred_thousand_clients_is_lme4s_to_one_in_two_thousand(name):
    found, _ = summed(name)
    theirs = np.array(found.lme4["theta"])
    # An entry below a hundredth is a covariance that the data hardly tell from zero.
    close = np.where(np.abs(theirs) > 0.01, 5e-4 * np.abs(theirs), 5e-5)
    assert (np.abs(fitted(name).theta - theirs) <= close).all()


@pytest.mark.parametrize("name", SMALL + LARGE)
def test_a_fit_is_called_singular_where_lme4_calls_it_so_and_nowhere_else(name):
    assert fitted(name).singular == case(name).lme4["singular"]


@pytest.mark.parametrize("name", SMALL)
def test_the_number_of_parameters_is_lme4s(name):
    found, _ = summed(name)
    fit = fitted(name)
    assert fit.covariance_parameters == len(found.lme4["theta"])
    parameters = len(found.lme4["beta"]) + len(found.lme4["theta"]) + 1
    assert fit.aic == pytest.approx(found.lme4["criterion"] + 2 * parameters, rel=1e-8)


@pytest.mark.parametrize("name", [name for name in THREE_LEVELS if "copied" not in name])
def test_clients_predicted_effects_within_therapists_are_lme4s(name):
    found, sums = summed(name)
    theta = theta_for_us(found, found.lme4["theta"])
    at = evaluate(sums, theta, method(found))
    fit = replace(fitted(name), theta=theta, beta=at.beta, sigma2=at.sigma2)
    ids, client = np.unique(found.client, return_inverse=True)
    assert found.therapist is not None
    therapist = found.therapist[np.searchsorted(client, np.arange(len(ids)))]
    ours = random_effects(fit, client, found.x, found.z, found.y, therapist=therapist)
    for person in found.lme4["first_clients"]:
        number = int(np.searchsorted(ids, int(person["id"])))
        assert ours.effects[number] == pytest.approx(person["effects"], abs=1e-7)
        if person["conditional_sd"] is not None:
            assert ours.sd[number] == pytest.approx(person["conditional_sd"], abs=1e-7)
            assert ours.covariance[number] == pytest.approx(
                np.array(person["conditional_covariance"]), abs=1e-6
            )


def test_a_random_intercept_alone_may_stand_above_clients_with_slopes():
    name = "clients_in_therapists_intercept_only_reml"
    found, sums = summed(name)
    assert therapist_q(found) == 1
    fit = fitted(name)
    own = theta_size(sums.q)
    assert fit.theta[own:] == pytest.approx([found.lme4["polished"]["theta"][-1], 0.0, 0.0], abs=5e-5)
    assert fit.therapist_cov is not None
    assert fit.therapist_cov[1].tolist() == [0.0, 0.0]
