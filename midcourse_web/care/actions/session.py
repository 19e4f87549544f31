"""Booked sessions: book, move, settle who came and who cancelled, and what the client asks."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.care.actions.task import close_task, open_task
from midcourse_web.care.models import Episode, Session, Task
from midcourse_web.care.policies.versions import held
from midcourse_web.people.models import User

Attendance = Session.Attendance
SHORTEST, LONGEST = 10, 240  # minutes


@transaction.atomic
def book(
    *, by: User, episode: Episode, starts_at: datetime, minutes: int = 50, where: str = "room"
) -> Session:
    """Put a session into the calendar. Raises ValueError for a length that cannot be or a time that is taken."""
    if not SHORTEST <= minutes <= LONGEST:
        raise ValueError(_("A session lasts from 10 minutes to 4 hours."))
    if episode.sessions.filter(starts_at=starts_at, attendance="").exists():
        raise ValueError(_("There is a session at this time already."))
    session = Session(episode=episode, starts_at=starts_at, minutes=minutes, where=where)
    _keep(by, session, "session booked")
    return session


@transaction.atomic
def move(*, by: User, session: Session, seen: int, starts_at: datetime) -> Session:
    """Put a booked session at another time; what the client asked for is answered by it.

    Raises ChangedMeanwhile, and ValueError where it is settled already.
    """
    now = held(session, seen)
    if now.attendance:
        raise ValueError(_("This session is settled. Book a new one."))
    now.starts_at = starts_at
    _answered(by, now)
    _keep(by, now, "session moved")
    return now


@transaction.atomic
def settle(*, by: User, session: Session, seen: int, attendance: str) -> Session:
    """Say who came or who cancelled; attended sessions are numbered anew. Raises ChangedMeanwhile.

    A session to come can be cancelled, not attended: ValueError.
    """
    now = held(session, seen)
    cancelled = attendance in (Attendance.CLIENT_CANCELLED, Attendance.THERAPIST_CANCELLED)
    if now.starts_at > timezone.now() and not cancelled:
        raise ValueError(_("This session has not begun yet. It can be cancelled or moved."))
    now.attendance, now.settled_at = Attendance(attendance), timezone.now()
    _answered(by, now)
    _keep(by, now, f"session: {attendance}")
    number(by=by, episode=now.episode)
    now.refresh_from_db()
    return now


def number(*, by: User | None, episode: Episode) -> None:
    """Number the attended sessions of an episode 1, 2, 3 in the order of their time."""
    place = 0
    for one in episode.sessions.select_for_update().order_by("starts_at"):
        attended = one.attendance == Attendance.ATTENDED
        place += attended
        right = place if attended else None
        if one.number != right:
            one.number = right
            _keep(by, one, "session numbered")


@transaction.atomic
def ask(*, by: User, session: Session, what: str, words: str = "") -> Session:
    """Take the client's wish to move a session, or that she cannot come, and tell her therapist.

    Raises ValueError where it is over or settled.
    """
    now = Session.objects.select_for_update().get(pk=session.pk)
    if now.attendance or now.starts_at <= timezone.now():
        raise ValueError(_("This session is not ahead of you any more."))
    now.asked, now.asked_words = what, words.strip()[:300]
    now.version += 1
    _keep(by, now, f"session: asks to {what}")
    episode = now.episode
    open_task(
        by=by,
        clinic=episode.clinic,
        client=episode.client,
        kind=Task.Kind.MOVE,
        within_days=1,
        for_person=episode.therapist,
    )
    return now


@transaction.atomic
def take_back(*, by: User, session: Session) -> Session:
    """Take back what the client asked about a session."""
    now = Session.objects.select_for_update().get(pk=session.pk)
    now.version += 1
    _answered(by, now)
    _keep(by, now, "session: asks nothing any more")
    return now


def _answered(by: User, session: Session) -> None:
    """What she asked about a session has its answer; her task closes with the last open wish."""
    if not session.asked:
        return
    session.asked, session.asked_words = "", ""
    client = session.episode.client
    open_wishes = Session.objects.filter(episode__client=client, attendance="").exclude(asked="")
    if not open_wishes.exclude(pk=session.pk).exists():
        for task in Task.objects.filter(client=client, kind=Task.Kind.MOVE, done_at__isnull=True):
            close_task(by=by, task=task)


def _keep(by: User | None, session: Session, verb: str) -> None:
    row: Any = session
    row._history_user = by
    session.save()
    episode = session.episode
    record(verb, by=by, subject=session, client=episode.client_id, clinic=episode.clinic_id)
