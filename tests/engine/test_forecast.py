"""The forecast of one person, against the slow obvious version, and against many at once."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midcourse.course.basis import Basis
from midcourse.course.batch import ForecastMany, SeenMany, at_most_many, forecast_many
from midcourse.course.course import Course, Parameters
from midcourse.course.forecast import forecast, intake_only, posterior, seen
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.course.recalibration import FEATURES, Recalibration
from midcourse.measures.scale import Scale

SCALE = Scale("phq-9", "PHQ-9", 0, 27)
LEARNED = Recalibration(
    shift=tuple(0.1 * (-0.7) ** i for i in range(FEATURES)),
    spread=tuple(-0.05 * (-0.8) ** i for i in range(FEATURES)),
    middle=11.0,
    width=8.0,
    knots=(0.0, 0.2, 0.6, 1.0),
    low=(0.0, 0.1, 0.7, 1.0),
    high=(0.0, 0.3, 0.5, 1.0),
    blend=(6.0, 14.0),
    clients=120,
)


def covariance(random: np.random.RandomState, size: int, scale: float, rank: int) -> Array:
    root = random.standard_normal((size, rank)) * scale
    return np.asarray(root @ root.T)


def rows(array: Array) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(map(float, row)) for row in array)


@dataclass(frozen=True)
class Case:
    course: Course
    person: Observed
    time: float


@st.composite
def cases(draw: st.DrawFn) -> Case:
    random = np.random.RandomState(draw(st.integers(0, 2**31)))
    bend, axis = (
        draw(st.sampled_from(["ln", "sqrt", "linear", "quadratic"])),
        draw(st.sampled_from(["session", "week"])),
    )
    basis = Basis(bend, axis, draw(st.integers(1, 3 if bend == "quadratic" else 2)))
    form = draw(st.sampled_from(["intake once", "all scores"]))
    m = 2 if form == "intake once" else 1
    p = m * basis.width
    parts = []
    count = draw(st.integers(1, 3))
    for _ in range(count):
        vcov = covariance(random, p, 0.3, p)
        share = random.uniform(0, 1)
        borrowed = rows(share * vcov) if draw(st.booleans()) else None
        psi = covariance(random, basis.q, 2.0, draw(st.integers(1, basis.q)))  # singular ones too
        beta = random.standard_normal((m, basis.width)) * 2 + np.array([[12.0]] + [[0.5]] * (m - 1))
        parts.append(
            (1.0 / count, Parameters(rows(beta), rows(vcov), rows(psi), random.uniform(1, 12), borrowed))
        )
    recalibration = draw(st.sampled_from([None, LEARNED]))
    course = Course("phq-9", basis, form, 13.0, tuple(parts), 12.0, recalibration)
    n = draw(st.integers(1, 7))
    start = 1.0 if axis == "session" else 0.0
    times = start + np.r_[0.0, np.cumsum(random.choice([0.0, 1.0, 1.5, 3.0], n - 1))]
    person = Observed("a", tuple(map(float, times)), tuple(map(float, random.uniform(0, 27, n))))
    return Case(course, person, float(times[-1] + draw(st.floats(0, 30))))


@dataclass(frozen=True)
class Dense:
    mean: float
    variance: float
    without_own: float
    borrowed: float


def dense(course: Course, parameters: Parameters, person: Observed, time: float) -> Dense:
    """Condition one big normal distribution, and carry beta's uncertainty through it."""
    first = 1 if course.form == "intake once" else 0
    w = [1.0, person.intake - course.centre] if first else [1.0]
    f = np.array([course.basis.columns(t) for t in (*person.times[first:], time)])
    x = np.array([np.kron(w, row) for row in f])
    z, psi = f[:, : course.basis.q], np.array(parameters.random_cov)
    v = z @ psi @ z.T + parameters.residual * np.eye(len(f))
    expected = x @ np.array(parameters.beta).reshape(-1)
    vcov = np.array(parameters.beta_cov)
    gain = np.linalg.solve(v[:-1, :-1], v[:-1, -1]) if len(f) > 1 else np.zeros(0)
    d = x[-1] - x[:-1].T @ gain
    part = d @ vcov @ d
    lent = 0.0 if parameters.borrowed_cov is None else d @ np.array(parameters.borrowed_cov) @ d
    return Dense(
        mean=float(expected[-1] + gain @ (np.array(person.scores[first:]) - expected[:-1])),
        variance=float(v[-1, -1] - gain @ v[:-1, -1] + part),
        without_own=float(v[-1, -1] + x[-1] @ vcov @ x[-1]),
        borrowed=float(lent / part),
    )


@given(cases())
@settings(max_examples=150)
def test_a_forecast_is_the_conditioned_normal_distribution_with_the_uncertainty_of_beta(case: Case) -> None:
    bare = replace(case.course, recalibration=None)
    found = forecast(bare, SCALE, seen(bare, case.person), case.time)
    for number, (weight, parameters) in enumerate(bare.parts):
        slow = dense(bare, parameters, case.person, case.time)
        part = found.predictive.parts[number]
        assert part == pytest.approx((weight, slow.mean, slow.variance**0.5), rel=1e-8, abs=1e-8)
    slow = dense(bare, bare.parts[0][1], case.person, case.time)
    assert (found.mean, found.sd) == pytest.approx((slow.mean, slow.variance**0.5), rel=1e-8, abs=1e-8)
    assert found.own_share == pytest.approx(max(0.0, 1 - slow.variance / slow.without_own), abs=1e-8)
    assert found.borrowed_share == pytest.approx(slow.borrowed, abs=1e-8)
    assert found.time == case.time


