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
