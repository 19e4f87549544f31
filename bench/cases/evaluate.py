"""Evaluate a file: python -m bench.cases.evaluate FILE.csv MAXIMUM RELIABLE AXIS all|same.

`all` judges every method with 200 bootstrap draws; `same` only those that the plain script also has,
with the same draws.
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, get_args

from bench.cases.measured import measured
from midcourse.course.basis import Axis
from midcourse.course.observed import Observed
from midcourse.evaluation.judge import judge
from midcourse.evaluation.method import Method
from midcourse.evaluation.methods import every_method
from midcourse.evaluation.run import run
from midcourse.evaluation.tasks import default_tasks
from midcourse.measures.scale import ReliableChange, Scale

DRAWS = 200
SAME = (
    "change",
    "log-time bound 80 %",
    "cubic by intake",
    "logistic",
    "nearest neighbours",
    "landmark regression",
    "random forest",
)


def read(path: Path) -> tuple[list[Observed], dict[str, str]]:
    """Return the people of a prepared file and their folds."""
    rows: dict[str, list[tuple[float, float]]] = defaultdict(list)
    folds: dict[str, str] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            rows[row["client_id"]].append((float(row["time"]), float(row["score"])))
            folds[row["client_id"]] = row["fold"]
    people = [
        Observed(name, tuple(t for t, _ in pairs), tuple(y for _, y in pairs)) for name, pairs in rows.items()
    ]
    return people, folds


def evaluate(path: Path, maximum: float, reliable: float, clock: str, which: str) -> dict[str, Any]:
    """Judge the methods and return how many there were and the AUC within fold of each."""
    people, folds = read(path)
    axis: Axis = next(one for one in get_args(Axis) if one == clock)
    scale = Scale("scale", "scale", 0, maximum, reliable_change=ReliableChange(reliable, "as told"))
    methods: tuple[Method, ...] = every_method()
    if which == "same":
        methods = tuple(method for method in methods if method.name in SAME)
    found = judge(run(methods, people, scale, axis, default_tasks(people, folds)), draws=DRAWS)
    aucs = {v.name: v.figures["auc"].value for v in found.verdicts if v.failed is None}
    failed = {v.name: v.failed for v in found.verdicts if v.failed is not None}
    return {"clients": len(people), "methods": len(aucs), "auc": aucs, "failed": failed}


if __name__ == "__main__":
    asked = Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]), sys.argv[4], sys.argv[5]
    measured(lambda: evaluate(*asked), lambda: read(asked[0]))
