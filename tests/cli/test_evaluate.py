"""`midcourse evaluate` as a person runs it: tables, JSON, files, folds and tasks from outside, refusals."""

import csv
import io
import json
import sys

import pytest
from rich.text import Text

from midcourse.cli import evaluation_output
from midcourse.evaluation.methods import every_method
from midcourse.signals.predictive_values import predictive_values_from_json
from tests.cli.conftest import HEAD
from tests.report.evaluations import full

FAST = ("--methods", "change,landmark regression", "--bootstrap", 20)
SHORT = HEAD + "".join(f"c{i},phq-9,{t},{10 + t}\n" for i in range(6) for t in (1, 2, 3))


@pytest.fixture(scope="module")
def clinic(run, tmp_path_factory):
    """The scores of an invented clinic of 130 clients of 6 therapists."""
    folder = tmp_path_factory.mktemp("clinic")
    switches = ["n_therapists=6", "whole_numbers=true", "clip_to_scale=true", "planned_sessions=6"]
    run("simulate", folder, "--clients", 130, *[word for switch in switches for word in ("--set", switch)])
    return folder / "scores.csv"


@pytest.fixture(scope="module")
def split(run, tmp_path_factory, clinic):
    """Folds and tasks for every client of the clinic with four scores: the tasks after two scores."""
    folder = tmp_path_factory.mktemp("split")
    rows: dict[str, list[int]] = {}
    for row in csv.DictReader(clinic.read_text("utf-8").splitlines()):
        rows.setdefault(row["client_id"], []).append(int(row["session"]))
    long = {client: sorted(sessions) for client, sessions in rows.items() if len(sessions) >= 4}
    folds = {client: "ABC"[place % 3] for place, client in enumerate(long)}
    (folder / "folds.csv").write_text(
        "client_id,fold\n" + "".join(f"{client},{fold}\n" for client, fold in folds.items())
    )
    lines = [
        f"{client},1,{folds[client]},{s[1] - s[0]},{s[2] - s[0]},{s[-1] - s[0]}\n"
        for client, s in long.items()
    ]
    (folder / "tasks.csv").write_text("client_id,k,fold,time_k,next_time,horizon\n" + "".join(lines))
    return folder


def rows_of(path):
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def test_it_says_the_result_in_a_sentence_then_what_was_asked_then_every_table(run, clinic):
    shown = run("evaluate", clinic, *FAST).stdout
    assert shown.startswith("Of 100 people who end without reliable improvement, ")
    for said in (
        "not 6 points or more better at the last score than at the first",
        "prediction points, after 2, 3, 4, 6 and 8 scores; 10 folds by client, balanced on total change",
        "Who will end without reliable improvement?",
        "Do the probabilities come true?",
        "CRPS next, CRPS last".replace(", ", "; "),
        "this method does not say it (change).",
        "AUC, worse: not estimable (",
        "Alerts by each method's own rule",
        "Alerts at the same rate, about 5 per 100 scored sessions",
        "lead, own",
        "Against the plain change so far (change)",
        "* clearly better: the interval leaves out 0.",
        "Not clinically validated",
    ):
        assert said in shown, said
    assert all(line == line.rstrip() for line in shown.splitlines())
    assert "\x1b" not in shown


def test_tables_fit_eighty_columns_whatever_the_method_is_called(run, clinic):
    shown = run("evaluate", clinic, *FAST).stdout.splitlines()
    starts = [place for place, line in enumerate(shown) if line.startswith("method ")]
    assert len(starts) == 9
    longest = max(len(method.name) for method in every_method()) - len("landmark regression")
    for start in starts:
        assert max(len(line) for line in shown[start : start + 3]) + max(longest, 0) <= 80


def test_json_holds_every_figure_with_the_table_it_is_about(run, clinic):
    found = json.loads(run("evaluate", clinic, *FAST, "--json", "--seed", 3, "--budget", 8).stdout)
    assert found["file"] == "scores.csv"
    assert len(found["sha256"]) == 64
    assert found["reliable_change"]["points"] == 6
    assert (found["draws"], found["seed"], found["budget"]) == (20, 3, 8.0)
    assert [verdict["name"] for verdict in found["verdicts"]] == ["change", "landmark regression"]
    assert found["verdicts"][1]["figures"]["crps_last"]["value"] > 0


def test_page_plot_and_predictions_are_written_and_named(run, clinic, tmp_path):
    page, plot, out = (tmp_path / name for name in ("r.html", "p.svg", "o.csv"))
    shown = run("evaluate", clinic, *FAST, "--html", page, "--plot", plot, "--predictions", out).stderr
    assert f"Page: {page}" in shown
    assert f"Plot: {plot}" in shown
    assert "Predictions are those of " in shown
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "<svg" in plot.read_text("utf-8")
    first = rows_of(out)[0]
    assert first["k"] == "1"
    assert 0 <= float(first["p_no_improvement"]) <= 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["o.csv", "p.svg", "r.html"]


