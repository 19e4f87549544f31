"""The pooled method: what is pooled, what is corrected, and what half share plain change keeps."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from midcourse.course.calibrate import FEWEST
from midcourse.evaluation.method import Predictions, no_improvement, values_of
from midcourse.evaluation.methods.chances import chances
from midcourse.evaluation.methods.change_rule import ChangeRule
from midcourse.evaluation.methods.landmark import Landmark
from midcourse.evaluation.methods.ornstein_uhlenbeck import (
    HELD_FROM,
    SMALLEST,
    OrnsteinUhlenbeck,
    learn_drifting,
)
from midcourse.evaluation.methods.points import points_asked, points_of
from midcourse.evaluation.methods.pooled import (
    LearnedPooled,
    Odds,
    Pooled,
    held_out_chances,
    learn_pooled,
)
from tests.clinics import PHQ_9, clinic
from tests.evaluation.method_parts import BETTER_HIGH, asked_of, in_weeks, mirrored

PEOPLE = clinic(260, 6, clip_to_scale=True, whole_numbers=True)
LONG = [person for person in PEOPLE if len(person.scores) > 2]
TRAINING, SOME, HELD_OUT = LONG[:130], LONG[:60], LONG[130:170]


@pytest.fixture(scope="module")
def learned() -> LearnedPooled:
    return Pooled().learn(TRAINING, PHQ_9, "session")


@pytest.fixture(scope="module")
def small() -> LearnedPooled:
    return Pooled().learn(SOME, PHQ_9, "session")


@pytest.fixture(scope="module")
def said(learned: LearnedPooled) -> Predictions:
    return learned.predict(asked_of(HELD_OUT))


def last_chances(cdf: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """No reliable improvement and reliable deterioration, from a distribution row by row."""
    p, q = [], []
    for row, one in zip(cdf, asked_of(HELD_OUT), strict=True):
        better, worse = int(one.seen.intake) - 6, int(one.seen.intake) + 6
        p.append(1.0 - (row[better] if better >= 0 else 0.0))
        q.append(1.0 - row[worse - 1] if worse <= 27 else 0.0)
    return np.array(p), np.array(q)


def test_the_next_score_is_the_drifting_courses_alone(said: Predictions) -> None:
    drifting = OrnsteinUhlenbeck().learn(TRAINING, PHQ_9, "session").predict(asked_of(HELD_OUT))
    assert_array_equal(said.next_cdf, drifting.next_cdf)


def test_the_last_score_is_the_mean_of_both_distributions(said: Predictions) -> None:
    asked = asked_of(HELD_OUT)
    parts = [
        m.learn(TRAINING, PHQ_9, "session").predict(asked).last_cdf for m in (OrnsteinUhlenbeck(), Landmark())
    ]
    assert parts[0] is not None and parts[1] is not None
    assert_allclose(said.last_cdf, (parts[0] + parts[1]) / 2, atol=1e-12)


def test_from_100_clients_the_chances_are_the_last_scores_with_corrected_odds(
    learned: LearnedPooled, said: Predictions
) -> None:
    assert learned.change is None and said.last_cdf is not None
    p, q = last_chances(said.last_cdf)
    assert_allclose(said.p_no_improvement, learned.no_improvement.corrected(p), atol=1e-12)
    assert_allclose(said.p_deterioration, learned.deterioration.corrected(q), atol=1e-12)


def test_below_100_clients_the_rates_by_change_have_a_half_share(small: LearnedPooled) -> None:
    asked = asked_of(HELD_OUT)
    said = small.predict(asked)
    simple = ChangeRule().learn(SOME, PHQ_9, "session").predict(asked)
    assert said.last_cdf is not None
    p, q = last_chances(said.last_cdf)
    half = (small.no_improvement.corrected(p) + simple.p_no_improvement) / 2
    assert_allclose(said.p_no_improvement, half, atol=1e-12)
    half = (small.deterioration.corrected(q) + simple.p_deterioration) / 2
    assert_allclose(said.p_deterioration, half, atol=1e-12)


@pytest.mark.parametrize(("clients", "simple"), [(FEWEST - 1, True), (FEWEST, False)])
def test_only_clients_with_three_scores_count_towards_the_hundred(clients: int, simple: bool) -> None:
    short = [person.up_to(2) for person in LONG[clients:]]
    learned = Pooled().learn([*LONG[:clients], *short], PHQ_9, "session")
    assert (learned.change is not None) is simple


def test_below_40_clients_odds_are_left_as_they_are() -> None:
    learned, held = learn_pooled(LONG[: HELD_FROM - 1], PHQ_9, "session")
    assert held is None
    assert learned.no_improvement == learned.deterioration == Odds()


def test_below_twenty_clients_it_refuses() -> None:
    with pytest.raises(ValueError, match="at least 20 are needed"):
        Pooled().learn(LONG[: SMALLEST - 1], PHQ_9, "session")


def test_without_a_reliable_change_there_is_no_chance_to_speak_of() -> None:
    with pytest.raises(ValueError, match="no reliable change in force"):
        Pooled().learn(TRAINING, replace(PHQ_9, reliable_change=None), "session")


def test_risk_is_the_chance_of_no_improvement_and_the_alert_a_chance_above_one_half(
    said: Predictions,
) -> None:
    assert_array_equal(said.risk, said.p_no_improvement)
    assert_array_equal(said.alert, said.p_no_improvement > 0.5)


@pytest.mark.parametrize("axis", ["session", "week"])
def test_each_point_gets_one_honest_answer_on_both_clocks(axis: str) -> None:
    change = in_weeks if axis == "week" else list
    asked = asked_of(change(HELD_OUT))
    said = Pooled().learn(change(SOME), PHQ_9, axis).predict(asked)
    for chance in (said.p_no_improvement, said.p_deterioration):
        assert chance.shape == (len(asked),)
        assert ((chance >= 0) & (chance <= 1)).all()
    for cdf in (said.next_cdf, said.last_cdf):
        assert cdf is not None and cdf.shape == (len(asked), len(values_of(PHQ_9)))
        assert (np.diff(cdf, axis=1) >= -1e-12).all()
        assert_allclose(cdf[:, -1], 1.0)


def test_where_higher_is_better_the_same_is_said_the_other_way_round(small: LearnedPooled) -> None:
    said = small.predict(asked_of(HELD_OUT))
    turned = Pooled().learn(mirrored(SOME), BETTER_HIGH, "session").predict(asked_of(mirrored(HELD_OUT)))
    assert_allclose(turned.p_no_improvement, said.p_no_improvement, atol=1e-8)
    assert_allclose(turned.p_deterioration, said.p_deterioration, atol=1e-8)
    assert_array_equal(turned.alert, said.alert)
    for one, other in ((said.next_cdf, turned.next_cdf), (said.last_cdf, turned.last_cdf)):
        assert one is not None and other is not None
        ours, theirs = np.diff(one, prepend=0.0, axis=1), np.diff(other, prepend=0.0, axis=1)
        assert_allclose(theirs, ours[:, ::-1], atol=1e-8)


def test_what_is_said_never_changes_when_later_scores_are_changed(
    learned: LearnedPooled, said: Predictions
) -> None:
    """Each point is asked again of a record whose every later score is another one."""
    asked = []
    for person in HELD_OUT:
        for k in (1, 2, 3):
            if len(person.scores) > k + 1:
                later = tuple(27.0 - score for score in person.scores[k + 1 :])
                asked += asked_of([replace(person, scores=(*person.scores[: k + 1], *later))], (k,))
    again = learned.predict(asked)
    for name in ("p_no_improvement", "p_deterioration", "risk", "alert", "next_cdf", "last_cdf"):
        assert_array_equal(getattr(again, name), getattr(said, name))


def test_one_person_alone_is_told_the_same_as_among_others(learned: LearnedPooled, said: Predictions) -> None:
    for place, one in enumerate(asked_of(HELD_OUT)[:5]):
        alone = learned.predict([one])
        assert alone.p_no_improvement[0] == pytest.approx(said.p_no_improvement[place], abs=1e-12)
        assert alone.last_cdf is not None and said.last_cdf is not None
        assert_allclose(alone.last_cdf[0], said.last_cdf[place], atol=1e-12)


def test_after_the_first_score_alone_the_drifting_course_speaks_alone(
    learned: LearnedPooled, small: LearnedPooled
) -> None:
    """Neither a landmark nor a change so far is there yet; the odds are corrected all the same."""
    first = [replace(one, seen=one.seen.up_to(1)) for one in asked_of(HELD_OUT, (1,))]
    points = points_asked(first, PHQ_9)
    for method in (learned, small):
        found = method.predict(first)
        following, last = method.drifting.distributions(points, [one.seen for one in first])
        assert_array_equal(found.next_cdf, following)
        assert_array_equal(found.last_cdf, last)
        p, q = chances(PHQ_9, points, last)
        assert_array_equal(found.p_no_improvement, method.no_improvement.corrected(p))
        assert_array_equal(found.p_deterioration, method.deterioration.corrected(q))


def test_no_question_has_no_answer(learned: LearnedPooled, small: LearnedPooled) -> None:
    for method in (learned, small):
        found = method.predict([])
        assert len(found.risk) == len(found.alert) == 0


@pytest.mark.parametrize("people", [SOME, TRAINING], ids=["below 100", "from 100"])
def test_held_out_chances_of_the_training_clients_are_the_methods_own_kind(people: list) -> None:
    """They stand beside every point, and tell the clients without improvement from the others."""
    _, held = learn_pooled(people, PHQ_9, "session")
    assert held is not None
    points = points_of(people, PHQ_9)
    assert_array_equal(held.points.person, points.person)
    event = no_improvement(PHQ_9, points.intake, points.last)
    assert ((held.p_no_improvement > 0) & (held.p_no_improvement < 1)).all()
    assert held.p_no_improvement[event].mean() > held.p_no_improvement[~event].mean() + 0.1


def test_the_landmarks_share_of_a_held_out_chance_comes_from_the_other_folds() -> None:
    _, held = learn_drifting(SOME, PHQ_9, "session")
    assert held is not None
    whole = held_out_chances(SOME, PHQ_9, "session", held)
    inside = {int(i) for i in held.points.person[held.fold == 2]}
    changed = [
        replace(p, scores=(*p.scores[:-1], 27.0 - p.scores[-1])) if i in inside else p
        for i, p in enumerate(SOME)
    ]
    again = held_out_chances(changed, PHQ_9, "session", held)
    assert_array_equal(whole[0][held.fold == 2], again[0][held.fold == 2])
    assert not np.allclose(whole[0][held.fold == 1], again[0][held.fold == 1])


def test_it_says_who_thought_of_pooling() -> None:
    assert Pooled().name == "pooled"
    assert "10.1214/aoms/1177704873" in Pooled().source
