"""The frozen forecast is the forecast of that day, with the covariance of all later scores, and stays so."""

import json
from dataclasses import replace

import numpy as np
import pytest

from midcourse.course.basis import Basis
from midcourse.course.course import Course
from midcourse.course.expect import expected_course
from midcourse.course.forecast import forecast, seen
from midcourse.course.observed import Observed
from midcourse.course.recalibration import FEATURES, Recalibration
from midcourse.plans import freeze_on_the_day, frozen_from_json
from midcourse.plans.frozen import freeze
from midcourse.record import Score
from tests.clinics import PHQ_9, clinic
from tests.engine.known_course import ASSUMED, COURSE, HIGH, LOW, MIRRORED, episode, scores_of

PERSON = Observed("a", (1.0, 2.0, 3.0, 5.0), (18.0, 17.0, 15.0, 16.0))
LATER = (6.0, 7.0, 9.0, 12.0)
BENT_MAP = Recalibration(
    (0.1, *(0.0,) * 4, 0.05, *(0.03,) * (FEATURES - 6)), (0.0, 0.1, 0.0, 0.0, 0.0, 0.1, *(0.01,) * (FEATURES - 6)),
    12.0, 9.0,
    (0.0, 0.5, 1.0), (0.0, 0.45, 1.0), (0.0, 0.55, 1.0), (4.0, 12.0), 150,
)  # fmt: skip


@pytest.fixture(scope="module")
def fitted() -> Course:
    return expected_course(clinic(80, 3), "phq-9", "session", basis=Basis("ln", "session"))


@pytest.fixture(scope="module")
def small() -> Course:
    return expected_course(clinic(25, 3), "phq-9", "session", basis=Basis("ln", "session"))


def quadratic() -> Course:
    return expected_course(clinic(80, 3), "phq-9", "session", basis=Basis("quadratic", "session", 1))


@pytest.mark.parametrize("corrected", [False, True])
@pytest.mark.parametrize("which", ["fitted", "small", "quadratic"])
def test_each_score_is_expected_as_the_forecast_of_that_day_expects_it(which, corrected, request):
    course = quadratic() if which == "quadratic" else request.getfixturevalue(which)
    course = replace(course, recalibration=BENT_MAP if corrected else None)
    (found,) = freeze(course, PHQ_9, PERSON).expected(LATER)
    for place, time in enumerate(LATER):
        one = forecast(course, PHQ_9, seen(course, PERSON), time).predictive
        chances = [one.at_most(y) - one.at_most(y - 1) for y in one.values()]
        mean = sum(p * y for p, y in zip(chances, one.values(), strict=True))
        variance = sum(p * (y - mean) ** 2 for p, y in zip(chances, one.values(), strict=True))
        assert found.means[place] == pytest.approx(mean)
        assert found.covariance[place][place] == pytest.approx(variance)


def correlations(covariance) -> np.ndarray:
    matrix = np.array(covariance)
    sd = np.sqrt(np.diag(matrix))
    return matrix / np.outer(sd, sd)


def test_scores_to_come_hang_together_as_the_dense_formula_says(fitted):
    """V_ff - A V_sf + D vcov D', A = V_fs V_ss^-1 and D = X_f - A X_s: beta's doubt is carried along."""
    part = fitted.parts[0][1]
    times = np.array([*PERSON.times[1:], *LATER])
    f = np.array([fitted.basis.columns(time) for time in times])
    x = np.kron([[1.0, PERSON.intake - fitted.centre]], f)
    v = f @ np.array(part.random_cov) @ f.T + part.residual * np.eye(len(times))
    s, t = slice(0, 3), slice(3, None)
    gain = v[t, s] @ np.linalg.inv(v[s, s])
    d = x[t] - gain @ x[s]
    dense = v[t, t] - gain @ v[s, t] + d @ np.array(part.beta_cov) @ d.T
    (found,) = freeze(fitted, PHQ_9, PERSON).expected(LATER)
    np.testing.assert_allclose(correlations(found.covariance), correlations(dense), rtol=1e-9)


def test_draws_of_a_small_clinic_share_their_doubt_between_scores(small):
    assert len(small.parts) > 1
    frozen = freeze(small, PHQ_9, PERSON)
    (found,) = frozen.expected(LATER)
    weight = np.array([line.weight for line in frozen.lines])
    f = np.array([small.basis.columns(time) for time in LATER])
    means = np.array([f @ np.array(line.mean) for line in frozen.lines])
    within = sum(
        w * (f @ np.array(line.cov) @ f.T + line.residual * np.eye(4))
        for w, line in zip(weight, frozen.lines, strict=True)
    )
    between = np.cov(means.T, aweights=weight, ddof=0)
    np.testing.assert_allclose(correlations(found.covariance), correlations(within + between), rtol=1e-9)


