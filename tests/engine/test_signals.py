"""The policy in force, rule by rule, in both directions and exactly at its bounds.

Of the course in `known_course`, after scores that sum to S beyond an intake of 15 (n of them), the last
score is normal with mean 12 + 4 (S - 12 n) / (5 + 4 n) and variance 5 + 20 / (5 + 4 n).
"""

from dataclasses import replace
from math import erf, sqrt

import pytest

from midcourse.signals import State, decide, sentence
from midcourse.signals.chance import chance_of, horizon_of
from midcourse.signals.policy import Signal
from midcourse.signals.silence import Silence, silence_of
from midcourse.signals.two_stage import DEFAULT, RULE_VERSION
from tests.engine.known_course import ASSUMED, COURSE, HIGH, LOW, MIRRORED, scores_of

BOTH_WAYS = pytest.mark.parametrize("mirrored", [False, True], ids=["higher is worse", "higher is better"])


def signal_of(*values, mirrored=False, course=COURSE, silence=None):
    scale = HIGH if mirrored else LOW
    if course is COURSE and mirrored:
        course = MIRRORED
    return decide(scores_of(*values, mirrored=mirrored), course, scale, silence)


def by_hand(*later):
    """The chance that the last score is above 9, six points below an intake of 15 (whole numbers)."""
    n, extra = len(later), sum(later) - 12 * len(later)
    mean, variance = 12 + 4 * extra / (5 + 4 * n), 5 + 20 / (5 + 4 * n)
    return 1 - 0.5 * (1 + erf((9.5 - mean) / sqrt(2 * variance)))


@pytest.mark.need("S2-04", "S3-13", by="midcourse review")
@BOTH_WAYS
def test_a_change_for_the_worse_of_exactly_the_reliable_change_is_reliably_worse(mirrored):
    assert signal_of(15, 21, mirrored=mirrored).state is State.RELIABLY_WORSE
    assert signal_of(15, 15, 20, mirrored=mirrored).state is State.OFF_COURSE


@BOTH_WAYS
def test_a_reliable_improvement_past_the_cut_off_has_reached_the_goal(mirrored):
    assert signal_of(15, 9, mirrored=mirrored).state is State.REACHED_GOAL
    assert signal_of(10, 4, mirrored=mirrored).state is State.REACHED_GOAL


@BOTH_WAYS
def test_one_score_is_too_early_whatever_it_is(mirrored):
    assert signal_of(27, mirrored=mirrored).state is State.TOO_EARLY
    assert signal_of(0, mirrored=mirrored, course=None).state is State.TOO_EARLY


@BOTH_WAYS
def test_a_first_score_without_room_for_reliable_improvement_gets_no_chance(mirrored):
    assert signal_of(5, 5, 6, mirrored=mirrored).state is State.NOT_COMPUTED
    assert signal_of(6, 6, 7, mirrored=mirrored).state is not State.NOT_COMPUTED
    assert signal_of(5, 11, mirrored=mirrored).state is State.RELIABLY_WORSE


@pytest.mark.need("S3-03", by="midcourse review")
def test_without_an_expected_course_nothing_is_computed_but_plain_change():
    assert signal_of(15, 14, course=None).state is State.NOT_COMPUTED
    assert signal_of(15, 21, course=None).state is State.RELIABLY_WORSE
    assert signal_of(15, 9, course=None).state is State.REACHED_GOAL


@BOTH_WAYS
def test_the_chance_is_that_of_the_last_score_from_the_record_so_far(mirrored):
    found = signal_of(15, 14, 16, mirrored=mirrored)
    assert found.now.no_improvement == pytest.approx(by_hand(14, 16), abs=1e-12)
    assert found.before.no_improvement == pytest.approx(by_hand(14), abs=1e-12)
    assert found.now.horizon == found.before.horizon == 12.0


@pytest.mark.need("S3-02", by="midcourse review")
@BOTH_WAYS
def test_a_high_chance_seen_once_is_soft_and_seen_twice_firm(mirrored):
    assert by_hand(17) > DEFAULT.firm
    assert signal_of(15, 17, mirrored=mirrored).state is State.DRIFTING
    assert signal_of(15, 17, 17, mirrored=mirrored).state is State.OFF_COURSE


def test_a_low_chance_is_on_course():
    patient = replace(LOW, reliable_change=replace(LOW.reliable_change, points=3))
    assert decide(scores_of(15, 12, 11), COURSE, patient).state is State.ON_COURSE


def test_one_bad_week_after_a_good_one_is_a_soft_notice():
    patient = replace(LOW, reliable_change=replace(LOW.reliable_change, points=4), caseness=None)
    found = decide(scores_of(15, 8, 17), COURSE, patient)
    assert found.before.no_improvement < DEFAULT.soft <= found.now.no_improvement
    assert found.state is State.DRIFTING


def test_the_end_in_sight_is_the_usual_one_or_a_little_after_the_latest_score():
    assert horizon_of(COURSE, scores_of(15, 14)) == 12.0
    assert horizon_of(COURSE, scores_of(*[15] * 14)) == 15.0
    week = replace(COURSE, basis=replace(COURSE.basis, axis="week"))
    assert horizon_of(week, scores_of(*[15] * 14)) == 16.0


def test_an_assumed_reference_never_gives_a_firm_signal_and_says_the_smaller_chance_of_its_ends():
    found = signal_of(15, 20, 20, course=ASSUMED)
    assert found.state is State.DRIFTING
    ends = [
        chance_of(scores_of(15, 20, 20), replace(COURSE, parts=((1.0, part),)), LOW)
        for _, part in ASSUMED.parts
    ]
    assert found.now == min(ends, key=lambda end: end.no_improvement)
    assert found.assumed


