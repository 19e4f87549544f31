"""Handing an episode over to another therapist, and a therapist's departure in one action."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.care.actions.away import episodes_of
from midcourse_web.care.actions.reach import give_alerts, tell
from midcourse_web.care.actions.task import open_task
from midcourse_web.care.models import Episode, Task
from midcourse_web.people.actions.relation import loosen, tie
from midcourse_web.people.actions.sign_ins import end_role
from midcourse_web.people.models import Clinic, Membership, Relationship, User
from midcourse_web.people.standing import current

Kind = Relationship.Kind
Role = Membership.Role
CLINICAL = (Role.THERAPIST, Role.COVER, Role.SUPERVISOR)


@transaction.atomic
def hand_over(*, by: User, episode: Episode, to: User, cover: User | None = None) -> Episode:
    """Give an episode to another therapist of the clinic: record, open alerts and all. The client is told.

    The former therapist sees nothing new from now on. Raises ValueError where `to` is no therapist here,
    is the therapist already, or would cover for themselves although another clinician could.
    """
    now = Episode.objects.select_for_update().get(pk=episode.pk)
    former = now.therapist
    _check(now, to, cover or now.cover)
    now.therapist, now.cover, now.state = to, cover or now.cover, Episode.State.OPEN
    _keep(by, now, "handed over")
    if former is not None:
        loosen(by=by, client=now.client, person=former, kind=Kind.THERAPIST)
        give_alerts(by=by, episodes=[now], former=former, to=to)
    tie(by=by, client=now.client, person=to, kind=Kind.THERAPIST, episode=now.pk)
    tell(client=now.client, about=now.pk)
    return now


@transaction.atomic
def back_to_waiting(*, by: User, episode: Episode, cover: User) -> Episode:
    """Let an episode wait for another therapist, with a named cover who reaches her by a day (SD3)."""
    now = Episode.objects.select_for_update().get(pk=episode.pk)
    former = now.therapist
    if not _works_here(now.clinic, cover, CLINICAL) or (former is not None and former.pk == cover.pk):
        raise ValueError(_("Name somebody who stands in: a therapist, cover or supervisor of this clinic."))
    now.therapist, now.cover, now.state = None, cover, Episode.State.WAITING
    _keep(by, now, "waits for another therapist")
    tie(by=by, client=now.client, person=cover, kind=Kind.COVER, episode=now.pk)
    if former is not None:
        loosen(by=by, client=now.client, person=former, kind=Kind.THERAPIST)
        give_alerts(by=by, episodes=[now], former=former, to=cover)
    where, who = now.clinic, now.client
    open_task(by=by, kind=Task.Kind.WAITING, within_days=7, clinic=where, client=who)
    open_task(by=by, kind=Task.Kind.ENDED, within_days=3, for_person=cover, clinic=where, client=who)
    tell(client=now.client, about=now.pk)
    return now


@transaction.atomic
def depart(
    *, by: User, therapist: User, clinic: Clinic, cover: User, to: Mapping[UUID, User | None]
) -> list[Episode]:
    """Let a therapist leave: each episode goes to the one named in `to`, or waits with `cover`; the role ends.

    All of it, or nothing. Raises ValueError as the single steps do.
    """
    moved = []
    for episode in episodes_of(therapist=therapist, clinic=clinic):
        other = to.get(episode.pk)
        if other is None:
            moved.append(back_to_waiting(by=by, episode=episode, cover=cover))
        else:
            safe = cover if other.pk != cover.pk else episode.cover
            moved.append(hand_over(by=by, episode=episode, to=other, cover=safe))
    _no_longer_cover(by, therapist, clinic, cover)
    roles = Membership.objects.filter(user=therapist, clinic=clinic, role__in=(Role.THERAPIST, Role.COVER))
    for membership in current(roles, timezone.localdate()).select_related("user", "clinic"):
        end_role(by=by, membership=membership)
    record("left the clinic", by=by, subject=therapist, clinic=clinic)
    return moved


def _no_longer_cover(by: User, person: User, clinic: Clinic, cover: User) -> None:
    """Nobody is named as cover who is not here any more (SR2)."""
    rows = Episode.objects.filter(clinic=clinic, cover=person).exclude(state=Episode.State.ENDED)
    for episode in rows:
        episode.cover = cover
        _keep(by, episode, "cover changed")
        loosen(by=by, client=episode.client, person=person, kind=Kind.COVER)
        give_alerts(by=by, episodes=[episode], former=person, to=cover)


def _check(episode: Episode, to: User, cover: User) -> None:
    if episode.state == Episode.State.ENDED or not _works_here(episode.clinic, to, (Role.THERAPIST,)):
        raise ValueError(_("Choose a therapist of this clinic."))
    if episode.therapist_id == to.pk:
        raise ValueError(_("They are the therapist already."))
    if cover.pk == to.pk:
        others = Membership.objects.filter(clinic=episode.clinic, role__in=CLINICAL).exclude(user=to)
        if current(others, timezone.localdate()).exists():
            raise ValueError(_("Cover must be somebody else than the therapist."))


def _works_here(clinic: Clinic, person: User, roles: tuple[str, ...]) -> bool:
    rows = Membership.objects.filter(user=person, clinic=clinic, role__in=roles, user__is_active=True)
    return current(rows, timezone.localdate()).exists()


def _keep(by: User, episode: Episode, verb: str) -> None:
    row: Any = episode
    row._history_user = by
    episode.save()
    record(verb, by=by, subject=episode, client=episode.client_id, clinic=episode.clinic_id)
