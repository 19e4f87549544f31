"""The Ornstein-Uhlenbeck method: what it says in both directions and on both clocks, and what it refuses."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from midcourse.course.basis import Basis
from midcourse.course.calibrate import FEWEST, folds_of
from midcourse.course.observed import Observed
from midcourse.course.stretch import STRETCHES
from midcourse.evaluation.method import Predictions, values_of
from midcourse.evaluation.methods.ornstein_uhlenbeck import (
    HELD_FROM,
    SMALLEST,
    LearnedDrifting,
    OrnsteinUhlenbeck,
    learn_drifting,
)
from midcourse.evaluation.methods.points import points_of
from midcourse.evaluation.methods.stretched_forecasts import (
    favoured_stretch,
    fit_stretched,
    forecasts,
    held_out_forecasts,
)
from tests.clinics import PHQ_9, clinic
from tests.evaluation.method_parts import BETTER_HIGH, asked_of, in_weeks, mirrored

LN = Basis("ln", "session")
PEOPLE = clinic(220, 5, clip_to_scale=True, whole_numbers=True)
LONG = [person for person in PEOPLE if len(person.scores) > 2]
TRAINING, HELD_OUT = LONG[:130], LONG[130:160]


@pytest.fixture(scope="module")
def learned() -> LearnedDrifting:
    return OrnsteinUhlenbeck().learn(TRAINING, PHQ_9, "session")


@pytest.fixture(scope="module")
def said(learned: LearnedDrifting) -> Predictions:
    return learned.predict(asked_of(HELD_OUT))


def columns(said: Predictions) -> list[np.ndarray]:
    assert said.next_cdf is not None and said.last_cdf is not None
    return [said.p_no_improvement, said.p_deterioration, said.risk, said.next_cdf, said.last_cdf]


def assert_honest(said: Predictions, points: int) -> None:
    p, q, risk, *distributions = columns(said)
    assert p.shape == q.shape == risk.shape == said.alert.shape == (points,)
    for chance in (p, q):
        assert ((chance >= 0) & (chance <= 1)).all()
    for cdf in distributions:
        assert cdf.shape == (points, len(values_of(PHQ_9)))
        assert (np.diff(cdf, axis=1) >= -1e-12).all()
        assert_allclose(cdf[:, -1], 1.0)


@pytest.mark.parametrize("recalibrated", [True, False])
def test_on_a_clock_of_weeks_it_answers_as_on_one_of_sessions(recalibrated: bool) -> None:
    method = OrnsteinUhlenbeck(recalibrated)
    for axis, change in (("session", list), ("week", in_weeks)):
        asked = asked_of(change(HELD_OUT))
        assert_honest(method.learn(change(TRAINING), PHQ_9, axis).predict(asked), len(asked))


def test_where_higher_is_better_the_same_is_said_the_other_way_round(said: Predictions) -> None:
    turned = OrnsteinUhlenbeck().learn(mirrored(TRAINING), BETTER_HIGH, "session")
    other = turned.predict(asked_of(mirrored(HELD_OUT)))
    for ours, theirs in zip(columns(said)[:3], columns(other)[:3], strict=True):
        assert_allclose(theirs, ours, atol=1e-9)
    assert_array_equal(other.alert, said.alert)
    for ours, theirs in zip(columns(said)[3:], columns(other)[3:], strict=True):
        chances, mirror = np.diff(ours, prepend=0.0, axis=1), np.diff(theirs, prepend=0.0, axis=1)
        assert_allclose(mirror, chances[:, ::-1], atol=1e-9)


def test_the_chances_are_those_of_the_last_scores_distribution(said: Predictions) -> None:
    assert said.last_cdf is not None
    for row, one in enumerate(asked_of(HELD_OUT)):
        better, worse = int(one.seen.intake - 6), int(one.seen.intake + 6)
        at_most = 0.0 if better < 0 else said.last_cdf[row, better]
        assert said.p_no_improvement[row] == pytest.approx(1.0 - at_most)
        assert said.p_deterioration[row] == pytest.approx(
            0.0 if worse > 27 else 1.0 - said.last_cdf[row, worse - 1]
        )
    assert_array_equal(said.risk, said.p_no_improvement)
    assert_array_equal(said.alert, said.p_no_improvement > 0.5)


def test_what_is_said_of_one_person_does_not_depend_on_who_else_is_asked_about(
    learned: LearnedDrifting, said: Predictions
) -> None:
    for place, one in enumerate(asked_of(HELD_OUT)[:5]):
        for alone, together in zip(columns(learned.predict([one])), columns(said), strict=True):
            assert_allclose(alone[0], together[place], atol=1e-12)


def test_nothing_is_said_after_the_first_score_alone_and_no_question_has_no_answer(
    learned: LearnedDrifting,
) -> None:
    first = [replace(one, seen=one.seen.up_to(1)) for one in asked_of(HELD_OUT)[:3]]
    silent = learned.predict(first)
    assert all(np.isnan(part).all() for part in columns(silent)) and not silent.alert.any()
    assert all(len(part) == 0 for part in columns(learned.predict([])))


def test_fewer_than_twenty_clients_with_a_second_score_are_refused() -> None:
    once = [person.up_to(1) for person in LONG[:50]]
    with pytest.raises(ValueError, match="19 clients have a second score; at least 20 are needed"):
        learn_drifting([*LONG[: SMALLEST - 1], *once], PHQ_9, "session")
    assert learn_drifting([*LONG[:SMALLEST], *once], PHQ_9, "session")[0].fit.clients == SMALLEST


def test_clients_who_all_start_alike_are_refused_with_the_reason() -> None:
    alike = [replace(person, scores=(15.0, *person.scores[1:])) for person in TRAINING]
    with pytest.raises(ValueError, match="not of full rank"):
        learn_drifting(alike, PHQ_9, "session")


def corrections(people: Sequence[Observed]) -> list[bool]:
    learned, held = learn_drifting(people, PHQ_9, "session")
    return [part is not None for part in (held, learned.next_correction, learned.last_correction)]


@pytest.mark.parametrize(
    ("clients", "wanted"),
    [(HELD_FROM - 1, (False,) * 3), (HELD_FROM, (True, False, False)), (FEWEST - 1, (True, False, False)),
     (FEWEST, (True,) * 3)],
)  # fmt: skip
def test_nothing_is_held_out_below_40_clients_and_nothing_corrected_below_100(
    clients: int, wanted: tuple[bool, ...]
) -> None:
    short = [person.up_to(2) for person in LONG[clients:]]
    assert corrections([*LONG[:clients], *short]) == list(wanted)


def test_the_form_that_is_not_recalibrated_learns_no_correction_and_says_so_in_its_name() -> None:
    plain, held = learn_drifting(TRAINING, PHQ_9, "session", recalibrated=False)
    assert (plain.next_correction, plain.last_correction, held) == (None, None, None)
    assert OrnsteinUhlenbeck(False).name == "Ornstein-Uhlenbeck, not recalibrated"
    assert OrnsteinUhlenbeck().name == "Ornstein-Uhlenbeck"
    assert "10.2307/2531727" in OrnsteinUhlenbeck().source


def test_held_out_forecasts_stand_beside_every_point_of_the_training_clients() -> None:
    _, held = learn_drifting(TRAINING, PHQ_9, "session")
    assert held is not None
    points = points_of(TRAINING, PHQ_9)
    assert_array_equal(held.points.last, points.last)
    assert held.following.shape == held.last.shape == (len(points.k), 28)
    assert all(len(set(held.fold[points.person == i])) == 1 for i in range(len(TRAINING)))
    assert len(set(held.fold)) == 5


def test_a_held_out_forecast_is_made_by_the_fit_to_the_other_folds() -> None:
    """Point by point, whatever the order of the folds."""
    people = TRAINING[:60]
    points, fold = points_of(people, PHQ_9), folds_of(60, 5, seed=3)
    whole = fit_stretched(people, PHQ_9, "plain", LN)
    following, last = held_out_forecasts(people, PHQ_9, "plain", points, fold, whole)
    for place in (0, 7, 50, len(points.k) - 1):
        number = fold[points.person[place]]
        others = [person for person, f in zip(people, fold, strict=True) if f != number]
        fit = fit_stretched(others, PHQ_9, "plain", LN, start=list(whole.theta))
        one = points.where(np.arange(len(points.k)) == place)
        seen = [people[one.person[0]].up_to(int(one.k[0]) + 1)]
        for found, time in ((following, one.next_time), (last, one.horizon)):
            alone = forecasts(fit, PHQ_9, "plain", one, seen, time)
            for name in ("mean", "sd", "intake", "latest", "ahead", "seen"):
                assert getattr(found, name)[place] == pytest.approx(getattr(alone, name)[0])


def test_a_fold_is_not_forecast_from_what_came_of_it() -> None:
    people = TRAINING[:60]
    fold = folds_of(60, 5, seed=3)
    changed = [
        replace(p, scores=(*p.scores[:-1], 27.0 - p.scores[-1])) if f == 0 else p
        for p, f in zip(people, fold, strict=True)
    ]
    whole = fit_stretched(people, PHQ_9, "plain", LN)
    mean = []
    for some in (people, changed):
        points = points_of(some, PHQ_9)
        found = held_out_forecasts(some, PHQ_9, "plain", points, fold, whole)
        mean.append([part.mean[fold[points.person] == 0] for part in found])
    assert_array_equal(mean[0], mean[1])


@pytest.mark.parametrize("stretch", STRETCHES)
def test_the_favoured_stretch_is_the_one_the_scores_were_made_on(stretch: str) -> None:
    """Scores whose level, drift and residual are normal on that stretch."""
    draw, low = (
        np.random.RandomState(4),
        {"plain": (14.0, 3.0), "root": (6.0, 1.3), "log": (9.0, 1.6)}[stretch],
    )
    people = []
    for number in range(150):
        y = low[0] + low[1] * (draw.standard_normal() + 0.7 * draw.standard_normal(6))
        steps = {"plain": y, "root": (y / 2) ** 2 - 1.0, "log": np.exp(y / 4) - 1.0}[stretch]
        scores = tuple(float(s) for s in np.clip(np.round(steps), 0, 27))
        people.append(Observed(str(number), (1.0, 2.0, 3.0, 4.0, 5.0, 6.0), scores))
    assert favoured_stretch(people, PHQ_9, LN) == stretch


def test_scores_that_are_not_whole_or_lie_past_an_end_break_nothing() -> None:
    odd = [replace(p, scores=tuple(s - 0.4 for s in p.scores)) for p in TRAINING]
    asked = asked_of(odd[:10])
    assert_honest(OrnsteinUhlenbeck().learn(odd, PHQ_9, "session").predict(asked), len(asked))
