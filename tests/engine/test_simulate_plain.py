"""With every switch off an invented clinic is the plain linear mixed model, for ever the same."""

import math
import time
from dataclasses import replace

import numpy as np
import pytest

from midcourse.simulate import AWKWARD, PLAIN, ClinicDesign, given_intake, simulate
from midcourse.simulate.streams import stream

MANY = replace(PLAIN, n_clients=40_000, planned_sessions=6)


def matrix(clinic):
    """Return the scores as clients x sessions, where everyone has every score."""
    return clinic.scores["score"].reshape(clinic.design.n_clients, clinic.design.planned_sessions)


def slow_scores(design, seed):
    """The plain model, one client and one session at a time."""
    people, errors = stream(seed, "people"), stream(seed, "errors")
    intercept_sd = math.sqrt(design.intake_sd**2 - design.residual_sd**2)
    rho, rows = design.intercept_slope_correlation, []
    for _ in range(design.n_clients):
        first, second = people.standard_normal(), people.standard_normal()
        u0 = intercept_sd * first
        u1 = design.slope_sd * (rho * first + math.sqrt(1 - rho**2) * second)
        for session in range(1, design.planned_sessions + 1):
            expected = (design.intake_mean + u0) + (design.slope_mean + u1) * math.log(session)
            rows.append(expected + design.residual_sd * errors.standard_normal())
    return np.array(rows)


@pytest.mark.parametrize("seed", [0, 7, 2**32 - 1])
def test_every_switch_off_equals_the_slow_obvious_version(seed):
    design = ClinicDesign(n_clients=23, planned_sessions=7)
    np.testing.assert_allclose(simulate(design, seed).scores["score"], slow_scores(design, seed), rtol=1e-12)


def test_every_switch_off_gives_everyone_a_score_at_every_session_week_by_week():
    clinic = simulate(ClinicDesign(n_clients=3, planned_sessions=4), 1)
    assert clinic.scores["session"].tolist() == [1, 2, 3, 4] * 3
    assert clinic.scores["day"].tolist() == [0, 7, 14, 21] * 3
    assert set(clinic.truth.reason_for_leaving) == {"planned end"}
    assert not clinic.truth.late_responder.any()
    assert not clinic.truth.plan_session.any()
    assert not clinic.truth.therapist_slope.any()


def test_many_clients_give_the_mean_course_back():
    scores, t = matrix(simulate(MANY, 1)), np.log(np.arange(1, 7))
    standard_error = scores.std(axis=0) / math.sqrt(MANY.n_clients)
    expected = MANY.intake_mean + MANY.slope_mean * t
    assert (abs(scores.mean(axis=0) - expected) < 4 * standard_error).all()


def test_many_clients_give_the_covariance_of_the_mixed_model_back():
    t = np.log(np.arange(1, 7))
    z = np.column_stack([np.ones(6), t])
    cross = MANY.intercept_slope_correlation * MANY.intercept_sd * MANY.slope_sd
    between = np.array([[MANY.intercept_sd**2, cross], [cross, MANY.slope_sd**2]])
    expected = z @ between @ z.T + MANY.residual_sd**2 * np.eye(6)
    found = np.cov(matrix(simulate(MANY, 1)), rowvar=False)
    variances = np.diag(expected)
    standard_error = np.sqrt((np.outer(variances, variances) + expected**2) / MANY.n_clients)
    assert (abs(found - expected) < 4 * standard_error).all()


def test_the_intake_is_the_first_observed_score_with_its_error():
    clinic = simulate(MANY, 2)
    intake, true_start = matrix(clinic)[:, 0], clinic.truth.true_course[:, 0]
    assert intake.std() == pytest.approx(MANY.intake_sd, rel=0.02)
    assert true_start.std() == pytest.approx(MANY.intercept_sd, rel=0.02)
    assert (intake - true_start).std() == pytest.approx(MANY.residual_sd, rel=0.02)


