"""Guardians and trusted persons: what the client shares with them, and that it ends when she says so."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from midcourse_web.audit.record import record
from midcourse_web.people.models import Relationship, User
from midcourse_web.people.near import SHARES
from midcourse_web.people.standing import forget


@transaction.atomic
def share(*, by: User, relationship: Relationship, parts: Sequence[str]) -> Relationship:
    """Let a guardian or trusted person see exactly these parts from now on; unknown ones are left out."""
    relationship.shares = [part for part in SHARES if part in parts]
    relationship.save(update_fields=["shares"])
    return _told(by, relationship, "sharing changed")


@transaction.atomic
def stop_sharing(*, by: User, relationship: Relationship) -> Relationship:
    """End it now, by the client or by the one it was shared with; no reason is asked."""
    relationship.shares, relationship.ends = [], timezone.now()
    relationship.save(update_fields=["shares", "ends"])
    return _told(by, relationship, "sharing ended")


def _told(by: User, relationship: Relationship, verb: str) -> Relationship:
    client = relationship.client
    record(verb, by=by, subject=relationship, client=client, clinic=client.clinic_id)
    forget(relationship.person)
    return relationship
