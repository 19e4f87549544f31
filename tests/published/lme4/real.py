"""Rows of real data as the published models want them; the data itself is never committed."""

import csv
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from midcourse.course.fit import MixedFit, fit_sums
from midcourse.course.likelihood import Method
from midcourse.course.moments import Array, Sums, sums_of_rows
from tests.published.lme4.cases import HERE, design

Row = dict[str, str]


@dataclass(frozen=True)
class Published:
    """One published model on real rows: its sums, its method, and what lme4 found."""

    sums: Sums
    method: Method
    lme4: dict[str, Any]

    def fit(self) -> MixedFit:
        """Return our fit."""
        return fit_sums(self.sums, self.method)


def published(name: str, find: Callable[[str], Path]) -> Published:
    """Return the model of real_<name>.json on the file that `find` finds, its SHA-256 checked."""
    lme4 = json.loads((HERE / f"real_{name}.json").read_text())
    path = find(lme4["file"])
    assert hashlib.sha256(path.read_bytes()).hexdigest() == lme4["file_sha256"]
    columns = prepared(path)
    fixed, _, random = lme4["formula"].removeprefix("y ~ ").partition(" + (")
    random = random.partition(" | ")[0]
    client = columns["client"]
    sums = sums_of_rows(
        client.astype(np.intp),
        design(fixed.split(" + "), columns),
        design(random.split(" + "), columns),
        columns["y"],
    )
    return Published(sums, "REML" if lme4["reml"] else "ML", lme4)


@cache
def prepared(path: Path) -> dict[str, Array]:
    """Return the named columns of a file, clients numbered and their rows together."""
    with path.open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["score"] not in ("", "NA")]
    rows, columns = PREPARE[path.name](rows)
    ids = {client: i for i, client in enumerate(dict.fromkeys(row["client_id"] for row in rows))}
    client = np.array([ids[row["client_id"]] for row in rows])
    order = np.argsort(client, kind="stable")
    columns |= {"y": numbers(rows, "score"), "client": client.astype(float)}
    return {name: column[order] for name, column in columns.items()}


def numbers(rows: list[Row], column: str) -> Array:
    """Return one column as numbers."""
    return np.array([float(row[column]) for row in rows])


def equal(rows: list[Row], column: str, value: str) -> Array:
    """Return 1 where a column has the value, else 0."""
    return np.array([float(row[column] == value) for row in rows])


def reisby(rows: list[Row]) -> tuple[list[Row], dict[str, Array]]:
    """Return weeks, their square, and who was endogenous."""
    week = numbers(rows, "time")
    return rows, {"week": week, "week2": week**2, "endogenous": numbers(rows, "endogenous")}


def beat_the_blues(rows: list[Row]) -> tuple[list[Row], dict[str, Array]]:
    """Return the scores after month 0 with the score of month 0 beside them."""
    intake = {row["client_id"]: float(row["score"]) for row in rows if row["time"] == "0"}
    later = [row for row in rows if row["time"] != "0"]
    return later, {
        "bdi_pre": np.array([intake[row["client_id"]] for row in later]),
        "month": numbers(later, "time"),
        "btheb": equal(later, "arm", "BtheB"),
        "drug": equal(later, "antidepressant", "Yes"),
        "long": equal(later, "episode_length", ">6m"),
    }


def nimh(rows: list[Row]) -> tuple[list[Row], dict[str, Array]]:
    """Return the square root of weeks and who had the drug."""
    return rows, {"root_week": np.sqrt(numbers(rows, "time")), "drug": equal(rows, "arm", "drug")}


def enrichd(rows: list[Row]) -> tuple[list[Row], dict[str, Array]]:
    """Return days in half-years, and ln(1 + weeks), both from 0 to about 1."""
    day = numbers(rows, "time")
    return rows, {"x": np.log1p(day / 7) / np.log1p(180 / 7), "day": day / 180}


PREPARE: dict[str, Callable[[list[Row]], tuple[list[Row], dict[str, Array]]]] = {
    "reisby1977_hdrs.csv": reisby,
    "beat_the_blues_bdi.csv": beat_the_blues,
    "nimh_schizophrenia_imps79.csv": nimh,
    "enrichd_cbt_bdi.csv": enrichd,
}
