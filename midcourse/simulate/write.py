"""An invented clinic on disk: scores in one file, the truth in another."""

import csv
import importlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import numpy as np

from midcourse.simulate.clinic import Column, SimulatedClinic


def write_clinic(
    clinic: SimulatedClinic, folder: str | Path, format: Literal["csv", "parquet"] = "csv"
) -> tuple[Path, Path]:
    """Write `scores` and `truth` files (.csv or .parquet) into a folder and return their two paths.

    Both are written in full under another name before either takes its place, so that a reader never
    meets half a file. In CSV an empty cell is a value that does not exist. Raises ValueError for
    another format, ModuleNotFoundError for Parquet without the extra `tables`, OSError of the disk.
    """
    if format not in ("csv", "parquet"):
        raise ValueError(f"A clinic is written as csv or parquet, not {format!r}.")
    writer = _write_csv if format == "csv" else _parquet_writer()
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    tables = {f"scores.{format}": clinic.scores, f"truth.{format}": clinic.truth.columns()}
    with tempfile.TemporaryDirectory(prefix=".unfinished-", dir=folder) as unfinished:
        for name, columns in tables.items():
            writer(columns, Path(unfinished) / name)
        for name in tables:
            os.replace(Path(unfinished) / name, folder / name)
    scores, truth = (folder / name for name in tables)
    return scores, truth


def _write_csv(columns: Mapping[str, Column], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*map(_cells, columns.values()), strict=True))


def _cells(column: Column) -> list[Any]:
    cells: list[Any] = column.tolist()
    if column.dtype.kind == "f" and np.isnan(column).any():
        return ["" if cell != cell else cell for cell in cells]
    return cells


def _parquet_writer() -> Any:
    try:
        arrow = importlib.import_module("pyarrow")
        parquet = importlib.import_module("pyarrow.parquet")
    except ModuleNotFoundError as missing:
        raise ModuleNotFoundError(
            "Parquet needs the extra `tables`: pip install 'midcourse[tables]', or write csv."
        ) from missing

    def write(columns: Mapping[str, Column], path: Path) -> None:
        parquet.write_table(arrow.table(dict(columns)), path)

    return write
