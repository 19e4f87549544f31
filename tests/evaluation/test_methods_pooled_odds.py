"""What odds turned out to need: learned from held-out chances, and pulled towards nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.special import expit, logit

from midcourse.course.learn_odds import PULL
from midcourse.evaluation.methods.pooled import Odds, learn_odds


def invented(clients: int, a: float, b: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Chances, and events whose log odds are a + b times theirs."""
    draw = np.random.RandomState(seed)
    p = draw.uniform(0.02, 0.98, clients)
    return p, draw.uniform(size=clients) < expit(a + b * logit(p))


def learned(clients: int, a: float, b: float, weight: float = 1.0) -> Odds:
    p, event = invented(clients, a, b)
    return learn_odds(p, event, np.full(clients, weight))


def test_odds_that_need_nothing_stay_as_they_are() -> None:
    p = np.array([0.01, 0.3, 0.5, 0.99])
    assert_allclose(Odds().corrected(p), p, atol=1e-12)


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(-3, 3), st.floats(0, 3))
def test_corrected_chances_stay_chances_and_keep_their_order(p: float, q: float, a: float, b: float) -> None:
    low, high = Odds(a, b).corrected(np.array(sorted([p, q])))
    assert 0.0 <= low <= high <= 1.0


def test_what_many_clients_say_is_learned() -> None:
    found = learned(20_000, -0.4, 0.6)
    assert found.a == pytest.approx(-0.4, abs=0.05)
    assert found.b == pytest.approx(0.6, abs=0.05)


def test_no_client_says_nothing() -> None:
    assert learned(0, 0.0, 1.0) == Odds()
    assert learned(50, 2.0, 0.2, weight=0.0) == Odds()


def test_few_clients_are_pulled_towards_nothing_and_more_are_pulled_less() -> None:
    distance = [abs(found.a) + abs(found.b - 1.0) for found in (learned(n, -1.5, 0.3) for n in (5, 40, 5000))]
    assert 0.0 < distance[0] < distance[1] < distance[2]


def test_the_pull_is_that_of_its_definition() -> None:
    """At the minimum the slope of the weighted loss balances the pull."""
    p, event = invented(80, -1.0, 0.5)
    weight = np.linspace(0.2, 1.5, 80)
    found = learn_odds(p, event, weight)
    gap = weight * (found.corrected(p) - event)
    balance = [gap.sum() + PULL * found.a, gap @ logit(p) + PULL * (found.b - 1.0)]
    assert_allclose(balance, 0.0, atol=2e-3)


def test_a_weight_of_two_is_the_client_twice() -> None:
    p, event = invented(60, -1.0, 0.5)
    double, twice = (
        learn_odds(p, event, np.full(60, 2.0)),
        learn_odds(np.r_[p, p], np.r_[event, event], np.ones(120)),
    )
    assert double.a == pytest.approx(twice.a, abs=1e-4)
    assert double.b == pytest.approx(twice.b, abs=1e-4)


def test_odds_that_point_the_wrong_way_are_ignored_rather_than_turned_round() -> None:
    found = learned(5000, 0.3, -1.0)
    assert found.b == 0.0
    assert len(set(found.corrected(np.array([0.1, 0.5, 0.9])).tolist())) == 1


def test_a_method_that_is_sure_and_wrong_does_not_make_the_odds_endless() -> None:
    found = learn_odds(np.array([0.0, 1.0] * 50), np.array([True, False] * 50), np.ones(100))
    assert np.isfinite([found.a, found.b]).all()
