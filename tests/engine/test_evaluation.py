"""Forecasts are judged as `statistics.md` asks: by people not seen, each counted once."""

from collections.abc import Sequence
from dataclasses import replace
from math import log

import numpy as np
import pytest

from midcourse.course.course import Course
from midcourse.course.forecast import forecast, seen
from midcourse.course.observed import Observed
from midcourse.evaluation import (
    HeldOut,
    coverage_of,
    covered,
    cross_validate,
    crps,
    learner,
    log_score,
    randomised_pit,
    scores_of,
)
from midcourse.evaluation.held_out import LAST, NEXT, held_out, stack
from midcourse.measures.scale import Scale
from midcourse.simulate import PLAIN, simulate

SCALE = Scale("phq-9", "PHQ-9", 0, 27)


def clinic(clients: int, seed: int, **switches: object) -> list[Observed]:
    table = simulate(replace(PLAIN, n_clients=clients, planned_sessions=6, **switches), seed).scores
    people = []
    for name in np.unique(table["client_id"]):
        mine = table["client_id"] == name
        times, scores = table["session"][mine].astype(float), table["score"][mine].astype(float)
        people.append(Observed(str(name), tuple(times), tuple(scores)))
    return people


def given(cdf: Sequence[Sequence[float]], place: Sequence[int], person: Sequence[int]) -> HeldOut:
    table = np.array(cdf)
    n = len(table)
    return HeldOut(
        person=np.array(person),
        k=np.zeros(n, dtype=np.intp),
        kind=np.zeros(n, dtype=np.intp),
        cdf=table,
        plain=table,
        place=np.array(place),
        mean=np.arange(n, dtype=float),
        step=1.0,
    )


THREE = [[0.2, 0.7, 1.0], [0.1, 0.1, 1.0], [0.5, 0.9, 1.0]]


def test_the_log_score_is_minus_the_log_of_the_probability_of_what_came() -> None:
    held = given(THREE, [0, 2, 1], [0, 1, 1])
    np.testing.assert_allclose(log_score(held), [-log(0.2), -log(0.9), -log(0.4)])


def test_the_crps_is_the_expected_distance_less_half_the_expected_spread() -> None:
    held = given(THREE, [0, 2, 1], [0, 1, 1])
    for row, (p, y) in enumerate(zip(np.diff(THREE, prepend=0.0), held.place, strict=True)):
        values = np.arange(3)
        distance = p @ abs(values - y)
        spread = p @ abs(values[:, None] - values[None, :]) @ p
        assert crps(held)[row] == pytest.approx(distance - spread / 2)


def test_a_score_that_was_held_impossible_costs_much_but_not_everything() -> None:
    assert log_score(given(THREE, [0, 1, 0], [0, 1, 2]))[1] == pytest.approx(-log(1e-12))


def test_each_client_counts_once_however_many_scores_they_gave() -> None:
    held = given(THREE, [0, 2, 1], [0, 1, 1])
    found = scores_of(held)
    assert found.log_score == pytest.approx((-log(0.2) + (-log(0.9) - log(0.4)) / 2) / 2)
    assert found.crps_by_row == pytest.approx(float(crps(held).mean()))
    assert (found.clients, found.rows) == (2, 3)


def test_coverage_is_the_expectation_of_the_randomised_pit() -> None:
    below, at_most = np.array([0.0, 0.05, 0.3, 0.95]), np.array([0.2, 0.1, 0.6, 1.0])
    np.testing.assert_allclose(covered(below, at_most, 0.8), [0.5, 0.0, 1.0, 0.0], atol=1e-12)
    uniform = np.random.RandomState(1).uniform(size=(200_000, 1))
    pit = below + uniform * (at_most - below)
    np.testing.assert_allclose(
        ((pit >= 0.1) & (pit <= 0.9)).mean(axis=0), covered(below, at_most, 0.8), atol=0.01
    )


def test_the_randomised_pit_lies_between_the_edges_of_the_observed_score() -> None:
    held = given(THREE, [0, 2, 1], [0, 1, 2])
    pit = randomised_pit(held, seed=3)
    below, at_most = held.edges()
    assert ((below <= pit) & (pit <= at_most)).all()
    assert (randomised_pit(held, seed=3) == pit).all()