def many(case: Case) -> tuple[SeenMany, Array]:
    """The one person's running sums after each of their scores, side by side."""
    states = [seen(case.course, case.person.up_to(k)) for k in range(1, len(case.person.scores) + 1)]
    stacked = SeenMany(
        *(
            np.array([getattr(one, name) for one in states], dtype=float)
            for name in ("intake", "last", "n", "g", "h", "s", "latest")
        )
    )
    return stacked, np.full(len(states), case.time)


@given(cases())
@settings(max_examples=150)
def test_many_forecasts_at_once_are_each_forecast_to_a_billionth(case: Case) -> None:
    so_far, time = many(case)
    found = forecast_many(case.course, so_far, time)
    for k in range(len(time)):
        one = forecast(case.course, SCALE, seen(case.course, case.person.up_to(k + 1)), case.time)
        pairs = zip(found.weights, found.means[:, k], found.sds[:, k], strict=True)
        for part, other in zip(one.predictive.parts, pairs, strict=True):
            assert part == pytest.approx(other, rel=1e-9, abs=1e-9)
        assert (one.mean, one.sd) == pytest.approx((found.raw_mean[k], found.raw_sd[k]), rel=1e-9, abs=1e-9)
        shares = found.own_share[k], found.borrowed_share[k]
        assert (one.own_share, one.borrowed_share) == pytest.approx(shares, abs=1e-9)
        check_probabilities(case.course, found, k, one.predictive.at_most)


def check_probabilities(course: Course, found: ForecastMany, k: int, at_most: object) -> None:
    for score in (-1.0, 0.0, 3.5, 12.0, 26.0, 27.0, 40.0):
        together = at_most_many(course, SCALE, found, score)[k]
        assert callable(at_most)
        assert together == pytest.approx(at_most(score), abs=1e-9)


def course(psi: Array, residual: float = 9.0, vcov: float = 0.0) -> Course:
    q = len(psi)
    parameters = Parameters(((14.0, -2.0), (0.7, -0.1)), rows(np.eye(4) * vcov), rows(psi), residual)
    return Course("phq-9", Basis("ln", "session", q), "intake once", 14.0, ((1.0, parameters),), 12.0)


PERSON = Observed("a", (1.0, 2.0, 3.0, 5.0), (16.0, 18.0, 15.0, 17.0))


def test_from_intake_alone_nothing_is_owed_to_the_persons_own_later_scores() -> None:
    one = course(np.array([[8.0, -1.0], [-1.0, 3.0]]))
    so_far = intake_only(PERSON, one)
    assert (so_far.n, so_far.last, so_far.intake) == (0, 1.0, 16.0)
    found = forecast(one, SCALE, so_far, 5.0)
    f = np.array([1.0, np.log(5.0)])
    assert found.mean == pytest.approx(f @ np.array([[14.0, -2.0], [0.7, -0.1]]).T @ [1.0, 2.0])
    assert found.own_share == 0.0
    assert found.borrowed_share == 0.0


def test_each_score_seen_narrows_the_forecast() -> None:
    one = course(np.array([[8.0, -1.0], [-1.0, 3.0]]))
    found = [forecast(one, SCALE, seen(one, PERSON.up_to(k)), 9.0) for k in range(1, 5)]
    assert all(a.sd > b.sd for a, b in zip(found, found[1:], strict=False))
    assert all(a.own_share < b.own_share for a, b in zip(found, found[1:], strict=False))


def test_where_people_do_not_differ_their_own_scores_change_nothing() -> None:
    one = course(np.zeros((2, 2)))
    found = forecast(one, SCALE, seen(one, PERSON), 9.0)
    assert found.own_share == 0.0
    assert found.mean == forecast(one, SCALE, intake_only(PERSON, one), 9.0).mean


def test_what_is_left_unknown_of_a_person_is_their_conditional_covariance() -> None:
    psi = np.array([[8.0, -1.0], [-1.0, 3.0]])
    one = course(psi)
    z = np.array([one.basis.columns(t) for t in PERSON.times[1:]])
    expected = np.linalg.inv(np.linalg.inv(psi) + z.T @ z / 9.0)
    kernel, residual = posterior(one, seen(one, PERSON))
    np.testing.assert_allclose(kernel, expected)
    assert residual == 9.0


def test_a_course_without_uncertainty_borrows_nothing_even_where_it_could() -> None:
    one = course(np.eye(2))
    parameters = one.parts[0][1]
    lent = replace(one, parts=((1.0, replace(parameters, borrowed_cov=parameters.beta_cov)),))
    assert forecast(lent, SCALE, seen(lent, PERSON), 9.0).borrowed_share == 0.0