def test_adding_variances_would_be_too_sure(fitted):
    (found,) = freeze(fitted, PHQ_9, PERSON).expected(LATER)
    added = sum(found.covariance[i][i] for i in range(4)) ** 0.5 / 4
    assert found.sd > 1.2 * added
    assert found.mean == pytest.approx(np.mean(found.means))


def test_from_intake_alone_the_known_course_is_what_it_is_on_paper():
    (found,) = freeze(COURSE, LOW, scores_of(15.0)).expected((3.0, 4.0))
    assert found.means == pytest.approx((12.0, 12.0), abs=0.05)
    assert correlations(found.covariance)[0, 1] == pytest.approx(4 / 9)


def test_a_scale_where_higher_is_better_is_its_mirror():
    (low,) = freeze(COURSE, LOW, scores_of(15.0, 14.0)).expected((3.0, 4.0))
    (high,) = freeze(MIRRORED, HIGH, scores_of(15.0, 14.0, mirrored=True)).expected((3.0, 4.0))
    assert high.means == pytest.approx([27 - one for one in low.means])
    assert high.sd == pytest.approx(low.sd)


def test_both_ends_of_an_assumed_range_are_kept():
    found = freeze(ASSUMED, LOW, scores_of(15.0)).expected((3.0,))
    assert [one.mean for one in found] == pytest.approx([12.0, 8.0], abs=0.1)


def test_no_forecast_is_surer_than_a_tenth_of_a_step():
    sure = replace(COURSE, parts=((1.0, replace(COURSE.parts[0][1], beta=((-80.0, 0.0), (0.0, 0.0)))),))
    (found,) = freeze(sure, LOW, scores_of(15.0)).expected((3.0,))
    assert found.sd == pytest.approx(0.1)


def test_it_comes_back_from_json_unchanged_and_needs_no_fit(fitted, small):
    for course in (fitted, replace(fitted, recalibration=BENT_MAP), small, ASSUMED):
        frozen = freeze(course, PHQ_9, PERSON)
        again = frozen_from_json(frozen.to_json())
        assert again == frozen
        assert again.expected(LATER) == frozen.expected(LATER)
    assert set(json.loads(frozen.to_json())["scale"]) >= {"measure", "minimum", "maximum"}


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"recalibration": null, "scale": {}}'])
def test_what_is_no_frozen_forecast_is_refused(text):
    with pytest.raises(ValueError, match="not a frozen forecast"):
        frozen_from_json(text)


def test_it_is_frozen_on_the_day_with_that_days_score_in_it():
    frozen = freeze_on_the_day(COURSE, LOW, episode("c", 15, 14, 18), agreed_on=14.0)
    assert (frozen.scores_seen, frozen.last, frozen.origin) == (3, 3.0, 1.0)
    assert frozen.lines == freeze(COURSE, LOW, scores_of(15, 14, 18)).lines


def test_a_record_with_a_later_score_is_refused_since_the_course_may_have_seen_it():
    with pytest.raises(ValueError, match="holds later scores"):
        freeze_on_the_day(COURSE, LOW, episode("c", 15, 14, 18), agreed_on=13.9)


def test_a_record_without_a_score_on_the_clock_cannot_be_forecast():
    with pytest.raises(ValueError, match="nothing to forecast from"):
        freeze_on_the_day(COURSE, LOW, episode("c"), agreed_on=14.0)


def test_a_later_score_finds_its_time_on_either_clock():
    weekly = replace(COURSE, basis=Basis("ln", "week", 1))
    sessions = freeze_on_the_day(COURSE, LOW, episode("c", 15, 14), 7.0)
    weeks = freeze_on_the_day(weekly, LOW, episode("c", 15, 14, first_day=700.0), 707.0)
    assert sessions.time_of(Score("low", 9, session=4, day=30)) == 4.0
    assert sessions.time_of(Score("low", 9, day=30)) is None
    assert weeks.time_of(Score("low", 9, session=4, day=721)) == pytest.approx(3.0)
    assert weeks.time_of(Score("low", 9, session=4)) is None
