"""Share what was entered with a tool, exactly that, and take it back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from midcourse_web.audit.record import record
from midcourse_web.care.models import Episode, SharedEntry
from midcourse_web.people.models import User


@transaction.atomic
def share_entry(
    *, by: User, episode: Episode, entry: UUID, tool: str, values: Mapping[str, Any]
) -> SharedEntry:
    """Share one entry for the next session; sharing it again replaces what was shared."""
    _take_back(entry)
    shared = SharedEntry.objects.create(episode=episode, entry=entry, tool=tool, values=dict(values))
    record("entry shared", by=by, subject=shared, client=episode.client, clinic=episode.clinic)
    return shared


@transaction.atomic
def take_entry_back(*, by: User, episode: Episode, entry: UUID) -> None:
    """Take one entry back; nobody sees it from then on."""
    _take_back(entry)
    record("entry taken back", by=by, subject=episode, client=episode.client, clinic=episode.clinic)


def _take_back(entry: UUID) -> None:
    SharedEntry.objects.filter(entry=entry, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())
