"""How it looks: on terminals of 80 and 120 columns, in a pipe, in other alphabets, when all goes wrong."""

import io
import os
import sys
from collections import Counter

import pytest
import typer
from rich.cells import cell_len
from rich.text import Text
from typer.testing import CliRunner

import midcourse.cli
from midcourse.cli import caseload, screen
from midcourse.cli.app import app
from midcourse.review import review_caseload
from midcourse.signals import State
from tests.engine.known_course import COURSE, LOW, episode

COMMANDS = ["review", "score", "fit", "evaluate", "simulate", "spread", "placebo", "demo"]


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def terminal(monkeypatch):
    """Return a function that makes stdout and stderr terminals of a width, and gives them."""

    def make(width: int) -> tuple[Terminal, Terminal]:
        monkeypatch.setenv("COLUMNS", str(width))
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.delenv("NO_COLOR", raising=False)
        out, err = Terminal(), Terminal()
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        return out, err

    return make


def caseload_of(clients: int):
    people = [episode(f"client-{i:03}", 15, 15, 15 + i % 4) for i in range(clients)]
    return review_caseload(people, {"low": LOW}, courses={"low": COURSE})


def plain(shown: str) -> list[str]:
    return [line.rstrip() for line in Text.from_ansi(shown).plain.splitlines()]


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal_and_no_word_is_broken(terminal, width):
    out, _ = terminal(width)
    caseload.print_caseload(caseload_of(8), everyone=False)
    lines = plain(out.getvalue())
    assert max(map(cell_len, lines)) <= width
    words = " ".join(" ".join(lines).split())
    for word in ("client-000", "off course", "session", "default", "reliably", "validated,"):
        assert word in words


def test_on_80_columns_the_sentence_stands_under_its_client(terminal):
    out, _ = terminal(80)
    caseload.print_caseload(caseload_of(4), everyone=False)
    first, second = plain(out.getvalue())[:2]
    assert first.startswith("client-003  low  off course  ")
    assert first.endswith(" of 100")
    assert second.startswith("  Low 18 at session 3, first 15.")


def test_who_has_no_odds_shows_none_on_80_columns(terminal):
    out, _ = terminal(80)
    caseload.print_caseload(review_caseload([episode("c", 15)], {"low": LOW}), everyone=False)
    assert plain(out.getvalue())[0] == "c  low  too early"


def test_on_120_columns_the_sentence_stands_beside_its_client(terminal):
    out, _ = terminal(120)
    caseload.print_caseload(caseload_of(4), everyone=False)
    lines = plain(out.getvalue())
    assert lines[0].split() == ["client", "measure", "state", "odds", "why"]
    assert lines[1].split("  ")[0] == "client-003"
    assert "Low 18 at session 3" in lines[1]


def test_a_terminal_shows_the_first_forty_and_all_when_asked(terminal):
    out, _ = terminal(80)
    caseload.print_caseload(caseload_of(50), everyone=False)
    assert "... and 10 more; --all prints everyone." in out.getvalue()
    out, _ = terminal(80)
    caseload.print_caseload(caseload_of(50), everyone=True)
    assert "--all" not in out.getvalue()
    assert out.getvalue().count("client-") == 50


def test_where_only_those_most_in_need_are_held_everyone_is_counted(capsys):
    few = caseload_of(2)
    caseload.print_caseload(few, everyone=True, counts=Counter({State.ON_COURSE: 1_000}))
    shown = capsys.readouterr().out
    assert "... and 998 more, less in need; all are counted below." in shown
    assert "1,000 courses: 1000 on course." in shown


def test_a_pipe_gets_everyone_on_clean_lines(capsys):
    caseload.print_caseload(caseload_of(50), everyone=False)
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("client-") for line in lines) == 50
    assert all(line == line.rstrip() for line in lines)
    assert "\x1b" not in "".join(lines)


def test_columns_stand_under_each_other_also_with_wide_letters(capsys):
    screen.print_table("People", ("id", "n"), [("日本", "1"), ("a", "")])
    assert capsys.readouterr().out == "People\nid    n\n日本  1\na\n"


def test_a_table_on_a_terminal_shows_its_cells_as_given(terminal):
    out, _ = terminal(80)
    screen.print_table("[b]", ("id",), [("[/x]",), (":smile:",)])
    assert plain(out.getvalue()) == ["[b]", "id", "[/x]", ":smile:"]


