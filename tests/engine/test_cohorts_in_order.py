"""One pass over a file in order: the same sums whatever the batches, and plain reasons where order fails.

That the sums are those of the rows is held by test_cohort_sums.py, through the door both ways share.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pyarrow.parquet import write_table

from midcourse.cohorts.in_order import Checks, NotInOrder, columns_in_order
from midcourse.cohorts.pattern_columns import (
    CELL,
    SUMMED,
    CellColumns,
    PatternColumns,
    sums_of_columns,
)
from midcourse.course.basis import Basis

LN = Basis("ln", "session")
CHECKS = Checks(centre=10.0, minimum=0.0, maximum=27.0)
NAMES = {"client_id": "client_id", "session": "session", "score": "score"}
WITH_THERAPISTS = {**NAMES, "therapist_id": "therapist_id"}
Table = dict[str, Any]
Found = tuple[PatternColumns, CellColumns | None]


def small() -> Table:
    """Four clients of two therapists: two with the same sessions, one who came once."""
    return {
        "client_id": ["a", "a", "a", "b", "b", "b", "c", "d", "d"],
        "session": [1, 2, 4, 1, 2, 4, 1, 1, 3],
        "score": [12, 10, 7, 20, 21, 16, 9, 14, 13],
        "therapist_id": ["t", "t", "t", "s", "s", "s", "s", "t", "t"],
    }


def large() -> Table:
    draw = np.random.RandomState(3)
    client = np.repeat(np.arange(200), draw.randint(1, 7, 200))
    first = np.append(True, np.diff(client) != 0)
    since = np.arange(len(client)) - np.flatnonzero(first)[np.cumsum(first) - 1]
    score = draw.randint(0, 28, len(client))
    return {
        "client_id": client,
        "session": since + 1 + (since > 2),
        "score": score,
        "therapist_id": client % 5,
    }


def reduced(path: Path, table: Table, names: dict[str, str] = NAMES) -> Found:
    write_table(pa.table(table), path / "rows.parquet")
    return columns_in_order(path / "rows.parquet", LN, names, CHECKS)


def refused(path: Path, table: Table) -> str:
    with pytest.raises(NotInOrder) as reason:
        reduced(path, table)
    return str(reason.value)


def by_name(found: PatternColumns) -> dict[str, list[float]]:
    return {name: found.column(name).tolist() for name in SUMMED}


def test_four_clients_can_be_summed_by_hand(tmp_path: Path) -> None:
    found, cells = reduced(tmp_path, small())
    assert cells is None
    assert found.key.tolist() == [0b10, 0b1010, 0b10110]
    sums = by_name(found)
    assert sums["clients"] == [1.0, 1.0, 2.0]
    assert sums["w"] == [-1.0, 4.0, 2.0 + 10.0]
    assert sums["ww"] == [1.0, 16.0, 4.0 + 100.0]
    assert sums["s"] == [0.0, 13.0, 17.0 + 37.0]
    assert sums["ws"] == [0.0, 52.0, 2 * 17.0 + 10 * 37.0]
    assert sums["y2"] == [0.0, 169.0, 100.0 + 49.0 + 441.0 + 256.0]
    ty = [10 * np.log(2) + 7 * np.log(4), 21 * np.log(2) + 16 * np.log(4)]
    assert sums["ty"] == pytest.approx([0.0, 13 * np.log(3), sum(ty)])
    assert sums["sty"] == pytest.approx([0.0, 169 * np.log(3), 17 * ty[0] + 37 * ty[1]])


def test_a_therapist_has_a_cell_for_each_pattern_of_their_clients(tmp_path: Path) -> None:
    _, cells = reduced(tmp_path, small(), WITH_THERAPISTS)
    assert cells is not None
    rows = {
        (int(owner), int(key)): dict(zip(CELL, sums, strict=True))
        for owner, key, sums in zip(cells.owner, cells.key, cells.sums.T.tolist(), strict=True)
    }
    assert set(rows) == {(0, 0b10110), (0, 0b1010), (1, 0b10110), (1, 0b10)}  # t was met first
    assert rows[0, 0b10110]["s"] == 17.0 and rows[1, 0b10110]["s"] == 37.0
    assert rows[1, 0b10]["w"] == -1.0


@pytest.mark.parametrize("table", [small(), large()], ids=["small", "large"])
@pytest.mark.parametrize("batch", [1, 2, 3, 4, 7, 100])
def test_the_sums_are_the_same_whatever_the_batches(
    tmp_path: Path, table: Table, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sums_of_columns(*reduced(tmp_path, table, WITH_THERAPISTS), LN)
    monkeypatch.setattr("midcourse.cohorts.in_order.BATCH", batch)
    parts = sums_of_columns(*reduced(tmp_path, table, WITH_THERAPISTS), LN)
    assert (whole.n, whole.clients) == (parts.n, parts.clients)
    np.testing.assert_allclose(parts.total, whole.total, rtol=1e-12)
    np.testing.assert_allclose(parts.g, whole.g)
    assert whole.cells is not None and parts.cells is not None
    for name in ("starts", "therapist", "pattern", "count", "r"):
        np.testing.assert_allclose(getattr(parts.cells, name), getattr(whole.cells, name), rtol=1e-12)


def test_who_came_once_adds_no_row_to_a_fit(tmp_path: Path) -> None:
    sums = sums_of_columns(*reduced(tmp_path, small(), WITH_THERAPISTS), LN)
    assert (sums.clients, sums.n) == (3.0, 5.0)
    assert sums.cells is not None
    assert sums.cells.count.tolist() == [1.0, 1.0, 1.0]
    assert sums.cells.therapists == 2


def test_without_therapists_there_are_no_cells(tmp_path: Path) -> None:
    assert sums_of_columns(*reduced(tmp_path, small()), LN).cells is None


@pytest.mark.parametrize("batch", [2, 3, 1000])
@pytest.mark.parametrize("ids", [["b", "b", "a", "a"], ["a", "a", "b", "b", "a", "a"], ["b", "a", "c"]])
def test_a_client_who_comes_again_or_too_late_is_out_of_order_in_whatever_batch(
    tmp_path: Path, ids: list[str], batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("midcourse.cohorts.in_order.BATCH", batch)
    sessions = [1 if i == 0 or ids[i - 1] != one else 2 for i, one in enumerate(ids)]
    table = {"client_id": ids, "session": sessions, "score": [10] * len(ids)}
    assert "rising order of their id" in refused(tmp_path, table)


@pytest.mark.parametrize(
    ("session", "reason"),
    [
        ([2, 3, 4], "first session is not 1"),
        ([1, 2, 2], "repeated"),
        ([1, 3, 2], "out of order"),
        ([0, 1, 2], "from 1 to 62"),
        ([1, 2, 63], "from 1 to 62"),
        ([1.0, 2.0, 3.0], "not a whole number"),
        (["1", "2", "3"], "not a whole number"),
        ([1, None, 3], "empty"),
    ],
    ids=str,
)
def test_sessions_that_do_not_rise_from_the_first_are_out_of_order(
    tmp_path: Path, session: list[Any], reason: str
) -> None:
    table = {"client_id": ["a"] * 3, "session": session, "score": [10, 9, 8]}
    assert reason in refused(tmp_path, table)


@pytest.mark.parametrize("kind", [np.uint8, np.uint64, np.int16])
def test_a_session_that_comes_again_is_found_in_every_kind_of_whole_number(
    tmp_path: Path, kind: type
) -> None:
    """A difference of unsigned numbers is never below 0."""
    session = np.array([1, 2, 3, 2], dtype=kind)
    assert "out of order" in refused(tmp_path, {"client_id": ["a"] * 4, "session": session, "score": [9] * 4})


@pytest.mark.parametrize(
    ("score", "reason"),
    [
        ([10, 28], "out of range"),
        ([-1, 10], "out of range"),
        ([10.0, float("nan")], "out of range"),
        ([10, None], "empty"),
        (["10", "9"], "no number"),
    ],
    ids=str,
)
def test_scores_that_are_no_numbers_within_the_ends_are_refused(
    tmp_path: Path, score: list[Any], reason: str
) -> None:
    assert reason in refused(tmp_path, {"client_id": ["a", "a"], "session": [1, 2], "score": score})


def test_a_file_without_a_row_says_so(tmp_path: Path) -> None:
    empty = {"client_id": pa.array([], pa.string()), "session": pa.array([], pa.int64())}
    assert "no row" in refused(tmp_path, {**empty, "score": pa.array([], pa.float64())})


@pytest.mark.parametrize("kind", [pa.int8(), pa.int32(), pa.float32(), pa.float64()], ids=str)
def test_small_and_large_numbers_sum_alike(tmp_path: Path, kind: pa.DataType) -> None:
    """No sum of squares runs over in a small type."""
    table = {**small(), "score": pa.array(small()["score"]).cast(kind)}
    assert by_name(reduced(tmp_path, table)[0]) == by_name(reduced(tmp_path, small())[0])


def test_the_same_cell_found_in_two_batches_is_added_up() -> None:
    key = np.array([0b10110])
    patterns = PatternColumns(key, np.ones((len(SUMMED), 1)))
    twice = CellColumns(np.array([0, 0]), np.repeat(key, 2), np.array([[1.0, 2.0]] * len(CELL)))
    cells = sums_of_columns(patterns, twice, LN).cells
    assert cells is not None and cells.count.tolist() == [3.0]
    assert cells.r[0, :, 4].tolist() == [3.0, 3.0]
