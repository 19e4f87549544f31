"""The guard against being left alone binds the clinic (SD3): silence, cancellations, waiting."""

from collections import defaultdict
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from midcourse_web.care.models import CheckIn, Episode, Session

# As in the engine's finding: 20 % of the last 8 settled sessions (four at least), or two in a row.
LATEST, FEWEST, SHARE = 8, 4, 0.20
THERAPIST_SIDE = (Session.Attendance.THERAPIST_CANCELLED, Session.Attendance.THERAPIST_MISSED)


def silent() -> list[Episode]:
    """Return open episodes with no next session and no contact for the clinic's set time.

    Contact is an attended session or an answered check-in; before the first one, the opening day.
    """
    now = timezone.now()
    ahead = Session.objects.filter(episode=OuterRef("pk"), starts_at__gte=now, attendance="")
    attended = Q(sessions__attendance=Session.Attendance.ATTENDED)
    rows = (
        Episode.objects.filter(~Exists(ahead), state=Episode.State.OPEN)
        .annotate(
            met=Max("sessions__starts_at", filter=attended),
            answered=Max("check_ins__done_at", filter=Q(check_ins__state=CheckIn.State.DONE)),
        )
        .select_related("clinic", "client", "therapist")
    )
    return [one for one in rows if _quiet_for(one) >= timedelta(days=one.clinic.silent_after_days)]


def _quiet_for(episode: Episode) -> timedelta:
    known = vars(episode)
    last = [at for at in (known["met"], known["answered"]) if at is not None]
    if last:
        return timezone.now() - max(last)
    return timezone.localdate() - episode.opened_on


def cancelled_again() -> list[Episode]:
    """Return open episodes whose sessions the clinic cancelled or missed again and again."""
    by: dict[UUID, list[str]] = defaultdict(list)
    going: QuerySet[Episode] = Episode.objects.filter(state=Episode.State.OPEN)
    rows = Session.objects.filter(episode__in=going).exclude(attendance="").order_by("starts_at")
    for episode, attendance in rows.values_list("episode", "attendance"):
        by[episode].append(attendance)
    again = [episode for episode, latest in by.items() if _again(latest[-LATEST:])]
    return list(going.filter(pk__in=again).select_related("clinic", "client", "therapist"))


def _again(latest: list[str]) -> bool:
    flags = [one in THERAPIST_SIDE for one in latest]
    in_a_row = any(a and b for a, b in zip(flags, flags[1:], strict=False))
    return in_a_row or (len(flags) >= FEWEST and sum(flags) / len(flags) >= SHARE)


def waiting() -> list[Episode]:
    """Return episodes that wait for a therapist."""
    return list(Episode.objects.filter(state=Episode.State.WAITING).select_related("clinic", "client"))