def test_given_the_intake_later_scores_follow_the_model_with_intake_as_covariate():
    scores, truth, t = matrix(simulate(MANY, 3)), given_intake(MANY), np.log(np.arange(2, 7))
    c = np.repeat(scores[:, 0] - truth.centre, 5)
    times = np.tile(t, MANY.n_clients)
    x = np.column_stack([np.ones_like(c), times, c, c * times])
    found, *_ = np.linalg.lstsq(x, scores[:, 1:].ravel(), rcond=None)
    expected = [truth.intercept, truth.slope, truth.by_intake, truth.slope_by_intake]
    np.testing.assert_allclose(found, expected, atol=0.06)
    left = (scores[:, 1:].ravel() - x @ expected).reshape(-1, 5)
    z = np.column_stack([np.ones(5), t])
    between = np.array(
        [[truth.intercept_variance, truth.covariance], [truth.covariance, truth.slope_variance]]
    )
    np.testing.assert_allclose(
        np.cov(left, rowvar=False), z @ between @ z.T + truth.residual_sd**2 * np.eye(5), atol=0.4
    )


def test_a_clinic_without_spread_at_intake_learns_nothing_from_it():
    truth = given_intake(ClinicDesign(intake_sd=0.0, residual_sd=0.0))
    assert (truth.by_intake, truth.slope_variance) == (0.0, pytest.approx(1.8**2))


def test_an_awkward_clinic_has_no_such_parameters_and_says_which_switches_are_on():
    with pytest.raises(ValueError, match="late_responder_share, error_correlation, clip_to_scale"):
        given_intake(AWKWARD)


def test_the_plain_stream_stays_as_it_is():
    scores = simulate(ClinicDesign(n_clients=2, planned_sessions=3), 20260626).scores["score"]
    assert scores.tolist() == pytest.approx(
        [
            26.542492051760107,
            19.43166843826066,
            18.472150953323414,
            15.440076677509033,
            7.058868164162591,
            10.414214472990153,
        ],
        rel=1e-12,
    )


def test_the_awkward_stream_stays_as_it_is():
    clinic = simulate(AWKWARD, 20260626)
    assert clinic.scores["score"][:12].tolist() == [27, 21, 20, 13, 16, 17, 18, 15, 9, 13, 10, 13]
    assert clinic.scores["day"][:12].tolist() == [0, 8, 28, 42, 51, 56, 70, 78, 83, 89, 97, 103]
    assert len(clinic.scores["score"]) == 4067


def test_the_same_seed_gives_the_same_clinic_and_another_seed_another():
    once, again, other = (simulate(AWKWARD, seed).scores["score"] for seed in (5, 5, 6))
    np.testing.assert_array_equal(once, again)
    assert once.tolist() != other.tolist()


@pytest.mark.parametrize("seed", [-1, 2**32, 1.0, True, None])
def test_a_seed_that_is_none_is_refused(seed):
    with pytest.raises(ValueError, match="seed must be a whole number from 0 to 4294967295"):
        simulate(PLAIN, seed)


def test_one_switch_leaves_what_the_others_drew_as_it_was():
    plain = simulate(PLAIN, 9)
    missing = simulate(replace(PLAIN, missing_score_rate=0.3, missed_session_rate=0.2), 9)
    filled = {
        (c, s): score
        for c, s, score in zip(*(plain.scores[k] for k in ("client_id", "session", "score")), strict=True)
    }
    kept = list(zip(*(missing.scores[k] for k in ("client_id", "session", "score")), strict=True))
    assert 0 < len(kept) < len(filled)
    assert all(filled[c, s] == score for c, s, score in kept)


def test_a_hundred_thousand_awkward_clients_take_a_few_seconds_at_most():
    start = time.process_time()
    clinic = simulate(replace(AWKWARD, n_clients=100_000), 1)
    assert time.process_time() - start < 5
    assert len(np.unique(clinic.scores["client_id"])) == 100_000
