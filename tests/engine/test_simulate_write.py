"""An invented clinic on disk: two whole files, and the truth only in its own."""

import csv
import sys
from dataclasses import fields, replace
from datetime import date

import numpy as np
import pyarrow.parquet
import pytest

from midcourse.simulate import AWKWARD, ClinicDesign, Truth, simulate, stories, write_clinic

CLINIC = simulate(replace(AWKWARD, n_clients=20, start_date=date(2026, 1, 5)), 1)


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_scores_come_back_from_csv_as_they_were(tmp_path):
    scores, _ = write_clinic(CLINIC, tmp_path)
    back = rows(scores)
    assert list(back[0]) == [
        "client_id",
        "session",
        "day",
        "date",
        "measure",
        "score",
        "therapist_id",
        "age",
    ]
    assert [int(row["score"]) for row in back] == CLINIC.scores["score"].tolist()
    assert [date.fromisoformat(row["date"]) for row in back] == CLINIC.scores["date"].tolist()


def test_scores_with_decimals_come_back_to_the_last_digit(tmp_path):
    clinic = simulate(ClinicDesign(n_clients=5), 1)
    scores, _ = write_clinic(clinic, tmp_path)
    assert [float(row["score"]) for row in rows(scores)] == clinic.scores["score"].tolist()


def test_the_truth_has_a_file_of_its_own_with_one_line_per_client(tmp_path):
    scores, truth = write_clinic(CLINIC, tmp_path)
    assert (scores.name, truth.name) == ("scores.csv", "truth.csv")
    back = rows(truth)
    assert [row["client_id"] for row in back] == CLINIC.truth.client_id.tolist()
    assert [float(row["true_course_3"]) for row in back] == CLINIC.truth.true_course[:, 2].tolist()


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_the_truth_never_appears_in_the_scores(tmp_path, format):
    scores, _ = write_clinic(CLINIC, tmp_path, format)
    names = pyarrow.parquet.read_table(scores).column_names if format == "parquet" else list(rows(scores)[0])
    known_to_the_clinic = {"client_id", "therapist_id"}
    hidden = {field.name for field in fields(Truth)} | set(CLINIC.truth.columns())
    assert not (hidden - known_to_the_clinic) & set(names)


def test_an_empty_cell_is_a_value_that_does_not_exist(tmp_path):
    _, truth = write_clinic(stories(1), tmp_path)
    assert [row["slope"] == "" for row in rows(truth)] == [True] * 8 + [False] * 52


def test_parquet_holds_the_same_as_memory_with_real_dates(tmp_path):
    for path, columns in zip(
        write_clinic(CLINIC, tmp_path, "parquet"), (CLINIC.scores, CLINIC.truth.columns()), strict=True
    ):
        table = pyarrow.parquet.read_table(path)
        assert {name: table[name].to_pylist() for name in table.column_names} == {
            name: column.tolist() for name, column in columns.items()
        }


def test_parquet_without_the_extra_names_the_extra_and_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ModuleNotFoundError, match=r"midcourse\[tables\]"):
        write_clinic(CLINIC, tmp_path / "new", "parquet")
    assert list(tmp_path.iterdir()) == []


def test_another_format_is_refused(tmp_path):
    with pytest.raises(ValueError, match="csv or parquet, not 'xlsx'"):
        write_clinic(CLINIC, tmp_path, "xlsx")


def test_a_failure_half_way_leaves_what_was_there_and_nothing_unfinished(tmp_path):
    scores, truth = write_clinic(CLINIC, tmp_path)
    before = scores.read_bytes(), truth.read_bytes()
    other = simulate(replace(AWKWARD, n_clients=20), 2)
    broken = replace(other, truth=replace(other.truth, slope=np.zeros(3)))
    with pytest.raises(ValueError, match="shorter"):
        write_clinic(broken, tmp_path)
    assert (scores.read_bytes(), truth.read_bytes()) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["scores.csv", "truth.csv"]


def test_a_second_clinic_takes_the_place_of_the_first_in_a_folder_made_for_it(tmp_path):
    folder = tmp_path / "a" / "b"
    write_clinic(CLINIC, str(folder))
    scores, _ = write_clinic(simulate(ClinicDesign(n_clients=2, planned_sessions=2), 1), folder)
    assert len(rows(scores)) == 4
