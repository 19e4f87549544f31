"""The reference page says what the files say."""

from tests.content.instruments_page import PAGE, page


def test_the_page_is_up_to_date():
    assert PAGE.read_text("utf-8") == page(), "run: python -m tests.content.instruments_page"
