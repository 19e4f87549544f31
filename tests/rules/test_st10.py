"""Rule ST10: learning which steps help. Each test is a sentence of the rule.

Counting, comparing and shrinking are held against plain sums by tests/engine/plans/test_learning.py.
"""

import ast
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from midcourse.course.basis import Basis
from midcourse.course.course import Course
from midcourse.course.expect import expected_course
from midcourse.course.observed import Observed
from midcourse.evaluation.placebo import invented_plans, placebo_rates, with_own_limits
from midcourse.plans import learning
from midcourse.plans.frozen import freeze
from midcourse.plans.learning import PastPlan, StepRecord, learn
from midcourse.plans.outcome import outcome_of
from midcourse.plans.placebo import PlaceboRate
from midcourse.signals.policy import decide
from midcourse.signals.state import State
from midcourse.simulate import PLAIN, InventedStep, SimulatedClinic, simulate
from tests.clinics import PHQ_9, clinic
from tests.engine.plans.test_learning import past

WEEKS_TO_CHECK = 6
SWITCHES = {
    "planned_sessions": 10, "clip_to_scale": True, "whole_numbers": True, "leave_for_other_reasons": 0.05,
}  # fmt: skip
STEPS = (
    InventedStep("works", 0.5, effect=4.0),
    InventedStep("nothing", 0.5),
    InventedStep("worst-off", 0.7, given_to="worst off"),
)


def fitted(people: Sequence[Observed]) -> Course:
    course = expected_course(people, "phq-9", "session", basis=Basis("ln", "session"))
    return with_own_limits(lambda _: course, PHQ_9)(people)


# A simulated clinic where one step works, one does nothing, and one is given to the worst off.


@pytest.fixture(scope="module")
def before() -> tuple[Course, PlaceboRate]:
    """A course and a placebo rate from a clinic without plans."""
    people = clinic(1500, 50, **SWITCHES)
    plans = invented_plans(people, PHQ_9, "session", learn=fitted, wanted=(None,), folds=2)
    rate = placebo_rates(plans, PHQ_9, data_set="invented", setting="nobody had a plan").of(None)
    assert rate is not None
    return fitted(people), rate


@pytest.fixture(scope="module")
def after() -> SimulatedClinic:
    return simulate(replace(PLAIN, n_clients=1200, plan_share=1.0, plan_steps=STEPS, **SWITCHES), 0)


def courses_of(found: SimulatedClinic) -> list[Observed]:
    table = found.scores
    names, starts = np.unique(table["client_id"], return_index=True)
    ends = [*starts[1:], len(table["client_id"])]
    return [
        Observed(str(name), tuple(map(float, table["session"][a:b])), tuple(map(float, table["score"][a:b])))
        for name, a, b in zip(names, starts, ends, strict=True)
    ]


def past_plan(person: Observed, session: int, steps: str, course: Course, rate: PlaceboRate) -> PastPlan:
    seen = person.up_to(session)
    later = [
        (time, score)
        for time, score in zip(person.times[session:], person.scores[session:], strict=True)
        if time <= session + WEEKS_TO_CHECK
    ]
    found = outcome_of(freeze(course, PHQ_9, seen), [t for t, _ in later], [s for _, s in later], rate)
    state = decide(seen, course, PHQ_9).state
    return PastPlan(
        person.client_id, float(session), frozenset(steps.split()), "a reason", state, found.verdict, True
    )


@pytest.fixture(scope="module")
def plans(before: tuple[Course, PlaceboRate], after: SimulatedClinic) -> list[PastPlan]:
    people, truth = courses_of(after), after.truth
    made = np.flatnonzero(truth.plan_session)
    return [past_plan(people[i], int(truth.plan_session[i]), str(truth.plan_steps[i]), *before) for i in made]


@pytest.fixture(scope="module")
def records(before: tuple[Course, PlaceboRate], plans: list[PastPlan]) -> dict[str, StepRecord]:
    return {one.step: one for one in learn(plans, before[1].share)}


