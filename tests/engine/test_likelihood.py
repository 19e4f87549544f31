"""The criterion and its gradient against the definition: V built whole, differences taken."""

import itertools

import numpy as np
import pytest

from midcourse.course.likelihood import evaluate, information
from midcourse.course.moments import sums_of_rows
from midcourse.course.woodbury import factor, small_inverse, theta_of, theta_size, woodbury
from tests.engine.mixed_model_by_definition import POINTS, by_definition, invented

# q, therapists, shared times, weighted
KINDS = list(itertools.product((1, 2, 3), (0, 4), (True, False), (False, True)))
NAMES = [
    f"q{q}-{'three' if therapists else 'two'}-{'shared' if shared else 'own'}-{'weighted' if weighted else 'plain'}"
    for q, therapists, shared, weighted in KINDS
]


def thetas(q: int, therapists: int) -> list[np.ndarray]:
    points = [np.array(point) for point in POINTS[q]]
    if not therapists:
        return points
    return [np.append(own, 0.7 * other) for own, other in zip(points, points[1:] + points[:1], strict=True)]


@pytest.mark.parametrize("method", ["REML", "ML"])
@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_criterion_and_estimates_are_those_of_the_definition(kind, method):
    q, therapists, shared, weighted = kind
    data = invented(q, q=q, therapists=therapists, shared=shared, weighted=weighted)
    for theta, share in itertools.product(thetas(q, therapists), (True, False)):
        ours = evaluate(data.sums(share), theta, method)
        slow = by_definition(data, theta, method)
        assert ours.criterion == pytest.approx(slow.criterion, rel=1e-12)
        assert ours.beta == pytest.approx(slow.beta, rel=1e-10)
        assert ours.sigma2 == pytest.approx(slow.sigma2, rel=1e-11)
        assert ours.sigma2 * np.linalg.inv(ours.cxx) == pytest.approx(slow.vcov, rel=1e-9)
        assert information(data.sums(share), theta) == pytest.approx(ours.cxx, rel=1e-14)


@pytest.mark.parametrize("method", ["REML", "ML"])
@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_gradient_is_that_of_central_differences_of_the_definition(kind, method):
    q, therapists, shared, weighted = kind
    data = invented(10 + q, q=q, therapists=therapists, shared=shared, weighted=weighted)
    step = 1e-5
    for theta in thetas(q, therapists)[:2]:
        for share in (True, False):
            gradient = evaluate(data.sums(share), theta, method).gradient
            slow = [
                by_definition(data, theta + move, method).criterion
                - by_definition(data, theta - move, method).criterion
                for move in step * np.eye(len(theta))
            ]
            assert gradient == pytest.approx(np.array(slow) / (2 * step), rel=1e-6, abs=1e-5)


def test_the_gradient_is_zero_along_a_column_without_variance():
    # The sign of a column of L is free, so the criterion is even in it.
    data = invented(3)
    assert evaluate(data.sums(), np.array([1.0, 0.2, 0.0])).gradient[2] == 0.0


def test_columns_that_say_the_same_thing_are_refused_by_the_factorisation():
    data = invented(1)
    twice = np.column_stack([data.x, data.x[:, 1]])
    sums = sums_of_rows(data.client, twice, data.z, data.y)
    with pytest.raises(np.linalg.LinAlgError):
        evaluate(sums, np.array([1.0, 0.0, 0.5]))


def test_scores_without_a_residual_have_no_likelihood():
    data = invented(1)
    sums = sums_of_rows(data.client, data.x, data.z, np.zeros(len(data.y)))
    with pytest.raises(np.linalg.LinAlgError, match="without a residual"):
        evaluate(sums, np.array([1.0, 0.0, 0.5]))


@pytest.mark.parametrize("q", [1, 2, 3, 4])
def test_small_inverses_and_determinants_are_those_of_general_algebra(q):
    random = np.random.RandomState(q)
    half = random.normal(size=(20, q, q))
    w = np.eye(q) + half @ half.transpose(0, 2, 1)
    inverse, logdet = small_inverse(w)
    assert inverse == pytest.approx(np.linalg.inv(w), rel=1e-10, abs=1e-12)
    assert logdet == pytest.approx(np.linalg.slogdet(w)[1], rel=1e-12)


@pytest.mark.parametrize("q", [1, 2, 3])
def test_theta_fills_the_factor_column_by_column_and_comes_back(q):
    theta = np.arange(1.0, theta_size(q) + 1)
    low = factor(theta, q)
    assert low[:, 0].tolist() == theta[:q].tolist()
    assert theta_of(low).tolist() == theta.tolist()
    assert np.triu(low, 1).tolist() == np.zeros((q, q)).tolist()


@pytest.mark.parametrize("q", [1, 2, 3])
def test_woodbury_gives_the_inverse_and_determinant_of_v_also_without_any_variance(q):
    z = invented(5, q=q).z[:6]
    for theta in POINTS[q]:
        low = factor(np.array(theta), q)
        v = np.eye(6) + z @ low @ low.T @ z.T
        found = woodbury((z.T @ z)[None], low)
        assert np.eye(6) - z @ found.k[0] @ z.T == pytest.approx(np.linalg.inv(v), abs=1e-12)
        assert z.T @ np.linalg.inv(v) == pytest.approx(found.e[0] @ z.T, abs=1e-12)
        assert z.T @ np.linalg.inv(v) @ z == pytest.approx(found.vt[0], abs=1e-12)
        assert found.logdet[0] == pytest.approx(np.linalg.slogdet(v)[1], abs=1e-12)
