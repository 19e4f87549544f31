"""From one end of a story to the other, on a phone, by the keyboard, without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.answering import HIGH, answer_all, send
from tests.browser.watched import PHONE
from tests.web.postgresql import cluster
from tests.web.servers import serving

pytestmark = [pytest.mark.loopback, pytest.mark.needs("Chromium")]


def from_a_phone_to_an_answered_alert(seen_as, client, **more):
    """A client tells of thoughts of hurting herself; her therapist is told, and says what was done."""
    phone = seen_as(client, PHONE, **more)
    phone.press_on("a[href*='/me/check-in/']")
    phone.is_sound()
    assert answer_all(phone, HIGH) >= 10
    send(phone)
    expect(phone.page.locator("main")).to_contain_text("Tom Ashdown will see this by")
    assert phone.page.locator("a[href='tel:116123']").first.is_visible()
    phone.is_sound()
    phone.press_on("button[name=safe][value=yes]")
    phone.is_sound()

    desk = seen_as("tom", **more)
    name = client.title()
    risk = desk.page.locator("section[aria-labelledby=risk] li", has_text=name)
    expect(risk).to_have_count(1)
    with desk.page.expect_navigation():
        risk.locator("a").last.click()
    desk.is_sound()
    desk.page.check("input[name=what][value=spoke]")
    desk.page.fill("textarea[name=note]", "Rang, and we went through the safety plan.")
    with desk.page.expect_navigation():
        desk.page.click("main form button")
    desk.open("/clients/")
    expect(desk.page.locator("section[aria-labelledby=risk] li", has_text=name)).to_have_count(0)
    desk.is_sound()


def test_a_worrying_answer_by_phone_and_keyboard_reaches_her_therapist_who_answers(seen_as):
    from_a_phone_to_an_answered_alert(seen_as, "cleo")


def test_a_therapist_finds_who_needs_attention_and_why_within_two_clicks(seen_as):
    tom = seen_as("tom")
    first = tom.page.locator("main").inner_text()
    assert first.index("Risk, unanswered") < first.index("Who needs attention") < first.index("Today")
    needs = tom.page.locator("section[aria-labelledby=needs]")
    expect(needs).to_contain_text("Dana")
    with tom.page.expect_navigation():
        needs.get_by_role("link", name="Cleo").click()
    main = tom.page.locator("main")
    expect(main).to_contain_text("off course")
    expect(main.locator("svg").first).to_be_visible()
    expect(main.locator("table").first).to_be_attached()
    tom.is_sound()


def test_what_is_missing_is_named_and_nothing_is_lost(seen_as):
    ada = seen_as("ada", PHONE)
    ada.press_on("a[href*='/me/check-in/']")
    ada.page.check("input[name='phq9-1'][value='2']", force=True)
    ada.page.evaluate("document.querySelectorAll('main form').forEach(form => form.noValidate = true)")
    send(ada)
    assert ada.page.title().startswith("Error:")
    assert ada.page.is_checked("input[name='phq9-1'][value='2']")
    ada.is_sound()


def test_without_scripts_help_is_one_tap_away_and_a_check_in_can_be_opened(seen_as):
    plain = seen_as("ada", PHONE, java_script_enabled=False)
    with plain.page.expect_navigation():
        plain.page.click("a[href*='/me/check-in/']")
    assert plain.page.locator("input[type=radio]").count() > 30
    with plain.page.expect_navigation():
        plain.page.click("header a[href='/help-now/']")
    assert plain.page.locator("a[href='tel:999']").count() + plain.page.locator("a[href^='tel:']").count() > 0
    assert plain.wrong == []


@pytest.mark.needs("PostgreSQL")
def test_the_same_story_on_postgresql(seen_as, tmp_path):
    with cluster() as address:
        home = tmp_path / "clinic"
        home.mkdir(mode=0o700)
        (home / "midcourse.toml").write_text(f'database = "{address}"\n', "utf-8")
        with serving(tmp_path, "--demo", MIDCOURSE_DEMO_HOME=str(home)) as served:
            assert "PostgreSQL" in served.words()
            from_a_phone_to_an_answered_alert(seen_as, "ada", served=served)
