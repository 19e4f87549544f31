"""On a real trial the baselines come out where an independent comparison of the same methods put them.

Judged after two to five scores beyond the first, ten folds balanced on total change, pairs within a fold,
9 points as reliable change (the independent comparison does not say its threshold).
"""

import csv
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from midcourse.course.observed import Observed
from midcourse.evaluation.method import Method
from midcourse.evaluation.methods.change_rule import ChangeRule
from midcourse.evaluation.methods.finch import Finch
from midcourse.evaluation.methods.neighbours import Neighbours
from midcourse.evaluation.methods.oracle_logistic import OracleLogistic
from midcourse.evaluation.methods.pcoms_cubic import PcomsCubic
from midcourse.measures.scale import ReliableChange, Scale
from tests.evaluation.method_parts import asked_of

BDI = Scale("bdi", "BDI", 0, 63, reliable_change=ReliableChange(9, "test"))
AFTER = (2, 3, 4, 5)
FOLDS = 10


@pytest.fixture(scope="module")
def trial(real_data: Callable[[str], Path]) -> list[Observed]:
    rows = defaultdict(list)
    with real_data("enrichd_cbt_bdi.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows[row["client_id"]].append((float(row["time"]) / 7, float(row["score"])))
    people = []
    for name, pairs in rows.items():
        times, scores = zip(*sorted(pairs), strict=True)
        people.append(Observed(name, tuple(time - times[0] for time in times), scores))
    return people


def balanced_folds(people: list[Observed]) -> np.ndarray:
    """Return folds in which total change is spread alike: each ten people in order are dealt out."""
    random = np.random.RandomState(0)
    order = np.argsort([p.scores[-1] - p.scores[0] for p in people], kind="stable")
    fold = np.empty(len(people), dtype=int)
    for start in range(0, len(order), FOLDS):
        dealt = order[start : start + FOLDS]
        fold[dealt] = random.permutation(FOLDS)[: len(dealt)]
    return fold


def auc_within_folds(method: Method, people: list[Observed]) -> float:
    right = pairs = 0.0
    fold = balanced_folds(people)
    for number in range(FOLDS):
        inside = [p for p, f in zip(people, fold, strict=True) if f != number]
        outside = [p for p, f in zip(people, fold, strict=True) if f == number]
        risk = method.learn(inside, BDI, "week").predict(asked_of(outside, AFTER)).risk
        ends = [p.scores[0] - p.scores[-1] < 9 for p in outside for k in AFTER if len(p.scores) > k + 1]
        above = risk[np.array(ends)][:, None] - risk[~np.array(ends)][None]
        right += float((above > 0).sum() + (above == 0).sum() / 2)
        pairs += above.size
    return right / pairs


@pytest.mark.parametrize(
    ("method", "published"),
    [
        (ChangeRule(), 0.733),
        (OracleLogistic(), 0.771),
        (Finch(), 0.674),
        (PcomsCubic(), 0.672),
        (Neighbours(), 0.764),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_each_baseline_ranks_people_about_as_well_as_others_found(
    method: Method, published: float, trial: list[Observed]
) -> None:
    assert auc_within_folds(method, trial) == pytest.approx(published, abs=0.02)