@pytest.mark.parametrize("suffix", ["png", "pdf"])
def test_a_plot_is_drawn_as_its_ending_says_and_the_same_each_time(run, clinic, tmp_path, suffix):
    one, two = tmp_path / f"one.{suffix}", tmp_path / f"two.{suffix}"
    for place in (one, two):
        run("evaluate", clinic, *FAST, "--plot", place)
    assert one.read_bytes() == two.read_bytes()
    assert one.read_bytes().startswith(b"\x89PNG" if suffix == "png" else b"%PDF")


def test_one_file_per_method_where_each_is_asked_for(run, clinic, tmp_path):
    run("evaluate", clinic, *FAST, "--predictions", tmp_path / "o.csv", "--method", "each")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["o.change.csv", "o.landmark-regression.csv"]


def test_the_method_named_is_the_one_written(run, clinic, tmp_path):
    out = tmp_path / "o.csv"
    shown = run("evaluate", clinic, *FAST, "--predictions", out, "--method", "change").stderr
    assert f"Predictions of change: {out}" in shown
    assert rows_of(out)[0]["pred_mean_last"] == ""


def test_folds_and_tasks_come_from_outside(run, clinic, split, tmp_path):
    shown = run("evaluate", clinic, *FAST, "--folds", split / "folds.csv").stdout
    assert "3 folds as given in folds.csv" in shown
    out = tmp_path / "out.csv"
    shown = run(
        "evaluate",
        clinic,
        *FAST,
        "--folds",
        split / "folds.csv",
        "--tasks",
        split / "tasks.csv",
        "--predictions",
        out,
    ).stdout
    assert (
        "as given in tasks.csv, times counted in sessions since intake; 3 folds as given in tasks.csv"
        in shown
    )
    asked = [(row["client_id"], row["k"]) for row in rows_of(split / "tasks.csv")]
    assert [(row["client_id"], row["k"]) for row in rows_of(out)] == asked


OURS = ("--methods", "midcourse", "--bootstrap", 20)
NAMED = ("--data-set", "North", "--setting", "CBT, one clinic")


def test_how_often_states_were_right_is_shown_and_saved_with_where_it_is_from(run, clinic, tmp_path):
    place = tmp_path / "right.json"
    shown = run("evaluate", clinic, *OURS, *NAMED, "--acted-on", "--predictive-values", place)
    assert "How often was each state right?" in shown.stdout
    assert "From: North, CBT, one clinic; rule two-stage-" in shown.stdout
    assert "People acted on these signals" in shown.stdout
    assert f"How often each state was right: {place}" in shown.stderr
    table = predictive_values_from_json(place.read_text("utf-8"))
    assert (table.data_set, table.acted_on, table.clients > 50) == ("North", True, True)


def test_without_a_name_the_counts_are_those_of_the_file(run, clinic):
    found = json.loads(run("evaluate", clinic, *OURS, "--json").stdout)["predictive_values"]
    assert (found["data_set"], found["setting"]) == ("scores.csv", "its setting was not named")
    assert found["values"]
    assert json.loads(run("evaluate", clinic, *FAST, "--json").stdout)["predictive_values"] is None


def test_counts_are_saved_only_for_the_policy(run, clinic, tmp_path):
    place = tmp_path / "right.json"
    shown = run("evaluate", clinic, *FAST, *NAMED, "--predictive-values", place, code=2).stderr
    assert "counted for midcourse, and it was not judged" in " ".join(shown.split())
    assert not place.exists()


def test_all_clients_of_a_therapist_can_be_left_out_together(run, clinic):
    shown = run("evaluate", clinic, *FAST, "--leave-therapists-out").stdout
    assert "6 folds that keep all clients of a therapist together (seed 0)" in shown


def test_scales_that_run_the_other_way_are_judged_by_bare_numbers(run, table):
    lines = [f"c{i},rq,{t},{20 + (i % 5) * t % 17}" for i in range(40) for t in range(1, 7)]
    words = ("--min", 0, "--max", 60, "--direction", "higher-is-better", "--reliable-change", 4)
    path = table(HEAD + "\n".join(lines) + "\n")
    shown = run("evaluate", path, "--measure", "rq", *words, *FAST).stdout
    assert "40 clients judged" in shown
    assert "Reliable change: given on the command line." in shown
    assert "Nobody was left out." in shown


def test_a_method_that_cannot_learn_is_said_to_have_failed_and_why(run, table, tmp_path):
    lines = [f"c{i},phq-9,{t},{12 + i % 2 * t}" for i in range(8) for t in range(1, 6)]
    path, out = table(HEAD + "\n".join(lines) + "\n"), tmp_path / "o.csv"
    result = run("evaluate", path, *FAST, "--predictions", out, "--html", tmp_path / "r.html", code=2)
    assert "No method could be judged on this table; the reasons stand below." in result.stdout
    assert "change failed: fold " in result.stdout
    assert "No method made predictions; the reasons stand above." in result.stderr
    result = run("evaluate", path, *FAST, "--predictions", out, "--method", "change", code=2)
    assert "change made no predictions: fold " in " ".join(result.stderr.split())
    run("evaluate", path, *FAST, "--plot", tmp_path / "p.svg", "--json")
    assert not out.exists()


