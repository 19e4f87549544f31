"""Answering where no sign-in is: the clinic's device with a code from paper, and a connection that breaks."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

pytestmark = [pytest.mark.loopback, pytest.mark.needs("Chromium")]


@pytest.fixture
def paper(seen_as):
    """A paper with a code and a picture, as Tom prints it for a client of his; returns the code."""
    tom = seen_as("tom")
    for link in tom.page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))"):
        if not re.fullmatch(r"/clients/[0-9a-f-]{36}/", link or ""):
            continue
        tom.open(f"{link}check-ins/")
        tom.is_sound()
        tom.page.select_option("#every", "now")
        tom.page.select_option("#instrument", "phq-2")
        with tom.page.expect_navigation():
            tom.page.click("text=Add")
        with tom.page.expect_navigation():
            tom.page.locator("text=Code and QR on paper").last.click()
        tom.is_sound()
        return tom.page.inner_text(".mc-code")
    raise AssertionError("Tom has no client")


def test_from_the_code_on_paper_to_being_forgotten_with_a_connection_that_breaks(seen_as, paper):
    device = seen_as(None)
    page = device.page
    device.open("/kiosk/")
    device.is_sound()
    page.fill("#code", paper)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    device.is_sound()
    with page.expect_navigation():
        page.click("text=Yes, that is me")
    device.is_sound()
    page.click("text=One question at a time")
    page.wait_for_selector("text=Question 1 of")
    device.is_sound()
    total = int(re.search(r"of (\d+)", page.inner_text("form[data-answers] .mc-quiet")).group(1))
    for number in range(1, total + 1):
        page.wait_for_selector(f"text=Question {number} of {total}")
        page.locator("input[type=radio]").first.check(force=True)
        button = page.locator("button[value=next], button[value=send]").first
        if number == 1:
            page.context.set_offline(True)
            button.click()
            page.wait_for_selector("[data-lost]:not([hidden])")
            assert page.locator("input[type=radio]").first.is_checked(), "her answer is still there"
            page.context.set_offline(False)
            device.wrong.clear()  # what the browser says of the connection that we broke
            page.click("[data-retry]")
        else:
            button.click()
    page.wait_for_selector("text=Your answers are saved")
    device.is_sound()
    with suppress(Error):  # the browser asks before it would send the code again, which works no more
        page.go_back()
    expect(page.locator("body")).not_to_contain_text("Question")  # back finds nothing of her
    device.open("/kiosk/answer/")
    assert page.url.endswith("/kiosk/"), "and her questions are gone"


def test_the_pages_for_hard_moments_are_sound(seen_as):
    ada = seen_as("ada")
    for path in (
        "/danger/",
        "/me/safety-plan/",
        "/me/safety-plan/change/",
        "/me/who-is-told/",
        "/me/answers/",
    ):
        ada.open(path)
        ada.is_sound()


def test_hours_limits_and_duty_are_sound(seen_as):
    mia = seen_as("mia")
    mia.open("/clinic/duty/")
    mia.is_sound()
