"""Set up the clinic and its first administrator, once."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.people.first import FILE, nobody_yet
from midcourse_web.people.models import Clinic, Membership, User

ALONE = tuple(Membership.Role)
FIRST = (Membership.Role.ADMINISTRATOR, Membership.Role.MANAGER)


@transaction.atomic
def set_up(
    *, by: None, clinic: str, place: str, zone: str, name: str, email: str, password: str, alone: bool = False
) -> User:
    """Make the clinic and its first administrator; `alone` for a practice of one, who has every role.

    Raises PermissionDenied where somebody can sign in already: the link works once.
    """
    if not nobody_yet():
        raise PermissionDenied(_("This clinic is set up already."))
    made = Clinic.objects.create(name=clinic, place=place, timezone=zone, alert_email=email)
    user = User.objects.create_user(email, password, name=name)
    for role in ALONE if alone else FIRST:
        Membership.objects.create(user=user, clinic=made, role=role, begins=timezone.localdate())
    record("set up the clinic", by=user, subject=made, clinic=made)
    transaction.on_commit(lambda: (Path(settings.HOME) / FILE).unlink(missing_ok=True))
    return user
