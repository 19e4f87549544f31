"""The correction that cross-fitting learned: a shift, a spread, and a map that keeps the order."""

from dataclasses import fields
from math import exp, log1p

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcourse.course.basis import Basis
from midcourse.course.batch import OwnMany, SeenMany, corrected_many, features_many, mapped_many, own_many
from midcourse.course.cell_likelihood import KNOTS
from midcourse.course.course import Course, Form
from midcourse.course.forecast import Seen, own_of, seen
from midcourse.course.observed import Observed
from midcourse.course.recalibration import FEATURES, STEEPEST, Own, Recalibration, features

none = (0.0,) * FEATURES
OWN = Own(first=18.0, latest=12.0, average=16.0, slope=-3.0, later=4)


def recalibration(low: tuple[float, ...] = KNOTS, high: tuple[float, ...] = KNOTS) -> Recalibration:
    return Recalibration(
        shift=tuple(0.1 * (-0.7) ** i for i in range(FEATURES)),
        spread=tuple(-0.05 * (-0.8) ** i for i in range(FEATURES)),
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


def test_a_correction_depends_on_the_forecast_its_horizon_and_the_clients_own_scores() -> None:
    a, h, n = (15.0 - 11.0) / 8.0, log1p(3.0), log1p(4)
    first, moved, average, slope = (18 - 11) / 8, (12 - 15) / 8, (16 - 15) / 8, -3 / 8
    assert features(15.0, 4.0, 3.0, OWN, 11.0, 8.0) == pytest.approx(
        (1.0, a, a**2, a**3, 0.5, h, a * h, 0.5 * h, first, first * h, moved, moved * h, moved * n, n, n * h)
        + (average, average * h, slope, slope * h)
    )
    assert len(features(1, 1, 1, OWN, 1, 1)) == FEATURES
    assert features(15.0, 4.0, -1.0, OWN, 11.0, 8.0)[5] == 0.0  # a time that has passed is no horizon


def test_two_scores_a_day_apart_cannot_decide_everything() -> None:
    steep = Own(18.0, 12.0, 16.0, -5000.0, 1)
    assert features(15.0, 4.0, 3.0, steep, 11.0, 8.0)[-2] == -STEEPEST


def test_nothing_learned_changes_nothing() -> None:
    same = Recalibration(none, none, 0.0, 1.0, (0.0, 1.0), (0.0, 1.0), (0.0, 1.0), (0.0, 1.0), 100)
    assert same.corrected(12.0, 3.0, 2.0, OWN) == (12.0, 3.0)
    assert [same.mapped(p, 0.3) for p in (0.0, 0.2, 0.77, 1.0)] == pytest.approx([0.0, 0.2, 0.77, 1.0])


def test_the_shift_counts_in_sds_and_the_spread_multiplies_the_sd() -> None:
    one = recalibration()
    x = features(15.0, 4.0, 3.0, OWN, 11.0, 8.0)
    mean, sd = one.corrected(15.0, 4.0, 3.0, OWN)
    assert mean == pytest.approx(15.0 + 4.0 * np.dot(one.shift, x))
    assert sd == pytest.approx(4.0 * exp(np.dot(one.spread, x)))


@pytest.mark.parametrize(("spread", "factor"), [(50.0, exp(1.5)), (-50.0, exp(-1.5))])
def test_an_sd_is_never_changed_beyond_all_sense(spread: float, factor: float) -> None:
    wild = Recalibration(
        none, (spread, *none[1:]), 0.0, 1.0, (0.0, 1.0), (0.0, 1.0), (0.0, 1.0), (0.0, 1.0), 100
    )
    assert wild.corrected(12.0, 3.0, 2.0, OWN)[1] == pytest.approx(3.0 * factor)


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
    own = OwnMany(*(np.full(len(ps), float(value)) for value in (18.0, 12.0, 16.0, -3.0, 4)))
    m, s = corrected_many(one, np.full(len(ps), mean), sds, ahead, own)
    for i, pair in enumerate(zip(m, s, strict=True)):
        assert pair == pytest.approx(one.corrected(mean, float(sds[i]), float(ahead[i]), OWN), abs=1e-9)
    x = features_many(np.full(len(ps), mean), sds, ahead, own, 11.0, 8.0)
    assert x[0] == pytest.approx(features(mean, float(sds[0]), float(ahead[0]), OWN, 11.0, 8.0))


@pytest.mark.parametrize("form", ["intake once", "all scores"])
@pytest.mark.parametrize("basis", [Basis("ln", "week"), Basis("sqrt", "session"), Basis("ln", "session", 1)])
@pytest.mark.parametrize("count", [1, 2, 5])
def test_what_a_correction_knows_of_own_scores_is_their_plain_average_and_line(
    form: Form, basis: Basis, count: int
) -> None:
    course = Course("x", basis, form, 14.0, (), 12.0)
    start = 1.0 if basis.axis == "session" else 0.0
    person = Observed("a", tuple(start + t for t in (0.0, 1.0, 2.5, 4.0, 9.0)), (16.0, 15.0, 17.0, 11.0, 8.0))
    person = person.up_to(count)
    found = own_of(course, seen(course, person), 99.0)
    x, y = [basis.columns(t)[1] for t in person.times], person.scores
    slope = np.polyfit(x, y, 1)[0] if count > 1 and basis.q > 1 else 0.0
    assert (found.first, found.latest, found.later) == (16.0, y[-1], count - 1)
    assert found.average == pytest.approx(np.mean(y))
    assert found.slope == pytest.approx(slope, abs=1e-9)


def test_before_the_first_score_is_an_outcome_nothing_of_it_is_known() -> None:
    """Else a forecast of the first score would be told the first score."""
    course = Course("x", Basis("ln", "week"), "all scores", 0.0, (), 12.0)
    nothing = Seen(16.0, 0.0, 0, [[0.0, 0.0]] * 2, [[0.0, 0.0]] * 2, [0.0, 0.0], 16.0)
    assert own_of(course, nothing, 13.0) == Own(13.0, 13.0, 13.0, 0.0, 0)
    many = SeenMany(*(np.array([getattr(nothing, one.name)], dtype=float) for one in fields(SeenMany)))
    found = own_many(course, many, np.array([13.0]))
    assert [getattr(found, one.name)[0] for one in fields(found)] == [13.0, 13.0, 13.0, 0.0, 0.0]


@pytest.mark.parametrize("short", [(none[1:], none), (none, none[1:])])
def test_coefficients_of_another_version_are_refused(short: tuple[tuple[float, ...], ...]) -> None:
    with pytest.raises(ValueError, match="fit it again"):
        Recalibration(*short, 0.0, 1.0, (0.0, 1.0), (0.0, 1.0), (0.0, 1.0), (0.0, 1.0), 100)


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
