"""How often each state was right on held-out clients."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from midcourse.course.observed import Observed
from midcourse.evaluation.method import Asked, Predictions
from midcourse.evaluation.predictive_values import predictive_values
from midcourse.evaluation.run import Run, run
from midcourse.evaluation.tasks import default_tasks
from midcourse.signals.predictive_values import FEWEST, PredictiveValues, predictive_values_from_json
from midcourse.signals.state import State
from midcourse.signals.two_stage import RULE_VERSION
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


PAGE = "docs/explanation/signals.md"
BANDS_OF_PAGE, THIRDS_OF_PAGE = (2, 3, 4, 6, 9), ("low", "middle", "high")


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / PAGE).read_text("utf-8")


def rows_of(page: str, heading: str) -> dict[State | None, list[tuple[int, int] | None]]:
    """Return the counts of the page's table with this in its heading; None where they are not known yet."""
    table = page[page.index(heading) :].split("\n\n")[0].splitlines()[2:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    return {None if row[0] == "everyone" else State(row[0]): [pair(cell) for cell in row[1:]] for row in rows}


def pair(cell: str) -> tuple[int, int] | None:
    if cell == "not known yet":
        return None
    k, n = cell.split(" of ")
    return int(k), int(n)


def holds(said: tuple[int, int] | None, k: int, n: int) -> bool:
    # Another library or processor may move a client or two across a threshold.
    return n < FEWEST + 2 if said is None else abs(k - said[0]) <= 2 and abs(n - said[1]) <= 2


def test_the_page_on_signals_says_what_its_own_commands_find(
    real_data: Callable[[str], Path], page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(real_data("enrichd_cbt_bdi.csv").parent)
    code = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert code is not None
    names: dict[str, Any] = {}
    exec(code[1], names)
    table: PredictiveValues = names["table"]
    found = counts(table)
    assert (table.rule, table.clients, table.cuts) == (RULE_VERSION, 557, (14.0, 19.0))
    for state, cells in rows_of(page, "| ended without reliable").items():
        for band, said in zip(BANDS_OF_PAGE, cells, strict=True):
            thirds = [found.get((state, band, third), (0, 0)) for third in THIRDS_OF_PAGE]
            assert holds(said, *(sum(counts) for counts in zip(*thirds, strict=True))), (state, band, thirds)
    for state, cells in rows_of(page, "| at 4 to 5 scores").items():
        for third, said in zip(THIRDS_OF_PAGE, cells, strict=True):
            assert holds(said, *found.get((state, 4, third), (0, 0))), (state, third)
    assert names["sentence"].startswith("Of 2")
    assert names["sentence"].endswith("From: ENRICHD, CBT for depression after a heart attack.")
