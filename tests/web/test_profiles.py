"""Therapist profiles: written by each, the licence checked by somebody else, shown to the client."""

import pytest
from django.utils import timezone

from midcourse_web.people.models import TherapistProfile

GIVEN = {
    "about": "I like to begin with what already works.",
    "training": "Clinical psychology",
    "licence_number": "PYL-1",
    "licence_body": "HCPC",
    "approaches": "CBT\nACT\n\nCBT",
    "domains": "worry",
    "languages": "English\nWelsh",
    "availability": "Tuesdays",
    "capacity": "18",
}


@pytest.fixture
def profile(signed_in, cast):
    """Let Tom write his profile and return it."""
    signed_in("tom").post("/clients/profile/", GIVEN)
    return TherapistProfile.objects.get(user=cast.tom)


@pytest.mark.need("S0-16", by="therapist:profile")
def test_a_therapist_writes_their_own_and_the_client_reads_it(signed_in, profile):
    assert profile.approaches == ["CBT", "ACT"]
    text = signed_in("ada").get("/me/team/").content.decode()
    for words in ("begin with what already works", "PYL-1, HCPC", "English, Welsh", "has not checked it yet"):
        assert words in text
    assert "begin with what" not in signed_in("cleo").get("/me/team/").content.decode()


@pytest.mark.need("S1-53", by="clinic:licences")
def test_a_licence_is_checked_by_somebody_else_with_the_day(signed_in, profile):
    today = str(timezone.localdate())
    signed_in("otto").post(f"/clinic/licences/{profile.pk}/", {"on": today})
    profile.refresh_from_db()
    assert (str(profile.licence_checked_on), profile.licence_checked_by) == (today, "Otto")
    assert "The clinic checked it on" in signed_in("ada").get("/me/team/").content.decode()


def test_a_changed_number_is_not_checked_any_more(signed_in, profile):
    signed_in("mia").post(f"/clinic/licences/{profile.pk}/", {"on": str(timezone.localdate())})
    signed_in("tom").post("/clients/profile/", GIVEN | {"about": "New words."})
    profile.refresh_from_db()
    assert profile.licence_checked_on is not None, "other words change nothing about the licence"
    signed_in("tom").post("/clients/profile/", GIVEN | {"licence_number": "PYL-2"})
    profile.refresh_from_db()
    assert profile.licence_checked_on is None


def test_nobody_checks_their_own_licence_or_on_a_day_to_come(signed_in, cast, profile):
    signed_in("max").post("/clients/profile/", GIVEN)
    own = TherapistProfile.objects.get(user=cast.max)
    signed_in("max").post(f"/clinic/licences/{own.pk}/", {"on": str(timezone.localdate())})
    signed_in("otto").post(f"/clinic/licences/{profile.pk}/", {"on": "2099-01-01"})
    for one in (own, profile):
        one.refresh_from_db()
        assert one.licence_checked_on is None


def test_another_clinics_licence_is_not_there(signed_in, profile):
    answer = signed_in("eve").post(f"/clinic/licences/{profile.pk}/", {"on": "2026-01-01"})
    assert answer.status_code == 404
