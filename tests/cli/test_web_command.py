"""`midcourse serve` hands over to the application's own program, and never imports it."""

import importlib.util
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from midcourse.cli import web
from midcourse.cli.app import app


class Became(Exception):
    """Instead of becoming another program, a test looks at which one it would have been."""


@pytest.fixture
def become(monkeypatch):
    """Return a function that runs a command and gives the words of the program it becomes."""

    def execv(program: str, words: list[str]) -> None:
        raise Became(program, words)

    monkeypatch.setattr(os, "execv", execv)
    monkeypatch.setenv("MIDCOURSE_HOME", "/nowhere")

    def run(*words: str) -> list[str]:
        result = CliRunner().invoke(app, words)
        assert isinstance(result.exception, Became), result.output
        program, found = result.exception.args
        assert (program, found[:3]) == (sys.executable, [sys.executable, "-m", "midcourse_web"])
        return found[3:]

    return run


def test_serve_becomes_the_applications_own_program(become):
    assert become("serve") == ["serve", "--port", "8000"]
    assert os.environ["MIDCOURSE_HOME"] == "/nowhere"


def test_a_home_that_is_named_is_handed_on_as_a_whole_path(become, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    become("serve", "--home", "clinic")
    assert os.environ["MIDCOURSE_HOME"] == str(tmp_path / "clinic")


def test_the_demonstration_is_asked_for_by_name(become):
    assert become("serve", "--demo", "--port", "8100") == ["serve", "--port", "8100", "--demo"]


def test_public_serves_only_the_check_up_and_is_no_demonstration(become):
    assert become("serve", "--public") == ["serve", "--port", "8000", "--public"]
    result = CliRunner().invoke(app, ["serve", "--demo", "--public"])
    assert result.exit_code == 2
    assert "Choose one" in result.output


def test_a_copy_is_asked_for_with_and_without_keys(become):
    assert become("backup", "friday.tar") == ["backup", "friday.tar"]
    assert become("backup", "friday.tar", "--with-keys") == ["backup", "friday.tar", "--with-keys"]
    assert become("restore", "friday.tar") == ["restore", "friday.tar"]


def test_a_table_is_only_looked_at_until_it_is_to_be_written(become):
    tom = ("--therapist", "tom@example.org")
    assert become("import", "scores.csv", *tom) == ["import", "scores.csv", *tom]
    more = ("--cover", "cora@example.org", "--map", "date=Day", "--map", "score=Total", "--write")
    assert become("import", "scores.csv", *tom, *more) == ["import", "scores.csv", *tom, *more]


def test_without_the_applications_packages_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(web, "find_spec", lambda _name: None)
    result = CliRunner().invoke(app, ["serve"])
    assert result.exit_code == 2
    assert "pip install 'midcourse[web]'" in result.output


def test_the_command_never_loads_the_application(root):
    code = (
        "import sys; from midcourse.cli.app import app; from midcourse.cli import web; "
        "sys.exit(bool({'django', 'midcourse_web'} & set(sys.modules)))"
    )
    assert importlib.util.find_spec("django") is not None, "or this test could not fail"
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
