"""Rule ST8: what counts as true in an evaluation. Each test is a sentence of the rule.

The figures themselves are held against their definitions by tests/evaluation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from midcourse.course.basis import Axis
from midcourse.course.observed import Observed
from midcourse.evaluation.alert_rate import LATER, eligible
from midcourse.evaluation.alerts import Alerts
from midcourse.evaluation.bootstrap import client_weights
from midcourse.evaluation.folds import balanced_folds, therapist_folds
from midcourse.evaluation.judge import judge
from midcourse.evaluation.methods import every_method
from midcourse.evaluation.run import run
from midcourse.evaluation.tasks import FEWEST_SCORES, FIXED, TaskSet, default_tasks
from midcourse.evaluation.truth import Truth, truth_of
from midcourse.evaluation.verdict import Judgement
from midcourse.measures.scale import Scale
from tests.evaluation.judge_parts import SCALE, Oracle, change, constant, course, wandering

PEOPLE = wandering(120, seed=2)


def tasks_for(people: Sequence[Observed], folds: int = 3) -> TaskSet:
    return default_tasks(people, balanced_folds(people, folds))


def truth_for(people: Sequence[Observed]) -> Truth:
    return truth_of(tasks_for(people, 2).tasks, people, SCALE)


@pytest.fixture(scope="module")
def judged() -> Judgement:
    found = run([change(), constant(), Oracle(PEOPLE)], PEOPLE, SCALE, "session", tasks_for(PEOPLE))
    return judge(found, draws=40)


def test_primary_is_no_reliable_improvement_at_the_clients_last_observed_score() -> None:
    """Better by 5 at the fourth score and not at the last: not improved."""
    truth = truth_for([course("a", 15, 12, 11, 9, 12), course("b", 15, 12, 14, 16, 10)])
    assert {truth.clients[c]: v for c, v in zip(truth.client, truth.no_improvement, strict=True)} == {
        "a": 1.0, "b": 0.0,
    }  # fmt: skip


def test_secondary_is_reliably_worse_there_and_the_next_score_as_a_number() -> None:
    truth = truth_for([course("a", 10, 16, 12, 15), course("b", 10, 16, 12, 14)])
    assert truth.deterioration.tolist() == [1.0, 1.0, 0.0, 0.0]
    assert truth.next_score.tolist() == [12.0, 15.0, 12.0, 14.0]


def test_an_alert_counts_only_if_at_least_two_later_scores_exist() -> None:
    assert LATER == 2
    truth = truth_for([course("a", 10, 12, 12, 15, 12), course("b", 10, 9, 8, 7)])
    counts = eligible(truth, np.zeros(len(truth.k), dtype=bool))
    assert truth.k[counts].tolist() == [1, 2, 1]
    late = (truth.client == 0) & (truth.k == 3)  # one later score only
    found = Alerts(truth, late, np.zeros(len(late), dtype=bool))
    assert found.alerts.sum() == 0


def test_nothing_is_judged_by_a_score_it_has_seen() -> None:
    shown = Oracle(PEOPLE)
    run([shown], PEOPLE, SCALE, "session", tasks_for(PEOPLE))
    assert shown.asked_about
    for one in shown.asked_about:
        assert one.seen.times[-1] < one.next_time <= one.horizon


def test_clients_with_fewer_than_four_scores_are_left_out_and_counted() -> None:
    assert FEWEST_SCORES == 4
    tasks = tasks_for([course("a", 9, 8, 7), course("b", 9, 8, 7, 6), course("c", 9, 8, 7, 6)], 2)
    assert {task.client_id for task in tasks.tasks} == {"b", "c"}
    assert tasks.too_short == 1


def test_prediction_points_are_after_2_3_4_6_and_8_scores_each_with_its_own_at_risk_set(
    judged: Judgement,
) -> None:
    assert [k + 1 for k in FIXED] == [2, 3, 4, 6, 8]
    points = judged.of("change").by_point
    assert [point.k for point in points] == list(FIXED)
    at_risk = [sum(len(one.scores) > k + 1 for one in PEOPLE) for k in FIXED]
    assert [point.clients for point in points] == at_risk
    assert at_risk == sorted(at_risk, reverse=True) and at_risk[0] > at_risk[-1]


def test_and_also_the_first_alert() -> None:
    """Client by client: one alert before the end is enough, and the first one is what counts."""
    truth = truth_for([course("a", 10, 11, 12, 11, 12, 12), course("b", 10, 9, 8, 7, 6, 4)])
    on = (truth.client == 0) & (truth.k >= 2)
    found = Alerts(truth, on, np.zeros(len(on), dtype=bool))
    assert found.alerted.tolist() == [True, False]
    assert truth.k[found.first[0]] == 2


def test_lead_time_is_from_the_first_alert_to_the_last_observed_score_over_true_alerts_with_the_share_never_alerted(
    judged: Judgement,
) -> None:
    truth = truth_for([course("a", 10, 11, 12, 11, 12, 12), course("b", 10, 9, 8, 7, 6, 9)])
    on = (truth.client == 0) & (truth.k >= 2)
    drawn = Alerts(truth, on, np.zeros(len(on), dtype=bool)).draws(np.ones((2, 1)))
    assert drawn["lead_time"][0] == 3.0  # after the third of six scores
    assert drawn["never"][0] == 0.5
    said = judged.of("change").published
    assert said is not None and said.lead_time.value is not None and said.never.value is not None


def test_with_fewer_than_20_events_or_non_events_auc_sensitivity_and_slope_are_not_estimable() -> None:
    few = [course(f"e{i}", 10, 10, 11, 10, 10) for i in range(19)]
    many = [course(f"n{i}", 12, 8 + i % 3, 6, 5, 4) for i in range(40)]
    found = judge(run([change()], few + many, SCALE, "session", tasks_for(few + many)), draws=20)
    one = found.of("change")
    for name in ("auc", "slope"):
        assert one.figures[name].value is None
        assert one.figures[name].note == "not estimable (19 events)"
    assert one.published is not None
    assert one.published.sensitivity.note == "not estimable (19 events)"
    mirrored = [course(f"e{i}", 10, 10, 11, 10, 10) for i in range(40)] + many[:19]
    other = judge(run([change()], mirrored, SCALE, "session", tasks_for(mirrored)), draws=20)
    assert other.of("change").figures["auc"].note == "not estimable (19 non-events)"


@dataclass
class Watching:
    """A method that writes down whom it learned from."""

    learned_from: list[set[str]] = field(default_factory=list)
    name: str = "watching"
    source: str = "test"

    def learn(self, people: Sequence[Observed], scale: Scale, axis: Axis) -> Oracle:
        self.learned_from.append({person.client_id for person in people})
        return Oracle(PEOPLE)


def test_everything_learned_is_learned_inside_training_folds() -> None:
    one, tasks = Watching(), tasks_for(PEOPLE)
    run([one], PEOPLE, SCALE, "session", tasks)
    folds = dict.fromkeys(task.fold for task in tasks.tasks)
    assert len(one.learned_from) == len(folds)
    for fold, known in zip(folds, one.learned_from, strict=True):
        assert known == {person.client_id for person in PEOPLE if tasks.folds[person.client_id] != fold}


def test_resampling_is_by_client(judged: Judgement) -> None:
    weight = client_weights(50, draws=30)
    assert weight.shape == (50, 31)
    assert (weight.sum(axis=0) == 50).all()
    assert judged.clients == len(PEOPLE)


def test_where_therapists_are_known_also_leave_therapists_out() -> None:
    people = [course(f"c{i}", 12, 10, 9, 8, therapist=f"t{i % 6}") for i in range(48)]
    folds = therapist_folds(people, 3)
    by_therapist: dict[str | None, set[str]] = {}
    for person in people:
        by_therapist.setdefault(person.therapist_id, set()).add(folds[person.client_id])
    assert all(len(found) == 1 for found in by_therapist.values())


def test_methods_are_compared_twice_with_their_published_thresholds_and_at_the_same_alert_rate(
    judged: Judgement,
) -> None:
    one = judged.of("change")
    assert one.published is not None and one.published.threshold is None
    assert one.same_rate is not None and one.same_rate.threshold is not None
    assert one.same_rate.per_100.value == pytest.approx(judged.budget, abs=1.5)
    compared = {d.figure for d in judged.differences}
    assert {"published_sensitivity", "same_rate_sensitivity"} <= compared


def test_coverage_is_by_randomised_pit_each_client_counted_once_with_a_bootstrap_over_clients(
    judged: Judgement,
) -> None:
    """A forecast that is certain and right has every band exactly: only a randomised PIT gives that."""
    last = judged.of("oracle").last_score
    assert last is not None
    assert [band.pooled for band in last.coverage] == pytest.approx([0.8, 0.95])
    assert [band.interval for band in last.coverage] == [
        pytest.approx((level, level)) for level in (0.8, 0.95)
    ]


def test_log_score_and_crps_decide_between_models_and_the_uncalibrated_gaussian_is_reported_too(
    judged: Judgement,
) -> None:
    figures = judged.of("oracle").figures
    assert {"log_score_next", "crps_next", "log_score_last", "crps_last"} <= set(figures)
    compared = {d.figure for d in judged.differences}
    assert {"log_loss", "crps_next", "crps_last"} & compared
    assert "Gaussian mixed" in [method.name for method in every_method()]
