"""SR4, sentence by sentence: help now, everywhere, without anything in its way."""

import pytest
from django.test import Client as Browser

from midcourse_web.care.models import CheckIn
from tests.web.answers import WORRYING

PUBLIC = (
    "/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/help-now/",
    "/danger/",
    "/kiosk/",
    "/go/none/",
)
HERS = (
    "/me/",
    "/me/course/",
    "/me/answers/",
    "/me/who-is-told/",
    "/me/safety-plan/",
    "/me/safety-plan/change/",
)


@pytest.mark.parametrize("page", PUBLIC)
def test_it_stands_before_sign_in(page, db):
    assert 'href="/help-now/"' in Browser().get(page).content.decode()


@pytest.mark.parametrize("page", HERS)
def test_it_stands_on_every_page_of_hers(page, signed_in):
    assert 'href="/help-now/"' in signed_in("ada").get(page).content.decode()


def test_it_stands_on_error_pages(signed_in, root):
    assert 'href="/help-now/"' in signed_in("ada").get("/no/such/page/").content.decode()
    assert 'href="/help-now/"' in signed_in("ada").get("/clients/").content.decode(), "a refusal"
    words = (root / "midcourse_web/pages/templates/500.html").read_text("utf-8")
    assert 'href="/help-now/"' in words


def test_numbers_to_call_and_to_text_can_be_tapped_without_a_script(signed_in):
    text = signed_in("ada").get("/help-now/").content.decode()
    assert 'href="tel:116123"' in text
    assert 'href="sms:' in text
    main = text.split("<main")[1].split("</main>")[0]
    assert "<script" not in main
    assert "onclick" not in main
    assert main.index('href="tel:') < main.index("Go back"), "numbers first"


def test_it_is_kept_offline(client, db):
    script = client.get("/sw.js").content.decode()
    assert "/offline/" in script
    for page in ("/help-now/", "/offline/"):
        response = client.get(page)
        assert "no-store" not in response.headers.get("Cache-Control", ""), "the browser may keep it"
        assert "help" in response.content.decode().lower()


def test_the_numbers_are_those_of_her_own_clinics_place(signed_in, cast):
    cast.clinic.place = "ie"
    cast.clinic.save()
    english = signed_in("ada").get("/help-now/").content.decode()
    assert "999" in english or "112" in english
    cast.clinic.place = "us"
    cast.clinic.save()
    assert "988" in signed_in("ada").get("/help-now/").content.decode()


def test_it_is_never_a_wall(signed_in, due):
    """After a worrying answer she can go on; what she said is saved, and nothing must be clicked first."""
    ada, check_in = signed_in("ada"), due("ada")
    text = ada.post(f"/me/check-in/{check_in.pk}/", WORRYING).content.decode()
    assert "Go on to my page" in text
    check_in.refresh_from_db()
    assert check_in.state == CheckIn.State.DONE
    assert ada.get("/me/").status_code == 200
