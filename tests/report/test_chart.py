"""A course's chart and its table: the same numbers twice, once to see and once to read."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as some

from midcourse.cli.report.chart import chart
from midcourse.cli.report.frame import HEIGHT, Frame, frame, ticks
from midcourse.cli.report.placing import line_side, word_side
from midcourse.cli.report.rows import band_at, thinned
from midcourse.review.result import BandPoint, CaseloadReview, CourseReview, MeasureReview
from midcourse.signals.state import State
from tests.report.reading import Element, drawings, parsed, written
from tests.report.samples import BDI, PHQ9, WELLBEING, caseload, course

MEASURES = {measure.measure: measure for measure in (BDI, PHQ9, WELLBEING)}


def page_of(
    one: CourseReview, measure: MeasureReview, folder: Path
) -> tuple[Element, list[ElementTree.Element]]:
    text = written(CaseloadReview((one,), (measure,), "1"), folder)
    return parsed(text), drawings(text)


def places(drawing: ElementTree.Element, kind: str) -> list[tuple[float, float]]:
    (found,) = (part for part in drawing.iter() if part.get("class") == kind)
    x_y = (pair.split(",") for pair in found.get("points", "").split())
    return [(float(x), float(y)) for x, y in x_y]


def cells(table: Element) -> list[list[str]]:
    rows = [row for body in table.all("tbody") for row in body.all("tr")]
    return [[cell.text for cell in row.all("th") + row.all("td")] for row in rows if row.all("td")]


def test_the_chart_draws_what_the_table_prints(tmp_path: Path) -> None:
    review = caseload(40)
    text = written(review, tmp_path)
    tables, pictures = parsed(text).all("table", class_="scores"), drawings(text)
    in_order = sorted(review.courses, key=lambda one: list(State).index(one.state))
    assert len(in_order) == len(tables) == len(pictures)
    for one, table, drawing in zip(in_order, tables, pictures, strict=True):
        window = frame(one, MEASURES[one.measure])
        rows = cells(table)
        scored, ahead = [row for row in rows if row[1] != "–"], [row for row in rows if row[1] == "–"]
        assert [float(row[1]) for row in scored] == [score for _, score in one.scores]
        # Back from the picture to points and weeks, as far as its rounding allows.
        across, down = (window.last - window.first) / 1000, (window.high - window.low) / HEIGHT
        for row, (x, y) in zip(scored, places(drawing, "line"), strict=True):
            assert window.first + x * across == pytest.approx(float(row[0]), abs=0.05 + across)
            assert window.high - y * down == pytest.approx(float(row[1]), abs=0.06 * down)
        if ahead:
            mean = dict(places(drawing, "mean ahead"))
            for row in ahead:
                x = min(mean, key=lambda place: abs(window.first + place * across - float(row[0])))
                assert window.high - mean[x] * down == pytest.approx(float(row[2]), abs=0.05 + 0.06 * down)
        for row in scored[1:] if one.expected else []:
            at = band_at(one.expected, window.first + window.across(float(row[0])) * across)
            assert at is not None and at.mean == pytest.approx(float(row[2]), abs=0.2)


def test_a_chart_stays_small() -> None:
    for one in caseload(60).courses:
        assert len(chart(one, MEASURES[one.measure], "7")) < 4096


def test_a_chart_says_in_words_what_it_shows() -> None:
    one = replace(course("Kim", PHQ9, State.OFF_COURSE), scores=((1.0, 14.0), (4.0, 17.0)))
    drawing = ElementTree.fromstring(chart(one, PHQ9, "7"))
    assert drawing.get("role") == "img" and drawing.get("aria-labelledby") == "t7 d7"
    assert drawing.findtext("title") == "PHQ-9 of client Kim: off course"
    said = drawing.findtext("desc") or ""
    assert said.startswith(
        "Higher is worse. First score 14 at session 1. Last score 17 at session 4. Expected from"
    )
    assert "Forecast at session 16:" in said and "80 % bounds" in said
    words = [text.text for text in drawing.iter("text")]
    assert {"points, 0 to 27 · higher is worse", "session", "off course"} <= set(words)
    assert {"reliable improvement 8", "reliable worsening 20", "caseness 10"} <= set(words)
    assert any(use.get("href") == "#off-course" for use in drawing.iter("use"))


def test_where_higher_is_better_the_lines_turn_round() -> None:
    better = replace(WELLBEING, reliable_change=2)
    one = replace(course("Kim", better, State.ON_COURSE), scores=((1.0, 4.0), (4.0, 6.0)))
    words = {text.text for text in ElementTree.fromstring(chart(one, better, "7")).iter("text")}
    assert {"reliable improvement 6", "reliable worsening 2", "points, 0 to 10 · higher is better"} <= words


def test_lines_outside_the_range_are_not_drawn() -> None:
    one = replace(course("Kim", PHQ9, State.ON_COURSE), scores=((1.0, 4.0), (4.0, 3.0)))
    words = {text.text for text in ElementTree.fromstring(chart(one, PHQ9, "7")).iter("text")}
    assert "reliable worsening 10" in words and not any("improvement" in (word or "") for word in words)


def test_words_of_near_lines_do_not_lie_on_each_other() -> None:
    for first in range(6, 40):
        one = replace(course("Kim", BDI, State.ON_COURSE), scores=((0.0, float(first)), (4.0, 3.0)))
        drawing = ElementTree.fromstring(chart(one, BDI, "7"))
        rows = [float(t.get("y", "")) for t in drawing.iter("text") if "limit-word" in t.get("class", "")]
        assert all(after - before >= 11 for before, after in zip(rows, rows[1:], strict=False)), first


def test_the_word_of_the_state_leaves_the_scores_free() -> None:
    def side(*places: tuple[float, float]) -> str:
        right, below = word_side(places, "drifting")
        return f"{'right' if right else 'left'} {'below' if below else 'above'}"

    assert side((0, 100), (300, 100)) == "right above"
    assert side((0, 100), (300, 10)) == "right below", "there is no room above"
    assert side((0, 20), (600, 100), (950, 120)) == "left below", (
        "the line comes from above, the edge is near"
    )
    assert side((0, 200), (950, 100)) == "left above", "the line comes from below, the edge is near"
    assert side((500, 80)) == "right above", "one score has no line"


def test_the_word_on_a_line_stands_at_the_end_that_meets_fewer_scores() -> None:
    falling = ((0, 20), (500, 200), (1000, 200))
    assert line_side(falling, "caseness 10", top=190) == "left"
    assert line_side(falling, "caseness 10", top=20) == "right"
    assert line_side((), "caseness 10", top=20) == "left"


def test_the_state_is_a_shape_on_the_last_score_and_a_word_beside_it() -> None:
    one = replace(course("Kim", PHQ9, State.OFF_COURSE), scores=((1.0, 14.0), (4.0, 17.0)))
    drawing = ElementTree.fromstring(chart(one, PHQ9, "7"))
    (word,) = (text for text in drawing.iter("text") if "state-word" in text.get("class", ""))
    (mark,) = (part for part in drawing.iter("svg") if part.get("class") == "off-course")
    assert (word.text, word.get("x"), word.get("dx")) == ("off course", "20%", "13")
    assert (mark.get("x"), mark.get("y")) == ("20%", "81.5")


def test_a_course_without_band_outlook_or_dates_still_has_its_card(tmp_path: Path) -> None:
    bare = CourseReview("Kim", "1", "bdi", State.NOT_COMPUTED, "No state.", ((None, 20.0), (None, 18.5)))
    page, pictures = page_of(bare, BDI, tmp_path)
    assert pictures == []
    assert "There is no dated score to draw." in page.text and "No outlook was computed" in page.text
    table = page.all("table", class_="scores")[0]
    assert cells(table) == [["no date", "20", "–", "–"], ["no date", "18.5", "–", "–"]]
    assert "Forecast from here" not in table.text


def test_a_score_without_a_date_is_printed_and_not_drawn(tmp_path: Path) -> None:
    one = replace(course("Kim", BDI, State.ON_COURSE), scores=((0.0, 20.0), (None, 18.0), (3.0, 15.0)))
    page, pictures = page_of(one, BDI, tmp_path)
    assert [row[0] for row in cells(page.all("table", class_="scores")[0])][:3] == ["0", "no date", "3"]
    assert len(places(pictures[0], "line")) == 2


def test_a_course_without_scores_draws_what_is_expected(tmp_path: Path) -> None:
    one = replace(course("Kim", BDI, State.TOO_EARLY), scores=())
    page, pictures = page_of(one, BDI, tmp_path)
    assert len(places(pictures[0], "mean expected")) == 27
    assert not [part for part in pictures[0].iter() if part.get("class") in ("line", "dots")]
    assert "Expected from the first score at week 26" in (pictures[0].findtext("desc") or "")


def test_scores_kept_outside_the_range_widen_the_chart() -> None:
    one = replace(course("Kim", PHQ9, State.ON_COURSE), scores=((1.0, 30.0), (2.0, -1.0)))
    window = frame(one, PHQ9)
    assert (window.low, window.high) == (-1, 30)


def test_a_chart_with_one_moment_has_a_width() -> None:
    one = CourseReview("Kim", "1", "wellbeing", State.TOO_EARLY, "One score.", ((1.0, 5.0),))
    assert frame(one, WELLBEING) == Frame(first=1, last=2, low=0, high=10)
    ElementTree.fromstring(chart(one, WELLBEING, "7"))


def test_a_band_beyond_the_range_lies_on_its_edge() -> None:
    wide = (BandPoint(0, 10, -5, 80), BandPoint(9, 10, -5, 80))
    one = CourseReview("Kim", "1", "bdi", State.ON_COURSE, "In it.", ((0.0, 10.0),), expected=wide)
    (band,) = (part for part in ElementTree.fromstring(chart(one, BDI, "7")).iter("polygon"))
    ys = {float(pair.split(",")[1]) for pair in band.get("points", "").split()}
    assert ys == {0, HEIGHT}


def test_the_band_between_two_times_is_on_the_line_between_them() -> None:
    band = (BandPoint(2, 10, 5, 15), BandPoint(4, 6, 3, 13))
    assert band_at(band, 3) == BandPoint(3, 8, 4, 14)
    assert band_at(band, 4) == band[1]
    assert band_at(band, 1) is None and band_at(band, 5) is None and band_at((), 1) is None


@given(some.integers(1, 300), some.integers(2, 40))
def test_thinning_keeps_the_ends_and_the_order(count: int, most: int) -> None:
    band = tuple(BandPoint(time, 1, 0, 2) for time in range(count))
    kept = thinned(band, most)
    assert len(kept) == min(count, most) and kept[0] == band[0] and kept[-1] == band[-1]
    assert list(kept) == sorted(set(kept), key=lambda point: point.time)


@given(some.floats(-1e4, 1e4), some.floats(1e-3, 1e4), some.integers(2, 9))
def test_ticks_are_few_round_and_inside(low: float, span: float, most: int) -> None:
    found = ticks(low, low + span, most)
    assert 1 <= len(found) <= most + 1
    assert all(low - 1e-6 * span <= value <= low + span + 1e-6 * span for value in found)


def test_ticks_of_known_scales() -> None:
    assert ticks(0, 27, 6) == [0, 5, 10, 15, 20, 25]
    assert ticks(0, 63, 6) == [0, 20, 40, 60]
    assert ticks(1, 3, 7, least_step=1) == [1, 2, 3]


def test_every_coordinate_is_rounded() -> None:
    for one in caseload(16).courses:
        drawn = chart(one, MEASURES[one.measure], "7")
        assert not re.findall(r"\d\.\d{3,}", drawn)
