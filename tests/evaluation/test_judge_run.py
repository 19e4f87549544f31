"""Methods learn from other people only, see cut-off records only, and what they say is kept or refused."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midcourse.course.observed import Observed
from midcourse.evaluation.folds import balanced_folds
from midcourse.evaluation.method import Asked, Predictions
from midcourse.evaluation.peeking import looks_ahead
from midcourse.evaluation.predictions_file import COLUMNS, write_predictions
from midcourse.evaluation.run import Run, run
from midcourse.evaluation.tasks import TaskSet, default_tasks
from midcourse.signals.state import State
from tests.evaluation.judge_parts import (
    SCALE,
    Oracle,
    Told,
    always,
    change,
    constant,
    course,
    sure,
    wandering,
)


def tasks_of(people: Sequence[Observed], folds: int = 3) -> TaskSet:
    return default_tasks(people, balanced_folds(people, folds))


def ran(method: Any, people: Sequence[Observed] | None = None) -> Run:
    people = wandering(30) if people is None else people
    return run([method], people, SCALE, "session", tasks_of(people))


def test_a_method_is_shown_records_cut_off_at_the_point_it_is_asked_about() -> None:
    people = wandering(30)
    oracle = Oracle(people)
    found = run([oracle], people, SCALE, "session", tasks_of(people))
    assert len(oracle.asked_about) == len(found.tasks.tasks)
    ends = {(a.seen.client_id, len(a.seen.scores)): a for a in oracle.asked_about}
    for task in found.tasks.tasks:
        asked = ends[task.client_id, task.k + 1]
        assert max(asked.seen.times) < asked.next_time == task.next_time <= asked.horizon


def test_a_method_never_learns_from_the_fold_it_is_asked_about() -> None:
    people = [*wandering(30), course("short", 3, 4), course("c0", 9, 9, 9, 9)]
    seen: list[tuple[set[str], set[str]]] = []

    def answer(asked: Sequence[Asked], learned: Sequence[Observed]) -> Predictions:
        seen.append(({a.seen.client_id for a in asked}, {p.client_id for p in learned}))
        return always(0.5, asked)

    ran(Told(answer), people)
    assert len(seen) == 3
    for asked, learned in seen:
        assert not asked & learned
        assert asked | learned == {p.client_id for p in people}  # also of the second course of c0
        assert "short" in learned


def test_a_method_that_tries_to_read_on_finds_nothing_there() -> None:
    def answer(asked: Sequence[Asked], learned: Sequence[Observed]) -> Predictions:
        known = {p.client_id: p for p in learned}
        for one in asked:
            assert one.seen.client_id not in known
            assert one.seen.scores[len(one.seen.times) :] == ()
        return always(0.5, asked)

    assert ran(Told(answer)).told[0].failed is None


def test_honest_methods_do_not_look_ahead() -> None:
    people = wandering(30)
    assert not looks_ahead(change(), people, SCALE, "session", tasks_of(people))
    assert not looks_ahead(constant(), people, SCALE, "session", tasks_of(people))


@dataclass(frozen=True)
class Remembers:
    """A method that keeps everybody it ever learned from, and looks them up when asked."""

    name: str = "remembers"
    source: str = "test"
    kept: Any = None

    def learn(self, people: Sequence[Observed], scale: Any, axis: Any) -> "Remembers":
        self.kept.update({person.client_id: person for person in people})
        return self

    def predict(self, asked: Sequence[Asked]) -> Predictions:
        known = [self.kept.get(one.seen.client_id, one.seen) for one in asked]
        risk = np.array([person.scores[-1] - person.intake for person in known])
        return replace(always(0.5, asked), risk=risk)


def test_a_method_that_remembers_people_from_another_fold_is_caught() -> None:
    people = wandering(30)
    assert looks_ahead(Remembers(kept={}), people, SCALE, "session", tasks_of(people))


def test_a_method_that_cannot_be_run_cannot_be_checked_for_looking_ahead() -> None:
    people = wandering(30)
    with pytest.raises(ValueError, match="told could not be run: fold"):
        looks_ahead(failing("no"), people, SCALE, "session", tasks_of(people))


@settings(max_examples=15)
@given(st.integers(0, 1000))
def test_what_is_said_does_not_change_when_only_later_scores_do(seed: int) -> None:
    people, draw = wandering(16, seed), np.random.RandomState(seed)
    tasks = tasks_of(people, 2)
    changed = [
        replace(p, scores=p.scores[:2] + tuple(draw.permutation(p.scores[2:]).tolist())) for p in people
    ]
    said = [run([change()], some, SCALE, "session", tasks).told[0].predictions for some in (people, changed)]
    first = [row for row, task in enumerate(tasks.tasks) if task.k == 1]
    np.testing.assert_array_equal(said[0].risk[first], said[1].risk[first])


# Failures are kept, with their reason


def failing(reason: str) -> Told:
    def answer(asked: Sequence[Asked], learned: Sequence[Observed]) -> Predictions:
        raise ValueError(reason)

    return Told(answer)


def test_a_method_that_fails_is_kept_with_its_reason_beside_those_that_do_not() -> None:
    people = wandering(30)
    shares: list[float] = []
    methods = [failing("30 clients are too few."), constant()]
    found = run(methods, people, SCALE, "session", tasks_of(people), progress=shares.append)
    assert found.of("told").predictions is None
    assert found.of("told").failed.endswith(": 30 clients are too few.")
    assert found.of("constant").failed is None
    np.testing.assert_allclose(shares, np.arange(1, 7) / 6)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"risk": lambda n: np.zeros(n + 1)}, "risk does not have one entry for each of"),
    ({"p_no_improvement": lambda n: np.full(n, 1.5)}, "p_no_improvement is not between 0 and 1"),
    ({"p_deterioration": lambda n: np.full(n, -0.5)}, "p_deterioration is not between 0 and 1"),
    ({"next_cdf": lambda n: np.ones((n, 3))}, "next_cdf has the shape"),
    ({"last_cdf": lambda n: np.tile(np.linspace(1, 0, 21), (n, 1))}, "last_cdf does not rise from 0 to 1"),
    ({"last_cdf": lambda n: np.full((n, 21), 0.5)}, "last_cdf does not rise from 0 to 1"),
    ({"state": lambda n: (State.ON_COURSE,)}, "state does not have one entry"),
]


@pytest.mark.parametrize(("changes", "said"), WRONG)
def test_what_cannot_be_is_refused_and_said(changes: dict[str, Any], said: str) -> None:
    def answer(asked: Sequence[Asked], learned: Sequence[Observed]) -> Predictions:
        new = {name: make(len(asked)) for name, make in changes.items()}
        return replace(always(0.5, asked), **new)

    assert said in ran(Told(answer)).told[0].failed


def test_a_run_needs_two_folds_names_that_differ_and_a_reliable_change() -> None:
    people = wandering(30)
    tasks = tasks_of(people)
    with pytest.raises(ValueError, match="Two methods have the same name"):
        run([constant(), constant()], people, SCALE, "session", tasks)
    with pytest.raises(ValueError, match="no reliable change in force"):
        run([constant()], people, replace(SCALE, reliable_change=None), "session", tasks)
    one = default_tasks(people, dict.fromkeys(balanced_folds(people, 3), "1"))
    with pytest.raises(ValueError, match="All tasks are in one fold"):
        run([constant()], people, SCALE, "session", one)
    with pytest.raises(KeyError):
        ran(constant()).of("other")


# Written for others


def rows_of(path: Any) -> list[dict[str, str]]:
    lines = [line.split(",") for line in path.read_text("utf-8").splitlines()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def test_predictions_are_written_with_intervals_from_the_one_distribution(tmp_path: Any) -> None:
    people = wandering(30)
    found = run([Oracle(people)], people, SCALE, "session", tasks_of(people))
    write_predictions(tmp_path / "out.csv", found, "oracle")
    rows = rows_of(tmp_path / "out.csv")
    assert tuple(rows[0]) == tuple(COLUMNS)
    known = {p.client_id: p for p in people}
    fixed = [(t.client_id, str(t.k)) for t in found.tasks.tasks if t.fixed]
    assert [(row["client_id"], row["k"]) for row in rows] == fixed
    for row in rows:
        person, k = known[row["client_id"]], int(row["k"])
        for columns, score in (
            ("pred_mean_last lo80 hi80 lo95 hi95", person.scores[-1]),
            ("pred_mean_next lo80_next hi80_next lo95_next hi95_next", person.scores[k + 1]),
        ):
            assert {float(row[column]) for column in columns.split()} == {score}
        assert float(row["sd_last"]) == float(row["sd_next"]) == 0
        assert row["state"] == ("off course" if float(row["p_no_improvement"]) else "on course")


def test_what_a_method_does_not_say_is_an_empty_cell(tmp_path: Any) -> None:
    def answer(asked: Sequence[Asked], learned: Sequence[Observed]) -> Predictions:
        return replace(always(0.5, asked), risk=np.full(len(asked), np.nan))

    write_predictions(tmp_path / "out.csv", ran(Told(answer)), "told")
    row = rows_of(tmp_path / "out.csv")[0]
    assert (row["risk"], row["pred_mean_last"], row["hi95_next"]) == ("", "", "")
    assert (row["p_no_improvement"], row["state"]) == ("0.5", "not computed")


def test_a_methods_own_states_are_written_and_bands_may_be_silent_in_one_fold(tmp_path: Any) -> None:
    people = wandering(30)

    def answer(asked: Sequence[Asked], learned: Sequence[Observed]) -> Predictions:
        said = replace(always(0.5, asked), state=(State.DRIFTING,) * len(asked))
        first = any(one.seen.client_id == "c0" for one in asked)
        return said if first else replace(said, last_cdf=sure(np.full(len(asked), 4.0)))

    write_predictions(tmp_path / "out.csv", ran(Told(answer), people), "told")
    rows = rows_of(tmp_path / "out.csv")
    assert {row["state"] for row in rows} == {"drifting"}
    assert {row["lo80"] for row in rows} == {"", "4"}


def test_states_are_those_of_all_folds_or_none() -> None:
    def answer(asked: Sequence[Asked], learned: Sequence[Observed]) -> Predictions:
        first = any(one.seen.client_id == "c0" for one in asked)
        return (
            always(0.5, asked) if first else replace(always(0.5, asked), state=(State.DRIFTING,) * len(asked))
        )

    assert ran(Told(answer)).told[0].predictions.state is None


def test_a_method_that_failed_has_no_predictions_to_write(tmp_path: Any) -> None:
    with pytest.raises(ValueError, match="told made no predictions: fold .*: why"):
        write_predictions(tmp_path / "out.csv", ran(failing("why")), "told")
