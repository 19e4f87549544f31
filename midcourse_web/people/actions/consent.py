"""Consent in parts (SP6): each given and withdrawn by itself, by the client alone."""

from django.db import transaction
from django.utils import timezone

from midcourse_web.audit.record import record
from midcourse_web.people.models import Client, Consent, User

WORDING = "1"


@transaction.atomic
def give_consent(*, by: User, client: Client, part: str) -> Consent:
    """Note that the client agrees to one part; given twice, it stands once.

    Raises ValueError for a part that is none.
    """
    there = client.consents.filter(part=Consent.Part(part), withdrawn_at__isnull=True).first()
    if there is not None:
        return there
    given = Consent.objects.create(client=client, part=part, given_at=timezone.now(), wording=WORDING)
    record(f"consent given: {part}", by=by, subject=given, client=client, clinic=client.clinic_id)
    return given


@transaction.atomic
def withdraw_consent(*, by: User, client: Client, part: str) -> int:
    """Note that the client takes one part back, from now on; nothing else changes. Returns how many ended."""
    count = 0
    for one in client.consents.filter(part=Consent.Part(part), withdrawn_at__isnull=True):
        one.withdrawn_at = timezone.now()
        one.save(update_fields=["withdrawn_at"])
        record(f"consent withdrawn: {part}", by=by, subject=one, client=client, clinic=client.clinic_id)
        count += 1
    return count
