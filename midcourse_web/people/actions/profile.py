"""Therapist profiles: each writes their own; the licence is checked by somebody else, with a date."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.people.models import Clinic, TherapistProfile, User

OWN = ("training", "licence_number", "licence_body", "approaches", "domains", "languages", "availability",
       "capacity", "about")  # fmt: skip
LICENCE = ("licence_number", "licence_body")


@transaction.atomic
def keep_profile(*, by: User, given: dict[str, Any]) -> TherapistProfile:
    """Keep what a therapist writes about themselves; a licence that changed is not checked any more."""
    profile = TherapistProfile.objects.select_for_update().filter(user=by).first() or TherapistProfile(
        user=by
    )
    before = [getattr(profile, name) for name in LICENCE]
    for name in OWN:
        if name in given:
            setattr(profile, name, given[name])
    if before != [getattr(profile, name) for name in LICENCE]:
        profile.licence_checked_on, profile.licence_checked_by = None, ""
    profile.save()
    record("profile kept", by=by, subject=profile)
    return profile


@transaction.atomic
def check_licence(*, by: User, profile: TherapistProfile, clinic: Clinic, on: date) -> TherapistProfile:
    """Note that a licence was looked up on a day, and by whom.

    Raises ValueError for one's own licence, a day to come, or where there is no licence to look up.
    """
    if profile.user_id == by.pk:
        raise ValueError(_("Somebody else must check your licence."))
    if on > timezone.localdate():
        raise ValueError(_("Choose the day on which you looked it up."))
    if not profile.licence_number or not profile.licence_body:
        raise ValueError(_("There is no licence number yet. Ask them to write it into their profile."))
    profile.licence_checked_on, profile.licence_checked_by = on, by.name
    profile.save(update_fields=["licence_checked_on", "licence_checked_by"])
    record("licence checked", by=by, subject=profile, clinic=clinic)
    return profile
