"""docs/coverage.md is what the markers on the tests say, and names only needs that there are."""

from tests.docs.coverage_page import NOT_YET, PAGE, needs, page, served

AGAIN = "run: python -m tests.docs.coverage_page"


def test_the_page_is_what_the_markers_say():
    assert PAGE.read_text("utf-8") == page(), AGAIN


def test_every_need_is_on_the_page_and_no_marker_names_another():
    known = {one["id"] for one in needs()}
    assert len(known) == 307
    assert {one.need for one in served()} <= known
    text = page()
    assert all(f"| {one} |" in text for one in known)


def test_a_need_that_nothing_serves_says_so():
    marked = {one.need for one in served()}
    assert page().count(f"**{NOT_YET}**") == len({one["id"] for one in needs()} - marked)
