"""Excel and Parquet, told apart by their first bytes; and how large a file is."""

import sys
from datetime import date, datetime

import pytest

from midcourse.tables import count_rows_quickly, is_large, read_table
from midcourse.tables.encoding import first_bad_line
from midcourse.tables.excel_sheet import _text

openpyxl = pytest.importorskip("openpyxl")
pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

HEADER = ["client_id", "visit_date", "measure", "score", "note"]
CSV = "client_id,session,measure,score\nA,1,phq9,20\nA,2,phq9,18\n"


@pytest.fixture
def workbook(tmp_path):
    """Return a function from rows to the path of a workbook that holds them."""

    def write(rows, sheets=("Scores",), name="scores.xlsx"):
        book = openpyxl.Workbook()
        book.active.title = sheets[0]
        for title in sheets[1:]:
            book.create_sheet(title)
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def parquet(tmp_path):
    """Return a function from columns to the path of a Parquet file that holds them."""

    def write(columns, name="scores.parquet"):
        pq.write_table(pa.table(columns), tmp_path / name)
        return tmp_path / name

    return write


def test_an_excel_sheet_is_read_as_a_person_sees_it(workbook):
    rows = [
        HEADER,
        [1, datetime(2024, 1, 31), "PHQ-9", 20, None],
        [1, date(2024, 2, 7), "PHQ-9", 18.0, "x"],
        [None, None, None, None, None],
        ["B", "2024-02-07", "PHQ-9", 99, None],
    ]
    reading = read_table(workbook(rows))
    first = reading.episodes[0]
    assert first.client_id == "1"
    assert [(s.value, s.day) for s in first.scores] == [
        (20, date(2024, 1, 31).toordinal()),
        (18, date(2024, 2, 7).toordinal()),
    ]
    assert [(p.kind, p.line) for p in reading.problems] == [("out-of-range", 5)]


def test_the_first_sheet_of_several_is_read_and_this_is_said(workbook):
    path = workbook([["client", "session", "phq9"], ["A", 1, 20.5], ["A", 2, 18]], ("Mine", "Other"))
    reading = read_table(path)
    assert "The workbook has 2 sheets; 'Mine' is read." in reading.notes
    assert reading.problems[0].kind == "not-whole"


def test_cells_beyond_the_header_are_dropped_only_where_they_are_empty(workbook):
    rows = [["client", "session", "phq9", None], ["A", 1, 20], ["A", 2, 18, None, "stray"]]
    reading = read_table(workbook(rows))
    assert [(p.kind, p.line) for p in reading.problems] == [("row-shape", 3)]


def test_a_number_is_shown_without_a_point_where_it_is_whole():
    assert (_text(18.0), _text(18.5), _text(None), _text(" x ")) == ("18", "18.5", "", "x")


def test_an_empty_workbook_is_refused(workbook, refused):
    assert refused(workbook([]))[0].kind == "empty-file"


def test_a_damaged_workbook_is_refused(table, refused):
    (found,) = refused(table(b"PK\x03\x04 and nothing more", "scores.xlsx"))
    assert found.kind == "unreadable-file"
    assert "damaged" in found.what


def test_an_old_excel_file_is_refused_with_the_mend(table, refused):
    (found,) = refused(table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "scores.xls"))
    assert found.kind == "unknown-format"
    assert ".xlsx" in found.mend


def test_a_long_workbook_tells_its_progress(workbook, monkeypatch):
    monkeypatch.setattr("midcourse.tables.excel_sheet.TELL_EVERY", 2)
    seen = []
    rows = [["client", "session", "phq9"], *(["A", n, 3] for n in range(1, 10))]
    read_table(workbook(rows), progress=seen.append)
    assert len(seen) == 6
    assert seen == sorted(seen)


def test_a_parquet_file_gives_the_same_as_its_csv(parquet, table):
    columns = {
        "client_id": ["A", "A", None],
        "session": [1, 2, None],
        "measure": ["phq9", "phq9", None],
        "score": [20.0, 18.0, None],
    }
    assert read_table(parquet(columns)).episodes == read_table(table(CSV)).episodes


def test_parquet_dates_and_row_numbers_are_read(parquet):
    columns = {
        "client_id": [1, 1, 1],
        "date": [datetime(2024, 1, 31, 9, 30), datetime(2024, 2, 7), None],
        "measure": ["phq9"] * 3,
        "score": [20, 99, None],
    }
    reading = read_table(parquet(columns))
    assert reading.episodes[0].scores[0].day == date(2024, 1, 31).toordinal()
    assert [(p.kind, p.line) for p in reading.problems] == [("out-of-range", 2)]


def test_a_damaged_parquet_file_is_refused(table, refused):
    assert refused(table(b"PAR1 and nothing more", "x.parquet"))[0].kind == "unreadable-file"


@pytest.mark.parametrize(("package", "start"), [("openpyxl", b"PK\x03\x04"), ("pyarrow", b"PAR1")])
def test_a_missing_package_is_one_clear_sentence_with_the_line_that_mends_it(
    package, start, table, refused, monkeypatch
):
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    (found,) = refused(table(start + b" ..."))
    assert found.kind == "missing-extra"
    assert package in found.what
    assert "pip install 'midcourse[tables]'" in found.mend


def test_a_csv_needs_neither_package(table, monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert read_table(table(CSV)).counts.used == 2


def test_rows_are_counted_without_reading_the_table(table, workbook, parquet):
    assert count_rows_quickly(table(CSV)) == 2
    assert count_rows_quickly(table(CSV.rstrip("\n"), "b.csv")) == 2
    assert count_rows_quickly(table("", "c.csv")) == 0
    assert count_rows_quickly(workbook([["a"], ["b"], ["c"]])) == 2
    assert count_rows_quickly(parquet({"a": [1, 2, 3]})) == 3


def test_a_file_is_large_beyond_the_limit_and_counting_stops_there(table, monkeypatch):
    monkeypatch.setattr("midcourse.tables.size._CHUNK", 16)
    path = table("a\n" + "1\n" * 100)
    assert is_large(path, limit=99)
    assert is_large(path, limit=5)
    assert not is_large(path, limit=100)
    assert not is_large(path)


def test_a_file_that_is_not_there_has_no_size(tmp_path, refused):
    with pytest.raises(ValueError, match="cannot be opened"):
        count_rows_quickly(tmp_path / "nowhere.csv")


def test_no_line_is_named_where_none_is_bad(table):
    assert first_bad_line(table(CSV), "utf-8") is None
