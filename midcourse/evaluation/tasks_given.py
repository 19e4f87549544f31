"""Folds and prediction points from outside, read from CSV files with one line for each."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

FOLD_COLUMNS = ("client_id", "fold")
TASK_COLUMNS = ("client_id", "k", "fold", "time_k", "next_time", "horizon")


@dataclass(frozen=True, slots=True)
class GivenTask:
    """One line of a table of prediction points; times since intake, in the table's own unit."""

    line: int
    client_id: str
    k: int
    fold: str
    time_k: float
    next_time: float
    horizon: float


def read_folds(path: str | Path) -> dict[str, str]:
    """Return each client's fold from a CSV file with the columns client_id and fold.

    A fold may be any word. Raises ValueError, naming the line and the mend, where a column or a cell is
    missing or a client stands in two folds.
    """
    name, found = Path(path).name, dict[str, str]()
    for line, cells in _rows(Path(path), FOLD_COLUMNS):
        client, fold = cells["client_id"], cells["fold"]
        if found.setdefault(client, fold) != fold:
            raise ValueError(_two_folds(name, line, client, found[client], fold))
    return found


def read_tasks(path: str | Path) -> tuple[GivenTask, ...]:
    """Return the prediction points of a CSV file: client_id, k, fold, time_k, next_time, horizon.

    `k` is the number of scores after intake that were seen (0 or more); times count from intake (0) in
    one unit for the whole file. Other columns are not read. Raises ValueError, naming the line and the
    mend, where a column or a cell is missing, a number cannot be read, times run backwards, a point
    stands there twice, or a client stands in two folds.
    """
    name, folds = Path(path).name, dict[str, str]()
    found: dict[tuple[str, int], GivenTask] = {}
    for line, cells in _rows(Path(path), TASK_COLUMNS):
        task = _task(name, line, cells)
        if folds.setdefault(task.client_id, task.fold) != task.fold:
            raise ValueError(_two_folds(name, line, task.client_id, folds[task.client_id], task.fold))
        earlier = found.setdefault((task.client_id, task.k), task)
        if earlier is not task:
            raise ValueError(
                f"{name}, line {line}: client {task.client_id!r} with k = {task.k} stands on line "
                f"{earlier.line} already. Leave one of the two out."
            )
    return tuple(found.values())


def _task(name: str, line: int, cells: dict[str, str]) -> GivenTask:
    numbers = {
        column: _number(name, line, column, cells[column]) for column in TASK_COLUMNS if column in NUMBERS
    }
    if numbers["k"] < 0 or numbers["k"] != int(numbers["k"]):
        raise ValueError(
            f"{name}, line {line}, column k: {cells['k']!r} is not a number of scores. "
            "Write how many scores after intake had been seen: 0, 1, 2, ..."
        )
    if not 0 <= numbers["time_k"] <= numbers["next_time"] <= numbers["horizon"]:
        raise ValueError(
            f"{name}, line {line}: time_k, next_time and horizon must not run backwards or start before 0. "
            "Count all three from intake, in one unit."
        )
    times = (numbers["time_k"], numbers["next_time"], numbers["horizon"])
    return GivenTask(line, cells["client_id"], int(numbers["k"]), cells["fold"], *times)


NUMBERS = ("k", "time_k", "next_time", "horizon")


def _number(name: str, line: int, column: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise ValueError(
            f"{name}, line {line}, column {column}: {text!r} is not a number. Write it with a point, as 3.5."
        )
    return value


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text("utf-8-sig")
    except OSError as problem:
        raise ValueError(f"{path.name}: {problem.strerror}. Give the path of a CSV file.") from None
    except UnicodeDecodeError:
        raise ValueError(f"{path.name}: this is not text in UTF-8. Save it as CSV (UTF-8).") from None
    reader = csv.DictReader(text.splitlines())
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise ValueError(
            f"{path.name}, line 1: no column {', '.join(missing)}. Name the columns {', '.join(columns)}, "
            "with commas between them."
        )
    for row in reader:
        cells = {column: (row[column] or "").strip() for column in columns}
        for column, cell in cells.items():
            if not cell:
                raise ValueError(
                    f"{path.name}, line {reader.line_num}, column {column}: nothing stands there. "
                    "Fill it in or leave the line out."
                )
        yield reader.line_num, cells
    if reader.line_num < 2:
        raise ValueError(f"{path.name}: no line below the column names. Give one for each.")


def _two_folds(name: str, line: int, client: str, first: str, second: str) -> str:
    return (
        f"{name}, line {line}, column fold: client {client!r} is in fold {second!r} here and in {first!r} "
        "above. Folds are by client; give each client one."
    )
