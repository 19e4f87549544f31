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


ALONE = {
    "n_clients": st.integers(1, 30),
    "n_therapists": st.integers(1, 5),
    "age_low": st.integers(0, 40),
    "age_high": st.integers(40, 99),
    "intake_mean": st.floats(0, 27),
    "intake_sd": st.floats(4, 9),
    "slope_mean": st.floats(-6, 6),
    "slope_sd": sd,
    "intercept_slope_correlation": correlation,
    "residual_sd": sd,
    "axis": st.sampled_from(["session", "week"]),
    "basis": st.sampled_from(["ln", "sqrt", "linear"]),
    "start_spread_days": st.integers(0, 400),
    "leave_after_good": share,
    "leave_after_bad": share,
    "leave_by_unseen_score": share,
    "leave_for_other_reasons": share,
    "missed_session_rate": rate,
    "missing_score_rate": rate,
    "late_responder_share": share,
    "error_correlation": rate,
    "clip_to_scale": st.booleans(),
    "whole_numbers": st.booleans(),
    "therapist_intercept_sd": sd,
    "therapist_slope_sd": sd,
    "therapist_correlation": correlation,
    "domains": st.sampled_from([("depression",), ("depression", "anxiety", "trauma")]),
    "domain_share_of_skill": share,
}
"""Fields that may be anything in their range, whatever the others are."""


@st.composite
def designs(draw, **fixed):
    """Draw any clinic that can exist; `fixed` are the fields that a test settles itself."""
    sessions, usual = draw(st.integers(2, 12)), draw(st.integers(1, 30))
    better, plans = draw(st.booleans()), draw(share)
    together = {
        "planned_sessions": sessions,
        "late_onset_session": draw(st.integers(2, sessions)),
        "plan_from_session": draw(st.integers(2, sessions)),
        "days_between_sessions": usual,
        "gap_jitter_days": draw(st.integers(0, usual - 1)),
        "start_date": date(2026, 1, 5),
        "higher_is_better": better,
        "good_score": 20.0 if better else 5.0,
        "bad_score": 5.0 if better else 20.0,
        "plan_share": plans,
        "plan_effect": draw(st.floats(-3, 5)) if plans else 0.0,
    }
    return ClinicDesign(**(draw(st.fixed_dictionaries(ALONE)) | together | fixed))


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
