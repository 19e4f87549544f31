"""What cross-fitting learns about a course's forecasts, and that it learns nothing where nothing is wrong."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import approx_fprime
from scipy.stats import norm

from midcourse.course import calibrate, cell_likelihood
from midcourse.course.basis import Basis
from midcourse.course.calibrate import FEWEST, calibrated_course, folds_of
from midcourse.course.cell_likelihood import KNOTS
from midcourse.course.course import Course
from midcourse.course.expect import expected_course
from midcourse.course.observed import Observed
from midcourse.course.recalibration import FEATURES, Own
from midcourse.evaluation import coverage_of
from midcourse.evaluation.held_out import held_out
from midcourse.measures.scale import ReliableChange, Scale
from tests.clinics import PHQ_9, clinic

WIDE = Scale("phq-9", "without a floor", -60, 90)
WIDE_6 = replace(WIDE, reliable_change=ReliableChange(6, "test"))
LN = Basis("ln", "session")


def refit(people: Sequence[Observed]) -> Course:
    return expected_course(people, "phq-9", "session", basis=LN)


def test_below_100_clients_nothing_is_learned() -> None:
    people = [*clinic(FEWEST - 1, 3), Observed("one", (1.0,), (9.0,))]
    course = refit(people)
    assert calibrated_course(course, people, PHQ_9, refit) is course


def test_each_persons_forecasts_come_from_courses_that_have_not_seen_them() -> None:
    people = clinic(FEWEST, 3)
    seen: list[set[str]] = []

    def watched(some: Sequence[Observed]) -> Course:
        seen.append({person.client_id for person in some})
        return refit(some)

    found = calibrated_course(refit(people), people, PHQ_9, watched)
    assert [len(some) for some in seen] == [80] * 5
    assert set.intersection(*seen) == set()
    assert found.recalibration is not None
    assert found.recalibration.clients == 100


def test_where_the_model_is_true_hardly_anything_is_corrected() -> None:
    people = clinic(400, 3)
    course = calibrated_course(refit(people), people, WIDE, refit)
    learned = course.recalibration
    assert learned is not None
    for mean in (5.0, 10.0, 15.0):
        m, s = learned.corrected(mean, 4.0, 3.0, Own(mean + 3.0, mean + 0.5, mean + 1.0, -1.0, 4))
        assert abs(m - mean) < 0.7
        assert s == pytest.approx(4.0, rel=0.15)
    assert np.abs(np.array(learned.low) - KNOTS).max() < 0.06
    assert np.abs(np.array(learned.high) - KNOTS).max() < 0.06


def test_where_scores_pile_up_on_the_floor_the_correction_brings_coverage_back() -> None:
    floor = {"clip_to_scale": True, "whole_numbers": True, "intake_mean": 9.0, "slope_mean": -4.0}
    people, others = clinic(400, 3, **floor), clinic(400, 4, **floor)
    course = calibrated_course(refit(people), people, PHQ_9, refit)
    held = held_out(course, others, PHQ_9)
    after, before = coverage_of(held, 0.8).by_fifth, coverage_of(held.uncalibrated(), 0.8).by_fifth
    assert np.abs(np.array(after) - 0.8).max() < np.abs(np.array(before) - 0.8).max()
    assert after == pytest.approx([0.8] * 5, abs=0.07)


def test_the_loss_of_the_correction_has_the_gradient_it_says() -> None:
    random = np.random.RandomState(2)
    n, width = 40, FEATURES
    x = random.standard_normal((n, width))
    mean, sd, weight = random.uniform(0, 27, n), random.uniform(2, 6, n), random.uniform(0.2, 1, n)
    low, high = cell_likelihood.edges(np.r_[0.0, 27.0, random.randint(0, 28, n - 2)], PHQ_9)
    theta = random.standard_normal(2 * width) * 0.1

    def loss(at: np.ndarray) -> float:
        return cell_likelihood._loss(at, x, mean, sd, low, high, weight)[0]

    slow = approx_fprime(theta, loss, 1e-6)
    np.testing.assert_allclose(
        cell_likelihood._loss(theta, x, mean, sd, low, high, weight)[1], slow, atol=2e-3
    )


@pytest.mark.parametrize(("a", "b"), [(-1.0, 0.5), (8.0, 9.0), (-9.0, -8.0), (-np.inf, -3.0), (3.0, np.inf)])
def test_the_chance_of_a_cell_is_right_also_far_out_in_the_tails(a: float, b: float) -> None:
    exact = norm.cdf(b) - norm.cdf(a) if a <= 0 else norm.sf(a) - norm.sf(b)
    found = cell_likelihood._log_cell(np.array([a]), np.array([b]))[0]
    assert found == pytest.approx(np.log(exact), rel=1e-6)


def test_the_end_cells_are_open_and_scores_off_the_scale_or_between_values_go_to_the_nearest() -> None:
    low, high = cell_likelihood.edges(np.array([0.0, -2.0, 5.4, 27.0, 30.0]), PHQ_9)
    assert list(low) == [-np.inf, -np.inf, 4.5, 26.5, 26.5]
    assert list(high) == [0.5, 0.5, 5.5, np.inf, np.inf]


def test_folds_differ_in_size_by_at_most_one_and_are_always_the_same() -> None:
    fold = folds_of(23, 5, seed=1)
    assert sorted(np.bincount(fold)) == [4, 4, 5, 5, 5]
    assert (fold == folds_of(23, 5, seed=1)).all()
    assert not (fold == folds_of(23, 5, seed=2)).all()


def test_a_client_with_many_scores_has_no_more_say_than_one_with_few() -> None:
    """Three people far above what was forecast, once with one score and once with 201 each."""
    plain = [Observed(f"c{i:03}", (1.0, 2.0), (15.0, y)) for i, y in enumerate(_drawn(300))]
    high = [Observed(f"x{i}", (1.0, 2.0), (15.0, 27.0)) for i in range(3)]
    loud = [
        Observed(f"x{i}", (1.0, *(2.0 + t for t in range(201))), (15.0, *(27.0,) * 201)) for i in range(3)
    ]
    course = refit([*plain, *clinic(40, 3)])
    once, many = (
        calibrated_course(course, [*plain, *some], WIDE, lambda _: course).recalibration
        for some in (high, loud)
    )
    assert once is not None and many is not None
    assert once.clients == many.clients == 303
    own = Own(15.0, 15.0, 15.0, 0.0, 0)
    m, s = once.corrected(12.0, 4.0, 1.0, own)
    assert many.corrected(12.0, 4.0, 1.0, own) == pytest.approx((m, s), rel=0.12)


def _drawn(count: int) -> list[float]:
    return [float(y) for y in np.random.RandomState(3).normal(12.0, 4.0, count)]


def test_of_many_clients_a_share_teaches_the_correction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibrate, "MOST", 110)
    people = clinic(300, 3)
    found = calibrated_course(refit(people), people, PHQ_9, refit).recalibration
    assert found is not None
    assert found.clients == 100


def test_where_the_model_is_true_its_odds_are_left_alone() -> None:
    people = clinic(400, 3)
    course = refit(people)
    right = calibrated_course(course, people, WIDE_6, refit).odds
    assert right is not None
    assert (right.a, right.b) == pytest.approx((0.0, 1.0), abs=0.15)
    assert (right.reliable_change, right.clients, right.by_change) == (6.0, 400, None)


def test_without_a_reliable_change_a_second_look_or_room_to_improve_no_odds_are_learned() -> None:
    people = clinic(FEWEST, 3)
    assert calibrated_course(refit(people), people, WIDE, refit).odds is None
    brief = [person.up_to(2) for person in people]
    course = refit(people)
    assert calibrated_course(course, brief, PHQ_9, lambda _: course).odds is None


def test_where_all_scores_are_outcomes_the_first_one_is_no_forecast_of_its_own_end() -> None:
    people = clinic(FEWEST, 3)

    def every(some: Sequence[Observed]) -> Course:
        return expected_course(some, "phq-9", "session", basis=LN, form="all scores")

    course = calibrated_course(every(people), people, WIDE_6, every)
    assert course.odds is not None
    assert course.odds.b == pytest.approx(1.0, abs=0.25)
