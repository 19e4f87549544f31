"""score, fit, simulate, spread and demo, as a person runs them."""

import csv
import json
import re

import pytest

from tests.cli.conftest import HEAD, TWO_CLIENTS

ITEMS = "client_id,session," + ",".join(f"phq9_q{i}" for i in range(1, 10)) + "\n"


def rows_of(path):
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def test_score_adds_up_item_answers_and_says_how_many_there_were(run, table, tmp_path):
    answers = table(ITEMS + "a,1,1,1,1,1,1,1,1,1,0\na,2,0,0,0,0,0,0,0,0,0\n")
    out = tmp_path / "totals.csv"
    result = run("score", answers, "--out", out)
    assert f"2 scores written: {out}" in result.stderr
    assert result.stdout == ""
    first = rows_of(out)[0]
    assert (first["client_id"], first["session"], first["score"], first["n_answered"]) == ("a", "1", "8", "9")
    assert (first["missing"], first["band"]) == ("complete", "mild")


def test_score_prints_where_no_file_is_asked_for(run, table):
    lines = run("score", table()).stdout.splitlines()
    assert (
        lines[0].split() == "client_id episode_id measure session day score n_answered missing band".split()
    )
    assert lines[2].split()[:5] == ["a", "1", "phq-9", "2", "18"]
    assert lines[2].endswith("given as a total  moderately severe")


def test_score_takes_a_measure_nobody_knows_by_its_scale(run, table):
    shown = run(
        "score", table(TWO_CLIENTS.replace("phq-9", "rq")), "--measure", "rq", "--min", 0, "--max", 30
    )
    assert shown.stdout.splitlines()[1].endswith("given as a total")


def test_fit_shows_the_course_its_history_and_its_correction(run, clinic):
    shown = run("fit", clinic).stdout
    assert "Expected course of phq-9, by " in shown
    for word in ("at the mean intake", "per point of intake", "random: level (variances)", "random: time"):
        assert word in shown
    assert re.search(r"\d+ clients, \d+ later scores, \d+ clients with one score; REML criterion \d", shown)
    assert "no correction (fewer than 100 clients); log-likelihood by time basis: ln -" in shown
    assert all(line == line.rstrip() for line in shown.splitlines())


def test_fit_takes_the_time_basis_that_is_named_also_on_the_other_clock(run, clinic, tmp_path):
    out = tmp_path / "course.json"
    shown = run("fit", clinic, "--basis", "linear week, 1 random", "--out", out).stdout
    assert "by linear week, 1 random" in shown
    assert "random: time" not in shown
    assert "only one was asked for" in shown
    assert json.loads(out.read_text("utf-8"))["basis"] == {"bend": "linear", "axis": "week", "q": 1}


def test_fit_says_what_a_third_level_changes(run, clinic):
    assert "Clients within 6 therapists: SD between therapists " in run("fit", clinic, "--therapists").stdout


def test_fit_corrects_its_forecasts_from_a_hundred_clients_on(run, tmp_path):
    switches = [w for s in ("planned_sessions=4", "n_therapists=4") for w in ("--set", s)]
    run("simulate", tmp_path, "--clients", 110, *switches)
    shown = run("fit", tmp_path / "scores.csv", "--allow", "--therapists", code=2)
    assert "Forecasts: cross-fitted correction" in shown.stdout
    assert "At least 5 therapists are needed; known here: 4." in shown.stderr


def test_fit_says_singular_where_it_is(run, table):
    lines = [f"c{i},phq-9,{t},{12 + i % 2 * (-1) ** t}" for i in range(14) for t in range(1, 6)]
    assert ", SINGULAR" in run("fit", table(HEAD + "\n".join(lines) + "\n")).stdout


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        (TWO_CLIENTS, (), "2 clients have a second score; at least 12 are needed to fit a course."),
        (TWO_CLIENTS, ("--basis", "cubic"), "write ln, sqrt, linear or quadratic, then session or week"),
        (TWO_CLIENTS + "a,gad-7,1,5\n", (), "The table has phq-9, gad-7; choose one with --measure."),
    ],
)
def test_fit_refuses_what_cannot_be_fitted_and_says_why(run, table, text, words, why):
    assert why in " ".join(run("fit", table(text), *words, code=2).stderr.split())


def test_fit_refuses_scores_that_no_clock_can_place(run, table, monkeypatch):
    monkeypatch.setattr("midcourse.course.observed.choose_axis", lambda *_: None)
    assert (
        "have neither a session number nor a date; give one with --map." in run("fit", table(), code=2).stderr
    )


def test_simulate_writes_scores_and_truth_and_says_how_to_review_them(run, tmp_path):
    folder = tmp_path / "new" / "clinic"
    shown = run("simulate", folder, "--clients", 12, "--seed", 3).stderr
    assert f"Scores: {folder / 'scores.csv'}" in shown
    assert f"Truth: {folder / 'truth.csv'}" in shown
    assert f"midcourse review {folder / 'scores.csv'} --allow\n" in shown
    before = (folder / "scores.csv").read_text("utf-8")
    run("simulate", folder, "--clients", 12, "--seed", 3)
    assert (folder / "scores.csv").read_text("utf-8") == before
    assert run("review", folder / "scores.csv", "--allow").stdout


