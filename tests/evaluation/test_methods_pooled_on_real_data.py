"""On ENRICHD the pooled method clears the bar that plain change sets (ST13), and does not take long."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from midcourse.course.observed import observe
from midcourse.evaluation.folds import balanced_folds
from midcourse.evaluation.judge import judge
from midcourse.evaluation.methods.change_rule import ChangeRule
from midcourse.evaluation.methods.pooled import Pooled
from midcourse.evaluation.run import run
from midcourse.evaluation.tasks import default_tasks
from midcourse.evaluation.verdict import Verdict
from midcourse.measures.scale import ReliableChange, Scale
from midcourse.tables import read_table
from tests.clinics import PHQ_9, clinic

BDI = Scale("bdi", "BDI", 0, 63, reliable_change=ReliableChange(9, "test"))


@dataclass(frozen=True)
class Found:
    """What the judge said of both methods."""

    change: Verdict
    pooled: Verdict


@pytest.fixture(scope="module")
def enrichd(real_data: Callable[[str], Path]) -> Found:
    episodes = read_table(real_data("enrichd_cbt_bdi.csv")).episodes
    people = [person for e in episodes if (person := observe(e, "bdi", "week")) is not None]
    tasks = default_tasks(people, balanced_folds(people, 3))
    judged = judge(run([ChangeRule(), Pooled()], people, BDI, "week", tasks), draws=20)
    change, pooled = judged.verdicts
    return Found(change, pooled)


def value(verdict: Verdict, name: str) -> float:
    found = verdict.figures[name].value
    assert found is not None
    return found


def test_on_enrichd_it_puts_those_who_will_not_improve_first_better_than_change_does(enrichd: Found) -> None:
    assert value(enrichd.pooled, "auc") > value(enrichd.change, "auc") + 0.03


@pytest.mark.parametrize("name", ["log_loss", "brier"])
def test_on_enrichd_its_chances_are_better_than_rates_by_change(enrichd: Found, name: str) -> None:
    assert value(enrichd.pooled, name) < value(enrichd.change, name)


def test_on_enrichd_its_chances_are_neither_too_sure_nor_too_shy(enrichd: Found) -> None:
    assert value(enrichd.pooled, "slope") == pytest.approx(1.0, abs=0.15)


def test_on_enrichd_the_next_and_the_last_score_are_forecast_about_as_well_as_the_best_known(
    enrichd: Found,
) -> None:
    assert value(enrichd.pooled, "crps_next") < 2.4
    assert value(enrichd.pooled, "crps_last") < 2.85


def test_learning_from_five_hundred_clients_takes_seconds() -> None:
    people = clinic(500, 9, clip_to_scale=True, whole_numbers=True)
    start = time.process_time()
    Pooled().learn(people, PHQ_9, "session")
    assert time.process_time() - start < 15.0
