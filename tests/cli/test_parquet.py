"""Parquet goes through the many-people path; the command answers as it does for CSV."""

import json
import re

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from midcourse.cli.large import goes_to_cohorts

SWITCHES = ["whole_numbers=true", "clip_to_scale=true", "planned_sessions=5", "start_date=2026-01-05"]


@pytest.fixture(scope="module")
def both(run, tmp_path_factory):
    """Return one invented clinic as CSV and as Parquet."""
    folder = tmp_path_factory.mktemp("both")
    for format in ("csv", "parquet"):
        words = [word for switch in SWITCHES for word in ("--set", switch)]
        run("simulate", folder, "--clients", 65, "--format", format, *words)
    return folder / "scores.csv", folder / "scores.parquet"


def as_parquet(path, **columns):
    pq.write_table(pa.table(columns), path)
    return path


def test_parquet_and_csv_give_the_same_caseload(run, both):
    csv, parquet = (run("review", path) for path in both)
    assert parquet.stdout == csv.stdout
    assert "scores.parquet: 325 scores." in parquet.stderr
    assert "client_id = client_id" in parquet.stderr


def test_parquet_gives_json_and_a_page(run, both, tmp_path):
    page = tmp_path / "report.html"
    words = ("--json", "--html", page, "--as-of", "2026-02-05")
    found = json.loads(run("review", both[1], *words).stdout)
    assert len(found["courses"]) == 65
    assert found["as_of"] == "2026-02-05"
    assert page.is_file()


def test_parquet_takes_a_saved_course(run, both, tmp_path):
    saved = tmp_path / "course.json"
    run("fit", both[0], "--out", saved)
    found = json.loads(run("review", both[1], "--course", saved, "--json").stdout)
    assert found["measures"][0]["sources"][0] == "A saved course, fitted before."


def test_a_wide_parquet_table_takes_the_one_person_path(run, tmp_path, monkeypatch):
    wide = as_parquet(tmp_path / "wide.parquet", client_id=["a", "b"], phq9_s1=[15, 12], phq9_s2=[21, 12])
    assert "1 reliably worse" in run("review", wide).stdout
    monkeypatch.setattr("midcourse.tables.is_large", lambda _: True)
    assert run("review", wide, code=2).stderr.startswith("Not done. ")


def test_strict_refuses_a_parquet_table_too(run, tmp_path):
    odd = as_parquet(
        tmp_path / "odd.parquet",
        client_id=["a", "a"],
        measure=["phq-9"] * 2,
        session=[1, 2],
        score=[15.0, 14.5],
    )
    assert "14.5 is not a whole number" in run("review", odd, "--strict", code=2).stderr
    assert "1 problem" in run("review", odd).stderr
    assert "opposite things" in run("review", odd, "--strict", "--allow", code=2).stderr


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--as-of", "1999-01-01"), "There is no score to review by 1999-01-01. See --measure and --as-of."),
        (("--as-of", "90"), "There is no score to review by 90."),
        (("--as-of", "soon"), "--as-of 'soon' is neither a date such as 2026-03-31 nor a day number."),
        (("--measure", "gad-7"), r"(no score to review|none is left to use)"),
        (("--map", "client_id=PatNo"), "no column has that name. There are: client_id"),
    ],
)
def test_what_a_parquet_table_cannot_answer_is_refused(run, both, words, why):
    assert re.search(why, run("review", both[1], *words, code=2).stderr)


def test_what_was_not_asked_for_in_a_parquet_table_is_noted(run, tmp_path):
    two = as_parquet(
        tmp_path / "two.parquet",
        client_id=["a"] * 4,
        measure=["phq-9", "phq-9", "gad-7", "gad-7"],
        session=[1, 2, 1, 2],
        score=[15, 21, 9, 9],
    )
    result = run("review", two, "--measure", "phq-9")
    assert "measures that were not asked for: 2." in result.stderr
    assert "1 course: 1 reliably worse." in result.stdout


def test_a_parquet_file_that_was_cut_off_is_refused_in_words(run, both, tmp_path):
    cut = tmp_path / "cut.parquet"
    cut.write_bytes(both[1].read_bytes()[:200])
    assert "cut.parquet: the file is damaged" in run("review", cut, code=2).stderr


def test_small_text_and_what_is_not_there_stay_on_the_one_person_path(both, tmp_path, monkeypatch):
    assert not goes_to_cohorts(both[0])
    assert not goes_to_cohorts(tmp_path)
    assert goes_to_cohorts(both[1])
    monkeypatch.setattr("midcourse.tables.is_large", lambda _: True)
    assert goes_to_cohorts(both[0])