def limits(record: StepRecord) -> tuple[float, float, float]:
    assert record.low is not None and record.difference is not None and record.high is not None
    return record.low, record.difference, record.high


def test_the_step_that_works_was_followed_by_a_bent_course_far_more_often(
    records: dict[str, StepRecord],
) -> None:
    low, difference, _ = limits(records["works"])
    assert difference > 0.3 and low > 0.25


@pytest.mark.parametrize("step", ["nothing", "worst-off"])
def test_a_step_that_does_nothing_is_not_told_from_nothing(step: str, records: dict[str, StepRecord]) -> None:
    low, difference, high = limits(records[step])
    assert low < 0 < high and abs(difference) < 0.08


def test_the_step_of_the_worst_off_is_not_blamed_for_how_badly_off_they_were(
    after: SimulatedClinic, plans: list[PastPlan], records: dict[str, StepRecord]
) -> None:
    """Held against plain scores it would look harmful."""
    last = {person.client_id: person.scores[-1] for person in courses_of(after)}
    with_it = [last[one.client_id] for one in plans if "worst-off" in one.steps]
    without = [last[one.client_id] for one in plans if "worst-off" not in one.steps]
    assert np.mean(with_it) > np.mean(without) + 3
    assert limits(records["worst-off"])[2] > 0


def test_beside_each_stand_those_who_left_and_the_placebo_rate(
    before: tuple[Course, PlaceboRate], plans: list[PastPlan], records: dict[str, StepRecord]
) -> None:
    for step, record in records.items():
        assert record.checked + record.left == sum(step in one.steps for one in plans)
        assert record.left == sum(step in one.steps and one.verdict == "too early" for one in plans) > 5
        assert record.placebo == before[1].share
        assert (
            f"In {record.left} more, people left" in record.in_words()
            and "no plan at all" in record.in_words()
        )


# Sentences that a small table shows.


def test_across_past_plans_each_client_counts_once_with_the_first() -> None:
    later = [
        PastPlan(f"c{i:04d}", 99.0, frozenset("T"), "r", State.DRIFTING, "bent", True) for i in range(20)
    ]
    assert [one.step for one in learn([*later, *past(20, 4, "S")])] == ["S"]


def test_it_is_shown_beside_similar_situations_same_reason_and_state_without_that_step() -> None:
    like, unlike = past(20, 2, "T", 100), past(20, 20, "T", 200, reason="stigma")
    (record,) = [one for one in learn(past(20, 8, "S") + like + unlike) if one.step == "S"]
    assert (record.other_bent, record.other_checked) == (2, 20)


def test_the_estimate_is_the_difference_shrunk_to_zero() -> None:
    (record,) = [one for one in learn(past(20, 10, "S") + past(20, 2, "T", 100)) if one.step == "S"]
    assert 0 < limits(record)[1] < 10 / 20 - 2 / 20


def test_nothing_is_said_under_ten_plans() -> None:
    assert learn(past(9, 9, "S")) == ()


def test_the_wording_is_was_followed_by_and_led_to_only_where_lots_were_drawn() -> None:
    chosen = learn(past(20, 8, "S") + past(20, 2, "T", 100))
    assert all("were followed by" in one.in_words() and "led to" not in one.in_words() for one in chosen)
    lots = {"lots": frozenset("ST")}
    drawn = learn(past(20, 8, "S", **lots) + past(20, 2, "T", 100, **lots))
    assert all("led to" in one.in_words() for one in drawn)


def test_the_order_of_suggestions_is_not_changed_by_it(root) -> None:  # type: ignore[no-untyped-def]
    """Nothing that suggests knows what was learned; a clinic that switches it on calls it by its name."""
    for name in ("plans/suggest.py", "review/explain.py", "review/client.py", "review/therapist.py"):
        tree = ast.parse((root / "midcourse" / name).read_text())
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert "midcourse.plans.learning" not in imported
    assert callable(learning.in_learned_order)


def test_only_consented_episodes_enter() -> None:
    assert learn(past(30, 30, "S", consented=False)) == ()
