"""Change the address somebody signs in with, and tell the old address in the same transaction."""

from django.db import transaction
from django.utils.translation import gettext as _

from midcourse_web.outbox.actions.put import put
from midcourse_web.people.actions import sign_ins
from midcourse_web.people.models import Clinic, User


@transaction.atomic
def change_address(*, by: User, person: User, clinic: Clinic, email: str) -> User:
    """Change a sign-in's address; the old one gets a neutral message.

    Raises ValueError where another sign-in has the new address.
    """
    old = person.email
    sign_ins.change_address(by=by, person=person, clinic=clinic, email=email)
    put(
        kind="address",
        address=old,
        subject=_("Your address was changed"),
        body=_("From now on you sign in with another address. If you did not ask for this, please call us."),
        about=person.pk,
        clinic=clinic.pk,
    )
    return person
