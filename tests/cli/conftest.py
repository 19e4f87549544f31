"""The command as a person runs it, in this process, and tables to run it on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from midcourse.cli.app import app

HEAD = "client_id,measure,session,score\n"
TWO_CLIENTS = HEAD + "a,phq-9,1,10\na,phq-9,2,18\nb,phq-9,1,10\nb,phq-9,2,9\n"


@pytest.fixture(scope="session")
def run() -> Callable[..., Result]:
    """Return a function that runs the command with its words and gives code, stdout and stderr.

    An exception that is not an exit fails the test, so that no trace can pass for a message.
    """

    def running(*words: object, code: int = 0) -> Result:
        result = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result

    return running


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a table into a temporary folder and gives its path."""

    def write(text: str = TWO_CLIENTS, name: str = "scores.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def clinic(run: Callable[..., Result], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the scores of an invented clinic of 70 clients of 6 therapists, by session and by date."""
    folder = tmp_path_factory.mktemp("clinic")
    switches = ["n_therapists=6", "whole_numbers=true", "clip_to_scale=true", "planned_sessions=5"]
    switches += ["start_date=2026-01-05", "leave_for_other_reasons=0.1"]
    run("simulate", folder, "--clients", 70, *[word for switch in switches for word in ("--set", switch)])
    return folder / "scores.csv"
