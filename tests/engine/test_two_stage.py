"""The two-stage policy: soft once, firm when seen twice (ST7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcourse.course.observed import Observed
from midcourse.measures import find
from midcourse.signals.state import State
from midcourse.signals.two_stage import Thresholds, by_risk, two_stage

AT = Thresholds(soft=0.4, firm=0.6)
PHQ_9 = find("phq-9").scale


def seen(*scores: float) -> Observed:
    return Observed("a", tuple(float(i + 1) for i in range(len(scores))), tuple(map(float, scores)))


@pytest.mark.parametrize(
    ("risks", "state"),
    [
        ([], State.TOO_EARLY),
        ([0.39], State.ON_COURSE),
        ([0.4], State.DRIFTING),
        ([0.95], State.DRIFTING),  # seen once: a soft notice, however high
        ([0.3, 0.95], State.DRIFTING),  # one bad week
        ([0.4, 0.6], State.OFF_COURSE),
        ([0.9, 0.59], State.DRIFTING),
        ([0.9, 0.2], State.ON_COURSE),
        ([0.1, 0.7, 0.7], State.OFF_COURSE),
    ],
)
def test_a_high_risk_is_soft_when_seen_once_and_firm_when_seen_twice(
    risks: list[float], state: State
) -> None:
    assert by_risk(risks, AT) is state


def test_reliable_worsening_and_a_reached_goal_come_before_any_chance() -> None:
    assert two_stage(seen(10, 12, 16), 0.0, 0.0, AT, PHQ_9) is State.RELIABLY_WORSE
    assert two_stage(seen(18, 14, 5), 0.9, 0.9, AT, PHQ_9) is State.REACHED_GOAL
    assert two_stage(seen(18, 17, 17), 0.9, 0.9, AT, PHQ_9) is State.OFF_COURSE


def test_one_score_is_too_early_and_no_chance_is_not_computed() -> None:
    assert two_stage(seen(18), None, None, AT, PHQ_9) is State.TOO_EARLY
    assert two_stage(seen(18, 17), None, None, AT, PHQ_9) is State.NOT_COMPUTED
    assert two_stage(seen(4, 5), 0.99, None, AT, PHQ_9) is State.NOT_COMPUTED  # no room for 6 points


def test_without_a_chance_at_the_score_before_a_high_one_is_soft() -> None:
    assert two_stage(seen(18, 17), 0.99, None, AT, PHQ_9) is State.DRIFTING


def test_the_soft_threshold_cannot_lie_above_the_firm_one() -> None:
    with pytest.raises(ValueError, match="cannot lie above"):
        Thresholds(soft=0.7, firm=0.6)


@given(st.lists(st.floats(0, 1), min_size=1), st.floats(0, 1))
def test_only_the_last_two_risks_decide_and_a_lower_last_risk_is_never_worse(
    risks: list[float], less: float
) -> None:
    order = [State.OFF_COURSE, State.DRIFTING, State.ON_COURSE]
    assert by_risk(risks, AT) is by_risk([0.5, *risks], AT) or len(risks) == 1
    lowered = [*risks[:-1], risks[-1] * less]
    assert order.index(by_risk(lowered, AT)) >= order.index(by_risk(risks, AT))
