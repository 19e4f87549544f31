"""Each switch of an invented clinic does what it says."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from midcourse.simulate import AWKWARD, ClinicDesign, InventedStep, simulate

CLINIC = ClinicDesign(n_clients=4000, planned_sessions=8)


def with_switch(**switches):
    return simulate(replace(CLINIC, **switches), 1)


def last_scores(clinic):
    """Return each client's last score, in the order of the clients."""
    ids = clinic.scores["client_id"]
    return clinic.scores["score"][np.append(ids[1:] != ids[:-1], True)]


def left(clinic, reason):
    return clinic.truth.reason_for_leaving == reason


def test_leaving_after_good_scores_takes_only_those_whose_last_score_was_good():
    clinic = with_switch(leave_after_good=0.5, good_score=6.0)
    gone = left(clinic, "good score")
    assert gone.any()
    assert (last_scores(clinic)[gone] <= 6).all()
    assert (clinic.truth.sessions_attended[~gone] == 8).all()


def test_leaving_after_bad_scores_takes_only_those_whose_last_score_was_bad():
    clinic = with_switch(leave_after_bad=0.5, bad_score=19.0)
    gone = left(clinic, "bad score")
    assert gone.any()
    assert (last_scores(clinic)[gone] >= 19).all()


def test_at_a_rate_of_one_the_first_good_score_is_the_last_score():
    clinic = with_switch(leave_after_good=1.0, good_score=6.0)
    ids = clinic.scores["client_id"]
    before_the_last = np.append(ids[1:] == ids[:-1], False)
    assert (clinic.scores["score"][before_the_last] > 6).all()


def test_leaving_by_the_unseen_score_hides_the_very_score_that_decides():
    full, hidden = with_switch(), with_switch(leave_by_unseen_score=1.0, bad_score=18.0)
    would_have = full.scores["score"].reshape(4000, 8)
    gone = left(hidden, "unseen score")
    assert gone.any()
    attended = hidden.truth.sessions_attended
    assert (would_have[np.flatnonzero(gone), attended[gone]] >= 18).all()
    assert (hidden.scores["score"][hidden.scores["session"] > 1] < 18).all()


def test_where_higher_is_better_good_and_bad_change_places():
    better = {"higher_is_better": True, "slope_mean": 2.5, "good_score": 22.0, "bad_score": 8.0}
    after_good = with_switch(leave_after_good=0.5, **better)
    after_bad = with_switch(leave_after_bad=0.5, **better)
    assert (last_scores(after_good)[left(after_good, "good score")] >= 22).all()
    assert (last_scores(after_bad)[left(after_bad, "bad score")] <= 8).all()


def test_leaving_for_other_reasons_has_its_rate_and_nothing_to_do_with_scores():
    clinic = with_switch(leave_for_other_reasons=0.25)
    gone_at_once = clinic.truth.sessions_attended == 1
    assert gone_at_once.mean() == pytest.approx(0.25, abs=0.03)
    first = clinic.scores["score"][clinic.scores["session"] == 1]
    assert first[gone_at_once].mean() == pytest.approx(first[~gone_at_once].mean(), abs=0.7)


def test_the_sessions_attended_are_those_before_leaving_and_no_score_comes_after():
    clinic = with_switch(leave_for_other_reasons=0.25)
    n_scores = np.unique(clinic.scores["client_id"], return_counts=True)[1]
    np.testing.assert_array_equal(n_scores, clinic.truth.sessions_attended)


def test_a_stale_good_score_counts_as_the_last_seen_one():
    clinic = with_switch(leave_after_good=1.0, good_score=6.0, missing_score_rate=0.5)
    assert (last_scores(clinic)[left(clinic, "good score")] <= 6).all()


def test_a_missed_session_lets_the_days_go_on_but_not_the_session_number():
    clinic = with_switch(missed_session_rate=0.2)
    assert clinic.scores["session"].tolist() == list(range(1, 9)) * 4000
    gaps = np.diff(clinic.scores["day"].reshape(4000, 8))
    assert set(gaps.ravel() % 7) == {0}
    # The number of appointments until one is kept is geometric with mean 1 / (1 - 0.2).
    assert gaps.mean() == pytest.approx(7 / 0.8, rel=0.02)


