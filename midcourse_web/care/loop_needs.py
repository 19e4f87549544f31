"""The record's parts of the tick loop that open dated tasks, so that nobody is left alone (SD3)."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from midcourse_web.care.actions.episode import WAITS
from midcourse_web.care.actions.task import open_task
from midcourse_web.care.models import Episode, Task
from midcourse_web.care.policies.alone import cancelled_again, silent, waiting
from midcourse_web.outbox.tick import part

# A task that was done is not opened again for the same thing at once: people need time to act.
REST = timedelta(days=14)


def _needs(kind: str, found: Callable[[], list[Episode]], within_days: int) -> int:
    episodes = found()
    there = set(_at_hand(kind, [one.client_id for one in episodes]))
    new = [one for one in episodes if one.client_id not in there]
    for one in new:
        # The manager's list: no therapist's name stands on it as the one to act on their own absence.
        open_task(by=None, clinic=one.clinic, client=one.client, kind=kind, within_days=within_days)
    return len(new)


def _at_hand(kind: str, clients: Sequence[UUID]) -> list[UUID | None]:
    rows = Task.objects.filter(kind=kind, client__in=clients)
    lately = timezone.now() - REST
    open_or_fresh = rows.filter(done_at__isnull=True) | rows.filter(done_at__gte=lately)
    return list(open_or_fresh.values_list("client", flat=True))


@part("silence")
def silence() -> int:
    """Open a task for each open episode that went silent."""
    return _needs(Task.Kind.SILENT, silent, 3)


@part("cancellations")
def cancellations() -> int:
    """Open a task where the clinic cancelled again and again."""
    return _needs(Task.Kind.CANCELLED, cancelled_again, 7)


@part("waiting")
def waits() -> int:
    """Open a task for everybody who waits for a therapist."""
    return _needs(Task.Kind.WAITING, waiting, WAITS)
