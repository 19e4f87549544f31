"""Put a message into the outbox, inside the transaction of the fact it tells of."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from midcourse_web.outbox.models import Message


def put(
    *,
    kind: str,
    address: str,
    subject: str,
    body: str,
    channel: str = Message.Channel.EMAIL,
    urgent: bool = False,
    about: UUID | None = None,
    clinic: UUID | None = None,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
) -> Message | None:
    """Write one message to be sent; without an address there is nothing to write and None comes back."""
    if not address:
        return None
    given: dict[str, Any] = {
        "kind": kind,
        "channel": channel,
        "address": address,
        "subject": subject,
        "body": body,
        "urgent": urgent,
        "about": about,
        "clinic": clinic,
        "not_before": not_before or timezone.now(),
        "expires_at": expires_at,
    }
    return Message.objects.create(**given)


def withdraw(*, about: UUID, kind: str = "") -> int:
    """Take unsent messages about one row out of the outbox, as when a check-in is done; return how many."""
    waiting = Message.objects.filter(about=about, sent_at__isnull=True, given_up_at__isnull=True)
    if kind:
        waiting = waiting.filter(kind=kind)
    return waiting.delete()[0]
