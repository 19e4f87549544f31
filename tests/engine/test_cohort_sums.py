"""The sums of a fit from a Parquet file are those of its rows; what is not plain is refused."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow.parquet import write_table

from midcourse.cohorts import NotPlain, course_sums
from midcourse.course.basis import Basis
from midcourse.course.design import columns
from midcourse.course.likelihood import evaluate
from midcourse.course.moments import Sums, sums_of_rows

LN, SQRT = Basis("ln", "session"), Basis("sqrt", "session")
CENTRE = 14.5


@pytest.fixture(scope="module")
def clinic() -> dict[str, np.ndarray]:
    """300 clients of 7 therapists; sessions 1 to at most 62 with gaps, scores 0 to 27, ids as numbers."""
    rng = np.random.default_rng(2)
    parts = []
    for client in range(300):
        later = np.flatnonzero(rng.random(62 if client == 0 else 9) < 0.5) + 2
        sessions = np.r_[1, later[later <= 62]]
        scores = rng.integers(0, 28, len(sessions))
        parts.append(np.column_stack([np.full(len(sessions), client), sessions, scores]))
    client, session, score = np.concatenate(parts).T
    return {"client_id": client, "session": session, "score": score, "therapist_id": client * 3 % 7}


def written(path: Path, table: dict[str, object]) -> Path:
    write_table(pa.table(table), path)
    return path


def sums_by_rows(clinic: dict[str, np.ndarray], basis: Basis, *, therapists: bool = False) -> Sums:
    """The slow obvious way: every outcome row written out."""
    client, session, score = clinic["client_id"], clinic["session"], clinic["score"].astype(float)
    intake = dict(zip(client[session == 1], score[session == 1], strict=True))
    later = session > 1
    f = columns(basis, session[later].astype(float))
    w = np.array([[1.0, intake[c] - CENTRE] for c in client[later]])
    x = (w[:, :, None] * f[:, None, :]).reshape(len(f), -1)
    owner = clinic["therapist_id"][later]
    first = np.flatnonzero(np.append(True, np.diff(client[later]) != 0))
    return sums_of_rows(client[later], x, f, score[later], therapist=owner[first] if therapists else None)


def same(one: Sums, many: Sums) -> None:
    assert (one.n, one.clients) == (many.n, many.clients)
    np.testing.assert_allclose(one.total, many.total, rtol=1e-12)
    theta = np.array([0.7, -0.1, 0.3])
    theta = theta if one.cells is None else np.append(theta, 0.4 * theta)
    a, b = evaluate(one, theta), evaluate(many, theta)
    assert a.criterion == pytest.approx(b.criterion, rel=1e-12)
    np.testing.assert_allclose(a.beta, b.beta, rtol=1e-9)


@pytest.mark.parametrize("basis", [LN, SQRT, Basis("linear", "session")], ids=lambda basis: basis.bend)
@pytest.mark.parametrize("order", ["in order", "in any order"])
def test_sums_of_two_levels_are_those_of_the_rows(tmp_path, clinic, basis, order):
    rows = np.arange(len(clinic["score"]))
    if order == "in any order":
        rows = np.random.default_rng(3).permutation(rows)
    path = written(tmp_path / "plain.parquet", {name: c[rows] for name, c in clinic.items()})
    same(course_sums(path, basis, centre=CENTRE), sums_by_rows(clinic, basis))


@pytest.mark.parametrize("order", ["in order", "in any order"])
def test_sums_of_three_levels_are_those_of_the_rows(tmp_path, clinic, order):
    rows = np.arange(len(clinic["score"]))
    if order == "in any order":
        rows = np.random.default_rng(4).permutation(rows)
    path = written(tmp_path / "plain.parquet", {name: c[rows] for name, c in clinic.items()})
    found = course_sums(path, LN, centre=CENTRE, columns={"therapist_id": "therapist_id"})
    same(found, sums_by_rows(clinic, LN, therapists=True))


def test_columns_may_be_called_otherwise_and_hold_decimals(tmp_path, clinic):
    table = {
        "who": clinic["client_id"].astype(str),
        "when": clinic["session"].astype(float),
        "what": clinic["score"].astype(np.float32),
    }
    path = written(tmp_path / "named.parquet", table)
    names = {"client_id": "who", "session": "when", "score": "what"}
    same(course_sums(path, LN, centre=CENTRE, columns=names), sums_by_rows(clinic, LN))


def test_numbers_written_as_text_are_numbers(tmp_path, clinic):
    table = {name: clinic[name].astype(str) for name in ("client_id", "session", "score")}
    path = written(tmp_path / "text.parquet", table)
    same(course_sums(path, LN, centre=CENTRE), sums_by_rows(clinic, LN))


@pytest.mark.parametrize(
    ("session", "score"),
    [
        ([2, 3], [10.0, 9.0]),
        ([0, 1], [10.0, 9.0]),
        ([1, 1], [10.0, 9.0]),
        ([1, 63], [10.0, 9.0]),
        ([1, 5_000], [10.0, 9.0]),
        ([-3, 1], [10.0, 9.0]),
        ([1.0, 1.5], [10.0, 9.0]),
        ([1.0, float("nan")], [10.0, 9.0]),
        ([1, None], [10.0, 9.0]),
        (["1", "x"], [10.0, 9.0]),
        ([1, 2], [10.0, None]),
        ([1, 2], [None, None]),
        ([1, 2], [10.0, float("nan")]),
        ([1, 2], [10.0, 28.0]),
        ([1, 2], [-1.0, 2.0]),
        ([1, 2], ["10", "ten"]),
    ],
    ids=str,
)
@pytest.mark.parametrize("ids", [["b", "b"], ["b", "b", "a", "a"]], ids=["in order", "not in order"])
def test_what_is_not_plain_is_refused(tmp_path, session, score, ids):
    others = len(ids) // 2 - 1
    plain = ([1, 2], [12.0, 11.0]) if not isinstance(session[0], str) else (["1", "2"], [12.0, 11.0])
    if isinstance(score[0], str):
        plain = (plain[0], ["12", "11"])
    table = {"client_id": ids, "session": session + plain[0] * others, "score": score + plain[1] * others}
    path = written(tmp_path / "odd.parquet", table)
    with pytest.raises(NotPlain):
        course_sums(path, LN, minimum=0, maximum=27)


def test_other_bases_are_not_reduced_this_way(tmp_path):
    for basis in (Basis("ln", "session", 1), Basis("quadratic", "session"), Basis("ln", "week")):
        with pytest.raises(NotPlain, match="two-column bases by session"):
            course_sums(tmp_path / "never opened", basis)


def test_a_client_with_one_score_is_a_pattern_without_an_outcome(tmp_path):
    table = {"client_id": ["a", "b", "b"], "session": [1, 1, 2], "score": [9, 12, 11]}
    found = course_sums(written(tmp_path / "one.parquet", table), LN)
    assert (found.clients, found.n) == (1.0, 1.0)
    alone = {name: column[:1] for name, column in table.items()}
    assert course_sums(written(tmp_path / "alone.parquet", alone), LN).n == 0.0


def test_a_file_without_rows_has_sums_of_nothing(tmp_path):
    nothing = {"client_id": pa.array([], pa.string()), "session": pa.array([], pa.int64())}
    path = written(tmp_path / "none.parquet", nothing | {"score": pa.array([], pa.float64())})
    found = course_sums(path, LN)
    assert (found.clients, found.n) == (0.0, 0.0)
