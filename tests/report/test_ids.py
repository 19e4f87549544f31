"""Ids and other words from a table: shown as given, and never anything but words."""

from dataclasses import replace
from pathlib import Path

import pytest

from midcourse.cli.report import write_report
from midcourse.review.result import CaseloadReview
from midcourse.signals.state import State
from tests.report.reading import drawings, parsed, written
from tests.report.samples import BDI, PHQ9, course


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "</title></svg><b>",
        "\"' onload='x",
        "a  b",
        "Anna & Ben",
        "\u202eabc",
        "0012",
        "É",
        " x ",
    ],
)
def test_ids_are_shown_as_given_and_never_become_markup(tmp_path: Path, name: str) -> None:
    strange = replace(course(name, PHQ9, State.OFF_COURSE), episode_id=name, sentence=name, notes=(name,))
    measure = replace(PHQ9, title=name, sources=(name,), course={name: [name, {name: name}]})
    review = CaseloadReview((strange, strange), (measure,), rule_version=name, as_of=name, problems=(name,))
    text = write_report(review, tmp_path / "r.html", title=name).read_text(encoding="utf-8")
    page = parsed(text)
    assert len(page.all("script")) == 1
    assert {found.text for found in page.all("bdi")} == {name}
    assert page.all("h1")[0].text == page.all("title")[0].text == name
    assert all(name in (drawing.findtext("title") or "") for drawing in drawings(text))


def test_characters_that_no_page_may_hold_are_shown_as_signs(tmp_path: Path) -> None:
    names = ("a\x00b", "a\tb", "a\x7fb", "a\x85b", "a\ud800b", "a\nb")
    review = CaseloadReview(tuple(course(name, BDI, State.DRIFTING) for name in names), (BDI,), "1")
    text = written(review, tmp_path)
    shown = [row.text for row in parsed(text).all("table", class_="caseload")[0].all("bdi")]
    assert shown == ["a␀b", "a␉b", "a␡b", "a�b", "a�b", "a␊b"]
    assert len(drawings(text)) == 6
