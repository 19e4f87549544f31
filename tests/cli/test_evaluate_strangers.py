"""`midcourse evaluate` on tables it has never seen, with folds and decision points from outside.

Whatever the clock, the direction, the ids and the step: every point asked about gets its row and every cell of it.
"""

import csv
from dataclasses import dataclass

import numpy as np
import pytest

ASKED = (
    "client_id k p_no_improvement p_deterioration risk pred_mean_last sd_last lo80 hi80 lo95 hi95 "
    "pred_mean_next sd_next lo80_next hi80_next lo95_next hi95_next state"
).split()
HIGH = ("--direction", "higher-is-better")


@dataclass(frozen=True)
class Kind:
    """One kind of table: the column of its clock, how its ids look, and what is said on the command line."""

    clock: str
    client: str
    start: float = 0.0
    apart: float = 1.0
    step: float = 1.0
    therapists: bool = False
    extra: bool = False
    clients: int = 84
    words: tuple[str, ...] = ()


KINDS = {
    "months, higher is better, ids with zeros": Kind("month", "{:03d}", words=HIGH),
    "weeks, half points, therapists": Kind("week", "C{}", step=0.5, therapists=True, words=("--step", "0.5")),
    "sessions, other columns": Kind("session", "{}", start=1.0, extra=True),
    "days, above a hundred clients, higher is better": Kind(
        "day", "p-{}", apart=7.0, clients=130, words=HIGH
    ),
}


@pytest.fixture(params=KINDS.values(), ids=list(KINDS))
def kind(request):
    return request.param


def courses(kind):
    """Scores on 0 to 40 that fall (or rise, where higher is better), with people who leave on the way."""
    draw = np.random.RandomState(7)
    for number in range(kind.clients):
        length = draw.randint(3, 9)
        t = np.arange(length)
        y = 26 + draw.normal(0, 5) + draw.normal(-2, 2) * np.sqrt(t) + draw.normal(0, 3, length)
        y = np.clip(np.round(y / kind.step) * kind.step, 0, 40)
        yield kind.client.format(number), kind.start + kind.apart * t, 40 - y if kind.words == HIGH else y


def written(folder, name, head, rows):
    with open(folder / name, "w", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return folder / name


def test_every_point_asked_about_gets_its_row_and_every_cell(run, tmp_path, kind):
    everyone = list(courses(kind))
    rows, folds, tasks = [], [], []
    for place, (client, times, scores) in enumerate(everyone):
        more = ([f"T{place % 5}"] if kind.therapists else []) + (["x, y"] if kind.extra else [])
        rows += [[client, f"{t:g}", f"{s:g}", *more] for t, s in zip(times, scores, strict=True)]
        folds.append([client, place % 4])
        if len(scores) > 3 and place % 7:  # some clients have a fold and no point
            since = times - times[0]
            tasks += [[client, k, place % 4, since[k], since[k + 1], since[-1]] for k in (1, 2)]
    head = ["client_id", kind.clock, "score"]
    head += (["therapist_id"] if kind.therapists else []) + (["remark"] if kind.extra else [])
    table = written(tmp_path, "scores.csv", head, rows)
    split = written(tmp_path, "folds.csv", ["client_id", "fold"], folds)
    points = written(
        tmp_path, "tasks.csv", ["client_id", "k", "fold", "time_k", "next_time", "horizon"], tasks
    )
    out = tmp_path / "out.csv"
    run(
        "evaluate", table, "--min", 0, "--max", 40, "--reliable-change", 7, *kind.words,
        "--folds", split, "--tasks", points, "--predictions", out,
        "--methods", "change,midcourse", "--bootstrap", 20,
    )  # fmt: skip
    found = list(csv.DictReader(out.read_text("utf-8").splitlines()))
    assert set(ASKED) <= set(found[0])
    assert [(row["client_id"], row["k"]) for row in found] == [(str(t[0]), str(t[1])) for t in tasks]
    for row in found:
        assert all(row[name] for name in ASKED)
        assert 0 <= float(row["p_deterioration"]) <= float(row["p_no_improvement"]) <= 1
        for end in ("", "_next"):
            bounds = [float(row[name + end]) for name in ("lo95", "lo80", "hi80", "hi95")]
            assert bounds == sorted(bounds)
            assert bounds[0] >= 0 and bounds[3] <= 40
