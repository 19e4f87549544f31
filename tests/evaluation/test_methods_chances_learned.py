"""The change rule, the logistic lines, the neighbours and the forest say what their rules say."""

import sys
from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.special import expit

from midcourse.course import logistic
from midcourse.course.logistic import INTERCEPT_PRECISION, fitted_line
from midcourse.course.observed import Observed
from midcourse.evaluation.method import Asked
from midcourse.evaluation.methods.change_rule import ChangeRule
from midcourse.evaluation.methods.forest import Forest
from midcourse.evaluation.methods.neighbours import Neighbours
from midcourse.evaluation.methods.oracle_logistic import OracleLogistic
from midcourse.measures.scale import ReliableChange, Scale
from tests.clinics import PHQ_9
from tests.evaluation.method_parts import BETTER_HIGH, asked_of, mirrored, people

MANY = people(500, 9)


def asked(*scores: float) -> Asked:
    """Return a decision point after these scores, one session apart, with three more to come."""
    times = tuple(float(t) for t in range(1, len(scores) + 1))
    return Asked(Observed("a", times, scores), times[-1] + 1, times[-1] + 3)


CHANGES = [asked(15, 21), asked(15, 20), asked(15, 15), asked(15, 10), asked(15, 9)]


def test_risk_is_the_change_so_far_for_the_worse() -> None:
    said = ChangeRule().learn(MANY, PHQ_9, "session").predict(CHANGES)
    assert said.risk.tolist() == [6, 5, 0, -5, -6]
    assert (np.diff(said.p_no_improvement) < 0).all() and (np.diff(said.p_deterioration) < 0).all()
    assert said.next_cdf is None and said.last_cdf is None


def test_the_published_rule_alerts_from_reliably_worse_on() -> None:
    said = ChangeRule().learn(MANY, PHQ_9, "session").predict(CHANGES)
    assert said.alert.tolist() == [True, False, False, False, False]


def test_the_stricter_rule_alerts_until_reliably_better() -> None:
    said = ChangeRule("not reliably better").learn(MANY, PHQ_9, "session").predict(CHANGES)
    assert said.alert.tolist() == [True, True, True, True, False]
    assert ChangeRule("not reliably better").name != ChangeRule().name


def test_both_rules_know_where_higher_is_better() -> None:
    turned = [asked(*mirrored([one.seen])[0].scores) for one in CHANGES]
    for rule in (ChangeRule(), ChangeRule("not reliably better")):
        same = rule.learn(MANY, PHQ_9, "session").predict(CHANGES).alert
        other = rule.learn(mirrored(MANY), BETTER_HIGH, "session").predict(turned).alert
        assert same.tolist() == other.tolist()


def drawn(rows: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.RandomState(seed)
    x = random.normal([10.0, -3.0], [4.0, 2.0], size=(rows, 2))
    return x, random.uniform(size=rows) < expit(0.5 + 0.2 * (x[:, 0] - 10) - 0.6 * (x[:, 1] + 3))


def test_a_logistic_line_finds_the_coefficients_that_made_the_data() -> None:
    x, event = drawn(40_000)
    line = fitted_line(x, event, np.ones(len(x)), 1.0)
    assert_allclose(line.coefficients[1:] / line.width, [0.2, -0.6], atol=0.03)
    assert_allclose(line.probability(x).mean(), event.mean(), atol=1e-3)


def test_a_logistic_line_stands_where_its_density_is_highest() -> None:
    x, event = drawn(60)
    line = fitted_line(x, event, np.ones(60), 2.0)
    z = np.column_stack([np.ones(60), (x - line.centre) / line.width])
    middle = np.array([np.log((event.sum() + 0.5) / (60 - event.sum() + 0.5)), 0, 0])

    def log_density(at: np.ndarray) -> float:
        pull = np.array([INTERCEPT_PRECISION, 2.0, 2.0])
        return float(
            -np.logaddexp(0, np.where(event, -1, 1) * (z @ at)).sum() - pull @ (at - middle) ** 2 / 2
        )

    best = log_density(line.coefficients)
    for column in range(3):
        for step in (-0.01, 0.01):
            assert log_density(line.coefficients + step * np.eye(3)[column]) < best


def test_a_column_that_never_changes_and_an_end_that_never_comes_are_no_trouble() -> None:
    x = np.column_stack([np.ones(50), np.arange(50.0)])
    line = fitted_line(x, np.zeros(50, dtype=bool), np.ones(50), 1.0)
    assert ((line.probability(x) > 0) & (line.probability(x) < 0.05)).all()


def test_a_search_cut_short_returns_where_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logistic, "ITERATIONS", 1)
    x, event = drawn(200)
    assert np.isfinite(fitted_line(x, event, np.ones(200), 1.0).coefficients).all()


