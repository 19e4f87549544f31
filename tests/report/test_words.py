"""Words for numbers, and the odds of a card."""

from dataclasses import replace
from pathlib import Path

import pytest

from midcourse.cli.report.words import MEANING, counted, moment, number, odds, share
from midcourse.review.result import CaseloadReview, Outlook
from midcourse.signals.state import State
from tests.report.reading import parsed, written
from tests.report.samples import BDI, course


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (0.0, "fewer than 1 in 100"),
        (0.0049, "fewer than 1 in 100"),
        (0.005, "1 in 100"),
        (0.18, "18 in 100"),
        (0.184, "18 in 100"),
        (0.5, "50 in 100"),
        (0.9949, "99 in 100"),
        (0.995, "99 in 100"),
        (0.9951, "more than 99 in 100"),
        (1.0, "more than 99 in 100"),
    ],
)
def test_a_chance_is_said_as_people_in_a_hundred_and_never_as_certain(probability: float, said: str) -> None:
    assert odds(probability) == said


def test_numbers_carry_no_idle_zeros() -> None:
    assert [number(value) for value in (3.0, 3.14, -2.5, -0.01, 100.0)] == ["3", "3.1", "−2.5", "0", "100"]
    assert number(100, 0) == "100"
    assert [counted(1, "course"), counted(2400, "course"), counted(2, "entry", "entries")] == [
        "1 course",
        "2,400 courses",
        "2 entries",
    ]
    assert moment(4.14, "week") == "week 4.1"
    assert share(0.414) == "41\N{NO-BREAK SPACE}%"


def test_every_state_has_a_meaning() -> None:
    assert set(MEANING) == set(State)


def test_the_outlook_gives_odds_bounds_and_what_was_borrowed(tmp_path: Path) -> None:
    outlook = Outlook(26, 14.25, 8, 21, 5, 27, 0.18, 0.5, 0.002, borrowed_share=0.4, own_share=0.63)
    one = replace(course("Kim", BDI, State.OFF_COURSE), outlook=outlook)
    page = parsed(written(CaseloadReview((one,), (BDI,), "1"), tmp_path))
    part = page.all("div", class_="outlook")[0]
    assert [item.text for item in part.all("li")] == [
        "reliable improvement 18 in 100",
        "out of caseness (cut-off 14) 50 in 100",
        "reliable worsening fewer than 1 in 100",
    ]
    assert "80 would then score 8 to 21 and 95 would score 5 to 27. Their mean would be 14.2." in part.text
    assert "40\N{NO-BREAK SPACE}% of what this forecast knows" in part.text
    assert "took away 63\N{NO-BREAK SPACE}% of the uncertainty" in part.text
    assert page.all("td", class_="chance")[0].text == "18 in 100 at week 26"


def test_a_forecast_that_borrows_nothing_says_so(tmp_path: Path) -> None:
    one = course("Kim", BDI, State.OFF_COURSE)
    assert one.outlook is not None
    own = replace(one, outlook=replace(one.outlook, borrowed_share=0.0))
    page = parsed(written(CaseloadReview((own,), (BDI,), "1"), tmp_path))
    assert "Nothing in this forecast is borrowed" in page.text


def test_odds_that_were_not_computed_are_left_out(tmp_path: Path) -> None:
    outlook = Outlook(26, 14.25, 8, 21, 5, 27, None, None, None, borrowed_share=0, own_share=0)
    one = replace(course("Kim", BDI, State.OFF_COURSE), outlook=outlook)
    page = parsed(written(CaseloadReview((one,), (replace(BDI, caseness=None),), "1"), tmp_path))
    assert page.all("div", class_="outlook")[0].all("li") == []
    assert page.all("td", class_="chance")[0].text == "not computed"
    only = replace(one, outlook=replace(outlook, p_caseness_left=0.3))
    page = parsed(written(CaseloadReview((only,), (replace(BDI, caseness=None),), "1"), tmp_path))
    assert page.all("div", class_="outlook")[0].all("li")[0].text == "out of caseness 30 in 100"
