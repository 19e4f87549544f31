"""Stretches of a scale: distances from the best end, on which scores vary about as much everywhere."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from midcourse.course.stretch import STRETCHES, Stretch, distance, log_jacobian, stretched
from midcourse.measures.scale import Scale

LOW = Scale("low", "Low", 2, 10, False, step=2)
HIGH = Scale("high", "High", 2, 10, True, step=2)

every_stretch = pytest.mark.parametrize("stretch", STRETCHES)


def test_distance_is_counted_in_steps_from_the_best_end() -> None:
    scores = np.array([2.0, 4.0, 10.0])
    assert_array_equal(distance(LOW, scores), [0.0, 1.0, 4.0])
    assert_array_equal(distance(HIGH, scores), [4.0, 3.0, 0.0])


def test_a_score_beyond_the_best_end_is_no_distance_away() -> None:
    assert distance(LOW, np.array([1.0])).tolist() == distance(HIGH, np.array([11.0])).tolist() == [0.0]


@every_stretch
def test_a_stretch_keeps_the_order_of_scores(stretch: Stretch) -> None:
    assert (np.diff(stretched(np.linspace(-0.9, 63.0, 500), stretch)) > 0).all()


@given(st.sampled_from(STRETCHES), st.floats(-0.99, 200.0), st.floats(1e-3, 50.0))
def test_further_from_the_best_end_is_further_on_every_stretch(
    stretch: Stretch, place: float, more: float
) -> None:
    near, far = stretched(np.array([place, place + more]), stretch)
    assert near < far


def test_a_plain_stretch_changes_nothing() -> None:
    steps = np.array([-3.0, 0.0, 7.5])
    assert_array_equal(stretched(steps, "plain"), steps)


@pytest.mark.parametrize("stretch", ["root", "log"])
def test_a_step_three_from_the_best_end_is_about_one_unit_and_later_ones_are_less(stretch: Stretch) -> None:
    unit = np.diff(stretched(np.array([2.5, 3.5, 40.0, 41.0]), stretch))[[0, 2]]
    assert unit[0] == pytest.approx(1.0, abs=0.01 if stretch == "log" else 0.51)
    assert unit[1] < 0.4


@pytest.mark.parametrize("stretch", ["root", "log"])
def test_half_a_step_below_the_best_end_has_a_place_and_anything_further_below_stays_finite(
    stretch: Stretch,
) -> None:
    edge, best, beyond, far = stretched(np.array([-0.5, 0.0, -1.0, -20.0]), stretch)
    assert far == beyond < edge < best
    assert np.isfinite(beyond)


@every_stretch
def test_the_jacobian_is_that_of_finite_differences(stretch: Stretch) -> None:
    steps, h = np.array([0.0, 0.4, 1.0, 3.0, 17.0, 60.0]), 1e-6
    slopes = (stretched(steps + h, stretch) - stretched(steps - h, stretch)) / (2 * h)
    assert_allclose(log_jacobian(steps, stretch), np.log(slopes).sum(), atol=1e-7)


@every_stretch
def test_no_score_has_no_jacobian(stretch: Stretch) -> None:
    assert log_jacobian(np.array([]), stretch) == 0.0