def test_honest_forecasts_cover_what_they_promise_and_every_fifth_holds_a_fifth() -> None:
    random = np.random.RandomState(7)
    p = random.dirichlet(np.ones(12), 6000)
    cdf = np.minimum(p.cumsum(axis=1), 1.0)
    cdf[:, -1] = 1.0
    place = (random.uniform(size=(6000, 1)) > cdf).sum(axis=1)
    held = replace(given(cdf, place, np.arange(6000) // 3), mean=random.uniform(size=6000))
    found = coverage_of(held, 0.8)
    assert found.pooled == pytest.approx(0.8, abs=0.02)
    assert found.by_fifth == pytest.approx([0.8] * 5, abs=0.04)
    assert found.interval[0] < 0.8 < found.interval[1]
    assert all(low < value < high for value, (low, high) in zip(found.by_fifth, found.intervals, strict=True))
    assert (found.clients, found.rows, found.level) == (2000, 6000, 0.8)


def test_the_bootstrap_interval_is_as_wide_as_clients_not_scores_make_it() -> None:
    """A hundred clients who repeat one score ten times each say no more than a hundred scores."""
    random = np.random.RandomState(2)
    place = random.randint(0, 3, 100)
    row = [1 / 3, 2 / 3, 1.0]
    once = coverage_of(given([row] * 100, list(place), range(100)), 0.5)
    tenfold = coverage_of(given([row] * 1000, np.repeat(place, 10), np.repeat(range(100), 10)), 0.5)
    assert tenfold.pooled == pytest.approx(once.pooled)
    assert tenfold.interval == pytest.approx(once.interval)


def test_next_and_last_scores_are_told_apart_and_nobody_is_forecast_by_a_course_that_saw_them() -> None:
    people = clinic(40, 5)
    learned: list[set[str]] = []

    def learn(some: Sequence[Observed]) -> Course:
        learned.append({person.client_id for person in some})
        return learner(SCALE, "session")(some)

    told: list[float] = []
    held = cross_validate(people, SCALE, learn, folds=4, progress=told.append)
    assert [len(ids) for ids in learned] == [30] * 4
    assert set.intersection(*learned) == set()
    assert held.of_kind(NEXT).rows() == 40 * 5
    assert held.of_kind(LAST).rows() == 40 * 4
    assert len(np.unique(held.person)) == 40
    assert told == [0.25, 0.5, 0.75, 1.0]


def test_a_held_out_row_is_the_plain_python_forecast_of_that_moment() -> None:
    people = clinic(30, 8, whole_numbers=True, clip_to_scale=True)
    course = learner(SCALE, "session")(people[:20])
    held = held_out(course, people[20:], SCALE)
    person = people[20]
    for row in np.flatnonzero(held.person == 0):
        k = int(held.k[row])
        target = k + 1 if held.kind[row] == NEXT else len(person.scores) - 1
        one = forecast(course, SCALE, seen(course, person.up_to(k + 1)), person.times[target]).predictive
        np.testing.assert_allclose(held.cdf[row], [one.at_most(y) for y in one.values()], atol=1e-9)
        assert held.mean[row] == pytest.approx(one.mean())
        assert held.place[row] == person.scores[target]


def test_the_uncalibrated_rows_are_those_of_the_plain_gaussian() -> None:
    people = clinic(130, 9, whole_numbers=True, clip_to_scale=True)
    course = learner(SCALE, "session")(people)
    assert course.recalibration is not None
    held = held_out(course, people, SCALE)
    bare = held_out(replace(course, recalibration=None), people, SCALE)
    np.testing.assert_array_equal(held.uncalibrated().cdf, bare.cdf)
    assert not np.array_equal(held.cdf, bare.cdf)


def test_people_of_different_tables_stay_different_people_when_stacked() -> None:
    one, two = given(THREE, [0, 2, 1], [0, 1, 1]), given(THREE, [0, 2, 1], [0, 0, 1])
    assert list(stack([one, two]).person) == [0, 1, 1, 2, 2, 3]


def test_clients_with_one_score_are_learned_from_but_not_judged() -> None:
    people = [*clinic(30, 4), Observed("short", (1.0,), (12.0,))]
    seen_sizes = []

    def learn(some: Sequence[Observed]) -> Course:
        seen_sizes.append(sum(len(person.scores) == 1 for person in some))
        return learner(SCALE, "session")(some)

    held = cross_validate(people, SCALE, learn, folds=2)
    assert seen_sizes == [1, 1]
    assert len(np.unique(held.person)) == 30


@pytest.mark.parametrize("folds", [1, 31])
def test_folds_that_cannot_be_made_are_refused(folds: int) -> None:
    with pytest.raises(ValueError, match="30 clients with a second score cannot be split"):
        cross_validate(clinic(30, 4), SCALE, learner(SCALE, "session"), folds=folds)


def test_learning_from_too_few_people_says_why() -> None:
    with pytest.raises(ValueError, match="No course can be expected from 5 clients"):
        learner(SCALE, "session")(clinic(5, 4))
