"""What a clinic offers."""

from django.db import transaction

from midcourse_web.audit.record import record
from midcourse_web.people.models import Clinic, User


@transaction.atomic
def offer_open_check_up(*, by: User, clinic: Clinic, offered: bool) -> Clinic:
    """Switch the check-up for people without a clinic on or off; it keeps nothing about anybody."""
    clinic.public_check_up = offered
    clinic.save(update_fields=["public_check_up"])
    record(f"open check-up: {'on' if offered else 'off'}", by=by, subject=clinic, clinic=clinic)
    return clinic
