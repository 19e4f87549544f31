"""The chance of getting somewhere by a session is another number than at it, against Monte Carlo."""

from dataclasses import replace

import numpy as np
import pytest

from midcourse.course.basis import Basis
from midcourse.course.by_session import probability_by
from midcourse.course.course import Course, Parameters
from midcourse.course.forecast import forecast, seen
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.course.predictive import Predictive
from midcourse.measures.scale import Scale
from tests.clinics import PHQ_9

NONE = ((0.0,) * 4,) * 4
PERSON = Observed("a", (1.0, 2.0, 3.0), (18.0, 17.0, 15.0))
TIMES = (4.0, 5.0, 6.0, 8.0, 10.0)


def course(psi: list[list[float]], basis: Basis, residual: float = 7.0) -> Course:
    width = basis.width
    beta = ((14.0, -2.0, 0.3)[:width], (0.7, -0.1, 0.0)[:width])
    none = ((0.0,) * (2 * width),) * (2 * width)
    parameters = Parameters(beta, none, tuple(map(tuple, psi)), residual)
    return Course("phq-9", basis, "intake once", 14.0, ((1.0, parameters),), 12.0)


COURSES = [
    course([[9.0]], Basis("ln", "session", 1)),
    course([[9.0, -1.5], [-1.5, 4.0]], Basis("ln", "session", 2)),
    course([[9.0, 0.0], [0.0, 0.0]], Basis("sqrt", "session", 2)),
    course([[0.0, 0.0], [0.0, 4.0]], Basis("sqrt", "session", 2)),
    course([[9.0, 1.0, 0.0], [1.0, 6.0, -1.0], [0.0, -1.0, 5.0]], Basis("quadratic", "session", 3)),
]


def simulated_scores(one: Course) -> Array:
    """Many joint futures of the person, on the scale's values."""
    parameters = one.parts[0][1]
    f = np.array([one.basis.columns(t) for t in (*PERSON.times[1:], *TIMES)])
    z = f[:, : one.basis.q]
    v = z @ np.array(parameters.random_cov) @ z.T + parameters.residual * np.eye(len(f))
    mean = f @ np.array(parameters.beta).T @ [1.0, PERSON.intake - one.centre]
    gain = np.linalg.solve(v[:2, :2], v[:2, 2:]).T
    later = mean[2:] + gain @ (np.array(PERSON.scores[1:]) - mean[:2])
    spread = v[2:, 2:] - gain @ v[:2, 2:]
    random = np.random.RandomState(11)
    drawn = later + random.standard_normal((200_000, len(TIMES))) @ np.linalg.cholesky(spread).T
    return np.clip(np.round(drawn), 0, 27)


def improved(one: Predictive) -> float | None:
    return one.reliable_improvement(PERSON.intake)


@pytest.mark.parametrize("one", COURSES, ids=lambda one: f"{one.basis.name}")
def test_the_chance_of_improvement_by_a_session_is_what_joint_futures_give(one: Course) -> None:
    slow = (simulated_scores(one) <= PERSON.intake - 6).any(axis=1).mean()
    found = probability_by(one, PHQ_9, seen(one, PERSON), TIMES, improved)
    assert found == pytest.approx(slow, abs=0.005)


def test_by_one_session_is_at_that_session() -> None:
    one = COURSES[1]
    at = forecast(one, PHQ_9, seen(one, PERSON), 6.0).predictive.reliable_improvement(18.0)
    assert probability_by(one, PHQ_9, seen(one, PERSON), (6.0,), improved) == pytest.approx(at, abs=1e-4)


def test_by_a_session_is_never_less_than_at_any_of_them_and_never_more_than_all_added() -> None:
    one = COURSES[1]
    at = [improved(forecast(one, PHQ_9, seen(one, PERSON), time).predictive) or 0.0 for time in TIMES]
    found = probability_by(one, PHQ_9, seen(one, PERSON), TIMES, improved)
    assert found is not None
    assert max(at) < found < sum(at)


def test_where_an_event_is_not_defined_no_chance_is_given() -> None:
    bare = Scale("x", "X", 0, 27)
    one = COURSES[0]
    assert probability_by(one, bare, seen(one, PERSON), TIMES, improved) is None


def test_an_event_without_any_chance_stays_without() -> None:
    one = replace(COURSES[1])
    found = probability_by(one, PHQ_9, seen(one, PERSON), TIMES, lambda _: 0.0)
    assert found == pytest.approx(0.0, abs=1e-6)
