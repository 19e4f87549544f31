"""The correction that cross-fitting learned: a shift, a spread, and a map that keeps the order."""

from math import exp, log1p

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcourse.course.batch import corrected_many, features_many, mapped_many
from midcourse.course.cell_likelihood import KNOTS
from midcourse.course.recalibration import FEATURES, Recalibration, features

none = (0.0,) * FEATURES


def recalibration(low: tuple[float, ...] = KNOTS, high: tuple[float, ...] = KNOTS) -> Recalibration:
    return Recalibration(
        shift=(0.1, -0.2, 0.05, 0.01, 0.3, -0.1),
        spread=(-0.1, 0.3, 0.02, -0.01, 0.2, 0.05),
        middle=11.0,
        width=8.0,
        knots=KNOTS,
        low=low,
        high=high,
        blend=(6.0, 14.0),
        clients=120,
    )


@st.composite
def maps(draw: st.DrawFn) -> tuple[float, ...]:
    inside = draw(st.lists(st.floats(0, 1), min_size=len(KNOTS) - 2, max_size=len(KNOTS) - 2))
    return (0.0, *sorted(inside), 1.0)


def test_a_correction_depends_on_predicted_score_predicted_sd_and_horizon() -> None:
    a = (15.0 - 11.0) / 8.0
    assert features(15.0, 4.0, 3.0, 11.0, 8.0) == (1.0, a, a * a, a * a * a, 0.5, log1p(3.0))
    assert len(features(1, 1, 1, 1, 1)) == FEATURES
    assert features(15.0, 4.0, -1.0, 11.0, 8.0)[-1] == 0.0


def test_nothing_learned_changes_nothing() -> None:
    same = Recalibration(none, none, 0.0, 1.0, (0.0, 1.0), (0.0, 1.0), (0.0, 1.0), (0.0, 1.0), 100)
    assert same.corrected(12.0, 3.0, 2.0) == (12.0, 3.0)
    assert [same.mapped(p, 0.3) for p in (0.0, 0.2, 0.77, 1.0)] == pytest.approx([0.0, 0.2, 0.77, 1.0])


def test_the_shift_counts_in_sds_and_the_spread_multiplies_the_sd() -> None:
    one = recalibration()
    x = features(15.0, 4.0, 3.0, 11.0, 8.0)
    mean, sd = one.corrected(15.0, 4.0, 3.0)
    assert mean == pytest.approx(15.0 + 4.0 * np.dot(one.shift, x))
    assert sd == pytest.approx(4.0 * exp(np.dot(one.spread, x)))


@pytest.mark.parametrize(("spread", "factor"), [(50.0, exp(1.5)), (-50.0, exp(-1.5))])
def test_an_sd_is_never_changed_beyond_all_sense(spread: float, factor: float) -> None:
    wild = Recalibration(
        none, (spread, *none[1:]), 0.0, 1.0, (0.0, 1.0), (0.0, 1.0), (0.0, 1.0), (0.0, 1.0), 100
    )
    assert wild.corrected(12.0, 3.0, 2.0)[1] == pytest.approx(3.0 * factor)


@given(maps(), maps(), st.lists(st.floats(-0.1, 1.1), min_size=2, max_size=10), st.floats(-5, 32))
def test_the_map_keeps_probabilities_in_order_and_between_0_and_1(
    low: tuple[float, ...], high: tuple[float, ...], ps: list[float], mean: float
) -> None:
    one = recalibration(low, high)
    found = [one.mapped(p, one.share(mean)) for p in sorted(ps)]
    assert all(a <= b + 1e-12 for a, b in zip(found, found[1:], strict=False))
    assert all(0.0 <= p <= 1.0 for p in found)


@given(maps(), maps(), st.lists(st.floats(0, 1), min_size=1, max_size=10), st.floats(-5, 32))
def test_many_corrections_at_once_are_each_correction(
    low: tuple[float, ...], high: tuple[float, ...], ps: list[float], mean: float
) -> None:
    one = recalibration(low, high)
    many = mapped_many(one, np.array(ps), np.full(len(ps), mean))
    np.testing.assert_allclose(many, [one.mapped(p, one.share(mean)) for p in ps], atol=1e-12)
    sds, ahead = np.linspace(1, 9, len(ps)), np.linspace(-1, 20, len(ps))
    m, s = corrected_many(one, np.full(len(ps), mean), sds, ahead)
    for i, pair in enumerate(zip(m, s, strict=True)):
        assert pair == pytest.approx(one.corrected(mean, float(sds[i]), float(ahead[i])), abs=1e-9)
    x = features_many(np.full(len(ps), mean), sds, ahead, 11.0, 8.0)
    assert x[0] == pytest.approx(features(mean, float(sds[0]), float(ahead[0]), 11.0, 8.0))


def test_the_upper_map_takes_over_as_the_predicted_score_rises() -> None:
    low, high = (0.0, *(p / 2 for p in KNOTS[1:-1]), 1.0), (0.0, *((1 + p) / 2 for p in KNOTS[1:-1]), 1.0)
    one = recalibration(low, high)
    assert [one.share(mean) for mean in (2.0, 6.0, 10.0, 14.0, 30.0)] == [0.0, 0.0, 0.5, 1.0, 1.0]
    assert [one.mapped(0.4, share) for share in (0.0, 0.5, 1.0)] == pytest.approx([0.2, 0.45, 0.7])


@pytest.mark.parametrize(
    "line",
    [(0.0,), (0.1, 1.0), (0.0, 0.9), (0.0, 0.7, 0.6, 1.0), (0.0, float("nan"), 1.0)],
)
@pytest.mark.parametrize("where", ["knots", "low", "high"])
def test_a_map_that_does_not_rise_from_0_to_1_is_refused(line: tuple[float, ...], where: str) -> None:
    lines = {"knots": (0.0, 1.0), "low": (0.0, 1.0), "high": (0.0, 1.0), where: line}
    with pytest.raises(ValueError, match="must rise from 0 to 1"):
        Recalibration(none, none, 0.0, 1.0, blend=(0.0, 1.0), clients=100, **lines)
