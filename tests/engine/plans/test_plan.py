"""A plan: what it must hold before it counts, and how it is held against its forecast."""

from dataclasses import replace

import pytest

from midcourse.plans import PlaceboRate, PlaceboRates, Plan, PlannedStep, freeze_on_the_day, plan_from_json
from midcourse.record import Score
from midcourse.signals.state import State
from tests.engine.known_course import COURSE, LOW, episode

SMALLER = PlannedStep(
    "A-C-HW-SHRINK", "Five minutes after breakfast", "client", "Leave the house", 21, "Less dread"
)
STEADY = PlannedStep("", "Hold Tuesdays at ten", "therapist", "Leave the house", 28, "No lost weeks")
BEFORE = episode("c", 15, 16, 18)
DAYS = {"client": 14.0, "therapist": 13.0}
PLAN = Plan(
    (SMALLER, STEADY), DAYS, 42.0, State.OFF_COURSE, "homework-barriers",
    freeze_on_the_day(COURSE, LOW, BEFORE, 14.0),
)  # fmt: skip
RATES = PlaceboRates("low", "a test", "nowhere", "r", 500, (PlaceboRate(None, -1.4, 1.4, 50, 50, 500),))


def after(*values):
    given = [Score("low", value, session=4.0 + i, day=21.0 + 7 * i) for i, value in enumerate(values)]
    return replace(BEFORE, scores=(*BEFORE.scores, *given))


def test_it_holds_from_the_day_the_second_of_the_two_agreed():
    assert PLAN.agreed_on == 14.0
    assert PLAN.of("client") == (SMALLER,) and PLAN.of("therapist") == (STEADY,) and PLAN.of("both") == ()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"agreed_by": {"client": 14.0}}, "when both have agreed"),
        ({"agreed_by": {"client": 14.0, "therapist": 14.0, "manager": 14.0}}, "nobody else"),
        ({"steps": ()}, "1 to 4 steps, not 0"),
        ({"steps": (STEADY,) * 5}, "1 to 4 steps, not 5"),
        ({"steps": (SMALLER, SMALLER)}, "stands in a plan once"),
        ({"check_on": 14.0}, "comes after the day"),
        ({"check_on": 25.0}, "due between"),
        ({"steps": (replace(SMALLER, by=13.0),)}, "due between"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_the_reason(wrong, why):
    with pytest.raises(ValueError, match=why):
        replace(PLAN, **wrong)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"owner": "clinic"}, "client, the therapist or both"),
        ({"words": " "}, "needs words"),
        ({"goal": "", "expected": ""}, "needs goal, expected"),
        ({"step": "A-C-NEW"}, "no step 'A-C-NEW'"),
        ({"step": "A-C-COMPLAINT"}, "never part of a shared plan"),
    ],
)
def test_a_step_that_cannot_be_is_refused_with_the_reason(wrong, why):
    with pytest.raises(ValueError, match=why):
        replace(SMALLER, **wrong)


def test_its_outcome_counts_scores_after_the_plan_up_to_the_check():
    found = PLAN.outcome(after(6, 6, 6, 6, 27), RATES)  # the last comes a week after the check
    assert found.verdict == "bent" and found.scores == 4 and found.mean == 6
    assert found.placebo.n == 500


def test_scores_of_the_day_without_a_day_or_on_another_measure_do_not_count():
    odd = (
        Score("low", 0, session=3.5, day=14.2),  # later on the very day
        Score("low", 0, session=9.0),  # nobody knows when
        Score("low", 0, day=24.0),  # not on the course's clock
        Score("low", 0, session=3.0, day=25.0),  # a session that the forecast has seen
        Score("high", 0, session=5.0, day=24.0),
    )
    whole = after(15, 15)
    found = PLAN.outcome(replace(whole, scores=(*whole.scores, *odd)))
    assert (found.scores, found.mean) == (2, 15)


def test_before_two_scores_it_is_too_early():
    assert PLAN.outcome(after(9)).verdict == "too early"


def test_without_a_forecast_there_is_never_an_outcome():
    assert replace(PLAN, forecast=None).outcome(after(6, 6)) is None


def test_rates_of_another_measure_are_refused():
    with pytest.raises(ValueError, match="rates are of high"):
        PLAN.outcome(after(6, 6), replace(RATES, measure="high"))


@pytest.mark.parametrize("plan", [PLAN, replace(PLAN, forecast=None, state=None, reason=None)])
def test_months_later_it_comes_back_from_json_and_says_the_same(plan):
    again = plan_from_json(plan.to_json())
    assert again == plan
    assert again.outcome(after(6, 9, 8)) == plan.outcome(after(6, 9, 8))


@pytest.mark.parametrize("text", ["", "{}", "[]"])
def test_what_is_no_plan_is_refused(text):
    with pytest.raises(ValueError, match="not a saved plan"):
        plan_from_json(text)
