"""Episodes: waiting, opened with a therapist and a named cover, ended by either side, come back to (SD3)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.care.actions.schedule import ask_as_usual
from midcourse_web.care.actions.task import close_task, open_task
from midcourse_web.care.models import Episode, Task
from midcourse_web.people.actions.relation import loosen, tie
from midcourse_web.people.models import Client, Membership, Relationship, User
from midcourse_web.people.receivers import coordinators
from midcourse_web.people.standing import current

State = Episode.State
Role = Membership.Role
CLINICAL = (Role.THERAPIST, Role.COVER, Role.SUPERVISOR)
# So long the therapist can still finish notes and answer what is open; then they see nothing new.
AFTERWARDS = timedelta(days=30)
LOOK_IN = 28  # days into a break after which the therapist asks, kindly and once, how it is
WAITS = 14  # days after which somebody tells her how long it will take
MEASURES = ("phq-9", "gad-7")


@transaction.atomic
def put_on_list(
    *, by: User, client: Client, cover: User, concern: str = "", measures: Sequence[str] = MEASURES
) -> Episode:
    """Begin an episode that waits for a therapist, with a named cover from the first day (SR2).

    Raises ValueError where the cover is no clinician of this clinic, or she is waiting already.
    """
    if client.episodes.exclude(state=State.ENDED).exists():
        raise ValueError(_("There is an episode going on already."))
    _may_cover(client, cover)
    episode = Episode(client=client, clinic=client.clinic, cover=cover, state=State.WAITING)
    episode.opened_on, episode.concern, episode.measures = timezone.localdate(), concern, list(measures)
    _keep(by, episode, "put on the waiting list")
    open_task(by=by, clinic=client.clinic, client=client, kind=Task.Kind.WAITING, within_days=WAITS)
    return episode


@transaction.atomic
def begin(*, by: User, episode: Episode, therapist: User, cover: User, treatment: str = "") -> Episode:
    """Open a waiting episode with a therapist.

    Raises ValueError where the therapist is none of this clinic, or cover and therapist are one person
    although the clinic has another clinician.
    """
    now = Episode.objects.select_for_update().get(pk=episode.pk)
    if now.state not in (State.WAITING, State.PAUSED):
        raise ValueError(_("This episode does not wait for a therapist."))
    if not _works_here(now.client, therapist, (Role.THERAPIST,)):
        raise ValueError(_("Choose a therapist of this clinic."))
    _may_cover(now.client, cover, therapist)
    now.therapist, now.cover, now.state = therapist, cover, State.OPEN
    now.treatment = treatment[:60]
    tie(by=by, client=now.client, person=therapist, kind=Relationship.Kind.THERAPIST, episode=now.pk)
    ask_as_usual(by=by, episode=now)
    _done(by, now.client, Task.Kind.WAITING, Task.Kind.SWITCH)
    return _keep(by, now, "episode opened")


@transaction.atomic
def end(*, by: User, episode: Episode, ended_by: str, referred: bool | None = None) -> Episode:
    """End an episode. An ending by the therapist opens a dated task to reach the client (SD3)."""
    now = Episode.objects.select_for_update().get(pk=episode.pk)
    if now.state == State.ENDED:
        return now
    now.state, now.ended_on, now.ended_by, now.referred = (
        State.ENDED,
        timezone.localdate(),
        ended_by,
        referred,
    )
    if now.therapist is not None:
        ends = timezone.now() + AFTERWARDS
        loosen(by=by, client=now.client, person=now.therapist, kind=Relationship.Kind.THERAPIST, ends=ends)
    if ended_by == "therapist":
        open_task(by=by, clinic=now.clinic, client=now.client, kind=Task.Kind.ENDED, within_days=7)
    return _keep(by, now, f"episode ended by {ended_by}")


def leave(*, by: User, episode: Episode) -> Episode:
    """Leave, as the client: no reason, no call, nothing asked (SD3)."""
    return end(by=by, episode=episode, ended_by="client")


@transaction.atomic
def come_back(*, by: User, episode: Episode) -> Episode:
    """Go on where she left; to the same therapist while they are there, else to the waiting list (SD3)."""
    now = Episode.objects.select_for_update().get(pk=episode.pk)
    if now.state != State.ENDED:
        return now
    now.ended_on, now.ended_by, now.referred = None, "", None
    if now.therapist is not None and _works_here(now.client, now.therapist, (Role.THERAPIST,)):
        now.state = State.OPEN
        kind = Relationship.Kind.THERAPIST
        tie(by=by, client=now.client, person=now.therapist, kind=kind, episode=now.pk)
    else:
        now.state, now.therapist = State.WAITING, None
        open_task(by=by, clinic=now.clinic, client=now.client, kind=Task.Kind.WAITING, within_days=7)
    return _keep(by, now, "episode gone on with")


@transaction.atomic
def pause(*, by: User, episode: Episode) -> Episode:
    """Take a break, as the client: no check-ins come, the tie to the therapist stays, no reason is asked.

    Raises ValueError where there is nothing going on to pause.
    """
    now = Episode.objects.select_for_update().get(pk=episode.pk)
    if now.state != State.OPEN:
        raise ValueError(_("There is nothing going on that could be paused."))
    now.state = State.PAUSED
    open_task(
        by=by,
        clinic=now.clinic,
        client=now.client,
        kind=Task.Kind.PAUSE,
        within_days=LOOK_IN,
        for_person=now.therapist,
    )
    return _keep(by, now, "episode paused by client")


@transaction.atomic
def go_on(*, by: User, episode: Episode) -> Episode:
    """Go on after a break."""
    now = Episode.objects.select_for_update().get(pk=episode.pk)
    if now.state != State.PAUSED:
        return now
    now.state = State.OPEN
    _done(by, now.client, Task.Kind.PAUSE)
    return _keep(by, now, "episode gone on with")


@transaction.atomic
def hand_on(*, by: User, episode: Episode) -> Task:
    """Ask for somebody else, as the therapist who cannot help with this; they stay until another begins."""
    record("asked to hand on", by=by, subject=episode, client=episode.client_id, clinic=episode.clinic_id)
    return open_task(
        by=by,
        clinic=episode.clinic,
        client=episode.client,
        kind=Task.Kind.SWITCH,
        words=_("The therapist asks for this, and has told the client."),
        for_person=coordinators(episode.client).first(),
    )


def _may_cover(client: Client, cover: User, therapist: User | None = None) -> None:
    if not _works_here(client, cover, CLINICAL):
        raise ValueError(_("Name somebody who stands in: a therapist, cover or supervisor of this clinic."))
    if therapist is not None and therapist.pk == cover.pk:
        others = Membership.objects.filter(clinic=client.clinic_id, role__in=CLINICAL).exclude(user=therapist)
        if current(others, timezone.localdate()).exists():
            raise ValueError(_("Cover must be somebody else than the therapist."))


def _works_here(client: Client, person: User, roles: Sequence[str]) -> bool:
    rows = Membership.objects.filter(user=person, clinic=client.clinic_id, role__in=roles)
    return current(rows, timezone.localdate()).exists()


def _done(by: User, client: Client, *kinds: str) -> None:
    for task in Task.objects.filter(client=client, kind__in=kinds, done_at__isnull=True):
        close_task(by=by, task=task)


def _keep(by: User, episode: Episode, verb: str) -> Episode:
    row: Any = episode
    row._history_user = by
    episode.save()
    record(verb, by=by, subject=episode, client=episode.client_id, clinic=episode.clinic_id)
    return episode