REFUSED = {
    "no clock": (HEAD.replace("session,", "") + "a,phq-9,3\n", (), "Not read"),
    "two measures": (SHORT + "a,gad-7,1,5\n", (), "The table has phq-9, gad-7; choose one with --measure."),
    "short courses": (SHORT, (), "No client has 4 scores, so nothing can be judged; bring longer courses."),
    "no reliable change": (
        SHORT.replace("phq-9", "ham-a"),
        (),
        "has no reliable change in force, so nobody can be said to have improved. Give one with --reliable-change.",
    ),
    "no such method": (SHORT, ("--methods", "chnage"), "There is no method 'chnage'; there are: change, "),
    "no method": (SHORT, ("--methods", ","), "There is no method ','; there are: change, "),
    "nothing to write": (SHORT, ("--method", "change"), "give --predictions too"),
    "no budget": (SHORT, ("--budget", 0), "--budget is above 0, not 0."),
    "plot of no kind": (SHORT, ("--plot", "p.jpg"), "p.jpg should end in .svg, .png, .pdf"),
    "one place for two": (SHORT, ("--html", "x.svg", "--plot", "x.svg"), "Give each its own name."),
    "figures from nowhere": (
        SHORT,
        ("--predictive-values", "r.json", "--data-set", "North"),
        "--predictive-values needs --data-set and --setting",
    ),
    "two splits": (SHORT, ("--leave-therapists-out", "--folds", "f.csv"), "makes its own folds"),
    "no folds": (SHORT, ("--folds", "f.csv"), "f.csv: No such file or directory."),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_judged_is_refused_with_its_mend(run, table, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text, words, why = REFUSED[name]
    if name == "two splits":
        text = SHORT.replace("c0,phq-9,3,13\n", "c0,phq-9,3,13\nc0,phq-9,4,13\n")
    assert why in " ".join(run("evaluate", table(text), *words, code=2).stderr.split())


def test_scores_that_no_clock_can_place_are_refused(run, table, monkeypatch):
    monkeypatch.setattr("midcourse.course.observed.choose_axis", lambda *_: None)
    assert "give one with --map." in " ".join(run("evaluate", table(SHORT), code=2).stderr.split())


def test_therapists_who_are_not_named_cannot_be_left_out(run, table):
    lines = [f"c{i},phq-9,{t},{12 - t}" for i in range(8) for t in range(1, 6)]
    path = table(HEAD + "\n".join(lines) + "\n")
    shown = run("evaluate", path, "--leave-therapists-out", code=2).stderr
    assert "0 therapists are named, so none can be left out." in " ".join(shown.split())


def test_what_is_read_is_never_written_over(run, table, split):
    for place in (split / "folds.csv", split / "tasks.csv"):
        words = ("--folds", split / "folds.csv", "--tasks", split / "tasks.csv", "--predictions", place)
        assert "would be written over" in " ".join(
            run("evaluate", table(SHORT), *words, code=2).stderr.split()
        )


def test_places_that_cannot_be_written_are_said_and_nothing_is_left_half(run, clinic, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    for option, name in (("--predictions", "o.csv"), ("--plot", "p.png"), ("--html", "r.html")):
        shown = run("evaluate", clinic, *FAST, option, tmp_path / name, code=2).stderr
        assert "No space left on device. Choose another place." in " ".join(shown.split())
    assert list(tmp_path.iterdir()) == []


def test_without_matplotlib_a_plot_is_refused_with_what_to_install(run, clinic, tmp_path, monkeypatch):
    def absent(*_):
        raise ModuleNotFoundError

    monkeypatch.setattr(evaluation_output, "write_plot", absent)
    shown = run("evaluate", clinic, *FAST, "--plot", tmp_path / "p.svg", code=2).stderr
    assert "Install midcourse[evaluate], or leave --plot out." in " ".join(shown.split())


def test_on_a_terminal_of_eighty_columns_every_line_fits_and_no_figure_is_broken(monkeypatch):
    out = io.StringIO()
    out.isatty = lambda: True
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(evaluation_output, "poor", lambda found: ())
    monkeypatch.setattr(evaluation_output, "silence", lambda found: ())
    evaluation_output.print_evaluation(full())
    lines = [line.rstrip() for line in Text.from_ansi(out.getvalue()).plain.splitlines()]
    assert max(map(len, lines)) <= 80
    assert sum(line.startswith("midcourse  ") for line in lines) >= 7
    assert not any("What is poor" in line for line in lines)