def test_a_missing_score_leaves_a_hole_in_the_session_numbers_but_never_takes_the_intake():
    clinic = with_switch(missing_score_rate=0.25)
    counts = np.bincount(clinic.scores["session"])[1:] / 4000
    assert counts[0] == 1
    assert counts[1:] == pytest.approx(np.full(7, 0.75), abs=0.03)


def test_late_responders_stay_at_their_start_until_the_onset_and_then_go_as_everyone_does():
    clinic = with_switch(late_responder_share=0.3, late_onset_session=4)
    late, course = clinic.truth.late_responder, clinic.truth.true_course
    assert late.mean() == pytest.approx(0.3, abs=0.03)
    assert np.ptp(course[late, :4], axis=1).max() < 1e-9
    slope = CLINIC.slope_mean + clinic.truth.slope[late, None]
    np.testing.assert_allclose(
        course[late, 3:] - course[late, :1], slope * np.log(np.arange(1, 6)), atol=1e-9
    )
    np.testing.assert_array_equal(course[~late], with_switch().truth.true_course[~late])


def test_correlated_errors_have_the_correlation_and_keep_their_sd():
    clinic = with_switch(error_correlation=0.6)
    error = clinic.scores["score"].reshape(4000, 8) - clinic.truth.true_course
    found = np.corrcoef(error, rowvar=False)
    lag = abs(np.subtract.outer(np.arange(8), np.arange(8)))
    np.testing.assert_allclose(found, 0.6**lag, atol=0.06)
    np.testing.assert_allclose(error.std(axis=0), 3.0, rtol=0.05)


def test_correlation_fades_with_the_days_between_two_scores():
    clinic = with_switch(error_correlation=0.6, missed_session_rate=0.4)
    error = clinic.scores["score"].reshape(4000, 8) - clinic.truth.true_course
    fortnight = np.diff(clinic.scores["day"].reshape(4000, 8)) == 14
    before, after = error[:, :-1][fortnight], error[:, 1:][fortnight]
    assert np.corrcoef(before, after)[0, 1] == pytest.approx(0.36, abs=0.05)


def test_clipping_puts_all_mass_beyond_an_end_on_that_end():
    free, clipped = with_switch(), with_switch(clip_to_scale=True)
    np.testing.assert_array_equal(clipped.scores["score"], np.clip(free.scores["score"], 0, 27))
    assert free.scores["score"].min() < 0


def test_whole_numbers_round_to_the_nearest_and_never_print_minus_nought():
    free, whole = with_switch(), with_switch(whole_numbers=True)
    assert whole.scores["score"].dtype == np.int64
    assert abs(whole.scores["score"] - free.scores["score"]).max() <= 0.5


def test_days_can_be_uneven_but_only_go_forward():
    clinic = with_switch(gap_jitter_days=3)
    gaps = np.diff(clinic.scores["day"].reshape(4000, 8))
    assert set(gaps.ravel()) == set(range(4, 11))


@pytest.mark.parametrize(
    ("basis", "expected"),
    [("ln", np.log(1 + np.arange(8))), ("sqrt", np.sqrt(np.arange(8))), ("linear", np.arange(8))],
)
@pytest.mark.parametrize("axis", ["session", "week"])
def test_the_true_course_follows_its_basis_by_session_or_by_week(axis, basis, expected):
    clinic = with_switch(axis=axis, basis=basis, slope_sd=0.0)
    change = clinic.truth.true_course - clinic.truth.true_course[:, :1]
    np.testing.assert_allclose(change, np.tile(-2.5 * expected, (4000, 1)), atol=1e-9)


def test_by_week_the_days_move_the_course_and_by_session_they_do_not():
    by_week = with_switch(axis="week", slope_sd=0.0, gap_jitter_days=3)
    by_session = with_switch(axis="session", slope_sd=0.0, gap_jitter_days=3)
    day = by_week.scores["day"].reshape(4000, 8)
    change = by_week.truth.true_course - by_week.truth.true_course[:, :1]
    np.testing.assert_allclose(change, -2.5 * np.log(1 + day / 7), atol=1e-9)
    np.testing.assert_array_equal(by_session.truth.true_course, with_switch(slope_sd=0.0).truth.true_course)


