"""The pages for clinicians who write or translate content say what the check really asks and says."""

import re
import shutil
import statistics

import pytest
from typer.testing import CliRunner

from midcourse.cli.app import app
from midcourse.content.check.everything import SHIPPED
from midcourse.content.check.shapes import REASON, SIDE_FILE
from midcourse.content.readability import ease, words
from midcourse.content.readability import sentences as sentences_in
from tests.content.test_client_texts import sentences


@pytest.fixture(scope="module")
def pages(root):
    return {
        name: (root / f"docs/how-to/{name}.md").read_text("utf-8") for name in ("add-a-reason", "translate")
    }


def test_every_field_of_a_reason_is_explained(pages):
    table = "\n".join(line for line in pages["add-a-reason"].splitlines() if line.startswith("| `"))
    explained = set(re.findall(r"`(\w+)`", "\n".join(line.split("|")[1] for line in table.splitlines())))
    headings = {"client_questions", "therapist_questions"}
    # Every file is in English first, so its language is no choice.
    assert set(REASON.must) - {"language"} - headings == explained
    assert all(f"[[{name}]]" in pages["add-a-reason"] for name in (*headings, "counter", "findings"))


def test_every_field_of_a_side_file_is_shown(pages):
    assert all(f"\n    {name} = " in pages["translate"] for name in SIDE_FILE.must)


def test_the_check_says_what_the_page_quotes(pages, tmp_path):
    shutil.copytree(SHIPPED / "reasons", tmp_path / "reasons")
    shutil.copytree(SHIPPED / "guidance", tmp_path / "guidance")
    pain = (tmp_path / "reasons" / "stigma.toml").read_text("utf-8").replace("order = 13", "order = 'last'")
    pain = pain.replace('id = "stigma"', 'id = "chronic-pain"').replace(
        'say = "Many', 'say = "Just try harder. Many'
    )
    (tmp_path / "reasons" / "chronic-pain.toml").write_text(pain, "utf-8")
    said = CliRunner().invoke(app, ["content", "check", "--folder", str(tmp_path)]).stdout
    quoted = [line.strip() for line in pages["add-a-reason"].splitlines() if "chronic-pain.toml, " in line]
    assert quoted[0] in said
    assert quoted[2].removesuffix("...") in said
    assert len(quoted) == 3


def inflesz(text):
    """206.835 - 62.3 syllables/words - words/sentences (Szigriszt-Pazos 1993; scale: Barrio-Cantalejo 2008)."""
    count = len(words(text))
    syllables = (206.84 - 1.02 * count / sentences_in(text) - ease(text)) / 60  # per word
    return 206.835 - 62.3 * syllables - count / sentences_in(text)


def test_the_reading_ease_of_spanish_is_as_the_page_says(pages):
    found = [text for _, text in sentences("es")]
    assert "The mean of our texts is near 90" in pages["translate"]
    assert 87 < statistics.mean(map(ease, found)) < 93
    assert 'INFLESZ scale none lies below 55 ("normal")' in pages["translate"]
    assert min(map(inflesz, found)) >= 55


def test_every_command_of_the_pages_runs(pages, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-answers.json").write_text('{"answers": {"C-ALL-1": 0}}')
    lines = {
        line.strip()
        for text in pages.values()
        for line in text.splitlines()
        if line.startswith("    midcourse ")
    }
    assert len(lines) >= 6
    for line in sorted(lines):
        assert CliRunner().invoke(app, line.split()[1:]).exit_code == 0, line
