"""Invitations by link, and what an administrator can do about sign-ins."""

import re
from datetime import date

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client as Browser

from midcourse_web.audit.models import Entry
from midcourse_web.outbox.tick import tick
from midcourse_web.people.models import Invitation, Membership, User
from tests.web.cast import PASSWORD
from tests.web.doors import sign_in, six_digits

GOOD = "seven quiet herons"


@pytest.fixture
def invited(signed_in):
    """Return a function that lets Otto invite somebody and returns the link in the message."""

    def send(email: str = "new@example.org", role: str = "therapist") -> str:
        signed_in("otto").post("/clinic/people/", {"name": "Nora New", "email": email, "role": role})
        tick()
        return re.search(r"http://testserver(/invitation/\S+)", mail.outbox[-1].body)[1]

    return send


def test_an_invitation_by_link_makes_a_sign_in_and_staff_then_set_up_the_second_step(invited, cast):
    browser, link = Browser(), invited()
    assert "as: therapist" in browser.get(link).content.decode()
    browser.post(link, {"name": "Nora New", "password": GOOD})
    new = User.objects.get(email="new@example.org")
    assert [(one.clinic, one.role) for one in new.memberships.all()] == [(cast.clinic, "therapist")]
    assert browser.get("/clients/")["Location"] == "/accounts/2fa/totp/activate/", (
        "signed in, and first things first"
    )


def test_looking_at_the_link_spends_nothing_and_accepting_spends_it(invited):
    link = invited()
    for _ in range(3):
        assert Browser().get(link).status_code == 200, "a mail scanner looks"
    assert Browser().post(link, {"name": "Nora", "password": GOOD}).status_code == 302
    assert Browser().get(link).status_code == 404
    assert Browser().post(link, {"name": "Mallory", "password": GOOD}).status_code == 404


def test_the_link_is_kept_hashed_and_the_message_tells_a_shared_phone_nothing(invited):
    secret = invited().split("/")[2]
    row = Invitation.objects.get()
    assert secret not in "".join(str(value) for value in vars(row).values())
    text = mail.outbox[-1].subject + mail.outbox[-1].body
    for word in ("therap", "Brook House", "clinic", "midcourse"):
        assert word not in text


def test_a_link_expires_after_a_week(invited, time_machine):
    link = invited()
    time_machine.move_to(Invitation.objects.get().expires_at)
    assert Browser().get(link).status_code == 404


def test_a_second_invitation_ends_the_first(invited):
    first, second = invited(), invited()
    assert (Browser().get(first).status_code, Browser().get(second).status_code) == (404, 200)


def test_an_invitation_can_be_taken_back(invited, signed_in):
    link = invited()
    signed_in("otto").post(f"/clinic/people/invitation/{Invitation.objects.get().pk}/")
    assert Browser().get(link).status_code == 404


@pytest.mark.parametrize("weak", ["short", "qwerty123456"])
def test_a_short_or_common_password_is_refused_with_the_reason(invited, weak):
    answer = Browser().post(invited(), {"name": "Nora", "password": weak})
    assert answer.status_code == 422
    assert "nhsuk-error-message" in answer.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


def test_somebody_who_has_a_sign_in_gets_the_role_only_when_it_is_them(invited, signed_in, cast):
    link = invited("tara@example.org", "supervisor")
    assert "Sign in first" in Browser().post(link).content.decode()
    assert "Sign in first" in signed_in("eve").post(link).content.decode()
    assert not Membership.objects.filter(user=cast.tara, role="supervisor").exists()
    signed_in("tara").post(link)
    assert Membership.objects.filter(user=cast.tara, role="supervisor").exists()
    assert cast.tara.check_password(PASSWORD), "the password stays"


def test_a_role_that_is_ended_opens_nothing_any_more(signed_in, cast):
    ida = signed_in("ida")
    role = cast.ida.memberships.get()
    signed_in("otto").post(f"/clinic/people/role/{role.pk}/")
    role.refresh_from_db()
    assert role.ends is not None
    assert Entry.objects.filter(verb="role ended: intake", actor=cast.otto.pk, subject=cast.ida.pk).exists()
    assert "Nothing is set up for you" in ida.get("/").content.decode()


