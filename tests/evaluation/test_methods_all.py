"""What every method of warning owes to whoever asks it."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from midcourse.course.observed import Observed
from midcourse.evaluation.method import Asked, Method, Predictions, values_of
from tests.clinics import PHQ_9
from tests.evaluation.method_parts import BETTER_HIGH, METHODS, asked_of, in_weeks, mirrored, people

TRAINING, HELD_OUT = people()[:130], people()[130:]


def name_of(method: Method) -> str:
    return f"{type(method).__name__}: {method.name}"


every_method = pytest.mark.parametrize("method", METHODS, ids=name_of)


def numbers(said: Predictions) -> list[np.ndarray]:
    parts = [said.p_no_improvement, said.p_deterioration, said.risk, said.next_cdf, said.last_cdf]
    return [part for part in parts if part is not None]


@every_method
@pytest.mark.parametrize("axis", ["session", "week"])
def test_each_point_gets_one_honest_answer(method: Method, axis: str) -> None:
    change = in_weeks if axis == "week" else list
    asked = asked_of(change(HELD_OUT))
    said = method.learn(change(TRAINING), PHQ_9, axis).predict(asked)
    for chance in (said.p_no_improvement, said.p_deterioration):
        assert chance.shape == (len(asked),)
        assert ((chance >= 0) & (chance <= 1)).all()
    assert said.risk.shape == said.alert.shape == (len(asked),)
    assert np.isfinite(said.risk).all() and said.alert.dtype == bool
    for cdf in (said.next_cdf, said.last_cdf):
        if cdf is not None:
            assert cdf.shape == (len(asked), len(values_of(PHQ_9)))
            assert (np.diff(cdf, axis=1) >= -1e-12).all() and (cdf[:, 0] >= 0).all()
            assert_allclose(cdf[:, -1], 1.0)


@every_method
def test_where_higher_is_better_the_same_is_said_the_other_way_round(method: Method) -> None:
    worse = method.learn(TRAINING, PHQ_9, "session").predict(asked_of(HELD_OUT))
    better = method.learn(mirrored(TRAINING), BETTER_HIGH, "session").predict(asked_of(mirrored(HELD_OUT)))
    assert_allclose(better.p_no_improvement, worse.p_no_improvement, atol=1e-12)
    assert_allclose(better.p_deterioration, worse.p_deterioration, atol=1e-12)
    assert_allclose(better.risk, worse.risk, atol=1e-12)
    assert_array_equal(better.alert, worse.alert)
    for one, other in ((worse.next_cdf, better.next_cdf), (worse.last_cdf, better.last_cdf)):
        if one is not None and other is not None:
            ours, theirs = np.diff(one, prepend=0.0, axis=1), np.diff(other, prepend=0.0, axis=1)
            assert_allclose(theirs, ours[:, ::-1], atol=1e-12)


@every_method
def test_what_is_said_of_one_person_does_not_depend_on_who_else_is_asked_about(method: Method) -> None:
    learned, asked = method.learn(TRAINING, PHQ_9, "session"), asked_of(HELD_OUT)
    together = learned.predict(asked)
    alone = [learned.predict([one]) for one in asked[:4]]
    for place, row in enumerate(alone):
        for single, many in zip(numbers(row), numbers(together), strict=True):
            assert_allclose(single[0], many[place], atol=1e-12)


@every_method
def test_learning_twice_from_the_same_people_says_the_same(method: Method) -> None:
    first, second = (method.learn(TRAINING, PHQ_9, "session").predict(asked_of(HELD_OUT)) for _ in range(2))
    for one, other in zip(numbers(first), numbers(second), strict=True):
        assert_array_equal(one, other)


@every_method
def test_nothing_is_said_after_the_first_score_alone(method: Method) -> None:
    start = [Asked(person.up_to(1), 2.0, 5.0) for person in HELD_OUT[:5]]
    said = method.learn(TRAINING, PHQ_9, "session").predict([*start, *asked_of(HELD_OUT)])
    for part in numbers(said):
        assert np.isnan(part[:5]).all() and not np.isnan(part[5:]).any()
    assert not said.alert[:5].any()


@every_method
def test_no_question_has_no_answer(method: Method) -> None:
    said = method.learn(TRAINING, PHQ_9, "session").predict([])
    assert all(len(part) == 0 for part in [*numbers(said), said.alert])


@every_method
def test_a_course_longer_than_any_seen_is_still_answered(method: Method) -> None:
    times = tuple(float(t) for t in range(1, 31))
    longest = Observed("long", times, tuple(15.0 - t % 3 for t in range(30)))
    said = method.learn(TRAINING, PHQ_9, "session").predict([Asked(longest, 31.0, 60.0)])
    assert all(np.isfinite(part).all() for part in numbers(said))


@every_method
def test_scores_on_the_same_day_break_nothing(method: Method) -> None:
    twice = Observed("twice", (1.0, 1.0), (15.0, 12.0))
    said = method.learn(TRAINING, PHQ_9, "session").predict([Asked(twice, 1.0, 1.0)])
    assert all(np.isfinite(part).all() for part in numbers(said))


@every_method
def test_too_few_clients_are_refused_with_the_reason(method: Method) -> None:
    with pytest.raises(ValueError, match=r"at least \d+ are needed"):
        method.learn(TRAINING[:5], PHQ_9, "session")


@every_method
def test_a_small_clinic_where_nobody_got_worse_is_still_served(method: Method) -> None:
    some = [replace(p, scores=(20.0, 15.0, 14.0, 8.0)[: len(p.scores)], times=p.times[:4]) for p in TRAINING]
    some = [replace(p, scores=tuple(s - n % 3 for s in p.scores)) for n, p in enumerate(some[:60])]
    said = method.learn(some, PHQ_9, "session").predict(asked_of(some))
    assert all(np.isfinite(part).all() for part in numbers(said))
    assert (said.p_deterioration < 0.2).all()


@every_method
def test_without_a_reliable_change_there_is_no_chance_to_speak_of(method: Method) -> None:
    bare = replace(PHQ_9, reliable_change=None)
    with pytest.raises(ValueError, match="no reliable change in force"):
        method.learn(TRAINING, bare, "session").predict(asked_of(HELD_OUT))


@every_method
def test_every_method_names_itself_and_its_source(method: Method) -> None:
    assert method.name and any(letter.isdigit() or letter == "P" for letter in method.source)