@pytest.mark.parametrize(
    ("given", "names"),
    [("both", {"session", "day", "date"}), ("session", {"session"}), ("day", {"day", "date"})],
)
def test_times_are_given_by_number_by_day_or_both(given, names):
    clinic = with_switch(times_given=given, start_date=date(2026, 1, 5))
    assert names == {"session", "day", "date"} & set(clinic.scores)


def test_dates_are_the_start_date_plus_the_clients_own_start_plus_the_day():
    clinic = with_switch(start_date=date(2026, 1, 5), start_spread_days=30)
    first = clinic.scores["date"][clinic.scores["session"] == 1]
    assert (first.min(), first.max()) == (np.datetime64("2026-01-05"), np.datetime64("2026-02-04"))
    since = clinic.scores["date"] - np.repeat(first, 8)
    np.testing.assert_array_equal(since.astype(int), clinic.scores["day"])


def test_therapists_differ_in_skill_by_the_sd_and_correlation_asked_for():
    clinic = with_switch(
        n_therapists=2000, therapist_intercept_sd=1.2, therapist_slope_sd=0.4, therapist_correlation=0.5
    )
    truth = clinic.truth
    _, one_each = np.unique(truth.therapist_id, return_index=True)
    start, slope = truth.therapist_intercept[one_each], truth.therapist_slope[one_each]
    assert start.std() == pytest.approx(1.2, rel=0.06)
    assert slope.std() == pytest.approx(0.4, rel=0.06)
    assert np.corrcoef(start, slope)[0, 1] == pytest.approx(0.5, abs=0.06)
    level = CLINIC.intake_mean + truth.intercept + truth.therapist_intercept
    np.testing.assert_allclose(truth.true_course[:, 0], level)


@pytest.mark.parametrize(("share", "correlation"), [(0.0, 1.0), (0.5, 0.5), (1.0, 0.0)])
def test_skill_belongs_to_the_problem_domain_as_far_as_the_share_says(share, correlation):
    clinic = with_switch(
        n_clients=20_000,
        n_therapists=1000,
        therapist_slope_sd=0.5,
        domains=("depression", "anxiety"),
        domain_share_of_skill=share,
    )
    truth = clinic.truth
    skill = {
        domain: dict(zip(truth.therapist_id[at], truth.therapist_slope[at], strict=True))
        for domain in ("depression", "anxiety")
        for at in [truth.problem_domain == domain]
    }
    both = sorted(set(skill["depression"]) & set(skill["anxiety"]))
    pairs = np.array([[skill[domain][t] for t in both] for domain in ("depression", "anxiety")])
    assert np.corrcoef(pairs)[0, 1] == pytest.approx(correlation, abs=0.08)
    np.testing.assert_allclose(pairs.std(axis=1), 0.5, rtol=0.08)


def test_a_plan_is_made_at_the_first_score_that_is_no_better_than_the_first():
    clinic = with_switch(plan_share=1.0, plan_from_session=3)
    scores, plan = clinic.scores["score"].reshape(4000, 8), clinic.truth.plan_session
    slow = [next((j + 1 for j in range(2, 8) if row[0] - row[j] < 1.0), 0) for row in scores]
    assert plan.tolist() == slow
    assert 0 < (plan > 0).mean() < 1


def test_only_the_share_asked_for_makes_a_plan():
    all_willing, half = with_switch(plan_share=1.0), with_switch(plan_share=0.5)
    had_alarm = all_willing.truth.plan_session > 0
    assert (half.truth.plan_session[had_alarm] > 0).mean() == pytest.approx(0.5, abs=0.05)
    assert not half.truth.plan_session[~had_alarm].any()


def test_a_plan_does_nothing_unless_the_design_says_so():
    nothing = with_switch(plan_share=1.0)
    np.testing.assert_array_equal(nothing.scores["score"], with_switch().scores["score"])
    assert not nothing.truth.plan_effect.any()


