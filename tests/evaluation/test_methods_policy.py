"""The policy as a method: thresholds on a budget, states from the record seen so far."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from midcourse.course.observed import Observed, observe
from midcourse.evaluation.folds import balanced_folds
from midcourse.evaluation.method import Asked
from midcourse.evaluation.methods.policy import DEFAULT, LearnedPolicy, Policy
from midcourse.evaluation.methods.pooled import HeldChances
from midcourse.evaluation.peeking import looks_ahead
from midcourse.evaluation.run import run
from midcourse.evaluation.tasks import default_tasks
from midcourse.measures import ReliableChange, Scale, find
from midcourse.signals.state import State
from midcourse.simulate import PLAIN, simulate
from midcourse.tables import read_table

PHQ_9 = find("phq-9").scale


def clinic(clients: int, seed: int = 5) -> list[Observed]:
    """An invented clinic, whole numbers within the scale."""
    scores = simulate(
        replace(PLAIN, n_clients=clients, whole_numbers=True, clip_to_scale=True, planned_sessions=8), seed
    ).scores
    found: dict[str, list[tuple[float, float]]] = {}
    for client, session, score in zip(scores["client_id"], scores["session"], scores["score"], strict=True):
        found.setdefault(str(client), []).append((float(session), float(score)))
    return [Observed(name, *map(tuple, zip(*rows, strict=True))) for name, rows in found.items()]  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def people() -> list[Observed]:
    return clinic(140)


@pytest.fixture(scope="module")
def learned(people: list[Observed]) -> LearnedPolicy:
    return Policy().learn(people, PHQ_9, "session")


def asked_of(person: Observed, k: int) -> Asked:
    return Asked(person.up_to(k + 1), person.times[k] + 1.0, person.times[-1])


def test_thresholds_are_learned_and_the_soft_one_is_not_above_the_firm_one(learned: LearnedPolicy) -> None:
    assert learned.thresholds != DEFAULT
    assert 0.0 < learned.thresholds.soft <= learned.thresholds.firm < 1.0


def test_a_larger_budget_lowers_the_thresholds(people: list[Observed]) -> None:
    few, many = (
        Policy(budget, budget + 2.0).learn(people, PHQ_9, "session").thresholds for budget in (2.0, 8.0)
    )
    assert many.firm < few.firm
    assert many.soft < few.soft


def test_a_budget_beyond_any_rate_takes_the_threshold_that_comes_nearest(people: list[Observed]) -> None:
    everyone = Policy(1000.0, 2000.0).learn(people, PHQ_9, "session").thresholds
    assert everyone.firm >= everyone.soft > 0.0


def test_with_too_few_clients_to_hold_any_out_the_default_thresholds_stand() -> None:
    assert Policy().learn(clinic(30), PHQ_9, "session").thresholds == DEFAULT


def test_with_too_few_clients_for_the_pooled_method_simple_rules_speak_instead() -> None:
    few = clinic(15)
    learned = Policy().learn(few, PHQ_9, "session")
    said = learned.predict([asked_of(person, 2) for person in few if len(person.scores) > 3])
    assert learned.thresholds == DEFAULT
    assert said.last_cdf is not None
    assert ((said.p_no_improvement > 0) & (said.p_no_improvement < 1)).all()


def test_with_too_few_clients_for_anything_it_says_why() -> None:
    with pytest.raises(ValueError, match="None of the methods to average can learn"):
        Policy().learn(clinic(4), PHQ_9, "session")


def test_states_follow_the_rule_and_alerts_are_the_firm_ones(
    people: list[Observed], learned: LearnedPolicy
) -> None:
    asked = [asked_of(person, k) for person in people[:40] for k in range(min(5, len(person.scores) - 1))]
    said = learned.predict(asked)
    assert said.state is not None
    for one, state, alert in zip(asked, said.state, said.alert, strict=True):
        assert alert == (state in (State.OFF_COURSE, State.RELIABLY_WORSE))
        if len(one.seen.scores) == 1:
            assert state is State.TOO_EARLY
        if state is State.OFF_COURSE:
            assert len(one.seen.scores) >= 3
    assert {State.ON_COURSE, State.DRIFTING} <= set(said.state)
    assert not np.isnan(said.p_no_improvement).any()


def test_a_question_after_the_first_score_alone_gets_a_forecast(
    people: list[Observed], learned: LearnedPolicy
) -> None:
    said = learned.predict([asked_of(people[0], 0)])
    assert said.last_cdf is not None
    assert not np.isnan(said.last_cdf).any()
    assert said.state == (State.TOO_EARLY,)


def test_the_policy_never_looks_ahead(people: list[Observed]) -> None:
    some = people[:60]
    assert not looks_ahead(Policy(), some, PHQ_9, "session", default_tasks(some, balanced_folds(some, 3)))


def test_scores_that_are_no_risk_are_not_computed(learned: LearnedPolicy) -> None:
    one = Asked(Observed("a", (1.0, 2.0), (15.0, 15.0)), 3.0, 8.0)
    assert learned._state(one, float("nan"), None) is State.NOT_COMPUTED


def test_held_out_chances_belong_to_points() -> None:
    assert set(HeldChances.__dataclass_fields__) == {"points", "p_no_improvement"}


def test_on_enrichd_held_out_alerts_keep_to_the_budget(real_data: Callable[[str], Path]) -> None:
    scale: Scale = replace(find("bdi").scale, reliable_change=ReliableChange(9, "given"))
    episodes = read_table(real_data("enrichd_cbt_bdi.csv")).episodes
    found = [person for one in episodes if (person := observe(one, "bdi", "week"))]
    tasks = default_tasks(found, balanced_folds(found, 3))
    told = run([Policy()], found, scale, "week", tasks).of("midcourse")
    assert told.predictions is not None
    from midcourse.evaluation.alert_rate import eligible
    from midcourse.evaluation.said import silent
    from midcourse.evaluation.truth import truth_of
    from midcourse.signals.budget import alerts_of

    truth = truth_of(tasks.tasks, found, scale)
    counts = eligible(truth, silent(told.predictions))
    rate = 100.0 * (alerts_of(truth.client, told.predictions.alert) & counts).sum() / counts.sum()
    assert rate == pytest.approx(5.0, abs=0.6)
