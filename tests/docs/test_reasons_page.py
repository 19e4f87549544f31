"""The worked case on the reasons page is what the engine computes, to the last point."""

import json
from pathlib import Path

import pytest

from midcourse.cli.why import _known, _scales
from midcourse.reasons import evidence_of
from midcourse.reasons.ask import run_through
from midcourse.review.client import review_for_client
from midcourse.review.situation import situation_of
from midcourse.tables.answers_file import answers_of

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/explanation/reasons.md").read_text()
VIGNETTES = json.loads((ROOT / "tests/vignettes/vignettes.json").read_text())["vignettes"]


def read(vignette):
    found = answers_of(vignette, *_known())
    return found.check_up, situation_of(found.episode, _scales(found.episode), found.history)


def test_every_point_of_the_worked_case_stands_on_the_page():
    first = review_for_client(*read(VIGNETTES[0])).explanation.reasons[0]
    for part in first.parts:
        assert f"| {part.sentence} | {part.points:+.2f} |" in PAGE
    assert f"**{first.points:+.2f}**" in PAGE
    assert sum(part.points for part in first.parts) == pytest.approx(first.points)


def test_the_page_says_how_many_questions_it_took():
    asked = [len(run_through(evidence_of(*read(one)), read(one)[0].client).questions) for one in VIGNETTES]
    assert f"after {sum(asked) / len(asked):.1f} questions on average (at most {max(asked)})" in PAGE
