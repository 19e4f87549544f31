"""Whatever the clients, these hold of the mixed model: held on invented ones, drawn anew."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from midcourse.course.fit import Unconverged, fit_sums
from midcourse.course.joined import join
from midcourse.course.likelihood import evaluate
from midcourse.course.moments import Sums
from tests.engine.mixed_model_by_definition import Invented, by_definition, invented

FEW = settings(max_examples=25)
METHODS = st.sampled_from(["REML", "ML"])


@st.composite
def clinics(draw, weighted: bool | None = None, levels: int | None = None) -> Invented:
    """Return 8 to 16 invented clients, with or without therapists."""
    three = draw(st.booleans()) if levels is None else levels == 3
    return invented(
        draw(st.integers(0, 10_000)),
        clients=draw(st.integers(8, 16)),
        q=draw(st.integers(1, 3)),
        therapists=draw(st.integers(1, 4)) if three else 0,
        shared=draw(st.booleans()),
        weighted=draw(st.booleans()) if weighted is None else weighted,
    )


@st.composite
def thetas(draw, data: Invented) -> np.ndarray:
    """Return a theta of the right length; any entry may be exactly zero."""
    q = data.z.shape[1]
    size = q * (q + 1) // 2 * (1 if data.therapist is None else 2)
    entry = st.one_of(st.just(0.0), st.floats(-2.0, 2.0, allow_subnormal=False))
    return np.array(draw(st.lists(entry, min_size=size, max_size=size)))


def same(one: Sums, other: Sums, theta: np.ndarray, method) -> None:
    first, second = evaluate(one, theta, method), evaluate(other, theta, method)
    assert first.criterion == pytest.approx(second.criterion, rel=1e-10)
    assert first.beta == pytest.approx(second.beta, rel=1e-6, abs=1e-8)
    scale = max(1.0, float(np.abs(second.gradient).max()))
    assert first.gradient == pytest.approx(second.gradient, abs=1e-8 * scale)


@FEW
@given(st.data(), clinics(), METHODS)
def test_the_criterion_is_that_of_the_definition(data, clinic, method):
    theta = data.draw(thetas(clinic))
    slow = by_definition(clinic, theta, method)
    ours = evaluate(clinic.sums(), theta, method)
    assert ours.criterion == pytest.approx(slow.criterion, rel=1e-10)
    assert ours.beta == pytest.approx(slow.beta, rel=1e-6, abs=1e-8)


@FEW
@given(st.data(), clinics(), METHODS)
def test_patterns_shared_or_person_by_person_is_the_same(data, clinic, method):
    same(clinic.sums(True), clinic.sums(False), data.draw(thetas(clinic)), method)


@FEW
@given(st.data(), clinics(), METHODS)
def test_the_order_of_clients_does_not_matter(data, clinic, method):
    order = data.draw(st.permutations(range(len(clinic.weight))))
    same(clinic.picked(order).sums(), clinic.sums(), data.draw(thetas(clinic)), method)


@FEW
@given(st.data(), clinics(weighted=False), METHODS)
def test_an_integer_weight_is_that_many_copies(data, clinic, method):
    n = len(clinic.weight)
    copies = data.draw(st.lists(st.integers(1, 3), min_size=n, max_size=n))
    weighted = Invented(
        clinic.client, clinic.x, clinic.z, clinic.y, np.array(copies, dtype=float), clinic.therapist
    )
    copied = clinic.picked([number for number in range(n) for _ in range(copies[number])])
    same(weighted.sums(), copied.sums(), data.draw(thetas(clinic)), method)


@FEW
@given(st.data(), clinics(levels=2), METHODS)
def test_sums_of_two_halves_are_the_sums_of_the_whole(data, clinic, method):
    cut = data.draw(st.integers(1, len(clinic.weight) - 1))
    numbers = list(range(len(clinic.weight)))
    halves = [clinic.picked(part).sums(data.draw(st.booleans())) for part in (numbers[:cut], numbers[cut:])]
    same(join(*halves), clinic.sums(), data.draw(thetas(clinic)), method)


@settings(max_examples=15)
@given(clinics(), METHODS)
def test_a_fit_that_is_not_refused_is_at_a_minimum(clinic, method):
    try:
        fit = fit_sums(clinic.sums(), method)
    except Unconverged:
        assume(False)
        return
    assert fit.decrement < 1e-8
    for move in 1e-3 * np.eye(len(fit.theta)):
        assert evaluate(clinic.sums(), fit.theta + move, method).criterion >= fit.criterion - 1e-8
        assert evaluate(clinic.sums(), fit.theta - move, method).criterion >= fit.criterion - 1e-8


@settings(max_examples=15)
@given(st.data(), clinics(levels=2), METHODS)
def test_points_of_another_size_change_the_fit_as_they_must(data, clinic, method):
    size = data.draw(st.sampled_from([0.01, 0.5, 3.0, 100.0]))
    larger = Invented(clinic.client, clinic.x, clinic.z, clinic.y * size, clinic.weight, None)
    try:
        one, other = fit_sums(clinic.sums(), method), fit_sums(larger.sums(), method)
    except Unconverged:
        assume(False)
        return
    # log|scale|: the criterion moves by a constant, the estimates by the size.
    nu = one.n - (len(one.beta) if method == "REML" else 0)
    assert other.criterion - 2 * nu * np.log(size) == pytest.approx(one.criterion, abs=1e-6)
    assert other.beta == pytest.approx(one.beta * size, rel=1e-4, abs=1e-5 * size)
