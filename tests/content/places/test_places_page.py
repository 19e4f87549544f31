"""The page of places says what the files say, and how little of it was looked up."""

from midcourse.places import codes, place
from tests.content.places.places_page import PAGE, page


def test_the_page_is_up_to_date():
    assert PAGE.read_text("utf-8") == page(), "run: python -m tests.content.places.places_page"


def test_every_number_of_every_place_is_on_the_page():
    text = PAGE.read_text("utf-8")
    for code in codes():
        for contact in place(code).contacts:
            assert all(number in text for number in (contact.call, contact.sms) if number), (code, contact.id)


def test_the_page_says_that_nobody_reviewed_it():
    text = PAGE.read_text("utf-8")
    assert "no lawyer or clinician has reviewed it" in text and "nobody has\ncalled a number" in text
