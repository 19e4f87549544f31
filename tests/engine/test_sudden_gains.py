"""Sudden gains and losses, held against the slow, obvious version of the three criteria."""

import math
from statistics import mean, variance

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from midcourse.measures.sudden_gains import (
    Criteria,
    Kind,
    critical_t,
    is_sudden,
    sudden_changes,
    summarise,
)

SEVEN = Criteria(points=7)
ANYTHING = st.lists(st.none() | st.integers(0, 63).map(float), min_size=2, max_size=14)
# Two plateaus with little noise, so that sudden changes are not rare.
PLATEAUS = st.tuples(
    st.integers(0, 60),
    st.integers(0, 60),
    st.lists(st.none() | st.integers(0, 3), min_size=4, max_size=12),
).map(
    lambda drawn: [
        None if noise is None else float(drawn[i >= len(drawn[2]) // 2] + noise)
        for i, noise in enumerate(drawn[2])
    ]
)
SESSIONS = ANYTHING | PLATEAUS


def slowly(scores, before, criteria, higher_is_better, kind):
    """The three criteria one after the other, on scores turned so that a wanted jump is a fall."""
    turn = -1 if higher_is_better else 1
    turn = -turn if kind is Kind.LOSS else turn
    turned = [None if score is None else turn * score for score in scores]
    pre = [turned[i] for i in (before - 2, before - 1, before) if i >= 0 and turned[i] is not None]
    post = [
        turned[i] for i in (before + 1, before + 2, before + 3) if i < len(turned) and turned[i] is not None
    ]
    x, y = turned[before], turned[before + 1]
    if x is None or y is None or len(pre) < 2 or len(post) < 2:
        return None
    first = x - y >= criteria.points
    second = x - y >= criteria.share * abs(x)
    df = len(pre) + len(post) - 2
    pooled = ((len(pre) - 1) * variance(pre) + (len(post) - 1) * variance(post)) / df
    # Where the two sides of the third criterion are equal to rounding, either answer is right.
    edge = stats.t.ppf(1 - criteria.alpha / 2, df) * math.sqrt(pooled)
    gap = mean(pre) - mean(post)
    if math.isclose(gap, edge, rel_tol=1e-9):
        return "either"
    return first and second and gap > edge


@settings(deadline=None)
@given(SESSIONS, st.booleans(), st.sampled_from(Kind), st.sampled_from([0.01, 0.05, 0.2]))
def test_the_quick_version_says_what_the_slow_one_says(scores, higher, kind, alpha):
    criteria = Criteria(points=7, alpha=alpha)
    for before in range(len(scores) - 1):
        expected = slowly(scores, before, criteria, higher, kind)
        found = is_sudden(scores, before, criteria, higher_is_better=higher, kind=kind)
        assert expected == "either" or found == expected


@settings(deadline=None)
@given(SESSIONS)
def test_a_loss_is_a_gain_where_the_other_way_is_better(scores):
    gains = sudden_changes(scores, SEVEN, higher_is_better=False)
    losses = sudden_changes(scores, SEVEN, higher_is_better=True, kind=Kind.LOSS)
    assert [(g.before, g.magnitude, g.reversed) for g in gains] == [
        (loss.before, loss.magnitude, loss.reversed) for loss in losses
    ]


@settings(deadline=None)
@given(SESSIONS)
def test_mirrored_scores_have_the_same_sudden_gains_in_the_other_direction(scores):
    mirrored = [None if score is None else -score for score in scores]
    plain = sudden_changes(scores, SEVEN, higher_is_better=False)
    other = sudden_changes(mirrored, SEVEN, higher_is_better=True)
    assert [(g.before, g.magnitude, g.reversed) for g in plain] == [
        (g.before, g.magnitude, g.reversed) for g in other
    ]


@pytest.mark.parametrize("df", [2, 3, 4])
@pytest.mark.parametrize("alpha", [0.001, 0.01, 0.05, 0.1, 0.5, 0.9])
def test_critical_values_agree_with_a_statistics_library(alpha, df):
    assert critical_t(alpha, df) == pytest.approx(stats.t.ppf(1 - alpha / 2, df), rel=1e-10)


def test_other_degrees_of_freedom_cannot_occur_and_are_refused():
    with pytest.raises(KeyError):
        critical_t(0.05, 5)


def test_a_jump_of_exactly_the_points_and_exactly_the_share_counts():
    assert is_sudden([28, 28, 21, 21], 1, SEVEN, higher_is_better=False) is True
    assert is_sudden([28, 28, 21.1, 21.1], 1, SEVEN, higher_is_better=False) is False
    assert is_sudden([29, 29, 22, 22], 1, SEVEN, higher_is_better=False) is False


def test_a_quarter_of_a_score_below_0_is_a_quarter_of_its_size():
    scores = [-40.0, -40.0, -32.0, -32.0]
    assert is_sudden(scores, 1, SEVEN, higher_is_better=True) is False
    assert is_sudden(scores, 1, Criteria(7, share=0.2), higher_is_better=True) is True


def test_the_very_next_score_can_reverse_a_gain():
    back_at_once = sudden_changes([30, 30, 30, 20, 26, 20], SEVEN, higher_is_better=False)
    assert [(gain.before, gain.reversed) for gain in back_at_once] == [(2, True)]


def test_the_ends_of_a_course_are_too_close_to_tell():
    scores = [30.0, 20.0, 20.0, 10.0]
    assert is_sudden(scores, 0, SEVEN, higher_is_better=False) is None
    assert is_sudden(scores, 2, SEVEN, higher_is_better=False) is None


@pytest.mark.parametrize("before", [-1, 3, 4])
def test_there_is_no_jump_beyond_the_last_session(before):
    with pytest.raises(IndexError, match="no session after"):
        is_sudden([1.0, 2.0, 3.0, 4.0], before, SEVEN, higher_is_better=False)


def test_a_gain_is_reversed_when_more_than_half_of_it_is_given_back():
    half = sudden_changes([30, 30, 20, 20, 25], SEVEN, higher_is_better=False)
    more = sudden_changes([30, 30, 20, 20, None, 26, 10], SEVEN, higher_is_better=False)
    assert [gain.reversed for gain in half] == [False]
    assert [gain.reversed for gain in more] == [True]
    assert (more[0].before, more[0].score_before, more[0].score_after) == (1, 30, 20)


def test_a_loss_is_reversed_when_more_than_half_of_it_is_made_up():
    made_up = sudden_changes([20, 20, 30, 30, None, 24], SEVEN, higher_is_better=False, kind=Kind.LOSS)
    assert [(loss.magnitude, loss.reversed) for loss in made_up] == [(10, True)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"points": 0},
        {"points": math.nan},
        {"points": 7, "share": -0.1},
        {"points": 7, "alpha": 0},
        {"points": 7, "alpha": 1},
    ],
)
def test_criteria_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError):
        Criteria(**wrong)


def test_a_group_without_a_gain_has_no_magnitude_and_no_share_of_reversals():
    found = summarise({"A": ()})
    assert found.magnitude == (None, None)
    assert found.share_reversed is None
    assert found.share_first_reversed is None
    assert found.share_from_people_with_several is None
    assert found.share_of_people == 0
    assert summarise({}).share_of_people is None
    assert summarise({}).share_of_people_with_several is None


def test_one_gain_has_a_magnitude_and_no_spread_of_magnitudes():
    one = sudden_changes([30, 30, 20, 20], SEVEN, higher_is_better=False)
    assert summarise({"A": one, "B": ()}).magnitude == (10, None)
