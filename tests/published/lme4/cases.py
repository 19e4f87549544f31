"""The committed cases as arrays: what lme4 was given, and what it found.

`case("session_course_reml")` gives the design exactly as R had it. Weighted cases come as they are
stored, one row each with its client's weight; lme4 itself saw real copies of those clients.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.published.lme4.inputs import SMALL, Column, Table, csv_bytes, table

HERE = Path(__file__).parent
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """One model: y (n), x (n by p), z of clients and therapists (n by q), ids per row, weight per row."""

    name: str
    reml: bool
    y: Array
    x: Array
    client: Column
    z: Array
    weight: Array
    therapist: Column | None
    z_therapist: Array | None
    columns: Table
    lme4: dict[str, Any]


def names(large: bool = False) -> list[str]:
    """Return the names of the small cases, or of the large ones."""
    return [name for name, spec in specs().items() if spec.get("large", False) == large]


@cache
def specs() -> dict[str, dict[str, Any]]:
    """Return cases.json: what each case fits."""
    found: dict[str, dict[str, Any]] = json.loads((HERE / "cases.json").read_text())
    return found


@cache
def columns_of(name: str) -> Table:
    """Return an input: small ones from the committed CSV, large ones from their seed, its SHA-256 checked."""
    if name in SMALL:
        text = (HERE / "inputs" / f"{name}.csv").read_text()
        header, *rows = (line.split(",") for line in text.splitlines())
        return {
            column: as_numbers(values) for column, values in zip(header, zip(*rows, strict=True), strict=True)
        }
    columns = table(name)
    recorded = json.loads((HERE / "inputs.json").read_text())[name]["sha256"]
    if hashlib.sha256(csv_bytes(columns)).hexdigest() != recorded:
        raise ValueError(f"{name}: this numpy drew other numbers than the ones lme4 was given")
    return columns


def as_numbers(values: tuple[str, ...]) -> Column:
    """Return whole numbers as int64 and all others as float64."""
    if any("." in value for value in values):
        return np.array(values, dtype=np.float64)
    return np.array(values, dtype=np.int64)


def term(expression: str, columns: Mapping[str, Column]) -> Array:
    """Return one design column written as R writes it: 1, name, log(name), log1p(name), a:b."""
    if ":" in expression:
        left, right = expression.split(":")
        return term(left, columns) * term(right, columns)
    if expression == "1":
        return np.ones(len(columns["y"]))
    if "(" in expression:
        function, _, inner = expression.rstrip(")").partition("(")
        return np.asarray({"log": np.log, "log1p": np.log1p}[function](columns[inner]), dtype=np.float64)
    return columns[expression].astype(np.float64)


def design(expressions: list[str], columns: Mapping[str, Column]) -> Array:
    """Return the columns of a formula side by side."""
    return np.column_stack([term(expression, columns) for expression in expressions])


def case(name: str) -> Case:
    """Return one case with its data and lme4's results (the JSON of the same name)."""
    spec = specs()[name]
    columns = columns_of(spec["input"])
    therapist = "therapist" in spec
    return Case(
        name=name,
        reml=spec["reml"],
        y=columns["y"].astype(np.float64),
        x=design(spec["fixed"], columns),
        client=columns["client_id"],
        z=design(spec["client"], columns),
        weight=columns.get("weight", np.ones(len(columns["y"]))).astype(np.float64),
        therapist=columns["therapist_id"] if therapist else None,
        z_therapist=design(spec["therapist"], columns) if therapist else None,
        columns=columns,
        lme4=json.loads((HERE / f"{name}.json").read_text()),
    )
