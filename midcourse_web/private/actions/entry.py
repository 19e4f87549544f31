"""Keep, change and delete what the client entered with a tool."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from midcourse_web.people.models import Client, User
from midcourse_web.private.models import OwnEntry


@transaction.atomic
def keep_entry(
    *, by: User, client: Client, tool: str, values: Mapping[str, Any], entry: OwnEntry | None = None
) -> OwnEntry:
    """Keep a new entry, or change one."""
    held = json.dumps(dict(values))
    if entry is None:
        return OwnEntry.objects.create(client=client.pk, tool=tool, held=held)
    entry.held = held
    entry.save()
    return entry


@transaction.atomic
def delete_entry(*, by: User, entry: OwnEntry) -> None:
    """Delete it for good."""
    entry.delete()
