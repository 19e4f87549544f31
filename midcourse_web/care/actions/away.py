"""A therapist's absence, in one action: cover, open risk alerts and caseload move, and the clients are told."""

from datetime import date, datetime, time, timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.care.actions.reach import give_alerts, tell
from midcourse_web.care.actions.task import close_task, open_task
from midcourse_web.care.models import Episode, Task
from midcourse_web.people.models import Clinic, Leave, Membership, Relationship, User
from midcourse_web.people.standing import current, forget

CLINICAL = (Membership.Role.THERAPIST, Membership.Role.COVER, Membership.Role.SUPERVISOR)
REACH_WITHIN = 3  # days in which the cover reaches each client


@transaction.atomic
def go_away(
    *,
    by: User,
    therapist: User,
    clinic: Clinic,
    begins: date,
    ends: date | None,
    cover: User,
    planned: bool = True,
) -> Leave:
    """Enter days away; `ends` is the last of them, None where nobody knows yet.

    For each client of theirs here the named cover stands in from the first to the last day, may see the
    record meanwhile, gets a dated task to reach her, and she is told. Open risk alerts move with the
    first day. Raises ValueError, saying why, for days that cannot be or a cover that cannot.
    """
    _check(therapist, clinic, begins, ends, cover)
    leave = Leave.objects.create(
        therapist=therapist, clinic=clinic, begins=begins, ends=ends, cover=cover, planned=planned
    )
    record("days away entered", by=by, subject=leave, clinic=clinic)
    for episode in episodes_of(therapist=therapist, clinic=clinic):
        _stand_in(by, leave, episode)
        open_task(
            by=by,
            clinic=clinic,
            client=episode.client,
            kind=Task.Kind.ABSENT,
            for_person=cover,
            within_days=REACH_WITHIN,
        )
        tell(client=episode.client, about=leave.pk)
    begin_leave(leave=leave)
    forget(cover)
    return leave


@transaction.atomic
def begin_leave(*, leave: Leave) -> int:
    """Give the open risk alerts of a therapist who is away now to the cover; done twice, it changes nothing."""
    today = timezone.localdate()
    if leave.begins > today or (leave.ends is not None and leave.ends < today):
        return 0
    return give_alerts(
        by=None, episodes=episodes_of(therapist=leave.therapist, clinic=leave.clinic),
        former=leave.therapist, to=leave.cover,
    )  # fmt: skip


@transaction.atomic
def come_back(*, by: User, leave: Leave) -> Leave:
    """Be there again from today on: the cover's ties of this leave end, the clients are told."""
    now, today = timezone.now(), timezone.localdate()
    leave.ends = max(today - timedelta(days=1), leave.begins - timedelta(days=1))
    leave.save(update_fields=["ends"])
    for episode in episodes_of(therapist=leave.therapist, clinic=leave.clinic):
        ties = _cover_ties(episode, leave)
        if ties.update(ends=now):
            tell(client=episode.client, about=leave.pk)
        for task in Task.objects.filter(client=episode.client, kind=Task.Kind.ABSENT, done_at__isnull=True):
            close_task(by=by, task=task)
    forget(leave.cover)
    record("days away ended", by=by, subject=leave, clinic=leave.clinic)
    return leave


def episodes_of(*, therapist: User, clinic: Clinic) -> list[Episode]:
    """Return a therapist's episodes in a clinic that go on."""
    rows = Episode.objects.filter(therapist=therapist, clinic=clinic).exclude(state=Episode.State.ENDED)
    return list(rows.select_related("client__clinic", "clinic", "cover"))


def _stand_in(by: User, leave: Leave, episode: Episode) -> None:
    """The cover may see the record from the first day to the last, and no longer."""
    first = max(timezone.now(), _midnight(leave.begins))
    tie = Relationship.objects.create(
        client=episode.client,
        person=leave.cover,
        kind=Relationship.Kind.COVER,
        episode=episode.pk,
        begins=first,
        ends=_midnight(leave.ends + timedelta(days=1)) if leave.ends else None,
    )
    record("tied: cover", by=by, subject=tie, client=episode.client, clinic=leave.clinic)


def _cover_ties(episode: Episode, leave: Leave) -> models.QuerySet[Relationship]:
    rows = Relationship.objects.filter(episode=episode.pk, person=leave.cover, kind=Relationship.Kind.COVER)
    return rows.filter(models.Q(ends__isnull=True) | models.Q(ends__gt=timezone.now()))


def _check(therapist: User, clinic: Clinic, begins: date, ends: date | None, cover: User) -> None:
    today = timezone.localdate()
    if begins < today or (ends is not None and ends < begins):
        raise ValueError(_("Choose days from today on, the first before the last."))
    if cover.pk == therapist.pk:
        raise ValueError(_("Cover must be somebody else than the therapist."))
    here = Membership.objects.filter(user=cover, clinic=clinic, role__in=CLINICAL, user__is_active=True)
    if not current(here, today).exists():
        raise ValueError(_("Name somebody who stands in: a therapist, cover or supervisor of this clinic."))
    away = Leave.objects.filter(therapist=cover, begins__lte=ends or begins)
    if away.filter(models.Q(ends__isnull=True) | models.Q(ends__gte=begins)).exists():
        raise ValueError(_("The cover is away too in these days. Name somebody else."))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
