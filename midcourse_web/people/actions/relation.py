"""Tie a person to a client, and loosen the tie again: the ground of every permission."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from midcourse_web.audit.record import record
from midcourse_web.people.models import Client, Relationship, User
from midcourse_web.people.standing import current, forget


@transaction.atomic
def tie(*, by: User | None, client: Client, person: User, kind: str, episode: UUID | None) -> Relationship:
    """Make somebody something to a client from now on; a tie that was to end goes on."""
    rows = current(Relationship.objects.filter(client=client, person=person, kind=kind), timezone.now())
    one = rows.filter(episode=episode).first() or rows.first()
    if one is None:
        one = Relationship(client=client, person=person, kind=kind, begins=timezone.now())
    one.episode, one.ends = episode, None
    one.save()
    forget(person)
    record(f"tied: {kind}", by=by, subject=one, client=client, clinic=client.clinic_id)
    return one


@transaction.atomic
def loosen(*, by: User | None, client: Client, person: User, kind: str, ends: datetime | None = None) -> int:
    """End what somebody is to a client, now or at a time; return how many ties that were."""
    count = 0
    now = timezone.now()
    for one in current(Relationship.objects.filter(client=client, person=person, kind=kind), now):
        one.ends = ends or now
        one.save(update_fields=["ends"])
        record(f"tie ends: {kind}", by=by, subject=one, client=client, clinic=client.clinic_id)
        count += 1
    forget(person)
    return count
