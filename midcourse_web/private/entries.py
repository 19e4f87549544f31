"""Reading a client's own entries, for her own pages."""

import json
from typing import Any

from midcourse_web.people.models import Client
from midcourse_web.private.models import OwnEntry


def values(entry: OwnEntry) -> dict[str, Any]:
    """Return what one entry holds."""
    found: dict[str, Any] = json.loads(entry.held)
    return found


def entries_of(client: Client) -> list[tuple[str, dict[str, Any]]]:
    """Return every entry as (tool, values), oldest first."""
    return [(one.tool, values(one)) for one in OwnEntry.objects.filter(client=client.pk)]
