"""One episode on one page: what another record, a letter or a supervisor needs, and no more."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from midcourse_web.care.items import together_part, trends_from
from midcourse_web.care.models import Episode, GoalRating, Session
from midcourse_web.care.one_query import fetch, moment, part
from midcourse_web.care.reading import CourseRead, course_parts, courses_from
from midcourse_web.people.models import User


@dataclass(frozen=True)
class GoalLine:
    """A goal with its first and latest rating, 0 to 10."""

    words: str
    state: str
    first: int | None
    latest: int | None


@dataclass(frozen=True)
class Summary:
    """Attendance by who, goals, practice, courses, and the trend of the work together, of one episode."""

    attended: int
    by_client: int
    by_therapist: int
    next_at: datetime | None
    goals: tuple[GoalLine, ...]
    practice_done: int
    practice_set: int
    courses: tuple[CourseRead, ...]
    together: str


CLIENT = (Session.Attendance.CLIENT_CANCELLED, Session.Attendance.CLIENT_MISSED)
THERAPIST = (Session.Attendance.THERAPIST_CANCELLED, Session.Attendance.THERAPIST_MISSED)


def summary_of(episode: Episode, viewer: User) -> Summary:
    """Return the summary of an episode; nothing that the client keeps to herself is in it."""
    rows = fetch(
        *course_parts(episode),
        part("session", episode.sessions.all(), "attendance", "starts_at"),
        part("rating", GoalRating.objects.filter(goal__episode=episode), "goal_id", "value", "rated_at"),
        part("practice", episode.homework.all(), "done"),
        together_part([episode]),
    )
    ratings: dict[str, list[int]] = {}
    for one in sorted(rows["rating"], key=lambda row: str(row["rated_at"])):
        ratings.setdefault(str(one["goal_id"]), []).append(one["value"])
    goals = tuple(
        GoalLine(one["words"], one["state"], *_ends(ratings.get(str(one["id"]), [])))
        for one in sorted(rows["goal"], key=lambda row: str(row["made_at"]))
    )
    came = [one["attendance"] for one in rows["session"]]
    booked = [moment(one["starts_at"]) for one in rows["session"] if not one["attendance"]]
    return Summary(
        attended=came.count(Session.Attendance.ATTENDED),
        by_client=sum(one in CLIENT for one in came),
        by_therapist=sum(one in THERAPIST for one in came),
        next_at=_next(booked),
        goals=goals,
        practice_done=sum(one["done"] in ("done", "partly") for one in rows["practice"]),
        practice_set=len(rows["practice"]),
        courses=tuple(courses_from(episode, rows)),
        together=trends_from([episode], rows["together"], viewer).get(episode.pk, ""),
    )


def _ends(values: list[int]) -> tuple[int | None, int | None]:
    return (values[0], values[-1]) if values else (None, None)


def _next(booked: list[datetime]) -> datetime | None:
    now = timezone.now()
    return min((at for at in booked if at >= now), default=None)
