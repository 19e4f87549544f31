"""Twenty thousand simulated clients: the same state for every one of them on both paths."""

import numpy as np
import pyarrow as pa
import pytest
from pyarrow.parquet import write_table

from midcourse.cohorts import MeasureCohort, review_table
from midcourse.course.choose import course_for
from midcourse.course.course import Course
from midcourse.course.observed import Observed
from midcourse.measures import find
from midcourse.review.one_course import review_course
from midcourse.signals import decide
from tests.clinics import clinic

PHQ_9 = find("phq-9").scale
CLIENTS = 20_000
SWITCHES = {"planned_sessions": 6, "clip_to_scale": True, "whole_numbers": True}


@pytest.fixture(scope="module")
def course() -> Course:
    """A course fitted to 400 other clients of the same clinic, corrected by cross-fitting."""
    found = course_for(clinic(400, seed=5, **SWITCHES), PHQ_9, "session", references=False).course
    assert found is not None
    assert found.recalibration is not None
    return found


@pytest.fixture(scope="module")
def people() -> list[Observed]:
    return clinic(CLIENTS, seed=6, **SWITCHES)


@pytest.fixture(scope="module")
def cohort(course, people, tmp_path_factory) -> MeasureCohort:
    path = tmp_path_factory.mktemp("large") / "scores.parquet"
    counts = [len(person.scores) for person in people]
    columns = {
        "client_id": np.repeat([person.client_id for person in people], counts),
        "session": np.concatenate([person.times for person in people]).astype(int),
        "phq9": np.concatenate([person.scores for person in people]).astype(int),
    }
    write_table(pa.table(columns), path)
    return review_table(path, courses={"phq-9": course}).measures[0]


def test_twenty_thousand_clients_have_the_same_state_on_both_paths(cohort, course, people):
    states = dict(zip(cohort.clients.client_id, cohort.states(), strict=True))
    assert len(states) == CLIENTS
    beside = {person.client_id: decide(person, course, PHQ_9).state for person in people}
    assert {name: (states[name], state) for name, state in beside.items() if states[name] != state} == {}
    assert len(cohort.counts()) > 4


def test_their_odds_are_the_same_to_nine_decimals(cohort, course, people):
    at = {name: i for i, name in enumerate(cohort.clients.client_id)}
    for person in people[:: CLIENTS // 250]:
        one = review_course(person, "1", course, PHQ_9, "session", bands=False).outlook
        i = at[person.client_id]
        assert one is not None
        assert cohort.odds is not None
        many = cohort.odds.improvement[i], cohort.odds.deterioration[i], cohort.odds.left_caseness[i]
        assert many == pytest.approx((one.p_improvement, one.p_deterioration, one.p_caseness_left), abs=1e-9)
        assert cohort.odds.mean[i] == pytest.approx(one.mean, abs=1e-9)
        assert (cohort.odds.low80[i], cohort.odds.high80[i]) == (one.low80, one.high80)
