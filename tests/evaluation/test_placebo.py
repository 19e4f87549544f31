"""Invented plans: made where they would have been, judged by who had not seen them, counted apart."""

from dataclasses import replace

import numpy as np
import pytest

from midcourse.course.basis import Basis
from midcourse.course.expect import expected_course
from midcourse.course.observed import Observed
from midcourse.evaluation.placebo import (
    ALARMS,
    CHECK,
    Invented,
    bounds_of,
    invented_for,
    invented_plans,
    placebo_rates,
    z_after,
)
from midcourse.plans.frozen import freeze
from midcourse.plans.outcome import outcome_of
from midcourse.signals.policy import decide
from midcourse.signals.state import State
from tests.clinics import PHQ_9, clinic

BASIS = Basis("ln", "session")
PEOPLE = clinic(150, 5, planned_sessions=10)


def learn(people):
    return expected_course(people, "phq-9", "session", basis=BASIS)


@pytest.fixture(scope="module")
def course():
    return learn(PEOPLE)


def test_a_plan_is_invented_where_the_state_first_was_with_two_scores_to_come(course):
    for person in PEOPLE[:40]:
        states = [decide(person.up_to(k), course, PHQ_9).state for k in range(2, len(person.scores) - 1)]
        found = {one.state: one.after for one in invented_for(person, course, PHQ_9)}
        for state in found:
            same = ALARMS if state is None else (state,)
            assert found[state] == 2 + min(i for i, s in enumerate(states) if s in same)
        assert State.TOO_EARLY not in found and State.REACHED_GOAL not in found


def test_only_wanted_states_are_looked_for(course):
    found = [one for person in PEOPLE for one in invented_for(person, course, PHQ_9, (None,))]
    assert found and {one.state for one in found} == {None}


def test_it_is_judged_by_the_scores_up_to_its_check_and_none_after(course):
    person = PEOPLE[0]
    z = z_after(person, course, PHQ_9, 3)
    later = replace(person, times=(*person.times, 40.0), scores=(*person.scores, 27.0))
    assert CHECK["session"] == 6.0
    assert z_after(later, course, PHQ_9, 3) == z
    frozen = freeze(course, PHQ_9, person.up_to(3))
    assert z == outcome_of(frozen, person.times[3:9], person.scores[3:9]).z


def test_scores_that_come_after_the_check_make_no_plan(course):
    late = Observed("late", (1.0, 2.0, 3.0, 30.0, 31.0), (15.0, 19.0, 21.0, 20.0, 20.0))
    assert z_after(late, course, PHQ_9, 3) is None
    assert invented_for(late, course, PHQ_9) == []


def test_nobody_is_judged_by_a_course_that_has_seen_her():
    seen = []

    def watched(people):
        seen.append({one.client_id for one in people})
        return learn(people)

    told = []
    plans = invented_plans(PEOPLE, PHQ_9, "session", learn=watched, folds=3, progress=told.append)
    assert told == pytest.approx([1 / 3, 2 / 3, 1.0])
    assert len(seen) == 3 and {one.fold for one in plans} == {0, 1, 2}
    assert all(one.client_id not in seen[one.fold] for one in plans)


def test_without_another_way_it_learns_as_a_review_does_limits_too():
    plans = invented_plans(clinic(70, 5), PHQ_9, "session", folds=2)
    assert plans and len({(one.client_id, one.state) for one in plans}) == len(plans)


def test_bounds_leave_one_in_ten_beyond_them():
    z = np.arange(1.0, 100.0)
    assert bounds_of(z) == pytest.approx((10.0, 90.0))


def invented(count, state=None):
    spread = np.random.RandomState(1).standard_normal(count)
    return [Invented(f"c{i}", state, 3, i % 5, float(z)) for i, z in enumerate(spread)]


def test_rates_are_counted_on_folds_that_did_not_set_the_bounds():
    plans = invented(100)
    (rate,) = placebo_rates(plans, PHQ_9, data_set="d", setting="s").rates
    assert (rate.lower, rate.upper) == bounds_of(np.array([one.z for one in plans]))
    bent = worse = 0
    for fold in range(5):
        low, high = bounds_of(np.array([one.z for one in plans if one.fold != fold]))
        bent += sum(one.z < low for one in plans if one.fold == fold)
        worse += sum(one.z > high for one in plans if one.fold == fold)
    assert (rate.bent, rate.worse, rate.n) == (bent, worse, 100)


def test_states_with_fewer_than_twenty_people_are_left_out():
    plans = [*invented(100), *invented(19, State.DRIFTING)]
    found = placebo_rates(plans, PHQ_9, data_set="d", setting="s")
    assert [one.state for one in found.rates] == [None]
    assert (found.measure, found.clients) == ("phq-9", 100)


def test_nothing_is_counted_on_fewer_than_twenty():
    with pytest.raises(ValueError, match="Fewer than 20 people"):
        placebo_rates(invented(19), PHQ_9, data_set="d", setting="s")
