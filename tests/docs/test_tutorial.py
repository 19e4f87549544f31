"""Every command of the tutorial is run, and must answer as it is printed there."""

import re
import shlex

import pytest
from typer.testing import CliRunner

from midcourse.cli.app import app

BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def blocks(root):
    text = (root / "docs" / "tutorials" / "first-review.md").read_text("utf-8")
    found = BLOCK.findall(text)
    assert len(found) >= 8
    return found


def answer(line: str) -> str:
    """Run one line as it is typed and return what is seen."""
    command, *words = shlex.split(line)
    assert command == "midcourse"
    return CliRunner().invoke(app, words, catch_exceptions=False).output


def pattern(line: str) -> re.Pattern[str]:
    """A printed line as a pattern in which an ellipsis stands for anything."""
    return re.compile("^" + ".*".join(map(re.escape, line.rstrip().split("…"))) + "$", re.MULTILINE)


def test_the_tutorial_answers_as_it_says(blocks, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for kind, name, text in blocks:
        if kind == "csv":
            (tmp_path / name).write_text(text, "utf-8")
            continue
        for step in filter(None, re.split(r"^\$ ", text, flags=re.MULTILINE)):
            typed, *printed = step.splitlines()
            shown = answer(typed)
            for line in printed:
                assert pattern(line).search(shown), f"$ {typed}\ndoes not answer:\n{line}\nbut:\n{shown}"
