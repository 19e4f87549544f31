"""The client's own switches. None of them needs anybody's leave, and none is shown to staff."""

from django.db import transaction

from midcourse_web.audit.record import record
from midcourse_web.people.models import Client, User


@transaction.atomic
def show_scores(*, by: User, client: Client, shown: bool) -> Client:
    """Switch her scores on or off for herself (SD1)."""
    client.sees_scores = shown
    client.save(update_fields=["sees_scores"])
    record("own choice", by=by, subject=client, client=client, clinic=client.clinic)
    return client


@transaction.atomic
def tell_duty_person(*, by: User, client: Client, duty: bool) -> Client:
    """Choose who is told when she is at risk: the person on duty, or her therapist. No reason is asked (SR3).

    The row in the audit is the same as for any switch of hers.
    """
    client.risk_to_duty = duty
    client.save(update_fields=["risk_to_duty"])
    record("own choice", by=by, subject=client, client=client, clinic=client.clinic)
    return client
