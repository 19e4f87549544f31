"""The policy as a method: thresholds on a budget, states from the record seen so far."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from midcourse.course.forecast import forecast, seen
from midcourse.course.observed import Observed, observe
from midcourse.evaluation.folds import balanced_folds
from midcourse.evaluation.method import Asked
from midcourse.evaluation.methods.policy import LearnedPolicy, Policy
from midcourse.evaluation.peeking import looks_ahead
from midcourse.evaluation.run import run
from midcourse.evaluation.tasks import default_tasks
from midcourse.measures import ReliableChange, Scale, find
from midcourse.measures.scale import Cutoff
from midcourse.record import Episode, Score
from midcourse.review import review_caseload
from midcourse.review.one_course import review_course
from midcourse.signals import decide
from midcourse.signals.state import State
from midcourse.signals.thresholds import in_words, thresholds_of
from midcourse.signals.two_stage import DEFAULT, Thresholds
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


def limits(learned: LearnedPolicy) -> Thresholds:
    return thresholds_of(learned.course, PHQ_9)


def asked_of(person: Observed, k: int) -> Asked:
    return Asked(person.up_to(k + 1), person.times[k] + 1.0, person.times[-1])


def test_thresholds_are_learned_and_the_soft_one_is_not_above_the_firm_one(learned: LearnedPolicy) -> None:
    assert limits(learned) != DEFAULT
    assert 0.0 < limits(learned).soft <= limits(learned).firm < 1.0


def test_a_larger_budget_lowers_the_thresholds(people: list[Observed]) -> None:
    few, many = (
        limits(Policy(budget, budget + 2.0).learn(people, PHQ_9, "session")) for budget in (2.0, 8.0)
    )
    assert many.firm < few.firm
    assert many.soft < few.soft


def test_a_budget_beyond_any_rate_takes_the_threshold_that_comes_nearest(people: list[Observed]) -> None:
    everyone = limits(Policy(1000.0, 2000.0).learn(people, PHQ_9, "session"))
    assert everyone.firm >= everyone.soft > 0.0


def test_what_it_says_is_what_a_review_with_its_course_says(
    people: list[Observed], learned: LearnedPolicy
) -> None:
    """The method that is called midcourse is what a user gets: state by state, and chance by chance."""
    assert learned.course is not None
    some = [person for person in people if len(person.scores) > 3][:30]
    end = learned.course.horizon
    asked = [Asked(one.up_to(3), 4.0, max(end, one.times[2] + 1.0)) for one in some]
    said = learned.predict(asked)
    assert said.state is not None and said.last_cdf is not None
    for row, question in enumerate(asked):
        review = review_course(question.seen, "1", learned.course, PHQ_9, "session")
        assert said.state[row] is review.state
        assert review.outlook is not None and review.outlook.p_improvement is not None
        assert review.outlook.time == question.horizon
        assert said.p_no_improvement[row] == pytest.approx(1 - review.outlook.p_improvement, abs=1e-9)
        assert said.p_deterioration[row] == pytest.approx(review.outlook.p_deterioration, abs=1e-9)
        assert PHQ_9.maximum - said.last_cdf[row, :-1].sum() == pytest.approx(review.outlook.mean, abs=1e-9)


def test_a_caseload_of_the_same_clients_learns_the_same_course_and_limits() -> None:
    few = clinic(60)
    episodes = [
        Episode(
            one.client_id,
            tuple(Score("phq-9", s, session=t) for t, s in zip(one.times, one.scores, strict=True)),
        )
        for one in few
    ]
    caseload = review_caseload(episodes, {"phq-9": PHQ_9}, references=False, bands=False)
    learned = Policy().learn(few[::-1], PHQ_9, "session")
    assert learned.course is not None
    assert in_words(learned.course, PHQ_9) in caseload.measures[0].sources
    states = {one.client_id: one.state for one in caseload.courses}
    said = learned.predict([Asked(one, one.times[-1] + 1.0, 12.0) for one in few])
    assert said.state == tuple(states[one.client_id] for one in few)


def test_with_too_few_clients_to_learn_limits_the_default_ones_stand() -> None:
    assert limits(Policy().learn(clinic(19), PHQ_9, "session")) == DEFAULT


def test_where_a_review_expects_no_course_simple_rules_give_the_chances_and_scores_the_states() -> None:
    few = clinic(11)
    learned = Policy().learn(few, PHQ_9, "session")
    assert learned.course is None
    asked = [asked_of(person, 2) for person in few if len(person.scores) > 3]
    said = learned.predict(asked)
    assert said.state is not None and said.last_cdf is not None
    assert ((said.p_no_improvement > 0) & (said.p_no_improvement < 1)).all()
    for one, state in zip(asked, said.state, strict=True):
        assert state is decide(one.seen, None, PHQ_9).state


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


def test_where_higher_is_better_it_says_the_same_of_mirrored_scores(people: list[Observed]) -> None:
    mirrored = [replace(one, scores=tuple(27.0 - s for s in one.scores)) for one in people]
    high = replace(PHQ_9, higher_is_better=True, caseness=Cutoff(18, "mirrored"))
    low = replace(PHQ_9, caseness=Cutoff(9, "as mirrored"))
    asked = [asked_of(one, 2) for one in people[:30] if len(one.scores) > 3]
    turned = [asked_of(one, 2) for one in mirrored[:30] if len(one.scores) > 3]
    one = Policy().learn(people, low, "session").predict(asked)
    two = Policy().learn(mirrored, high, "session").predict(turned)
    # The search for the correction ends near the same place from either side, not at the same bit.
    np.testing.assert_allclose(two.p_no_improvement, one.p_no_improvement, atol=0.03)


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


def test_a_course_that_learned_no_odds_speaks_as_its_distribution_does() -> None:
    """Twenty clients with two scores and a few with more: a course, and nobody to learn odds from."""
    brief = [one.up_to(2) for one in clinic(30)] + [
        replace(one, client_id=f"x{one.client_id}") for one in clinic(5)
    ]
    learned = Policy().learn(brief, PHQ_9, "session")
    assert learned.course is not None and learned.course.odds is None
    one = Observed("a", (1.0, 2.0), (15.0, 15.0))
    said = learned.predict([Asked(one, 3.0, 8.0)])
    plain = forecast(learned.course, PHQ_9, seen(learned.course, one), 8.0).predictive
    assert said.p_no_improvement[0] == pytest.approx(1 - plain.at_most(9))
