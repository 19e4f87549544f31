"""`midcourse content check` as a clinician would use it."""

import json
import shutil

import pytest
from typer.testing import CliRunner

from midcourse.cli.app import app
from midcourse.content.check.everything import SHIPPED


def content(*words):
    return CliRunner().invoke(app, ["content", *map(str, words)])


@pytest.fixture
def folder(tmp_path):
    for kind in ("reasons", "conduct", "steps", "guidance", "literature"):
        shutil.copytree(SHIPPED / kind, tmp_path / kind)
    return tmp_path


def test_the_shipped_content_passes_and_says_that_nobody_has_reviewed_it():
    said = content("check")
    assert said.exit_code == 0 and "checked, no problem." in said.stdout
    assert (
        "Nobody has reviewed" in said.stdout
        and "- reasons: alliance-rupture.es, alliance-rupture, attendance-gaps.es" in said.stdout
    )
    assert "Without a source" in said.stdout and "- steps/clinic.toml: A-S-CONDUCT" in said.stdout


def test_a_broken_file_ends_with_code_2_and_names_file_field_and_mend(folder):
    place = folder / "reasons" / "stigma.toml"
    place.write_text(place.read_text("utf-8").replace("order = 13", 'order = "last"'), "utf-8")
    said = content("check", "--folder", folder)
    assert said.exit_code == 2 and "1 problem." in said.stdout
    assert "reasons/stigma.toml, order: 'last' will not do. Write a number." in said.stdout
    found = json.loads(content("check", "--folder", folder, "--json").stdout)
    assert found["problems"][0]["file"] == "reasons/stigma.toml" and found["problems"][0]["field"] == "order"
    assert {one["about"] for one in found["notices"]} >= {"no reviewer", "no source"}


def test_the_day_decides_what_is_due():
    assert "Due to be looked at again" in content("check", "--as-of", "2031-01-01").stdout
    assert "Due to be looked at again" not in content("check", "--as-of", "2026-12-01").stdout


def test_what_cannot_be_checked_is_refused_with_the_mend(tmp_path):
    assert content("check", "--folder", tmp_path / "nowhere").exit_code == 2
    assert "holds no content" in content("check", "--folder", tmp_path).stderr
    said = content("check", "--as-of", "tomorrow")
    assert said.exit_code == 2 and "Write it as year-month-day" in said.stderr
