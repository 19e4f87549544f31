"""The set-up link: works once, by whoever started the server, and only while nobody can sign in."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client as Browser

from midcourse_web.audit.models import Entry
from midcourse_web.people.first import FILE
from midcourse_web.people.models import Clinic, Membership, User

GIVEN = {
    "clinic": "Brook House",
    "place": "gb-eng",
    "zone": "Europe/London",
    "name": "Otto",
    "email": "otto@example.org",
    "password": "the seventh long walk",
}


@pytest.fixture
def link(db, django_capture_on_commit_callbacks):
    path = Path(settings.HOME) / FILE
    path.write_text("a-secret", "ascii")
    yield "/first/a-secret/"
    path.unlink(missing_ok=True)


def test_the_first_person_sets_up_the_clinic_and_is_signed_in(link, django_capture_on_commit_callbacks):
    browser = Browser()
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(link, GIVEN).status_code == 302
    user = User.objects.get()
    roles = set(Membership.objects.filter(user=user).values_list("role", flat=True))
    assert roles == {"administrator", "manager"}
    assert Clinic.objects.get().name == "Brook House"
    assert Entry.objects.filter(verb="set up the clinic", actor=user.pk).exists()
    assert browser.get("/").url.startswith("/accounts/2fa/"), "staff need a second factor first"
    assert not (Path(settings.HOME) / FILE).exists()


def test_it_works_once(link):
    assert Browser().post(link, GIVEN).status_code == 302
    assert Browser().get(link).status_code == 404
    assert Browser().post(link, GIVEN | {"email": "eve@example.org"}).status_code == 404
    assert User.objects.count() == 1


def test_looking_at_it_spends_nothing(link):
    assert Browser().get(link).status_code == 200
    assert Browser().get(link).status_code == 200
    assert User.objects.count() == 0


def test_a_wrong_secret_is_an_unknown_address(link):
    assert Browser().get("/first/another/").status_code == 404
    assert Browser().get("/first/é/").status_code == 404


def test_a_practice_of_one_has_every_role(link):
    Browser().post(link, GIVEN | {"alone": "on"})
    assert Membership.objects.count() == len(Membership.Role)


@pytest.mark.parametrize(
    "change",
    [{"password": "short"}, {"password": "password123456"}, {"place": "atlantis"}, {"zone": "Mars"}],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(link, change):
    answer = Browser().post(link, GIVEN | change)
    assert answer.status_code == 422
    assert "Error:" in answer.content.decode()
    assert User.objects.count() == 0