def test_a_clinic_keeps_an_administrator_and_a_therapist_keeps_their_clients(signed_in, cast):
    otto = signed_in("otto")
    for name in ("otto", "tom"):
        role = cast.people[name].memberships.get()
        text = otto.post(f"/clinic/people/role/{role.pk}/", follow=True).content.decode()
        role.refresh_from_db()
        assert role.ends is None
        assert "first" in text, "the page says what to do first"


def test_a_lost_phone_is_reset_and_sessions_end(signed_in, cast):
    secret = generate_totp_secret()
    TOTP.activate(cast.tom, secret)
    tom, _ = sign_in("tom")
    tom.post("/accounts/2fa/authenticate/", {"code": six_digits(secret)})
    assert tom.get("/clients/").status_code == 200
    signed_in("otto").post(f"/clinic/people/{cast.tom.pk}/", {"what": "reset"})
    assert tom.get("/clients/")["Location"].startswith("/accounts/login/")
    assert sign_in("tom")[0].get("/clients/")["Location"] == "/accounts/2fa/totp/activate/"


def test_a_closed_sign_in_ends_at_once_and_can_be_opened_again(signed_in, cast):
    tara, otto = signed_in("tara"), signed_in("otto")
    assert tara.get("/clients/").status_code == 200
    otto.post(f"/clinic/people/{cast.tara.pk}/", {"what": "close"})
    assert tara.get("/clients/").status_code == 302
    otto.post(f"/clinic/people/{cast.tara.pk}/", {"what": "open"})
    assert User.objects.get(pk=cast.tara.pk).is_active


def test_nobody_closes_their_own_sign_in(signed_in, cast):
    signed_in("otto").post(f"/clinic/people/{cast.otto.pk}/", {"what": "close"})
    assert User.objects.get(pk=cast.otto.pk).is_active


def test_an_address_is_changed_the_old_one_is_told_and_sessions_end(signed_in, cast):
    ben, otto = sign_in("ben")[0], signed_in("otto")
    assert ben.get("/me/").status_code == 200
    otto.post(f"/clinic/people/{cast.ben.pk}/address/", {"email": "Benjamin@example.org"})
    assert ben.get("/me/").status_code == 302
    tick()
    assert mail.outbox[-1].to == ["ben@example.org"]
    browser = Browser()
    browser.post("/accounts/login/", {"login": "benjamin@example.org", "password": PASSWORD})
    assert browser.get("/me/").status_code == 200


@pytest.mark.parametrize("taken", ["ADA@example.org", "no address"])
def test_an_address_that_somebody_else_has_or_that_is_none_is_refused(signed_in, cast, taken):
    signed_in("otto").post(f"/clinic/people/{cast.ben.pk}/address/", {"email": taken})
    assert User.objects.get(pk=cast.ben.pk).email == "ben@example.org"


def test_an_administrator_of_elsewhere_can_do_nothing_here(signed_in, cast):
    eve = signed_in("eve")
    assert eve.post(f"/clinic/people/{cast.tom.pk}/", {"what": "close"}).status_code == 404
    assert eve.post(f"/clinic/people/role/{cast.ida.memberships.get().pk}/").status_code == 404
    text = eve.get("/clinic/people/?email=tom@example.org").content.decode()
    assert "Nobody here has this address" in text


def test_the_page_lists_no_client_and_finds_one_only_by_the_whole_address(signed_in):
    otto = signed_in("otto")
    text = otto.get("/clinic/people/").content.decode()
    assert "Tom" in text
    assert "ada@example.org" not in text and "Ada" not in text
    assert "Nobody here" in otto.get("/clinic/people/?email=ada").content.decode()
    assert "Ada" in otto.get("/clinic/people/?email=ada@example.org").content.decode()


def test_the_page_asks_few_questions_of_the_database(signed_in, cast, django_assert_max_num_queries):
    otto = signed_in("otto")
    otto.get("/clinic/people/")
    for n in range(20):
        person = User.objects.create_user(f"p{n}@example.org", PASSWORD, name=f"P{n}")
        Membership.objects.create(user=person, clinic=cast.clinic, role="cover", begins=date(2026, 1, 1))
    with django_assert_max_num_queries(8):
        otto.get("/clinic/people/")
