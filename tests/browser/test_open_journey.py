"""A person with no clinic, at 2 a.m., on a phone: `midcourse serve --public`, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.watched import PHONE
from tests.web.servers import serving

pytestmark = [pytest.mark.loopback, pytest.mark.needs("Chromium")]


def goes_on(watched, choice):
    """Choose one answer, look at the page, and go on."""
    watched.page.check(choice)
    with watched.page.expect_navigation():
        watched.page.get_by_role("button", name="Next").click()


def goes_on_to_what_helps_now(phone):
    """Say that it is hard, and be met with numbers to call before anything else."""
    main = phone.page.locator("main")
    goes_on(phone, "#answer-4")
    goes_on(phone, "#answer-2")
    expect(main.locator("a[href='tel:116123']")).to_be_visible()
    expect(main).to_contain_text("nobody reads this page")
    phone.is_sound()
    with phone.page.expect_navigation():
        main.get_by_role("button", name="Go on").click()


def answers_the_questions(phone):
    """Pick what is in the way, answer what is asked; return how many questions that took."""
    goes_on(phone, "#answer-1")
    phone.is_sound()
    goes_on(phone, "#pick-alliance-rupture")
    asked = 0
    while phone.page.locator("[name=question]").count():
        asked += 1
        if asked == 1:
            phone.is_sound()
        goes_on(phone, "#answer-1" if asked < 3 else "#answer-5")
    return asked


def takes_a_sheet_along(phone):
    """Save the sheet with words to say as a file, and see it on a page."""
    page, main = phone.page, phone.page.locator("main")
    page.check("#words-open-1")
    with page.expect_download() as saved:
        main.get_by_role("button", name="Save my sheet as a file").click()
    assert "something is not clicking for me" in saved.value.path().read_text("utf-8")
    page.wait_for_timeout(8500)  # the button rests for eight seconds, so that a tap counts once
    with page.expect_navigation():
        main.get_by_role("button", name="Make my sheet").click()
    expect(main).to_contain_text("something is not clicking for me")
    phone.is_sound()


def test_somebody_with_no_clinic_at_2_am_gets_help_reasons_words_and_a_sheet(seen_as, tmp_path):
    with serving(tmp_path, "--public") as served:
        phone = seen_as(None, PHONE, served)
        page, main = phone.page, phone.page.locator("main")
        phone.open("/")
        phone.is_sound()
        page.select_option("#place", "gb-eng")
        page.select_option("#sessions", "10")
        with page.expect_navigation():
            main.get_by_role("button", name="Start").click()
        goes_on_to_what_helps_now(phone)
        assert 0 < answers_the_questions(phone) < 20
        expect(main).to_contain_text("Worth talking about")
        expect(main).to_contain_text("Your rights")
        phone.is_sound()
        takes_a_sheet_along(phone)
        assert not page.context.cookies()
        kept = page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length")
        assert kept == 0
