"""Writing the page: wholly there, or not at all."""

from pathlib import Path

import pytest

from midcourse.cli.report import write_report
from midcourse.review.result import CaseloadReview
from midcourse.signals.state import State
from tests.report.samples import BDI, PHQ9, caseload, course

EMPTY = CaseloadReview((), (), rule_version="course-bounds 1")


def test_nothing_is_left_behind_where_the_page_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "report.html"
    place.write_text("the page of yesterday")

    def broken(*_: object) -> str:
        raise OSError("no room")

    monkeypatch.setattr("midcourse.cli.report.page.set_aside", broken)
    with pytest.raises(OSError, match="no room"):
        write_report(caseload(3), place)
    assert place.read_text() == "the page of yesterday"
    assert list(tmp_path.iterdir()) == [place]


def test_a_link_to_the_page_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.html").touch()
    (tmp_path / "link.html").symlink_to(tmp_path / "real.html")
    assert write_report(EMPTY, tmp_path / "link.html") == (tmp_path / "real.html").resolve()
    assert (tmp_path / "link.html").is_symlink()


def test_what_cannot_be_meant_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no MeasureReview for: bdi"):
        write_report(CaseloadReview((course("1", BDI, State.DRIFTING),), (PHQ9,), "1"), tmp_path / "r.html")
    with pytest.raises(ValueError, match="most must be 1 or more, not 0"):
        write_report(EMPTY, tmp_path / "r.html", most=0)
    assert list(tmp_path.iterdir()) == []
