"""The one loop that sends, retries, schedules and escalates. Later rooms add their parts to it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import sleep
from uuid import UUID

from django.db import close_old_connections
from django.db.models import Count, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from midcourse_web.outbox.actions.pulse import beat
from midcourse_web.outbox.actions.send import send_due
from midcourse_web.outbox.models import Message, Pulse

EVERY = 20.0  # seconds between rounds
LATE_AFTER = timedelta(minutes=5)  # a loop that has not come through for so long is dead or stuck

log = logging.getLogger(__name__)
PARTS: dict[str, Callable[[], int]] = {"send": send_due}


def part(name: str) -> Callable[[Callable[[], int]], Callable[[], int]]:
    """Add a function to the loop under a name; it returns how much it did."""

    def add(function: Callable[[], int]) -> Callable[[], int]:
        PARTS[name] = function
        return function

    return add


def tick() -> dict[str, int]:
    """Run every part once. A part that fails is logged by name and does not stop the others."""
    done = {}
    # Escalation writes messages: sending comes last, so that they leave in the same round.
    for name in sorted(PARTS, key=lambda one: one == "send"):
        try:
            done[name] = PARTS[name]()
            beat(name)
        except Exception:
            log.exception("tick: the part %r failed", name)
    return done


def run(rounds: int | None = None, every: float = EVERY) -> None:
    """Tick again and again; `rounds` None means until stopped."""
    count = 0
    while rounds is None or count < rounds:
        close_old_connections()
        tick()
        count += 1
        if rounds is None or count < rounds:
            sleep(every)


@dataclass(frozen=True)
class Trouble:
    """What clinicians must know about the loop: since when it has not run, and how many alerts are stuck."""

    silent_since: datetime | None
    undelivered: int

    def __bool__(self) -> bool:
        return self.silent_since is not None or self.undelivered > 0


def trouble(clinics: frozenset[UUID]) -> Trouble:
    """Return since when the loop is silent, if it is, and how many urgent messages of a clinic are stuck.

    Computed on reading, so that it is right when nothing else runs (SR7).
    """
    late = timezone.now() - LATE_AFTER
    stuck = Message.objects.filter(clinic__in=clinics, urgent=True, sent_at__isnull=True, made_at__lt=late)
    counted = stuck.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    oldest = (
        Message.objects.filter(clinic__in=clinics, made_at__lt=late).order_by("made_at").values("made_at")[:1]
    )
    rows = Pulse.objects.order_by("at").annotate(stuck=Coalesce(Subquery(counted), 0))
    first = rows.values_list("at", "stuck").first()
    if first is None:
        # The loop has never run: only messages that wait tell since when it should have.
        waiting = list(oldest.values_list("made_at", flat=True))
        return Trouble(waiting[0] if waiting else None, stuck.count() if waiting else 0)
    return Trouble(first[0] if first[0] < late else None, first[1])