def test_an_assumed_reference_does_not_hide_what_plain_change_says():
    assert signal_of(15, 15, 21, course=ASSUMED).state is State.RELIABLY_WORSE


def test_without_a_reliable_change_no_chance_can_be_said():
    bare = replace(LOW, reliable_change=None, caseness=None)
    assert decide(scores_of(15, 15, 27), COURSE, bare).state is State.NOT_COMPUTED


@pytest.mark.parametrize(
    ("days", "gap", "silent"),
    [(28, None, False), (28.5, None, True), (28.5, 7, True), (60, 30, False), (60.5, 30, True)],
)
def test_silence_begins_after_four_weeks_and_after_twice_the_usual_gap(days, gap, silent):
    state = signal_of(15, 15, 21, silence=Silence(days, gap)).state
    assert state is (State.NO_RECENT_DATA if silent else State.RELIABLY_WORSE)


def test_silence_stands_before_one_score_being_too_early():
    assert signal_of(15, silence=Silence(90)).state is State.NO_RECENT_DATA


def test_nobody_is_silent_without_a_day_and_after_the_end_of_therapy():
    assert silence_of([0, 14, 7], 30) == Silence(16, 7)
    assert silence_of([3], 30) == Silence(27)
    assert silence_of([], 30) is silence_of([0, 7], None) is silence_of([0, 7], 30, ended=30) is None
    assert silence_of([0, 7], 30, ended=31) is not None


def test_a_signal_names_its_rule_and_the_limits_it_was_held_against():
    found = signal_of(15, 12, 15)
    assert (found.rule, found.limits) == (RULE_VERSION, DEFAULT)


def said(*values, course=COURSE, scale=LOW, silence=None, axis="session"):
    seen = scores_of(*values)
    return sentence(decide(seen, course, scale, silence), seen, scale, axis)


def test_each_state_says_its_numbers_in_words():
    change = "at least the 6 that count as reliable"
    assert said(15, 21) == f"Low 21 at session 2, first 15. 6 points worse than at the start, {change}."
    goal = f"Low 9 at session 2, first 15. 6 points better, {change}, and now below the cut-off of 10."
    assert said(15, 9) == goal
    assert said(15) == "Low 15 so far. One score is too early to say anything about change."
    many = "Of 100 people like this about"
    at = "are not reliably better at session 12"
    once, twice = f"{100 * by_hand(17):.0f}", f"{100 * by_hand(17, 17):.0f}"
    assert said(15, 17) == (
        f"Low 17 at session 2, first 15. {many} {once} {at}; a soft signal starts at 50 by default, and a "
        "firm one needs two scores in a row."
    )
    assert said(15, 17, 17) == (
        f"Low 17 at session 3, first 15. {many} {twice} {at} ({once} at the score before); a firm signal "
        "starts at 65 with 50 at the score before by default."
    )
    assert said(15, 14, course=None).endswith("No expected course could be computed for it.")
    assert said(10, 9).endswith(
        "two scores in a row. The score is now below the cut-off of 10: it may be good enough as it is."
    )
    assert "good enough" not in said(8, 9)  # below the cut-off, and worse than at first
    assert "good enough" not in said(10, 9, scale=replace(LOW, caseness=None))
    assert said(5, 6).endswith(
        "The first score leaves no room for 6 points of improvement, so only getting worse would be seen."
    )


def test_a_soft_notice_says_the_chance_before_and_a_calm_course_where_signals_start():
    patient = replace(LOW, reliable_change=replace(LOW.reliable_change, points=3))
    soft = said(15, 14, 13, scale=patient)
    assert "at the score before); a soft signal starts at 50 by default." in soft
    assert said(15, 12, 11, scale=patient).endswith("; a soft signal starts at 50 by default.")


def test_an_assumed_course_says_at_least_and_why_it_is_soft():
    text = said(15, 20, 20, course=ASSUMED)
    assert "Of 100 people like this at least" in text
    assert text.endswith("a soft signal starts at 50 by default, and assumed numbers give no firm one.")


def test_a_chance_is_never_said_to_be_sure():
    assert "about more than" not in said(15, 20, 20, 20, 20, 20)
    assert "over 99" in said(11, 16, 16, 16, 16, 16)


def test_without_a_reliable_change_the_sentence_says_so():
    bare = replace(LOW, reliable_change=None)
    assert said(15, 15, scale=bare).endswith(
        "It is not known which change counts as reliable on this measure, so no chance can be said."
    )


def test_a_goal_on_a_measure_where_higher_is_better_lies_above_its_cut_off():
    seen = scores_of(15, 9, mirrored=True)
    found = sentence(decide(seen, MIRRORED, HIGH), seen, HIGH, "week")
    assert "High 18 at week 2, first 12. 6 points better" in found
    assert found.endswith("now above the cut-off of 17.")


def test_silence_says_how_old_the_last_score_is_and_what_is_allowed():
    found = said(15, 14, silence=Silence(28.3))
    assert found.endswith("28.3 days old (more than 28), so nothing is said about the course.")


def test_scores_that_no_clock_could_place_are_numbered():
    assert said(15, 14, course=None, axis="score").startswith("Low 14 at occasion 2, first 15.")


def test_scores_that_are_not_whole_are_said_with_their_decimals():
    assert said(15, 14.25).startswith("Low 14.25 at session 2, first 15.")


def test_a_signal_without_its_numbers_says_only_the_scores():
    seen = scores_of(15, 14)
    for state in (State.ON_COURSE, State.NO_RECENT_DATA):
        assert sentence(Signal(state, RULE_VERSION), seen, LOW, "session") == "Low 14 at session 2, first 15."