def test_an_awkward_clinic_can_be_reviewed_as_it_is(run, tmp_path):
    shown = run("simulate", tmp_path, "--awkward", "--clients", 40).stderr
    assert "--allow" not in shown
    assert "scores of 40 clients." in run("review", tmp_path / "scores.csv").stderr


def test_every_kind_of_switch_can_be_set(run, tmp_path):
    given = [
        "missed_session_rate=0.1",
        "whole_numbers=true",
        "start_date=2026-01-05",
        "domains=depression,anxiety",
    ]
    given += ["n_therapists=3", "measure=gad-7", "maximum=21"]
    run("simulate", tmp_path, "--clients", 10, *[w for pair in given for w in ("--set", pair)])
    rows = rows_of(tmp_path / "scores.csv")
    assert {row["measure"] for row in rows} == {"gad-7"}
    assert all(float(row["score"]).is_integer() for row in rows)


def test_simulate_writes_parquet_too(run, tmp_path):
    shown = run("simulate", tmp_path, "--clients", 10, "--format", "parquet").stderr
    assert "scores.parquet" in shown


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("--format xls", "--format is csv or parquet, not 'xls'."),
        ("--set nonsense=1", "There is no switch 'nonsense'; there are: n_clients, n_therapists"),
        ("--set n_therapists=0.5", "n_therapists is a whole number, not '0.5'."),
        ("--set intake_sd=big", "intake_sd is a number, not 'big'."),
        ("--set whole_numbers=yes", "whole_numbers is true or false, not 'yes'."),
        ("--set start_date=soon", "start_date is a date such as 2026-03-31, not 'soon'."),
        ("--clients 0", "n_clients must be at least 1, not 0."),
    ],
)
def test_a_clinic_that_cannot_be_is_refused_and_nothing_is_written(run, tmp_path, words, why):
    folder = tmp_path / "clinic"
    assert why in run("simulate", folder, *words.split(), code=2).stderr
    assert not folder.exists()


@pytest.mark.parametrize("words", [("simulate", "{}"), ("demo", "--folder", "{}")])
def test_scores_that_were_not_invented_are_never_written_over(run, table, tmp_path, words):
    path = table()
    shown = run(*[word.format(tmp_path) for word in words], code=2).stderr
    assert "is there and was not invented here (no truth.csv). Choose another folder." in shown
    assert path.read_text("utf-8") == TWO_CLIENTS


@pytest.mark.parametrize("words", [("simulate", "{}"), ("demo", "--folder", "{}")])
def test_a_folder_that_cannot_be_made_is_refused(run, table, words):
    shown = run(*[word.format(table()) for word in words], code=2).stderr
    assert "cannot be written: File exists. Choose another place." in shown


PROVIDERS = "kind,n,k\nProvider,1000,400\nProvider,1000,500\nProvider,1000,450\nNational,9,1\nProvider,*,3\nProvider\n"


def test_spread_says_how_many_pseudo_clients_services_support(run, table):
    words = ("--events", "k", "--cases", "n", "--only", "kind=Provider")
    shown = run("spread", table(PROVIDERS), *words).stdout
    assert shown.startswith("3 services, mean rate 45.0 %: SD between services 0.1")
    assert "Left out, since a count is missing or suppressed: 2 rows." in shown


def test_spread_of_whole_tables_leaves_nothing_out(run, table):
    whole = table("reliable_recovery,at_caseness\n400,1000\n500,1000\n450,1000\n")
    assert "Left out" not in run("spread", whole).stdout


@pytest.mark.parametrize(
    ("content", "words", "why"),
    [
        (b"a,b\n1,2\n", (), "there is no column at_caseness, reliable_recovery; name it with"),
        (b"a,b\n1,2\n", ("--events", "a", "--cases", "b"), "At least three services"),
        (b"a,b\n1,2\n", ("--only", "a"), "is not COLUMN=VALUE"),
        (b"\xff\xfe\x00\x81", (), "is not a CSV in UTF-8. Save it as one."),
        (b"x" * 200_000, (), "is not a CSV in UTF-8. Save it as one."),
        (b"", (), "there is no column"),
    ],
)
def test_spread_refuses_what_it_cannot_count(run, tmp_path, content, words, why):
    path = tmp_path / "services.csv"
    path.write_bytes(content)
    assert why in " ".join(run("spread", path, *words, code=2).stderr.replace("│", " ").split())


def test_spread_of_a_file_that_is_not_there_is_refused(run, tmp_path):
    assert "cannot be read: No such file or directory." in run("spread", tmp_path / "no.csv", code=2).stderr


def test_the_demo_invents_reviews_and_writes_a_page_into_one_folder(run, tmp_path):
    folder = tmp_path / "demo"
    result = run("demo", "--folder", folder, "--seed", 2)
    assert sorted(file.name for file in folder.iterdir()) == ["report.html", "scores.csv", "truth.csv"]
    assert "An invented clinic: " in result.stderr
    assert f"Page written: {folder / 'report.html'}" in result.stderr
    assert "midcourse review scores.csv --html report.html" in result.stderr
    assert "60 courses: " in result.stdout
