"""Whatever is handed to the command: exit code 2, plain words, the mend, no trace, nothing written."""

import pytest

from tests.cli.conftest import HEAD, TWO_CLIENTS

BROKEN = {
    "binary": (bytes(range(256)) * 40, "the text is not utf-8"),
    "empty": (b"", "the file is empty. Give a file with one line of column names"),
    "Windows-1252": ((HEAD + "Jos\xe9,phq-9,1,10\n").encode("cp1252"), "iconv -f WINDOWS-1252 -t UTF-8"),
    "ambiguous dates": (
        b"client_id,measure,date,score\na,phq-9,01/02/2024,1\n",
        "could be day-first or month-first",
    ),
    "no time": (b"client_id,measure,score\na,phq-9,10\n", "no column says when"),
    "one line of 5 MB": (HEAD.encode() + b"x" * 5_000_000, "line 2: this line is not CSV"),
    "unknown measure": (HEAD.encode() + b"a,rq,1,10\n", "line 2, column measure: no measure is called 'rq'"),
}


@pytest.mark.parametrize("command", ["review", "score", "fit"])
@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_refused_with_its_mend(run, tmp_path, what, command):
    content, why = BROKEN[what]
    path = tmp_path / "broken.csv"
    path.write_bytes(content)
    out = () if command != "review" else ("--html", tmp_path / "report.html")
    result = run(command, path, *out, code=2)
    assert result.stdout == ""
    assert "Not read: 1 problem. Nothing was written." in result.stderr
    assert "broken.csv" in result.stderr
    assert why in result.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["broken.csv"]


def test_every_problem_is_told_at_once_and_many_are_counted_by_kind_at_the_end(run, table):
    lines = "".join(f",phq-9,{i},10\n" for i in range(20))
    shown = run("review", table(HEAD + lines), code=2).stderr
    assert shown.count("line ") >= 20
    assert shown.splitlines()[-1].startswith("In all 2")
    assert "missing-id 20" in shown.splitlines()[-1]


def test_a_missing_file_and_a_folder_are_refused(run, tmp_path):
    assert "no.csv: the file cannot be opened" in run("review", tmp_path / "no.csv", code=2).stderr
    assert "Check the path" in run("review", tmp_path, code=2).stderr


def test_a_file_that_may_not_be_read_is_refused(run, table, monkeypatch):
    def closed(*_args, **_more):
        raise PermissionError(13, "Permission denied")

    path = table()
    monkeypatch.setattr("pathlib.Path.open", closed)
    assert "Permission denied" in run("review", path, code=2).stderr


@pytest.mark.parametrize(("command", "option"), [("review", "--html"), ("fit", "--out"), ("score", "--out")])
def test_a_place_that_cannot_be_written_is_refused_before_any_work(run, table, tmp_path, command, option):
    path = table()
    lost = run(command, path, option, tmp_path / "nowhere" / "x", code=2).stderr
    assert "there is no folder" in lost
    assert "scores of" not in lost
    assert "is the table itself and would be written over" in run(command, path, option, path, code=2).stderr
    assert path.read_text("utf-8") == TWO_CLIENTS
    assert "is not a file" in run(command, path, option, tmp_path, code=2).stderr
    assert "is not a file" in run(command, path, option, "/dev/null", code=2).stderr


def test_a_disk_that_is_full_leaves_nothing_behind(run, table, tmp_path, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    path = table()
    monkeypatch.setattr("os.replace", full)
    monkeypatch.setattr("os.fsync", full)
    shown = run("score", path, "--out", tmp_path / "out.csv", code=2).stderr
    assert "out.csv cannot be written: No space left on device. Choose another place." in shown
    page = run("review", path, "--html", tmp_path / "report.html", code=2).stderr
    assert "report.html cannot be written: No space left on device. Choose another place." in page
    assert [file.name for file in tmp_path.iterdir()] == ["scores.csv"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("--min 10 --max 0", "must be below the highest"),
        ("--min nan --max 3", "ordinary numbers"),
        ("--min 0 --max inf", "ordinary numbers"),
        ("--min 0 --max 9 --step 0", "must be above 0"),
        ("--measure x --min 0 --max 1e9", "give a larger --step"),
        ("--measure x --max 9", "needs both --min and --max"),
        ("--measure mystery --step 2", "needs both --min and --max"),
        ("--direction up", "--direction is higher-is-worse or higher-is-better, not 'up'"),
        ("--measure phq-9 --direction higher-is-better", "PHQ-9 runs the other way"),
        ("--measure phq-9 --reliable-change 0", "--reliable-change is above 0"),
        ("--map client_id", "is not ROLE=COLUMN"),
    ],
)
def test_options_that_describe_nothing_are_refused(run, table, words, why):
    shown = run("review", table(), *words.split(), code=2).stderr
    assert why in " ".join(shown.replace("│", " ").split())


@pytest.mark.parametrize("direction", ["higher-is-worse", "lower-is-better"])
def test_a_known_measure_may_be_described_by_the_direction_it_has(run, table, direction):
    run("review", table(), "--measure", "phq-9", "--direction", direction)


@pytest.mark.parametrize("direction", ["higher-is-better", "lower-is-worse"])
def test_a_direction_may_be_said_from_either_end(run, table, direction):
    text = HEAD + "a,own,1,10\na,own,2,16\na,own,3,16\n"
    words = ("--measure", "own", "--min", 0, "--max", 20, "--reliable-change", 5, "--cutoff", 12)
    assert "reached goal" in run("review", table(text), *words, "--direction", direction).stdout


def test_a_column_that_is_not_there_is_refused_with_those_that_are(run, table):
    shown = run("review", table(), "--map", "client_id=PatNo", code=2).stderr
    assert "no column has that name. There are: client_id, measure, session, score." in shown


@pytest.mark.parametrize("command", ["review", "score", "fit"])
def test_strict_and_allow_together_are_refused(run, table, command):
    assert "opposite things; give one of them." in run(command, table(), "--strict", "--allow", code=2).stderr


IDS = ["Smith, J", "[red]x", "[/x]", ":smile:", "👩‍👩‍👧", "22.0", "007", "ünï"]


def test_ids_are_shown_as_given_on_every_screen(run, table):
    text = HEAD + "".join(f'"{name}",phq-9,{i},10\n' for name in IDS for i in (1, 2))
    path = table(text, "[b]scores.csv")
    result = run("review", path)
    assert "[b]scores.csv: 16 scores of 8 clients." in result.stderr
    shown = {line.split("  ")[0] for line in result.stdout.splitlines()}
    assert shown >= set(IDS)
    assert {line.split("  ")[0] for line in run("score", path).stdout.splitlines()} >= set(IDS)


def test_an_id_cannot_act_on_the_terminal(run, table):
    shown = run("review", table(HEAD + "a\x1b[2J,phq-9,1,10\n")).stdout
    assert "\x1b" not in shown
    assert "a\\x1b[2J" in shown
