"""Begin, answer and throw away a check-up. Nothing of it reaches anybody else from here."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from midcourse_web.people.models import Client, User
from midcourse_web.private.held import STEPS, Held
from midcourse_web.private.models import OwnCheckUp

KEPT = 12  # check-ups a client can look back on; older ones go


@transaction.atomic
def begin(*, by: User, client: Client, episode: UUID) -> OwnCheckUp:
    """Begin a check-up, or go on with the one that is open."""
    going = OwnCheckUp.objects.filter(client=client.pk, done_at__isnull=True).first()
    if going is not None:
        return going
    old = OwnCheckUp.objects.filter(client=client.pk).values_list("pk", flat=True)[KEPT - 1 :]
    OwnCheckUp.objects.filter(pk__in=list(old)).delete()
    return OwnCheckUp.objects.create(client=client.pk, episode=episode, held=Held().to_json())


@transaction.atomic
def keep(*, by: User, check_up: OwnCheckUp, held: Held) -> OwnCheckUp:
    """Keep what was answered so far; a finished one stays finished."""
    check_up.held = held.to_json()
    if held.step == STEPS[-1] and check_up.done_at is None:
        check_up.done_at = timezone.now()
    check_up.save()
    return check_up


@transaction.atomic
def throw_away(*, by: User, check_up: OwnCheckUp) -> None:
    """Delete a check-up for good."""
    check_up.delete()
