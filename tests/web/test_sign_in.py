"""Signing in: by invitation only, a second step for staff, and little to learn for a stranger."""

import re
import subprocess
import sys

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.cache import cache
from django.test import Client as Browser

from midcourse_web.people.models import User
from tests.web.answers import WORRYING
from tests.web.cast import PASSWORD
from tests.web.doors import sign_in, six_digits


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()
    yield
    cache.clear()


def test_a_client_signs_in_with_a_password_alone(cast):
    browser, answer = sign_in("ada")
    assert answer.status_code == 302
    assert browser.get("/me/").status_code == 200


@pytest.mark.parametrize("name", ["tom", "sue", "cora", "mia", "ida", "otto", "rea", "solo"])
def test_staff_set_up_a_second_step_before_anything_else(cast, name):
    browser, _ = sign_in(name)
    for url in ("/", "/clients/", "/me/", "/account/", f"/clients/{cast.clients['ada'].pk}/"):
        answer = browser.get(url)
        assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/totp/activate/"), url


def test_before_the_second_step_no_page_says_anything_about_anybody(cast, signed_in, due):
    signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", WORRYING)
    due_long_ago(cast)
    browser, _ = sign_in("tom")
    assert "Ada" not in browser.get("/accounts/password/change/").content.decode()
    assert "Ada" in signed_in("tom").get("/accounts/password/change/").content.decode(), "this can fail"


def due_long_ago(cast):
    """Let every risk alert be past its time."""
    from midcourse_web.care.models import RiskTask

    RiskTask.objects.update(due_by="2026-01-01T00:00:00Z")


def test_staff_with_a_second_step_give_it_each_time(cast):
    secret = generate_totp_secret()
    TOTP.activate(cast.tom, secret)
    browser, answer = sign_in("tom")
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert browser.get("/clients/").status_code == 302, "not in yet"
    assert browser.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    browser.post("/accounts/2fa/authenticate/", {"code": six_digits(secret)})
    assert browser.get("/clients/").status_code == 200


def test_pages_that_matter_ask_once_more_who_it_is(cast, signed_in):
    answer = signed_in("ada").get("/accounts/2fa/totp/activate/")
    assert answer["Location"].startswith("/accounts/reauthenticate/")


def test_no_page_offers_a_sign_up_and_there_is_none(cast):
    for url in ("/", "/accounts/login/", "/accounts/password/reset/"):
        assert "signup" not in Browser().get(url).content.decode(), url
    answer = Browser().post(
        "/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert answer.status_code == 404
    assert not User.objects.filter(email="new@example.org").exists()


def test_a_stranger_cannot_learn_who_has_a_sign_in(cast):
    for address in ("ada@example.org", "nobody.here@example.org"):
        answer = Browser().post("/accounts/password/reset/", {"email": address})
        assert answer["Location"] == "/accounts/password/reset/done/"
    assert [one.to for one in mail.outbox] == [["ada@example.org"]]
    assert mail.outbox[0].subject == "A new password"
    assert "midcourse" not in mail.outbox[0].body.replace("testserver", "")


def test_a_new_password_is_chosen_by_the_link_and_may_not_be_a_common_one(cast):
    Browser().post("/accounts/password/reset/", {"email": "ada@example.org"})
    browser, url = Browser(), re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    form = browser.get(url)["Location"]
    weak = browser.post(form, {"password1": "qwerty123456", "password2": "qwerty123456"})
    assert "commonly used" in weak.content.decode()
    browser.post(form, {"password1": "seven quiet herons", "password2": "seven quiet herons"})
    assert sign_in("ada", "seven quiet herons")[1].status_code == 302


def test_guessing_passwords_is_slowed_down(cast):
    for _ in range(6):
        sign_in("ada", "wrong guess")
    _, answer = sign_in("ada")
    assert answer.status_code == 200, "even the right one has to wait"
    assert "Too many" in answer.content.decode()


def test_a_closed_sign_in_opens_nothing(cast):
    User.objects.filter(pk=cast.ada.pk).update(is_active=False)
    browser, answer = sign_in("ada")
    assert browser.get("/me/").status_code == 302
    assert answer.status_code == 302 and answer["Location"] == "/accounts/inactive/"


def test_a_session_ends_when_nobody_has_done_anything(cast, time_machine):
    time_machine.move_to("2026-11-30T09:00:00Z")
    browser, _ = sign_in("ada")
    time_machine.shift(15 * 60)
    assert browser.get("/me/").status_code == 200, "still here"
    time_machine.shift(15 * 60)
    assert browser.get("/me/").status_code == 200, "being here counted"
    time_machine.shift(21 * 60)
    assert browser.get("/me/").status_code == 302


def test_other_sessions_can_be_ended(cast):
    here, there = sign_in("ada")[0], sign_in("ada")[0]
    here.get("/me/"), there.get("/me/")
    here.post("/accounts/sessions/")
    assert there.get("/me/").status_code == 302
    assert here.get("/me/").status_code == 200


@pytest.mark.own_database
def test_the_table_for_rate_limits_comes_with_the_database(root, tmp_path):
    code = (
        "import django; django.setup(); from django.core.management import call_command; "
        "call_command('migrate', verbosity=0); from django.core.cache import cache; "
        "cache.set('x', 1); assert cache.get('x') == 1"
    )
    home = {"MIDCOURSE_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "midcourse_web.config.settings"}
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, env=home)
    assert run.returncode == 0, run.stderr


def test_every_page_of_the_sign_in_library_wears_our_frame(cast, signed_in):
    for url in ("/accounts/login/", "/accounts/password/reset/", "/accounts/inactive/"):
        assert 'class="mc-header"' in Browser().get(url).content.decode(), url
    ada = signed_in("ada")
    for url in ("/accounts/2fa/", "/accounts/password/change/", "/accounts/sessions/", "/accounts/logout/"):
        text = ada.get(url).content.decode()
        assert 'class="mc-header"' in text and "style=" not in text, url
