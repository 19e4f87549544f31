"""Which language somebody wants: for what reaches them when no page is open."""

from django.db import transaction

from midcourse_web.audit.record import record
from midcourse_web.people.models import Client, User


@transaction.atomic
def speak(*, by: User, language: str) -> User:
    """Keep a person's own choice of language ("en", "es"), so that reminders and messages come in it."""
    by.language = language
    by.save(update_fields=["language"])
    client = Client.objects.filter(user=by).first()
    if client is not None:
        client.language = language
        client.save(update_fields=["language"])
    record("own choice", by=by, subject=by, client=client, clinic=client.clinic_id if client else None)
    return by
