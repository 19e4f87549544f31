"""Rule ST9: did the plan bend the course? Each test is a sentence of the rule.

The joint forecast is held against the dense formula by tests/engine/plans/test_frozen.py.
`midcourse placebo` counts the rates on any table.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from midcourse.course.basis import Basis
from midcourse.course.course import Course
from midcourse.course.expect import expected_course
from midcourse.course.forecast import forecast, intake_only, seen
from midcourse.course.observed import Observed, observe
from midcourse.evaluation.placebo import (
    bounds_of,
    invented_for,
    invented_plans,
    placebo_rates,
    with_own_limits,
    z_after,
)
from midcourse.measures import find
from midcourse.plans import PlaceboRates, freeze_on_the_day
from midcourse.plans.frozen import freeze
from midcourse.plans.outcome import outcome_of
from midcourse.record import Episode, Score
from midcourse.tables import read_table
from tests.clinics import PHQ_9, clinic
from tests.engine.known_course import COURSE, LOW, episode

BASIS = Basis("ln", "session")
ALARM = (None,)


def learn(people: list[Observed]) -> Course:
    return expected_course(people, "phq-9", "session", basis=BASIS)


@pytest.fixture(scope="module")
def course() -> Course:
    return learn(clinic(300, 3, planned_sessions=10))


# The forecast is frozen when the plan is agreed.


def test_it_is_made_from_every_score_up_to_and_including_that_days() -> None:
    with_alarm = freeze_on_the_day(COURSE, LOW, episode("c", 15, 14, 24), 14.0)
    without = freeze_on_the_day(COURSE, LOW, episode("c", 15, 14), 13.0)
    assert with_alarm.scores_seen == 3
    assert with_alarm.expected((4.0,))[0].mean > without.expected((4.0,))[0].mean + 1  # the alarm is in it


def test_the_model_has_seen_no_later_score_of_this_client() -> None:
    with pytest.raises(ValueError, match="later scores"):
        freeze_on_the_day(COURSE, LOW, episode("c", 15, 14, 24, 20), 14.0)


def test_frozen_means_that_no_later_fit_changes_the_outcome(course: Course) -> None:
    person = Observed("a", (1.0, 2.0, 3.0), (18.0, 19.0, 20.0))
    saved = freeze(course, PHQ_9, person).to_json()
    assert saved == freeze(course, PHQ_9, person).to_json()
    other = learn(clinic(300, 4, planned_sessions=10, slope_mean=-4.0))
    assert freeze(other, PHQ_9, person).to_json() != saved


# The outcome.


def test_it_is_the_mean_after_minus_the_mean_forecast_over_the_sd_of_the_joint_forecast(
    course: Course,
) -> None:
    frozen = freeze(course, PHQ_9, Observed("a", (1.0, 2.0, 3.0), (18.0, 19.0, 20.0)))
    (joint,) = frozen.expected((4.0, 5.0, 7.0))
    found = outcome_of(frozen, (4.0, 5.0, 7.0), (12.0, 14.0, 13.0))
    sd = float(np.array(joint.covariance).mean() ** 0.5)
    assert found.z == pytest.approx((13.0 - np.mean(joint.means)) / sd)


def test_adding_variances_would_call_far_too_many_bent() -> None:
    """In a clinic whose plans do nothing, by the plain normal bound."""
    course = learn(clinic(1000, 1, planned_sessions=10))
    joint, added = [], []
    for person in clinic(400, 2, planned_sessions=10):
        frozen = freeze(course, PHQ_9, person.up_to(4))
        (one,) = frozen.expected(person.times[4:])
        gap = np.mean(person.scores[4:]) - one.mean
        joint.append(gap / one.sd < -1.2816)
        added.append(gap / (np.trace(np.array(one.covariance)) ** 0.5 / 6) < -1.2816)
    assert np.mean(joint) == pytest.approx(0.10, abs=0.04)
    assert np.mean(added) > np.mean(joint) + 0.05


def test_at_least_two_scores_else_too_early(course: Course) -> None:
    frozen = freeze(course, PHQ_9, Observed("a", (1.0, 2.0), (18.0, 19.0)))
    assert outcome_of(frozen, (3.0,), (2.0,)).verdict == "too early"
    assert outcome_of(frozen, (3.0, 4.0), (2.0, 2.0)).verdict == "bent"


def test_never_against_the_alarm_score_the_slope_before_or_the_curve_from_intake_alone(
    course: Course,
) -> None:
    """What was expected from all scores lies elsewhere than each of the three."""
    person = Observed("a", (1.0, 2.0, 3.0, 4.0), (14.0, 13.0, 15.0, 22.0))
    (joint,) = freeze(course, PHQ_9, person).expected((5.0, 6.0))
    expected = [forecast(course, PHQ_9, seen(course, person), t).predictive.mean() for t in (5.0, 6.0)]
    assert joint.means == pytest.approx(expected)
    from_intake = [
        forecast(course, PHQ_9, intake_only(person, course), t).predictive.mean() for t in (5.0, 6.0)
    ]
    assert joint.mean < 22.0 - 2 and joint.mean > np.mean(from_intake) + 1
    same = replace(person, scores=(14.0, 15.0, 13.0, 22.0))  # another slope, the same alarm
    assert freeze(course, PHQ_9, same).expected((5.0, 6.0))[0].mean == pytest.approx(joint.mean, abs=1.0)


def test_plans_that_do_nothing_look_better_than_the_alarm_score_in_most_people(course: Course) -> None:
    """Why: [93 %] where the alarm is a score worse than her first."""
    better = []
    for person in clinic(800, 7, planned_sessions=10):
        high = next((k for k in range(3, 9) if person.scores[k] >= person.scores[0] + 3), None)
        if high is not None:
            better.append(np.mean(person.scores[high + 1 :]) < person.scores[high])
    assert len(better) > 150
    assert np.mean(better) > 0.85


# Beside every outcome stands the placebo rate.


@pytest.fixture(scope="module")
def plain() -> PlaceboRates:
    people = clinic(5000, 0, planned_sessions=10, clip_to_scale=True, whole_numbers=True)
    plans = invented_plans(
        people, PHQ_9, "session", learn=with_own_limits(learn, PHQ_9), wanted=ALARM, folds=2
    )
    return placebo_rates(plans, PHQ_9, data_set="a plain clinic", setting="invented")


AWKWARD = {
    "planned_sessions": 10, "clip_to_scale": True, "whole_numbers": True, "error_correlation": 0.3,
    "late_responder_share": 0.15, "leave_after_good": 0.1, "leave_after_bad": 0.05,
}  # fmt: skip


@pytest.fixture(scope="module")
def awkward() -> PlaceboRates:
    plans = invented_plans(
        clinic(4000, 0, **AWKWARD), PHQ_9, "session", learn=with_own_limits(learn, PHQ_9), wanted=ALARM, folds=2
    )  # fmt: skip
    return placebo_rates(plans, PHQ_9, data_set="an awkward clinic", setting="invented")


def test_it_stands_beside_every_outcome(plain: PlaceboRates, course: Course) -> None:
    frozen = freeze(course, PHQ_9, Observed("a", (1.0, 2.0), (18.0, 19.0)))
    rate = plain.of(None)
    assert rate is not None
    for low in (2.0, 16.0, 26.0):
        found = outcome_of(frozen, (3.0, 4.0), (low, low), rate)
        assert found.placebo is rate and f"{rate.bent} of {rate.n} people" in found.sentence
    assert "not known here" in outcome_of(frozen, (3.0, 4.0), (2.0, 2.0)).sentence


def test_bounds_are_set_on_it_cross_fitted_so_that_it_is_ten_of_a_hundred(plain: PlaceboRates) -> None:
    rate = plain.of(None)
    assert rate is not None and rate.n > 1500
    assert rate.share == pytest.approx(0.10, abs=0.02)


def bent_elsewhere(rates: PlaceboRates, seed: int, **switches: object) -> float:
    """How often plans that do nothing are called bent in another clinic of the same kind."""
    rate = rates.of(None)
    assert rate is not None
    course = with_own_limits(learn, PHQ_9)(clinic(1500, 1, **switches))
    plans = [one for p in clinic(4000, seed, **switches) for one in invented_for(p, course, PHQ_9, ALARM)]
    assert len(plans) > 1000
    return float(np.mean([one.z < rate.lower for one in plans]))


def test_in_a_simulated_clinic_whose_plans_do_nothing_10_of_100_are_bent_within_2(
    plain: PlaceboRates,
) -> None:
    found = bent_elsewhere(plain, 100, planned_sessions=10, clip_to_scale=True, whole_numbers=True)
    assert found == pytest.approx(0.10, abs=0.02)


def test_within_4_with_ar1_errors_and_late_responders(awkward: PlaceboRates) -> None:
    rate = awkward.of(None)
    assert rate is not None and rate.share == pytest.approx(0.10, abs=0.04)
    assert bent_elsewhere(awkward, 100, **AWKWARD) == pytest.approx(0.10, abs=0.04)


@pytest.fixture(scope="module")
def enrichd(real_data: Callable[[str], Path]) -> list[Observed]:
    episodes = read_table(real_data("enrichd_cbt_bdi.csv")).episodes
    return [p for e in episodes if (p := observe(e, "bdi", "week")) is not None]


def test_on_enrichd_with_invented_plans_10_of_100_within_4(enrichd: list[Observed]) -> None:
    """Plans at a random score from the first alarm on; bounds from the alarms of the other half."""
    scale = find("bdi").scale
    weeks = Basis("ln", "week")
    halves = [enrichd[::2], enrichd[1::2]]
    random = np.random.RandomState(1)
    bent: list[bool] = []
    for here, there in (halves, halves[::-1]):
        course = with_own_limits(lambda some: expected_course(some, "bdi", "week", basis=weeks), scale)(there)
        known = [one for p in there for one in invented_for(p, course, scale, ALARM)]
        lower, _ = bounds_of(np.array([one.z for one in known]))
        for person in here:
            for plan in invented_for(person, course, scale, ALARM):
                z = z_after(person, course, scale, random.randint(plan.after, len(person.scores) - 1))
                bent += [] if z is None else [z < lower]
    assert len(bent) > 180
    assert np.mean(bent) == pytest.approx(0.10, abs=0.04)


def test_one_score_a_session_given_twice_is_still_one_record() -> None:
    """The record of the day may hold several measures; only the plan's own is looked at."""
    other = Score("gad-7", 20.0, session=9.0, day=90.0)
    whole = episode("c", 15, 14, 24)
    frozen = freeze_on_the_day(COURSE, LOW, Episode("c", (*whole.scores, other)), 14.0)
    assert frozen.scores_seen == 3
