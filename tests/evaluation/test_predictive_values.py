"""How often each state was right on held-out clients."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from midcourse.course.observed import Observed, observe
from midcourse.evaluation.folds import balanced_folds
from midcourse.evaluation.method import Asked, Predictions
from midcourse.evaluation.methods.policy import Policy
from midcourse.evaluation.predictive_values import predictive_values
from midcourse.evaluation.run import Run, run
from midcourse.evaluation.tasks import default_tasks
from midcourse.measures import ReliableChange, find
from midcourse.signals.predictive_values import PredictiveValues, predictive_values_from_json
from midcourse.signals.state import State
from midcourse.tables import read_table
from tests.evaluation.judge_parts import SCALE, Told, always, course

OFF, ON, EARLY = State.OFF_COURSE, State.ON_COURSE, State.TOO_EARLY
# Reliable change is 5. Starting low: a ends better, b does not. In the middle: c ends better, d does not.
PEOPLE = [
    course("a", 8, 8, 8, 8, 8, 3),
    course("b", 8, 8, 8, 3, 8, 8),
    course("c", 15, 15, 15, 15, 9),
    course("d", 15, 9, 9, 9, 9, 9, 15),
]


def by_last_score(asked: Sequence[Asked], people: Sequence[Observed]) -> Predictions:
    """Off course where the score is that at the start, on course where it is better; a is too early at 2 scores."""
    states = []
    for one in asked:
        early = one.seen.client_id == "a" and len(one.seen.scores) == 2
        states.append(EARLY if early else OFF if one.seen.scores[-1] >= one.seen.intake else ON)
    return replace(always(0.5, asked), state=tuple(states))


def failing(asked: Sequence[Asked], people: Sequence[Observed]) -> Predictions:
    raise ValueError("too few clients")


def asked_of(answer: Callable[[Sequence[Asked], Sequence[Observed]], Predictions]) -> Run:
    tasks = default_tasks(PEOPLE, {"a": "1", "b": "1", "c": "2", "d": "2"})
    return run([Told(answer)], PEOPLE, SCALE, "session", tasks)


def counted(acted_on: bool = False) -> PredictiveValues:
    return predictive_values(
        asked_of(by_last_score),
        PEOPLE,
        data_set="four people",
        setting="invented",
        acted_on=acted_on,
        method="told",
    )


def counts(table: PredictiveValues) -> dict[tuple[State | None, int, str], tuple[int, int]]:
    return {(one.state, one.scores_from, one.third): (one.k, one.n) for one in table.values}


def test_each_client_counts_once_in_a_cell_and_only_where_two_scores_were_to_come() -> None:
    assert counts(counted()) == {
        # a is too early at 2 scores, so only b is there. The last two scores of each are in nothing.
        (OFF, 2, "low"): (1, 1),
        (OFF, 2, "middle"): (0, 1),
        (OFF, 3, "low"): (1, 2),
        (OFF, 3, "middle"): (0, 1),
        (OFF, 4, "low"): (0, 1),
        (ON, 2, "middle"): (1, 1),
        (ON, 3, "middle"): (1, 1),
        (ON, 4, "low"): (1, 1),
        (ON, 4, "middle"): (1, 1),  # d at 4 and at 5 scores
        (None, 2, "low"): (1, 1),
        (None, 2, "middle"): (1, 2),
        (None, 3, "low"): (1, 2),
        (None, 3, "middle"): (1, 2),
        (None, 4, "low"): (1, 2),
        (None, 4, "middle"): (1, 1),
    }


def test_the_table_says_what_it_counted_and_where() -> None:
    table = counted(acted_on=True)
    assert (table.data_set, table.setting, table.acted_on) == ("four people", "invented", True)
    assert (table.measure, table.reliable_change, table.clients) == ("bdi", 5, 4)
    assert table.rule == "told: test"
    assert table.cuts == (8.0, 15.0)
    assert predictive_values_from_json(table.to_json()) == table


def test_equal_first_scores_are_never_parted() -> None:
    table = counted()
    assert {table.third_of(person.intake) for person in PEOPLE} == {"low", "middle"}


def test_a_method_that_failed_or_was_not_run_has_no_values() -> None:
    with pytest.raises(ValueError, match="made no predictions: fold 1: too few clients"):
        predictive_values(asked_of(failing), PEOPLE, data_set="x", setting="y", acted_on=False, method="told")
    with pytest.raises(KeyError):
        predictive_values(asked_of(failing), PEOPLE, data_set="x", setting="y", acted_on=False)


def test_on_enrichd_firm_signals_were_right_more_often_than_none(real_data: Callable[[str], Path]) -> None:
    scale = replace(find("bdi").scale, reliable_change=ReliableChange(9, "given"))
    episodes = read_table(real_data("enrichd_cbt_bdi.csv")).episodes
    people = [person for one in episodes if (person := observe(one, "bdi", "week"))]
    told = run([Policy()], people, scale, "week", default_tasks(people, balanced_folds(people, 3)))
    table = predictive_values(told, people, data_set="ENRICHD", setting="CBT", acted_on=False)
    assert table.rule == "two-stage-1"
    assert table.cuts == (14.0, 19.0)
    found = counts(table)
    for band in (3, 4, 6):
        off, on = (
            np.sum([found.get((state, band, third), (0, 0)) for third in ("low", "middle", "high")], axis=0)
            for state in (OFF, ON)
        )
        assert off[0] / off[1] > 2 * on[0] / on[1]
    assert sum(found[None, 2, third][1] for third in ("low", "middle", "high")) == 557