def test_odds_are_never_said_to_be_none_or_all():
    assert [caseload.percent(p) for p in (0.0, 0.004, 0.006, 0.5, 0.994, 0.996, 1.0)] == [
        "<1", "<1", "1", "50", "99", ">99", ">99",
    ]  # fmt: skip


def test_a_bar_runs_on_a_terminal_and_leaves_nothing_elsewhere(terminal, capsys):
    with screen.progress("Reading") as tell:
        tell(0.5)
    assert capsys.readouterr() == ("", "")
    _, err = terminal(80)
    with screen.progress("Reading [b]x.csv") as tell:
        tell(1.0)
    assert "Reading [b]x.csv" in Text.from_ansi(err.getvalue()).plain


def test_messages_are_wrapped_between_words_and_keep_their_indent_on_a_terminal(terminal):
    _, err = terminal(40)
    screen.say(screen.errors(), "one two three four five six seven eight nine ten", indent=4)
    assert plain(err.getvalue()) == ["    one two three four five six seven", "    eight nine ten"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example_that_names_it(command):
    shown = CliRunner().invoke(app, [command, "--help"]).output
    assert "Example" in shown
    assert f"midcourse {command}" in shown.split("Example")[1]


def test_midcourse_alone_shows_every_command_and_where_to_start():
    alone = CliRunner().invoke(app, [])
    assert alone.output.split() == CliRunner().invoke(app, ["--help"]).output.split()
    words = " ".join(alone.output.split())
    assert all(f" {command} " in words for command in COMMANDS)
    assert "Start with: midcourse demo. Then: midcourse review scores.csv --html report.html" in words


def test_a_command_without_its_file_says_what_is_missing():
    result = CliRunner().invoke(app, ["review"])
    assert result.exit_code == 2
    assert "Missing argument 'table'" in result.output
    assert "Try 'midcourse review --help' for help." in result.output


def test_the_version_is_said():
    assert CliRunner().invoke(app, ["--version"]).output.strip() == midcourse.__version__


def run_main(monkeypatch, raised):
    def broken():
        raise raised

    monkeypatch.setattr("midcourse.cli.app.app", broken)
    monkeypatch.setattr(os, "dup2", lambda *_: None)
    monkeypatch.setattr(sys, "stdout", open(os.devnull, "w", encoding="ascii"))  # noqa: SIM115
    with pytest.raises(SystemExit) as left:
        midcourse.cli.main()
    assert sys.stdout.errors == "backslashreplace"
    sys.stdout.close()
    return left.value.code


def test_output_that_cannot_be_written_is_said_in_words(monkeypatch, capsys):
    assert run_main(monkeypatch, OSError(28, "No space left on device")) == 2
    assert capsys.readouterr().err == "Not done. The result could not be written: No space left on device.\n"


def test_a_fault_of_its_own_is_one_line_to_report_and_never_a_trace(monkeypatch, capsys):
    monkeypatch.delenv("MIDCOURSE_TRACE", raising=False)
    assert run_main(monkeypatch, KeyError("phq")) == 1
    shown = capsys.readouterr().err
    assert shown.startswith("midcourse has a fault: KeyError: 'phq' (broken, line ")
    assert "Please report that line. With MIDCOURSE_TRACE=1 set" in shown
    assert "Traceback" not in shown


def test_whoever_mends_midcourse_can_see_the_trace(monkeypatch):
    monkeypatch.setenv("MIDCOURSE_TRACE", "1")
    with pytest.raises(KeyError):
        run_main(monkeypatch, KeyError("phq"))
    sys.stdout.close()


def test_an_exit_is_an_exit(monkeypatch):
    assert run_main(monkeypatch, SystemExit(2)) == 2


def test_streams_that_cannot_change_their_letters_are_left_alone(monkeypatch):
    monkeypatch.setattr("midcourse.cli.app.app", lambda: None)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    midcourse.cli.main()


def test_a_refusal_leaves_with_code_two(capsys):
    assert isinstance(found := screen.refuse("No [b]."), typer.Exit)
    assert found.exit_code == 2
    assert capsys.readouterr().err == "Not done. No [b].\n"
