"""The page that defines the figures names every one of them, and its example runs."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from midcourse.evaluation.alerts import AlertFigures
from midcourse.evaluation.one_method import NAMES
from midcourse.evaluation.predictions_file import COLUMNS
from tests.evaluation.judge_parts import SCALE, wandering

COUNTS = {"threshold", "clients", "events", "alerted", "sessions"}


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs/reference/evaluation.md").read_text("utf-8")


def test_every_figure_is_defined(page: str) -> None:
    named = set(re.findall(r"`(\w+)`", page))
    assert set(NAMES) - named == set()
    assert {field.name for field in fields(AlertFigures)} - COUNTS - named == set()


def test_every_column_of_the_predictions_is_named(page: str) -> None:
    section = page.split("## The file of predictions")[1]
    assert [column for column in COLUMNS if column not in section] == []


def test_the_example_runs(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code = re.search(r"```python\n(.*?)```", page, re.DOTALL)[1]
    exec(code, {"people": wandering(80), "scale": SCALE})
    assert (tmp_path / "out.csv").read_text("utf-8").startswith("client_id,k,")
