"""What the odds of no reliable improvement need, by hand and against many at once."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcourse.course.batch_odds import no_improvement_many
from midcourse.course.choose import course_for
from midcourse.course.learn_odds import FEWEST_BY_CHANGE, learned_line, odds_by_change
from midcourse.course.observed import Observed
from midcourse.course.odds import Odds
from midcourse.measures.scale import ReliableChange
from midcourse.review.one_course import review_course
from midcourse.signals.chance import chance_of
from tests.clinics import PHQ_9, clinic
from tests.engine.known_course import ASSUMED, COURSE, HIGH, LOW, MIRRORED

STEADY = Observed("a", (1.0, 2.0), (15.0, 15.0))
SHY = Odds(0.0, 0.5, 6.0, 120)
BY_CHANGE = Odds(0.0, 1.0, 6.0, 40, (0.0, 0.1, 0.5, 0.02))


def test_the_log_odds_are_moved_and_drawn_in() -> None:
    assert Odds(0.0, 1.0, 6.0, 120).no_improvement(0.7, 3.0, 4) == pytest.approx(0.7)
    assert SHY.no_improvement(0.8, 3.0, 4) == pytest.approx(2 / 3)  # odds 4 become 2
    assert Odds(np.log(3.0), 1.0, 6.0, 120).no_improvement(0.5, 0.0, 1) == pytest.approx(0.75)


def test_below_100_clients_the_rate_by_change_has_half_a_share() -> None:
    rate = 1 / (1 + np.exp(-(0.1 * 4 + 0.5 * np.log(3) + 0.02 * 4 * np.log(3))))
    assert BY_CHANGE.no_improvement(0.6, 4.0, 3) == pytest.approx((0.6 + rate) / 2)


def test_after_the_first_score_alone_there_is_no_change_to_go_by() -> None:
    assert BY_CHANGE.no_improvement(0.6, 0.0, 0) == pytest.approx(0.6)


def test_no_chance_is_ever_beyond_0_and_1() -> None:
    wild = Odds(9000.0, 50.0, 6.0, 120, (9000.0, 1.0, 1.0, 1.0))
    assert wild.no_improvement(0.0, 500.0, 50) <= 1.0
    assert replace(wild, a=-9000.0).no_improvement(1.0, -9e9, 50) >= 0.0


@given(st.floats(0, 1), st.floats(-27, 27), st.integers(0, 30), st.sampled_from([SHY, BY_CHANGE]))
def test_many_at_once_are_each_alone(chance: float, worse: float, later: int, odds: Odds) -> None:
    many = no_improvement_many(odds, np.array([chance]), np.array([worse]), np.array([float(later)]))
    assert many[0] == pytest.approx(odds.no_improvement(chance, worse, later), abs=1e-12)


def test_the_signal_and_the_outlook_say_the_same_corrected_chance() -> None:
    plain = chance_of(STEADY, COURSE, LOW)
    shy = replace(COURSE, odds=SHY)
    found = chance_of(STEADY, shy, LOW)
    assert plain is not None and found is not None
    assert found.no_improvement == pytest.approx(SHY.no_improvement(plain.no_improvement, 0.0, 1))
    outlook = review_course(STEADY, "1", shy, LOW, "session").outlook
    assert outlook is not None
    assert outlook.p_improvement == pytest.approx(1.0 - found.no_improvement)


def test_where_higher_is_better_worse_is_lower() -> None:
    low, high = Observed("a", (1.0, 2.0), (15.0, 18.0)), Observed("a", (1.0, 2.0), (12.0, 9.0))
    one = chance_of(low, replace(COURSE, odds=BY_CHANGE), LOW)
    two = chance_of(high, replace(MIRRORED, odds=BY_CHANGE), HIGH)
    assert one is not None and two is not None
    assert one.no_improvement == pytest.approx(two.no_improvement)


def test_odds_of_another_reliable_change_do_not_count() -> None:
    other = replace(COURSE, odds=replace(SHY, reliable_change=5.0))
    assert chance_of(STEADY, other, LOW) == chance_of(STEADY, COURSE, LOW)


def test_who_may_get_reliably_worse_is_not_also_said_to_improve() -> None:
    hopeful = replace(COURSE, odds=Odds(-20.0, 1.0, 6.0, 120))
    outlook = review_course(Observed("a", (1.0, 2.0), (15.0, 20.0)), "1", hopeful, LOW, "session").outlook
    assert outlook is not None and outlook.p_improvement is not None and outlook.p_deterioration is not None
    assert outlook.p_improvement + outlook.p_deterioration <= 1.0


def test_odds_are_learned_as_logistic_regression_pulled_towards_nothing() -> None:
    random = np.random.RandomState(1)
    p = random.uniform(0.05, 0.95, 4000)
    true = 1 / (1 + np.exp(-(0.5 + 0.6 * np.log(p / (1 - p)))))
    event = random.uniform(size=4000) < true
    assert learned_line(p, event, np.ones(4000)) == pytest.approx((0.5, 0.6), abs=0.1)
    assert learned_line(p[:3], event[:3], np.ones(3)) == pytest.approx((0.0, 1.0), abs=0.2)
    assert learned_line(p, p < 0.5, np.ones(4000))[1] == 0.0  # never turned round


def test_rates_by_change_rise_with_change_for_the_worse() -> None:
    people = clinic(80, 3, planned_sessions=8)
    odds = odds_by_change(people, PHQ_9)
    assert odds is not None and odds.by_change is not None
    better, same, worse = (odds.no_improvement(0.5, change, 4) for change in (-9.0, 0.0, 6.0))
    assert better < same < worse


def test_rates_by_change_need_ten_clients_and_a_reliable_change() -> None:
    people = clinic(FEWEST_BY_CHANGE - 1, 3, planned_sessions=8)
    assert odds_by_change(people, PHQ_9) is None
    assert odds_by_change(clinic(40, 3), replace(PHQ_9, reliable_change=None)) is None


def test_a_small_clinics_course_has_rates_by_change_and_a_large_one_corrected_odds() -> None:
    scale = replace(PHQ_9, reliable_change=ReliableChange(6, "test"))
    small = course_for(clinic(40, 3), scale, "session", references=False).course
    large = course_for(clinic(120, 3), scale, "session", references=False).course
    assert small is not None and small.odds is not None and small.odds.by_change is not None
    assert large is not None and large.odds is not None and large.odds.by_change is None


def test_an_assumed_course_keeps_to_its_range_and_learns_no_odds() -> None:
    found = course_for(clinic(15, 3), replace(PHQ_9, measure="gad-7", maximum=21), "session").course
    assert found is not None and found.assumed_range and found.odds is None
    assert ASSUMED.odds is None