@pytest.mark.parametrize(
    ("better", "points"),
    [({}, -2.0), ({"higher_is_better": True, "slope_mean": 2.5, "good_score": 22.0, "bad_score": 8.0}, 2.0)],
)
def test_a_plan_that_works_makes_every_later_session_better_and_none_before(better, points):
    nothing = with_switch(plan_share=1.0, **better)
    works = with_switch(plan_share=1.0, plan_effect=2.0, **better)
    plan = works.truth.plan_session[:, None]
    after = (plan > 0) & (np.arange(1, 9) > plan)
    difference = works.truth.true_course - nothing.truth.true_course
    np.testing.assert_allclose(difference, points * after, atol=1e-9)
    seen = (works.scores["score"] - nothing.scores["score"]).reshape(4000, 8)
    np.testing.assert_allclose(seen, points * after, atol=1e-9)
    np.testing.assert_array_equal(works.truth.plan_effect, points * (works.truth.plan_session > 0))


def test_where_higher_is_better_the_alarm_is_a_score_no_higher_than_the_first():
    clinic = with_switch(
        plan_share=1.0, higher_is_better=True, slope_mean=2.5, good_score=22.0, bad_score=8.0
    )
    scores, plan = clinic.scores["score"].reshape(4000, 8), clinic.truth.plan_session
    made = np.flatnonzero(plan)
    assert (scores[made, plan[made] - 1] - scores[made, 0] < 1.0).all()


def test_who_leaves_before_the_alarm_never_made_the_plan():
    clinic = with_switch(plan_share=1.0, plan_effect=2.0, leave_for_other_reasons=0.2)
    truth = clinic.truth
    assert (truth.plan_session <= truth.sessions_attended).all()
    no_plan = truth.plan_session == 0
    np.testing.assert_array_equal(truth.true_course[no_plan], with_switch().truth.true_course[no_plan])


def test_ages_lie_in_the_range_asked_for_and_stay_with_the_client():
    clinic = with_switch(age_low=12, age_high=14)
    assert set(clinic.scores["age"]) == {12, 13, 14}
    assert (np.ptp(clinic.scores["age"].reshape(4000, 8), axis=1) == 0).all()


def test_the_awkward_clinic_has_every_kind_of_trouble():
    truth = simulate(AWKWARD, 1).truth
    assert set(truth.reason_for_leaving) == {
        "good score",
        "bad score",
        "unseen score",
        "other reason",
        "planned end",
    }
    assert truth.late_responder.any()
    assert truth.therapist_slope.any()
    assert truth.plan_session.any()
    assert len(set(truth.problem_domain)) == 3


def test_each_step_stands_in_its_share_of_plans_and_adds_its_points_once_the_plan_is_made():
    steps = (
        InventedStep("works", 0.5, 3.0),
        InventedStep("idle", 0.25),
        InventedStep("last", 0.8, 0.0, "worst off"),
    )
    clinic = with_switch(plan_share=1.0, plan_effect=1.0, plan_steps=steps)
    nothing = with_switch(plan_share=1.0)
    truth = clinic.truth
    made = truth.plan_session > 0
    assert (truth.plan_session == nothing.truth.plan_session).all()
    given = {one.name: np.array([one.name in row.split() for row in truth.plan_steps]) for one in steps}
    assert not any(given[name][~made].any() for name in given)
    assert given["works"][made].mean() == pytest.approx(0.5, abs=0.05)
    assert given["idle"][made].mean() == pytest.approx(0.25, abs=0.05)
    badly = nothing.scores["score"].reshape(4000, 8)[np.arange(4000), truth.plan_session - 1] >= 20
    assert not given["last"][made & ~badly].any()
    assert given["last"][made & badly].mean() == pytest.approx(0.8, abs=0.08)
    np.testing.assert_allclose(truth.plan_effect, -(1.0 * made + 3.0 * given["works"]))


def test_the_worst_off_are_those_with_low_scores_where_higher_is_better():
    better = {"higher_is_better": True, "slope_mean": 2.5, "good_score": 22.0, "bad_score": 8.0}
    clinic = with_switch(plan_share=1.0, plan_steps=(InventedStep("last", 1.0, 2.0, "worst off"),), **better)
    plan, scores = clinic.truth.plan_session, with_switch(**better).scores["score"].reshape(4000, 8)
    low = (plan > 0) & (scores[np.arange(4000), plan - 1] <= 8.0)
    assert 0 < low.sum() < (plan > 0).sum()
    np.testing.assert_array_equal(clinic.truth.plan_steps == "last", low)
    np.testing.assert_array_equal(clinic.truth.plan_effect, 2.0 * low)
