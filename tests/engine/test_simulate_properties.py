"""What holds in every invented clinic, whatever its switches."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from midcourse.simulate import ClinicDesign, simulate
from midcourse.simulate.leaving import REASONS

share = st.floats(0, 1)
rate = st.floats(0, 0.9)
sd = st.floats(0, 4)
correlation = st.floats(-1, 1)


@st.composite
def designs(draw, **fixed):
    """Draw any clinic that can exist."""
    sessions = draw(st.integers(2, 12))
    usual = draw(st.integers(1, 30))
    better = draw(st.booleans())
    plans = draw(share)
    return ClinicDesign(
        **{
            "n_clients": draw(st.integers(1, 30)),
            "n_therapists": draw(st.integers(1, 5)),
            "age_low": draw(st.integers(0, 40)),
            "age_high": draw(st.integers(40, 99)),
            "higher_is_better": better,
            "intake_mean": draw(st.floats(0, 27)),
            "intake_sd": draw(st.floats(4, 9)),
            "slope_mean": draw(st.floats(-6, 6)),
            "slope_sd": draw(sd),
            "intercept_slope_correlation": draw(correlation),
            "residual_sd": draw(sd),
            "axis": draw(st.sampled_from(["session", "week"])),
            "basis": draw(st.sampled_from(["ln", "sqrt", "linear"])),
            "planned_sessions": sessions,
            "days_between_sessions": usual,
            "gap_jitter_days": draw(st.integers(0, usual - 1)),
            "start_date": date(2026, 1, 5),
            "start_spread_days": draw(st.integers(0, 400)),
            "leave_after_good": draw(share),
            "good_score": 20.0 if better else 5.0,
            "leave_after_bad": draw(share),
            "bad_score": 5.0 if better else 20.0,
            "leave_by_unseen_score": draw(share),
            "leave_for_other_reasons": draw(share),
            "missed_session_rate": draw(rate),
            "missing_score_rate": draw(rate),
            "late_responder_share": draw(share),
            "late_onset_session": draw(st.integers(2, sessions)),
            "error_correlation": draw(rate),
            "clip_to_scale": draw(st.booleans()),
            "whole_numbers": draw(st.booleans()),
            "therapist_intercept_sd": draw(sd),
            "therapist_slope_sd": draw(sd),
            "therapist_correlation": draw(correlation),
            "domains": draw(st.sampled_from([("depression",), ("depression", "anxiety", "trauma")])),
            "domain_share_of_skill": draw(share),
            "plan_share": plans,
            "plan_from_session": draw(st.integers(2, sessions)),
            "plan_effect": draw(st.floats(-3, 5)) if plans else 0.0,
        }
        | fixed
    )


seeds = st.integers(0, 2**32 - 1)


@settings(deadline=None)
@given(designs(), seeds)
def test_sessions_and_days_only_go_forward_from_the_intake(design, seed):
    scores = simulate(design, seed).scores
    same = scores["client_id"][1:] == scores["client_id"][:-1]
    first = np.append(True, ~same)
    assert set(scores["session"][first]) == {1}
    assert set(scores["day"][first]) == {0}
    assert (np.diff(scores["session"])[same] > 0).all()
    assert (np.diff(scores["day"])[same] > 0).all()
    assert (np.diff(scores["date"])[same] > np.timedelta64(0, "D")).all()


@settings(deadline=None)
@given(designs(clip_to_scale=True, whole_numbers=True), seeds)
def test_scores_are_whole_and_on_the_scale_when_the_switches_say_so(design, seed):
    score = simulate(design, seed).scores["score"]
    assert score.dtype == np.int64
    assert score.min() >= design.minimum
    assert score.max() <= design.maximum


@settings(deadline=None)
@given(designs(error_correlation=0.0, residual_sd=0.0, clip_to_scale=False, whole_numbers=False), seeds)
def test_without_error_every_score_is_the_true_course(design, seed):
    clinic = simulate(design, seed)
    client = np.searchsorted(clinic.truth.client_id, clinic.scores["client_id"])
    course = clinic.truth.true_course[client, clinic.scores["session"] - 1]
    np.testing.assert_allclose(clinic.scores["score"], course, atol=1e-9)


@settings(deadline=None)
@given(designs(), seeds)
def test_everyone_has_an_intake_one_therapist_and_one_line_of_truth(design, seed):
    clinic = simulate(design, seed)
    truth, scores = clinic.truth, clinic.scores
    assert np.unique(scores["client_id"]).tolist() == truth.client_id.tolist()
    client = np.searchsorted(truth.client_id, scores["client_id"])
    assert (scores["session"] <= truth.sessions_attended[client]).all()
    assert (scores["therapist_id"] == truth.therapist_id[client]).all()
    assert {len(column) for column in truth.columns().values()} == {design.n_clients}
    assert {len(column) for column in scores.values()} == {len(client)}


@settings(deadline=None)
@given(designs(), seeds)
def test_everyone_leaves_once_and_for_a_reason_that_fits(design, seed):
    truth = simulate(design, seed).truth
    assert set(truth.reason_for_leaving) <= set(REASONS)
    stayed = truth.reason_for_leaving == "planned end"
    assert ((truth.sessions_attended == design.planned_sessions) == stayed).all()
    assert (truth.plan_session <= truth.sessions_attended).all()


@settings(deadline=None, max_examples=25)
@given(designs(), seeds)
def test_the_same_design_and_seed_give_the_same_clinic(design, seed):
    once, again = simulate(design, seed), simulate(design, seed)
    for name, column in once.scores.items():
        np.testing.assert_array_equal(column, again.scores[name])
    for name, column in once.truth.columns().items():
        np.testing.assert_array_equal(column, again.truth.columns()[name])
