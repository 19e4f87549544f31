"""Decision points and chances agree with slow, obvious versions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from midcourse.course.observed import Observed
from midcourse.evaluation.method import Asked, deterioration, no_improvement, values_of
from midcourse.evaluation.methods.chances import chances, clipped_gaussian, turned_back
from midcourse.evaluation.methods.points import cannot_improve, points_asked, points_of, turned
from midcourse.measures.scale import ReliableChange, Scale
from tests.clinics import PHQ_9
from tests.evaluation.method_parts import BETTER_HIGH, people

SIX = Observed("six", (1.0, 2.0, 4.0, 5.0, 9.0, 10.0), (20.0, 18.0, 19.0, 12.0, 10.0, 11.0))
scores = st.lists(st.integers(0, 27), min_size=3, max_size=9)
directions = st.sampled_from([PHQ_9, BETTER_HIGH])


def test_a_client_gives_a_point_after_each_score_that_has_a_later_one_but_the_first() -> None:
    points = points_of([SIX], PHQ_9)
    assert points.k.tolist() == [1, 2, 3, 4]
    assert points.latest.tolist() == [18, 19, 12, 10]
    assert points.change.tolist() == [-2, -1, -8, -10]
    assert points.next.tolist() == [19, 12, 10, 11]
    assert points.next_time.tolist() == [4, 5, 9, 10]
    assert set(points.last) == {11.0} and set(points.horizon) == {10.0}


@given(scores)
def test_mean_and_slope_so_far_are_those_of_the_scores_seen(values: list[int]) -> None:
    times = np.cumsum(np.arange(1, len(values) + 1)).astype(float)
    points = points_of([Observed("a", tuple(times), tuple(map(float, values)))], PHQ_9)
    for k, mean, slope in zip(points.k, points.mean, points.slope, strict=True):
        assert mean == pytest.approx(np.mean(values[: k + 1]))
        assert slope == pytest.approx(np.polyfit(times[: k + 1], values[: k + 1], 1)[0], abs=1e-9)


@given(scores, directions)
def test_training_and_asking_see_the_same_in_a_person(values: list[int], scale: Scale) -> None:
    person = Observed("a", tuple(map(float, range(1, len(values) + 1))), tuple(map(float, values)))
    learned = points_of([person], scale)
    asked = [Asked(person.up_to(k + 1), k + 2.0, float(len(values))) for k in learned.k]
    met = points_asked(asked, scale)
    for name in ("k", "intake", "latest", "mean", "slope", "now", "next_time", "horizon"):
        assert_allclose(getattr(met, name), getattr(learned, name), atol=1e-9)
    assert np.isnan(met.next).all() and np.isnan(met.last).all()


def test_each_client_counts_once_and_early_points_more() -> None:
    points = points_of(people()[:20], PHQ_9)
    weight = points.weight()
    assert_allclose(np.bincount(points.person, weight)[np.unique(points.person)], 1.0)
    assert_allclose((weight * points.k)[points.person == 0], weight[points.person == 0][0])


def test_too_few_clients_with_three_scores_are_counted_in_the_refusal() -> None:
    with pytest.raises(ValueError, match="1 clients have three scores or more; at least 2 are needed"):
        points_of([SIX, SIX.up_to(2)], PHQ_9, 2)


@given(st.floats(-10, 40), st.floats(0.3, 20), directions)
def test_a_distribution_turned_twice_is_itself(mean: float, sd: float, scale: Scale) -> None:
    cdf = clipped_gaussian(scale, np.array([mean]), np.array([sd]))
    assert_allclose(turned_back(scale, turned_back(scale, cdf)), cdf, atol=1e-12)


@given(
    first=st.integers(0, 27),
    mean=st.floats(-10, 40),
    sd=st.floats(0.3, 20),
    higher_is_better=st.booleans(),
    points=st.sampled_from([1.0, 2.5, 6.0, 30.0]),
    step=st.sampled_from([1.0, 0.5, 3.0]),
)
def test_chances_are_the_probabilities_of_the_last_scores_that_count(
    first: int, mean: float, sd: float, higher_is_better: bool, points: float, step: float
) -> None:
    scale = Scale("m", "M", 0, 27, higher_is_better, ReliableChange(points, "test"), step=step)
    there = points_asked(
        [Asked(Observed("a", (1.0, 2.0), (float(first), 5.0)), 3.0, 4.0)],
        scale,
    )
    cdf = clipped_gaussian(scale, np.array([mean]), np.array([sd]))
    values = values_of(scale)
    of_each = np.diff(turned_back(scale, cdf)[0], prepend=0.0)
    start = np.full(len(values), float(first))
    p, q = chances(scale, there, cdf)
    assert p[0] == pytest.approx(of_each[no_improvement(scale, start, values)].sum(), abs=1e-9)
    assert q[0] == pytest.approx(of_each[deterioration(scale, start, values)].sum(), abs=1e-9)


def test_mass_beyond_an_end_lies_on_that_end() -> None:
    cdf = clipped_gaussian(PHQ_9, np.array([-5.0, 40.0]), np.array([1.0, 1.0]))
    assert cdf[0, 0] == pytest.approx(1.0, abs=1e-6)
    assert cdf[1, -2] == pytest.approx(0.0, abs=1e-6) and cdf[1, -1] == 1.0


def test_who_starts_too_near_the_best_score_cannot_reliably_improve() -> None:
    for scale in (PHQ_9, BETTER_HIGH):
        starts = [5.0, 6.0, 20.0]
        asked = [Asked(Observed("a", (1.0, 2.0), (s, s)), 3.0, 3.0) for s in turned(scale, np.array(starts))]
        assert cannot_improve(points_asked(asked, scale), scale).tolist() == [True, False, False]