def test_with_many_clients_each_occasion_has_a_line_of_its_own() -> None:
    learned = OracleLogistic().learn(MANY, PHQ_9, "session")
    assert {1, 2, 3} <= set(learned.without.own)
    few = OracleLogistic().learn(MANY[:60], PHQ_9, "session")
    assert few.without.own == {} and few.worse.own == {}


def test_with_few_clients_a_curved_line_is_straight() -> None:
    points = asked_of(MANY[400:])
    for clients, same in ((100, True), (400, False)):
        straight, curved = (
            OracleLogistic(bent).learn(MANY[:clients], PHQ_9, "session").predict(points).p_no_improvement
            for bent in (False, True)
        )
        assert np.allclose(straight, curved) == same


def test_logistic_chances_are_as_frequent_as_they_say() -> None:
    said = OracleLogistic().learn(MANY[:350], PHQ_9, "session").predict(asked_of(MANY[350:]))
    ends = [p.scores[0] - p.scores[-1] < 6 for p in MANY[350:] for k in (1, 2, 3) if len(p.scores) > k + 1]
    assert said.p_no_improvement.mean() == pytest.approx(np.mean(ends), abs=0.08)


def test_where_there_is_no_room_to_improve_that_is_certain() -> None:
    for method in (OracleLogistic(), Neighbours(), Forest(trees=5)):
        said = method.learn(MANY, PHQ_9, "session").predict([asked(5, 1), asked(25, 1)])
        assert said.p_no_improvement[0] == 1.0 and said.p_no_improvement[1] < 0.5


def test_neighbours_who_all_ended_alike_say_so() -> None:
    same = [Observed(str(n), (1, 2, 3, 4), (20.0, 15.0, 12.0, 8.0)) for n in range(70)]
    other = [Observed(str(n), (1, 2, 3, 4), (20.0, 20.0, 21.0, 20.0)) for n in range(70, 140)]
    said = Neighbours().learn([*same, *other], PHQ_9, "session").predict([asked(20, 15), asked(20, 20)])
    assert said.p_no_improvement[0] < 0.2 and said.p_no_improvement[1] > 0.8
    assert said.last_cdf is not None
    # From 15 the alike went down by 7, from 20 they stayed: one step of doubt is left.
    means = 27 - said.last_cdf[:, :-1].sum(axis=1)
    assert_allclose(means, [8.0, 20.0], atol=0.2)


def test_a_forest_without_scikit_learn_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.ensemble", None)
    with pytest.raises(ValueError, match=r"midcourse\[evaluate\]"):
        Forest().learn(MANY, PHQ_9, "session")


def test_a_forest_on_a_long_scale_still_spans_it() -> None:
    long = Scale("long", "Long", 0, 270, reliable_change=ReliableChange(60, "test"))
    tens = [replace(p, scores=tuple(10 * s for s in p.scores)) for p in MANY]
    said = Forest(trees=10).learn(tens[:300], long, "session").predict(asked_of(tens[300:]))
    assert said.last_cdf is not None and said.last_cdf.shape[1] == 271
    assert (np.diff(said.last_cdf, axis=1) >= -1e-12).all()
