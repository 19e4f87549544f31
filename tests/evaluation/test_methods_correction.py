"""Corrections of forecasts: none where none is learned, better where the forecasts were wrong."""

from dataclasses import fields, replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.stats import norm

from midcourse.course.cell_likelihood import KNOTS
from midcourse.evaluation.methods.correction import Correction, Forecasts, distribution, learn_correction

VALUES = 28  # scores of 0 to 27
EDGES = np.concatenate([[-np.inf], np.arange(0.5, 27.0), [np.inf]])
NONE = np.zeros(9)
Invented = tuple[Forecasts, np.ndarray]


def invented(clients: int = 600, seed: int = 0, *, skewed: bool = True) -> Invented:
    """Forecasts with an SD of 3, and the places of the scores that came: skewed to the right, or as said."""
    draw = np.random.RandomState(seed)
    mean = draw.uniform(1.0, 24.0, clients)
    noise = 2.5 * (draw.gamma(1.2, 1.0, clients) - 1.6) if skewed else 3.0 * draw.standard_normal(clients)
    found = Forecasts(
        mean=mean,
        sd=np.full(clients, 3.0) + draw.uniform(-0.2, 0.2, clients),
        intake=mean + draw.normal(3.0, 3.0, clients),
        latest=mean + draw.normal(1.0, 2.0, clients),
        ahead=np.log1p(draw.randint(1, 9, clients)),
        seen=np.log1p(draw.randint(1, 6, clients)),
        edges=EDGES,
    )
    return found, np.clip(np.round(mean + noise), 0, 27).astype(np.intp)


def learned(data: Invented) -> Correction:
    found, cell = data
    return learn_correction(found, cell, np.ones(len(cell)))


def log_score(data: Invented, correction: Correction | None) -> float:
    found, cell = data
    chance = np.diff(distribution(found, correction), prepend=0.0, axis=1)[np.arange(len(cell)), cell]
    return float(-np.log(np.maximum(chance, 1e-12)).mean())


@pytest.fixture(scope="module")
def skewed() -> Correction:
    return learned(invented())


def test_without_a_correction_a_value_has_the_normal_chance_of_its_cell() -> None:
    found, _ = invented(5)
    cdf = distribution(found, None)
    for row, mean, sd in zip(cdf, found.mean, found.sd, strict=True):
        assert_allclose(row[:-1], norm.cdf((np.arange(27) + 0.5 - mean) / sd), rtol=1e-12)
    assert_array_equal(cdf[:, -1], 1.0)


def test_a_correction_of_nothing_says_the_same() -> None:
    found, _ = invented(50)
    nothing = Correction(10.0, 8.0, NONE, NONE, tuple(KNOTS), tuple(KNOTS), (5.0, 15.0))
    mean, sd = nothing.corrected(found)
    assert_array_equal(mean, found.mean)
    assert_array_equal(sd, found.sd)
    assert_allclose(distribution(found, nothing), distribution(found, None), atol=1e-12)


def test_a_learned_correction_says_more_of_scores_it_has_not_seen(skewed: Correction) -> None:
    held_out = invented(600, seed=1)
    assert log_score(held_out, skewed) < log_score(held_out, None) - 0.03


def test_both_the_moments_and_the_shape_are_needed_for_that(skewed: Correction) -> None:
    held_out = invented(600, seed=1)
    moments_only = replace(skewed, low=tuple(KNOTS), high=tuple(KNOTS))
    both, one, neither = (log_score(held_out, c) for c in (skewed, moments_only, None))
    assert both < one < neither


def test_right_forecasts_are_hardly_corrected() -> None:
    right, held_out = learned(invented(skewed=False)), invented(600, seed=1, skewed=False)
    assert log_score(held_out, right) == pytest.approx(log_score(held_out, None), abs=0.03)


def test_forecasts_half_as_wide_as_they_should_be_are_widened() -> None:
    found, cell = invented(skewed=False)
    narrow = replace(found, sd=found.sd / 2)
    _, sd = learned((narrow, cell)).corrected(narrow)
    assert float(np.median(sd / found.sd)) == pytest.approx(1.0, abs=0.12)


def test_the_maps_rise_from_0_to_1(skewed: Correction) -> None:
    for line in (skewed.low, skewed.high):
        assert (line[0], line[-1], len(line)) == (0.0, 1.0, len(KNOTS))
        assert (np.diff(line) >= 0).all()


def test_a_corrected_distribution_still_rises_to_1(skewed: Correction) -> None:
    cdf = distribution(invented(300, seed=4)[0], skewed)
    assert cdf.shape == (300, VALUES)
    assert (np.diff(cdf, axis=1) >= -1e-12).all() and (cdf >= 0).all()
    assert_allclose(cdf[:, -1], 1.0)


def test_the_share_of_the_upper_map_rises_from_none_to_all_over_the_blend(skewed: Correction) -> None:
    start, end = skewed.blend
    assert start < end
    share = skewed.share(np.array([start - 5.0, start, (start + end) / 2, end, end + 5.0]))
    assert_allclose(share, [0.0, 0.0, 0.5, 1.0, 1.0])


def test_each_end_of_the_blend_uses_its_own_map(skewed: Correction) -> None:
    found, _ = invented(1)
    for mean, line in ((-50.0, skewed.low), (60.0, skewed.high)):
        away = replace(found, mean=np.array([mean]), intake=np.array([mean]), latest=np.array([mean]))
        m, s = skewed.corrected(away)
        plain = norm.cdf((EDGES[1:] - m) / s)
        assert_allclose(distribution(away, skewed)[0], np.interp(plain, KNOTS, line), atol=1e-12)


def test_no_correction_makes_a_forecast_wildly_wide(skewed: Correction) -> None:
    found, _ = invented(20)
    wild = replace(skewed, spread=np.full(9, 50.0))
    assert (wild.corrected(found)[1] <= 4.5 * found.sd).all()


def test_what_a_correction_may_depend_on_is_what_was_known_at_the_time() -> None:
    found, _ = invented(30)
    plain = found.features(10.0, 8.0)
    assert plain.shape == (30, 9)
    assert_array_equal(plain[:, 0], 1.0)
    known = [field.name for field in fields(Forecasts) if field.name != "edges"]
    for name in known:
        moved = replace(found, **{name: getattr(found, name) + 1.0}).features(10.0, 8.0)
        assert not np.allclose(moved, plain), name


def test_forecasts_that_are_all_the_same_break_nothing() -> None:
    found, cell = invented(40)
    flat = replace(found, mean=np.full(40, 9.0))
    cdf = distribution(flat, learned((flat, cell)))
    assert np.isfinite(cdf).all()
