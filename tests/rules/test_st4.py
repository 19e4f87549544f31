"""Rule ST4: small clinics. Each test is a sentence of the rule."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.special import ndtr

from midcourse.course import expect
from midcourse.course.basis import Basis
from midcourse.course.batch import forecast_many
from midcourse.course.course import Course, Parameters
from midcourse.course.expect import SMALL, TooFewClients, expected_course
from midcourse.course.forecast import forecast, seen
from midcourse.course.moments import Array
from midcourse.course.pairs import pairs_of
from tests.clinics import PHQ_9, clinic

# Enough clinics that the error of a coverage is below one point.
CLINICS = {15: 100, 30: 80, 60: 50, 150: 40}
LEVELS = (0.80, 0.95)
LN = Basis("ln", "session")


def without_parameter_term(parameters: Parameters) -> Parameters:
    size = len(parameters.beta_cov)
    return replace(parameters, beta_cov=tuple((0.0,) * size for _ in range(size)))


def plugged_in(course: Course) -> Course:
    """One parameter set, taken as if it were known."""
    return replace(course, parts=((1.0, without_parameter_term(course.parts[0][1])),))


def coverages(clients: int, change: Callable[[Course], Course]) -> Array:
    """Return, per simulated clinic, next- and last-score coverage at 80 and 95 % among 100 new people."""
    found = []
    for seed in range(CLINICS[clients]):
        course = change(expected_course(clinic(clients, seed), "phq-9", "session", basis=LN))
        pairs = pairs_of(clinic(100, 1_000_000 + seed), course)
        ahead = forecast_many(course, pairs.seen, pairs.time)
        u = ahead.weights @ ndtr((pairs.target - ahead.means) / ahead.sds)
        inside = [abs(u - 0.5) < level / 2 for level in LEVELS]
        found.append([[hit[pairs.kind == kind].mean() for kind in (0, 1)] for hit in inside])
    return np.array(found)


@cache
def as_it_is(clients: int) -> Array:
    return coverages(clients, lambda course: course)


@pytest.mark.parametrize("clients", CLINICS)
@pytest.mark.parametrize("kind", [0, 1], ids=["next", "last"])
def test_80_and_95_percent_cover_within_three_points_at_15_30_60_and_150_clients(
    clients: int, kind: int
) -> None:
    found = as_it_is(clients)[:, :, kind]
    error = found.std(axis=0, ddof=1) / len(found) ** 0.5
    assert (error < 0.01).all()
    assert found.mean(axis=0) == pytest.approx(LEVELS, abs=0.03)


def test_numbers_plugged_in_as_if_known_promise_too_much_at_15_clients(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    integrated = as_it_is(15).mean(axis=0)
    monkeypatch.setattr(expect, "SMALL", 0)
    plugged = coverages(15, plugged_in).mean(axis=0)
    assert (plugged < integrated - 0.01).all()
    assert (plugged < np.array(LEVELS)[:, None] - 0.015).all()


@pytest.mark.parametrize("clients", [20, 80])
def test_the_parameter_uncertainty_term_is_always_added(clients: int) -> None:
    course = expected_course(clinic(clients, 3), "phq-9", "session")
    person = clinic(1, 4)[0]
    for k in range(1, 6):
        so_far = seen(course, person.up_to(k))
        for weight, parameters in course.parts:
            one = replace(course, parts=((weight, parameters),))
            bare = replace(course, parts=((weight, without_parameter_term(parameters)),))
            time = person.times[k]
            assert forecast(one, PHQ_9, so_far, time).sd > forecast(bare, PHQ_9, so_far, time).sd


def test_below_60_clients_theta_is_also_integrated_over() -> None:
    assert SMALL == 60
    below = expected_course(clinic(59, 3), "phq-9", "session")
    assert len(below.parts) > 1
    assert sum(weight for weight, _ in below.parts) == pytest.approx(1.0)
    assert len({p.residual for _, p in below.parts}) > 1
    assert len({p.random_cov for _, p in below.parts}) > 1
    assert below.history["theta_integrated"] is True
    at = expected_course(clinic(60, 3), "phq-9", "session")
    assert len(at.parts) == 1
    assert at.history["theta_integrated"] is False


def test_with_hardly_anyone_and_no_reference_the_fit_is_refused() -> None:
    with pytest.raises(TooFewClients, match="11 clients have a second score; at least 12 are needed"):
        expected_course(clinic(11, 3), "phq-9", "session")


def test_the_same_clinic_always_gets_the_same_draws() -> None:
    people = clinic(20, 6)
    one, two = (expected_course(people, "phq-9", "session") for _ in range(2))
    assert one.parts == two.parts
