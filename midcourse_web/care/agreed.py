"""What stands between now and the next session, for the client's first page; one query."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from midcourse_web.care.models import CheckIn, Episode, Intake
from midcourse_web.care.one_query import fetch, moment, part

ASKED_FOR = timedelta(days=60)


@dataclass(frozen=True)
class Ahead:
    """The next booked session: when, where, and what the client asked about it."""

    id: UUID
    starts_at: datetime
    where: str
    asked: str


@dataclass(frozen=True)
class ToTry:
    """Something to try between sessions that has not been told of yet."""

    id: UUID
    what: str
    due_on: date | None


@dataclass(frozen=True)
class Agreed:
    """What is due, next session, open goals and what to try.

    `invited` is who asks her to look at it together, if anybody does; `intake_open` says that
    the work is new and its intake not finished.
    """

    due: tuple[UUID, ...]
    invited: str
    session: Ahead | None
    goals: tuple[str, ...]
    to_try: tuple[ToTry, ...]
    intake_open: bool


def agreed_of(episode: Episode) -> Agreed:
    """Return what was agreed and what is next for an episode."""
    now = timezone.now()
    open_now = episode.check_ins.filter(state=CheckIn.State.OPEN, due_at__lte=now, closes_at__gt=now)
    asked = episode.joint_reviews.filter(state="asked").exclude(asked_by=episode.client.user_id)
    rows = fetch(
        part("goal", episode.goals.filter(state="open"), "words", "made_at"),
        part("practice", episode.homework.filter(done=""), "id", "what", "due_on", "made_at"),
        part(
            "session",
            episode.sessions.filter(starts_at__gte=now, attendance=""),
            "id", "starts_at", "where", "asked",
        ),
        part("intake", Intake.objects.filter(episode=episode, finished_at__isnull=False), "id"),
        part("due", open_now, "id", "due_at"),
        part("invited", asked, by=F("asked_by__name")),
    )  # fmt: skip
    ahead = [
        Ahead(UUID(one["id"]), moment(one["starts_at"]), one["where"], one["asked"])
        for one in rows["session"]
    ]
    to_try = [
        ToTry(UUID(one["id"]), one["what"], date.fromisoformat(one["due_on"]) if one["due_on"] else None)
        for one in sorted(rows["practice"], key=lambda row: str(row["made_at"]))
    ]
    return Agreed(
        session=min(ahead, key=lambda one: one.starts_at, default=None),
        goals=tuple(one["words"] for one in sorted(rows["goal"], key=lambda row: str(row["made_at"]))),
        to_try=tuple(to_try),
        intake_open=not rows["intake"] and _new(episode),
        due=tuple(UUID(one["id"]) for one in sorted(rows["due"], key=lambda row: str(row["due_at"]))),
        invited=rows["invited"][0]["by"] if rows["invited"] else "",
    )


def _new(episode: Episode) -> bool:
    """Whether an intake is still worth asking for: somebody long in therapy is not asked to start again."""
    lately = timezone.localdate() - episode.opened_on <= ASKED_FOR
    return lately or episode.state == Episode.State.WAITING
