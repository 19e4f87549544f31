"""What is due today for those who treat: sessions of the day, sessions not settled, things to do; one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from midcourse_web.care.models import Session, Task
from midcourse_web.care.one_query import moment, part
from midcourse_web.people.models import User

BACK = timedelta(days=60)


@dataclass(frozen=True)
class Due:
    """One session of today, or one of the last weeks that nobody has settled."""

    id: UUID
    client_id: UUID
    client: str
    starts_at: datetime
    attendance: str
    asked: str
    version: int


@dataclass(frozen=True)
class ToDo:
    """One dated thing for this person."""

    kind: str
    client_id: UUID | None
    client: str
    due_on: date


@dataclass(frozen=True)
class Today:
    """The day of somebody who treats."""

    sessions: tuple[Due, ...]
    unsettled: tuple[Due, ...]
    to_do: tuple[ToDo, ...]


def today_parts(person: User, episodes: Iterable[UUID]) -> list[QuerySet[Any]]:
    """Return what is due for a person who treats these episodes, to be fetched with other rows."""
    begins = _midnight()
    day = Q(starts_at__gte=begins, starts_at__lt=begins + timedelta(days=1))
    unsettled = Q(attendance="", starts_at__lt=begins, starts_at__gte=begins - BACK)
    client = {"client_id": F("episode__client_id"), "client": F("episode__client__name")}
    return [
        part(
            "session",
            Session.objects.filter(day | unsettled, episode__in=list(episodes)),
            "id", "starts_at", "attendance", "asked", "version",
            **client,
        ),
        part(
            "task",
            Task.objects.filter(for_person=person, done_at__isnull=True),
            "kind", "due_on", "client_id",
            client=F("client__name"),
        ),
    ]  # fmt: skip


def today_from(rows: dict[str, list[dict[str, Any]]]) -> Today:
    """Return the day of somebody who treats, from the rows of `today_parts`."""
    begins = _midnight()
    kinds, asked = dict(Task.Kind.choices), dict(Session._meta.get_field("asked").flatchoices)
    attended = dict(Session.Attendance.choices)
    due = sorted(
        (
            Due(
                UUID(one["id"]), UUID(one["client_id"]), one["client"], moment(one["starts_at"]),
                str(attended.get(one["attendance"], "")), str(asked.get(one["asked"], "")), one["version"],
            )
            for one in rows["session"]
        ),
        key=lambda one: one.starts_at,
    )  # fmt: skip
    to_do = sorted(
        (
            ToDo(
                str(kinds.get(one["kind"], one["kind"])),
                UUID(one["client_id"]) if one["client_id"] else None,
                one["client"] or "",
                date.fromisoformat(one["due_on"]),
            )
            for one in rows["task"]
        ),
        key=lambda one: one.due_on,
    )
    return Today(
        sessions=tuple(one for one in due if one.starts_at >= begins),
        unsettled=tuple(one for one in due if one.starts_at < begins),
        to_do=tuple(to_do),
    )


def _midnight() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
