"""Rule ST3: one predictive distribution. Each test is a sentence of the rule.

What recalibration brings on real people is held by tests/engine/test_honest_forecasts.py.
"""

from dataclasses import replace
from math import erf, sqrt

import numpy as np
import pytest

from midcourse.course.by_session import probability_by
from midcourse.course.calibrate import FEWEST, calibrated_course
from midcourse.course.course import Course
from midcourse.course.expect import expected_course
from midcourse.course.forecast import forecast, seen
from midcourse.course.observed import Observed
from midcourse.course.predictive import Predictive
from midcourse.course.recalibration import FEATURES, Own, Recalibration
from midcourse.review.one_course import review_course
from midcourse.signals.chance import horizon_of
from tests.clinics import PHQ_9, clinic

AWKWARD = {"clip_to_scale": True, "whole_numbers": True}


def cdf(x: float) -> float:
    return 0.5 * (1 + erf(x / sqrt(2)))


@pytest.fixture(scope="module")
def course() -> Course:
    people = clinic(120, 3, **AWKWARD)
    plain = expected_course(people, "phq-9", "session")
    return calibrated_course(
        plain, people, PHQ_9, lambda some: expected_course(some, "phq-9", "session", basis=plain.basis)
    )


PERSON = Observed("a", (1.0, 2.0, 3.0, 4.0), (16.0, 15.0, 17.0, 14.0))


def test_a_score_has_the_chance_of_its_cell_under_a_normal_with_half_a_point_either_side() -> None:
    one = Predictive(PHQ_9, ((1.0, 3.2, 4.1),))
    for y in range(27):
        assert one.at_most(y) == pytest.approx(cdf((y + 0.5 - 3.2) / 4.1))
    assert one.at_most(27) == 1.0


def test_it_is_a_distribution_on_the_instruments_whole_numbers_with_the_mass_beyond_an_end_on_that_end() -> (
    None
):
    one = Predictive(PHQ_9, ((1.0, 3.2, 4.1),))
    chances = np.diff([one.at_most(y) for y in one.values()], prepend=0.0)
    assert one.values() == tuple(range(28))
    assert chances.sum() == pytest.approx(1.0)
    assert chances[0] == pytest.approx(cdf((0.5 - 3.2) / 4.1))  # everything below 0 too
    assert Predictive(PHQ_9, ((1.0, 26.0, 4.1),)).at_least(27) == pytest.approx(1 - cdf(0.5 / 4.1))


def test_mean_and_sd_are_corrected_as_functions_of_predicted_score_predicted_sd_and_horizon() -> None:
    """And of the client's own scores, which held-out clients showed to matter beyond the forecast."""
    none = (0.0,) * FEATURES
    plain = {"mean": 4.0, "sd": 3.0, "ahead": 1.0, "own": Own(15.0, 9.0, 12.0, -2.0, 3)}
    turned = {"mean": 18.0, "sd": 6.0, "ahead": 9.0, "own": Own(20.0, 11.0, 14.0, -4.0, 5)}
    matters: dict[str, set[int]] = {name: set() for name in plain}
    for number in range(1, FEATURES):
        weights = tuple(0.2 if i == number else 0.0 for i in range(FEATURES))
        one = Recalibration(weights, none, 10.0, 8.0, *((0.0, 1.0),) * 3, (0.0, 1.0), 120)
        before = (one.corrected(**plain)[0] - 4.0) / 3.0  # type: ignore[arg-type]
        for name in plain:
            given = plain | {name: turned[name]}
            after = (one.corrected(**given)[0] - given["mean"]) / given["sd"]  # type: ignore[arg-type,operator]
            if abs(after - before) > 1e-6:
                matters[name].add(number)
    assert {1, 2, 3} <= matters["mean"]
    assert matters["sd"] == {4, 7}
    assert 5 in matters["ahead"] and not {1, 2, 3, 4} & matters["ahead"]
    assert matters["own"] == set(range(8, FEATURES))


def test_below_100_clients_the_correction_is_the_identity() -> None:
    assert FEWEST == 100
    people = clinic(99, 3, **AWKWARD)
    plain = expected_course(people, "phq-9", "session")
    assert calibrated_course(plain, people, PHQ_9, lambda _: plain).recalibration is None


def test_means_intervals_and_every_probability_come_from_this_one_object(course: Course) -> None:
    assert course.recalibration is not None
    review = review_course(PERSON, "1", course, PHQ_9, "session")
    time = horizon_of(course, PERSON)
    one = forecast(course, PHQ_9, seen(course, PERSON), time).predictive
    outlook = review.outlook
    assert outlook is not None
    assert outlook.mean == pytest.approx(one.mean())
    assert (outlook.low80, outlook.high80) == one.interval(0.80)
    assert (outlook.low95, outlook.high95) == one.interval(0.95)
    assert course.odds is not None
    assert 1 - outlook.p_improvement == pytest.approx(
        course.odds.no_improvement(1 - one.at_most(16 - 6), -2.0, 3)  # its odds are corrected, nothing else
    )
    assert outlook.p_deterioration == one.at_least(16 + 6)
    assert outlook.p_caseness_left == pytest.approx(one.at_most(9))


def test_plots_come_from_it_too(course: Course) -> None:
    review = review_course(PERSON, "1", course, PHQ_9, "session")
    for point in review.ahead:
        one = forecast(course, PHQ_9, seen(course, PERSON), point.time).predictive
        assert (point.low80, point.high80) == one.interval(0.80)
        assert point.mean == pytest.approx(one.mean())


def test_at_session_h_is_the_default_and_by_session_h_another_larger_quantity(course: Course) -> None:
    so_far = seen(course, PERSON)
    at = forecast(course, PHQ_9, so_far, 8.0).predictive.reliable_improvement(16.0)
    by = probability_by(course, PHQ_9, so_far, (5.0, 6.0, 7.0, 8.0), lambda p: p.reliable_improvement(16.0))
    assert at is not None and by is not None
    assert by > at + 0.02


def test_reliable_change_counts_from_the_observed_first_score_not_from_where_it_would_be_expected(
    course: Course,
) -> None:
    one = forecast(course, PHQ_9, seen(course, PERSON), 8.0).predictive
    assert one.reliable_improvement(16.0) == one.at_most(10)
    assert one.reliable_improvement(12.0) == one.at_most(6)


def test_values_that_are_not_whole_are_kept_for_the_fit_and_rounded_for_the_probability() -> None:
    people = clinic(80, 3)  # the plain clinic's scores are not whole numbers
    fit = expected_course(people, "phq-9", "session")
    rounded = [replace(p, scores=tuple(map(round, p.scores))) for p in people]
    assert fit.history["criterion"] != expected_course(rounded, "phq-9", "session").history["criterion"]
    one = forecast(fit, PHQ_9, seen(fit, people[0]), 8.0).predictive
    assert one.values() == tuple(range(28))


def test_and_the_result_says_so(course: Course) -> None:
    said = [
        " ".join(review_course(p, "1", course, PHQ_9, "session").notes)
        for p in (PERSON, replace(PERSON, scores=(16.0, 15.5, 17.0, 14.0)))
    ]
    assert "rounded for the odds" not in said[0]
    assert "rounded for the odds" in said[1]
