"""Files as programs write them: read by the engine where they are plain, carefully where they are not."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow.parquet import write_table

from midcourse.cohorts import cells, review_table
from midcourse.tables import Refused
from tests.spec.answer import said, same
from tests.spec.engines import Asked, cohort, one_person

PLAIN = "client_id,measure,session,score\n007,phq-9,1,14\n007,phq-9,2,12\n1.0,phq-9,1,9\n"


@pytest.fixture
def careful(monkeypatch) -> list[Path]:
    """Return the files that were read carefully, by the reader of the one-person path."""
    files: list[Path] = []
    carefully = cells._carefully

    def noted(path, *rest):
        files.append(path)
        return carefully(path, *rest)

    monkeypatch.setattr(cells, "_carefully", noted)
    return files


def same_answer(path: Path, **options) -> None:
    one, many = one_person(path, Asked(**options)), cohort(path, Asked(**options))
    same(one, many)
    assert said(one.problems) == said(many.problems)


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        PLAIN.replace("\n", "\r\n"),
        "\ufeff" + PLAIN,
        PLAIN + "\n\n\n",
        PLAIN.rstrip(),
        "\n\n" + PLAIN,
        "sep=;\n" + PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace(",", ";").replace("14", "14,0"),
        PLAIN.replace("007", '" 0""0,7 "'),
        PLAIN.replace("1.0,", "1.0\u00a0,"),
        PLAIN.replace("9\n", "9,,\n"),
        PLAIN.replace("score", " score "),
        "score,client_id,other,measure,session\n9,a,x,phq-9,1\n,,,,\n8,a,,phq-9,2\n7,a,y,phq-9,3\n",
    ],
    ids=repr,
)
def test_a_plain_text_file_is_read_by_the_engine(tmp_path, careful, content):
    same_answer(write(tmp_path / "plain.csv", content))
    assert not careful


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le"),
        PLAIN.replace("\n", "\r"),
        PLAIN.replace("14\n", "14\r\n"),
        PLAIN.replace("14\n", "14\n\n"),
        PLAIN.replace("007", '"0\n07"'),
        PLAIN.replace("14\n", "14,more\n"),
        PLAIN.replace("1,14\n", "14\n"),
        PLAIN + ",,,\n",
    ],
    ids=repr,
)
def test_any_other_text_file_is_read_carefully(tmp_path, careful, content):
    same_answer(write(tmp_path / "odd.csv", content))
    assert len(careful) == 1


def test_rows_of_the_wrong_shape_are_set_aside_with_their_lines(tmp_path):
    rows = "\n\nshort,phq-9,1\nb,phq-9,1,4,,\nlong,phq-9,1,4,5\n"
    found = review_table(write(tmp_path / "shape.csv", PLAIN + rows)).counted
    assert [(p.kind, p.line) for p in found.problems] == [("row-shape", 7), ("row-shape", 9)]
    assert (found.rows, found.used, found.set_aside, found.by_kind) == (6, 4, 2, {"row-shape": 2})


@pytest.mark.parametrize(
    ("content", "kind", "line"),
    [
        (b"", "empty-file", None),
        (PLAIN.split("\n")[0].encode(), "empty-file", 1),
        (PLAIN.replace("007", "No\u00e9").encode("latin-1"), "wrong-encoding", 2),
        ((PLAIN + "x,phq-9,1,9\n" * 5_000 + "\u00e9").encode("latin-1"), "wrong-encoding", 5005),
        ((PLAIN + 'x,phq-9,1,"9\n').encode(), "unreadable-file", 5),
        (b"\xd0\xcf\x11\xe0 an old workbook", "unknown-format", None),
        (b"PAR1 and no more", "unreadable-file", None),
    ],
    ids=["empty", "header", "latin-1", "latin-1 late", "open quote", "xls", "parquet"],
)
def test_what_nobody_can_read_is_refused_for_the_same_reason(tmp_path, content, kind, line):
    path = write(tmp_path / "bad.csv", content)
    assert one_person(path, Asked()).refused == (kind,)
    with pytest.raises(Refused) as caught:
        review_table(path)
    assert [(p.kind, p.line) for p in caught.value.problems] == [(kind, line)]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refused, match="cannot be opened"):
        review_table(tmp_path / "nowhere.csv")


BASE = {"client_id": ["a", "a", "b"], "measure": ["phq-9"] * 3, "session": [1, 2, 1], "score": [9, 8, None]}


def parquet(path: Path, **columns: object) -> Path:
    write_table(pa.table(BASE | columns), path, row_group_size=2)
    return path


@pytest.mark.parametrize(
    "columns",
    [
        {},
        {"client_id": [7, 7, 12345678901]},
        {"client_id": [1.0, 1.0, 1e16]},
        {"client_id": pa.array(["a", "b", "a"]).dictionary_encode()},
        {"score": pa.array([9.5, 8.1, float("nan")], pa.float32())},
        {"score": [9.0, None, None], "note": ["", None, "kept"]},
        {"session": pa.array([None] * 3), "date": [date(2024, 3, 1), date(2024, 3, 8), None]},
        {"session": pa.array([None] * 3, pa.string()), "date": [datetime(2024, 3, 1, 23, 59), None, None]},
        {name: [*column[:2], None] for name, column in BASE.items()},
    ],
    ids=lambda columns: " ".join(columns) or "plain",
)
def test_parquet_of_simple_types_is_read_by_the_engine(tmp_path, careful, columns):
    same_answer(parquet(tmp_path / "simple.parquet", **columns))
    assert not careful


@pytest.mark.parametrize(
    "columns",
    [
        {"score": pa.array([Decimal("9.00"), Decimal("8.50"), None])},
        {"client_id": [True, False, True]},
        {
            "date": pa.array(
                [datetime(2024, 6, 30, 23, 30, tzinfo=UTC)] * 3, pa.timestamp("s", "Europe/London")
            )
        },
        {"measure": pa.array([1, 2, 3]).dictionary_encode(), "client_id": pa.array([b"a", b"b", b"a"])},
    ],
    ids=lambda columns: " ".join(columns),
)
def test_parquet_of_other_types_is_read_carefully(tmp_path, careful, columns):
    same_answer(parquet(tmp_path / "other.parquet", **columns), measures=("phq-9",))
    assert len(careful) == 1


def test_columns_that_differ_in_case_alone_are_two(tmp_path):
    same_answer(parquet(tmp_path / "case.parquet", Score=[1, 2, 3]))


def test_two_columns_of_one_name_are_refused_where_they_would_be_read(tmp_path):
    rows = PLAIN.replace("measure,session", "session,session")
    path = write(tmp_path / "twice.csv", rows)
    assert cohort(path, Asked(measures=("phq-9",))).refused == ("same-column-twice",)


def test_the_lines_of_a_long_file_are_those_of_the_file(tmp_path):
    """Several row groups and batches: every problem keeps its line."""
    n = 25_000
    scores = [99 if i % 4_999 == 0 else 9 for i in range(n)]
    columns = {"client_id": [f"c{i}" for i in range(n)], "measure": ["phq-9"] * n, "session": [1] * n}
    path = tmp_path / "long.parquet"
    write_table(pa.table({**columns, "score": scores}), path, row_group_size=4_096)
    found = review_table(path, references=False).counted.problems
    assert [p.line for p in found] == [1 + i for i in range(0, n, 4_999)]
    lines = [f"{c},phq-9,1,{s}\n" for c, s in zip(columns["client_id"], scores, strict=True)]
    found = review_table(
        write(tmp_path / "long.csv", "".join(["client_id,measure,session,score\n", *lines])), references=False
    ).counted.problems
    assert [p.line for p in found] == [2 + i for i in range(0, n, 4_999)]
