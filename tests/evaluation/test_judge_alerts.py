"""An alert is a change into a state; it is right, early and rare, or it is not."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcourse.evaluation.alert_rate import eligible, threshold_for
from midcourse.evaluation.alerts import Alerts
from midcourse.evaluation.bootstrap import client_weights
from midcourse.evaluation.folds import balanced_folds
from midcourse.evaluation.tasks import default_tasks
from midcourse.evaluation.truth import Truth, truth_of
from midcourse.signals.budget import alerts_of
from tests.evaluation.judge_parts import SCALE, course, wandering


def truth_for(people: list) -> Truth:
    return truth_of(default_tasks(people, balanced_folds(people, 2)).tasks, people, SCALE)


def states(text: str) -> np.ndarray:
    return np.array([letter == "#" for letter in text])


@pytest.mark.parametrize(
    ("on", "alerts"),
    [
        ("....", "...."),
        ("####", "#..."),  # staying is no new alert
        ("#.#.", "#..."),  # nor is coming back after one score out
        ("#..#", "#..#"),  # after two it is
        ("..#.", "..#."),
        ("#.#..#", "#....#"),
    ],
)
def test_an_alert_is_a_change_into_the_state(on: str, alerts: str) -> None:
    client = np.zeros(len(on), dtype=int)
    assert alerts_of(client, states(on)).tolist() == states(alerts).tolist()


def test_one_clients_state_is_not_anothers() -> None:
    found = alerts_of(np.array([0, 0, 1, 1, 2]), states("#####"))
    assert found.tolist() == [True, False, True, False, True]


@given(st.lists(st.integers(1, 8), min_size=1, max_size=6), st.integers(0, 1000))
def test_alerts_are_those_that_reading_on_would_find(lengths: list[int], seed: int) -> None:
    client = np.repeat(np.arange(len(lengths)), lengths)
    on = np.random.RandomState(seed).rand(len(client)) < 0.5
    slow = []
    for one in range(len(lengths)):
        out = 2  # as if always out before the first score
        for state in on[client == one]:
            slow.append(bool(state and out >= 2))
            out = 0 if state else out + 1
    assert alerts_of(client, on).tolist() == slow


BAD, GOOD = (10, 10, 10, 10, 10, 10), (10, 8, 6, 4, 3, 2)


def few() -> tuple[Truth, list]:
    # 40 clients who do not improve and 40 who do; four tasks each (k = 1..4), two later scores up to k = 3.
    people = [course(f"b{i}", *BAD) for i in range(40)] + [course(f"g{i}", *GOOD) for i in range(40)]
    return truth_for(people), people


def test_sensitivity_ppv_load_and_lead_time_are_counted_by_client() -> None:
    truth, _ = few()
    on = np.zeros(len(truth.k), dtype=bool)
    on[(truth.client < 30) & (truth.k == 2)] = True  # 30 of 40 are found, with 3 scores to come
    on[(truth.client >= 70) & (truth.k == 1)] = True  # 10 of 40 false alarms
    on[(truth.client == 35) & (truth.k == 4)] = True  # one score to come: does not count
    found = Alerts(truth, on, np.zeros_like(on)).figures(client_weights(80, 50, seed=0), None)
    assert found.sensitivity.value == 0.75 and found.never.value == 0.25
    assert found.specificity.value == 0.75
    assert found.ppv.value == 0.75
    assert found.lead_time.value == 3.0 and found.leads == ((3, 30),)
    assert found.sessions == 240 and found.per_100.value == pytest.approx(100 * 40 / 240)
    assert (found.clients, found.events, found.alerted) == (80, 40, 40)
    # At the fixed points with two later scores (k = 1, 2, 3): 120 rows of each kind.
    assert [point.value for point in found.at_points] == [30 / 120, 110 / 120, 0.75]
    assert found.threshold is None
    assert found.sensitivity.low < 0.75 < found.sensitivity.high


def test_silence_is_neither_an_alert_nor_a_scored_session() -> None:
    truth, _ = few()
    silent = truth.k == 1
    on = np.ones(len(truth.k), dtype=bool)
    found = Alerts(truth, on, silent).figures(client_weights(80, 50, seed=0), None)
    assert found.sessions == 160
    assert found.leads == ((3, 40),)  # the first alert is at k = 2


def test_without_alerts_there_is_no_lead_time_and_no_ppv() -> None:
    truth, _ = few()
    none = np.zeros(len(truth.k), dtype=bool)
    found = Alerts(truth, none, none).figures(client_weights(80, 50, seed=0), None)
    assert (found.sensitivity.value, found.never.value, found.per_100.value) == (0.0, 1.0, 0.0)
    assert found.ppv.note == found.lead_time.note == "no alert was made"


def test_with_few_events_sensitivity_is_not_estimable_and_load_still_is() -> None:
    people = [course(f"b{i}", *BAD) for i in range(5)] + [course(f"g{i}", *GOOD) for i in range(40)]
    truth = truth_for(people)
    on = truth.k == 1
    found = Alerts(truth, on, np.zeros_like(on)).figures(client_weights(45, 50, seed=0), 1.5)
    assert found.sensitivity.note == found.never.note == found.at_points[0].note == "not estimable (5 events)"
    assert found.per_100.value == pytest.approx(100 / 3)
    assert found.threshold == 1.5


def test_a_threshold_brings_the_alert_rate_to_the_budget_without_seeing_outcomes() -> None:
    people = wandering(300, seed=4)
    truth = truth_for(people)
    quiet = np.zeros(len(truth.k), dtype=bool)
    risk = np.random.RandomState(0).rand(len(truth.k))
    for budget in (2.0, 5.0, 9.0):
        level = threshold_for(truth, risk, quiet, budget)
        made = Alerts(truth, risk >= level, quiet)
        assert 100 * made.alerts.sum() / made.counts.sum() == pytest.approx(budget, abs=0.3)
    turned = replace(truth, no_improvement=1 - truth.no_improvement)
    assert threshold_for(turned, risk, quiet) == threshold_for(truth, risk, quiet)


def test_a_budget_out_of_reach_is_approached_and_silence_has_no_threshold() -> None:
    truth, _ = few()
    quiet = np.zeros(len(truth.k), dtype=bool)
    assert threshold_for(truth, np.ones(len(truth.k)), quiet, 5.0) == 1.0
    assert threshold_for(truth, np.arange(len(truth.k)) / 1.0, quiet, 99.0) >= 0
    assert threshold_for(truth, np.full(len(truth.k), np.nan), ~quiet) == float("inf")


def test_points_of_unknown_end_or_with_one_later_score_do_not_count() -> None:
    truth, _ = few()
    quiet = np.zeros(len(truth.k), dtype=bool)
    assert eligible(truth, quiet).tolist() == (truth.later >= 2).tolist()
    unknown = replace(truth, no_improvement=np.full(len(truth.k), np.nan))
    assert not eligible(unknown, quiet).any()
