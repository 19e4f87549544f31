"""The first policy, rule by rule, in both directions and exactly at its bounds."""

from dataclasses import replace

import pytest

from midcourse.signals import State, decide, sentence
from midcourse.signals.policy import RULE_VERSION, Signal, Silence
from tests.engine.known_course import ASSUMED, COURSE, HIGH, LOW, MIRRORED, scores_of

BOTH_WAYS = pytest.mark.parametrize("mirrored", [False, True], ids=["higher is worse", "higher is better"])


def signal_of(*values, mirrored=False, course=COURSE, silence=None):
    scale = HIGH if mirrored else LOW
    if course is COURSE and mirrored:
        course = MIRRORED
    return decide(scores_of(*values, mirrored=mirrored), course, scale, silence)


@BOTH_WAYS
def test_a_change_for_the_worse_of_exactly_the_reliable_change_is_reliably_worse(mirrored):
    assert signal_of(15, 21, mirrored=mirrored).state is State.RELIABLY_WORSE
    assert signal_of(15, 15, 20, mirrored=mirrored).state is State.OFF_COURSE


@BOTH_WAYS
def test_reliably_worse_needs_only_a_second_score(mirrored):
    assert signal_of(10, 16, mirrored=mirrored).state is State.RELIABLY_WORSE


@BOTH_WAYS
def test_a_reliable_improvement_past_the_cut_off_has_reached_the_goal(mirrored):
    assert signal_of(15, 9, mirrored=mirrored).state is State.REACHED_GOAL


@BOTH_WAYS
def test_a_score_exactly_at_the_cut_off_is_still_a_case_and_not_the_goal(mirrored):
    assert signal_of(16, 10, mirrored=mirrored).state is State.ON_COURSE


@BOTH_WAYS
def test_an_improvement_one_point_short_of_reliable_is_not_the_goal(mirrored):
    assert signal_of(14, 9, mirrored=mirrored).state is State.ON_COURSE


@BOTH_WAYS
def test_who_starts_exactly_at_the_cut_off_can_reach_the_goal_and_who_starts_healthy_cannot(mirrored):
    assert signal_of(10, 4, mirrored=mirrored).state is State.REACHED_GOAL
    assert signal_of(9, 3, mirrored=mirrored).state is State.ON_COURSE


@BOTH_WAYS
def test_one_score_is_too_early_whatever_it_is(mirrored):
    assert signal_of(27, mirrored=mirrored).state is State.TOO_EARLY
    assert signal_of(0, mirrored=mirrored, course=None).state is State.TOO_EARLY


def test_without_an_expected_course_nothing_is_computed_but_plain_change():
    assert signal_of(15, 14, course=None).state is State.NOT_COMPUTED
    assert signal_of(15, 21, course=None).state is State.RELIABLY_WORSE
    assert signal_of(15, 9, course=None).state is State.REACHED_GOAL


@BOTH_WAYS
def test_a_score_exactly_at_the_inner_bound_is_on_course(mirrored):
    found = signal_of(15, 15, 15, mirrored=mirrored)
    assert found.state is State.ON_COURSE
    assert (found.inner, found.outer) == ((12, 11) if mirrored else (15, 16))


@BOTH_WAYS
def test_a_score_past_the_inner_bound_and_exactly_at_the_outer_is_drifting(mirrored):
    assert signal_of(15, 15, 16, mirrored=mirrored).state is State.DRIFTING


@BOTH_WAYS
def test_a_score_past_the_outer_bound_is_off_course_from_the_third_score_on(mirrored):
    assert signal_of(15, 15, 17, mirrored=mirrored).state is State.OFF_COURSE


@BOTH_WAYS
def test_a_score_past_the_outer_bound_is_only_drifting_at_the_second_score(mirrored):
    assert signal_of(15, 17, mirrored=mirrored).state is State.DRIFTING


def test_an_assumed_reference_never_gives_a_firm_signal():
    found = signal_of(15, 15, 20, course=ASSUMED)
    assert found.outer is not None
    assert found.outer < 20
    assert found.state is State.DRIFTING


def test_an_assumed_reference_does_not_hide_what_plain_change_says():
    assert signal_of(15, 15, 21, course=ASSUMED).state is State.RELIABLY_WORSE


def test_without_a_reliable_change_or_a_cut_off_only_the_band_speaks():
    bare = replace(LOW, reliable_change=None, caseness=None)
    assert decide(scores_of(15, 15, 27), COURSE, bare).state is State.OFF_COURSE
    assert decide(scores_of(15, 15, 0), COURSE, bare).state is State.ON_COURSE
    no_cut = replace(LOW, caseness=None)
    assert decide(scores_of(15, 15, 0), COURSE, no_cut).state is State.ON_COURSE


@pytest.mark.parametrize(
    ("days", "gap", "silent"),
    [(28, None, False), (28.5, None, True), (28.5, 7, True), (60, 30, False), (60.5, 30, True)],
)
def test_silence_begins_after_four_weeks_and_after_twice_the_usual_gap(days, gap, silent):
    state = signal_of(15, 15, 21, silence=Silence(days, gap)).state
    assert state is (State.NO_RECENT_DATA if silent else State.RELIABLY_WORSE)


def test_silence_stands_before_one_score_being_too_early():
    assert signal_of(15, silence=Silence(90)).state is State.NO_RECENT_DATA


def test_a_signal_names_its_rule_and_carries_the_forecast_from_intake_alone():
    found = signal_of(15, 3, 15)
    assert found.rule == RULE_VERSION
    assert found.expected is not None
    assert found.expected.mean == pytest.approx(12.0)
    assert found.expected.sd == pytest.approx(3.0)
    assert found.expected.time == 3.0


def said(*values, course=COURSE, scale=LOW, silence=None, axis="session"):
    seen = scores_of(*values)
    return sentence(decide(seen, course, scale, silence), seen, scale, axis)


def test_each_state_says_its_numbers_in_words():
    change = "at least the 6 that count as reliable"
    band = "Of 100 people who start at 15 about 80 are expected between 8 and 16 by then"
    assert said(15, 21) == f"Low 21 at session 2, first 15. 6 points worse than at the start, {change}."
    goal = f"Low 9 at session 2, first 15. 6 points better, {change}, and now below the cut-off of 10."
    assert said(15, 9) == goal
    assert said(15) == "Low 15 so far. One score is too early to say anything about change."
    assert said(15, 15, 15) == f"Low 15 at session 3, first 15. {band}."
    assert said(15, 15, 16).endswith(f"{band}; this score is among the worst 16 of 100.")
    assert said(15, 15, 17).endswith(f"{band}; this score is worse than that.")
    assert said(15, 17).endswith("; it is early or not firmly known, so this is a soft notice.")
    assert said(15, 14, course=None).endswith("No expected course could be computed for it.")


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
