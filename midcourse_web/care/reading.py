"""Reading the record for pages: few queries, each question once."""

import json
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.timezone import localdate

from midcourse_web.care.engine.instruments import title
from midcourse_web.care.engine.kinds import safety_items
from midcourse_web.care.models import (
    IN_FORCE,
    AnswerSheet,
    Episode,
    LifeEvent,
    PointNote,
    Session,
    Signal,
    SignalStep,
)
from midcourse_web.care.one_query import fetch, moment, part
from midcourse_web.people.models import Client, User


@dataclass(frozen=True)
class ScoreRead:
    """One score of the record: its sheet, when, how many points, and the client's own note on it."""

    sheet: UUID | None
    answered_at: datetime
    value: float
    session_number: int | None = None
    note: str = ""
    does_not_fit: bool = False


@dataclass(frozen=True)
class EventRead:
    """Something that happened on a day: an event of life, a goal set, reached or set aside."""

    on: date
    words: str
    kind: str


@dataclass(frozen=True)
class StepRead:
    """One thing that people did about a signal: when, to which stage, who, why."""

    at: datetime
    stage: str
    by: str
    reason: str


@dataclass(frozen=True)
class CourseRead:
    """One measure of one episode: its newest signal, its scores, and what happened meanwhile.

    `missed` are the days of booked sessions that did not happen, `steps` what people did about its signals.
    """

    measure: str
    title: str
    signal: Signal
    scores: tuple[ScoreRead, ...]
    missed: tuple[date, ...] = ()
    events: tuple[EventRead, ...] = field(default=())
    steps: tuple[StepRead, ...] = field(default=())

    @property
    def began(self) -> datetime | None:
        """When the first score was given."""
        return self.scores[0].answered_at if self.scores else None


def current_episode(client: Client) -> Episode | None:
    """Return the client's open episode, the newest if there are several, else the last one that ended."""
    return _current(Episode.objects.filter(client=client))


def episode_of_user(user_id: UUID) -> Episode | None:
    """Return the current episode of the client who signs in as this user, her client row with it."""
    return _current(Episode.objects.filter(client__user=user_id))


def episode_of_client(client_id: UUID) -> Episode | None:
    """Return the current episode of a client by her id, her client row with it."""
    return _current(Episode.objects.filter(client=client_id))


def _current(rows: QuerySet[Episode]) -> Episode | None:
    found = list(rows.select_related("therapist", "clinic", "client__clinic", "cover", "intake"))
    going = [one for one in found if one.state != Episode.State.ENDED]
    return next(iter(going or found), None)


def newest(signals: QuerySet[Signal]) -> QuerySet[Signal]:
    """Return of these signals the newest of each episode and measure."""
    newer = Signal.objects.filter(
        episode=OuterRef("episode"), measure=OuterRef("measure"), made_at__gt=OuterRef("made_at")
    )
    return signals.filter(~Exists(newer)).order_by("made_at")


def newest_signals(episode_ids: list[UUID]) -> dict[tuple[UUID, str], Signal]:
    """Return the newest signal of each episode and measure, in one query."""
    rows = newest(Signal.objects.filter(episode__in=episode_ids)).defer("numbers")
    return {(signal.episode_id, signal.measure): signal for signal in rows}


SIGNAL = (
    "id", "measure", "state", "sentence", "how_often_right", "numbers", "rule", "stage", "snoozed_until",
    "is_alert",
)  # fmt: skip


def courses_of(episode: Episode, *, own: bool = False) -> list[CourseRead]:
    """Return every measure of an episode that has a signal, in the order in which they are followed.

    One query. `own` True is for the client herself: her unshared events and her notes are in it.
    """
    return courses_from(episode, fetch(*course_parts(episode, own=own)))


def courses_from(episode: Episode, rows: dict[str, list[dict[str, Any]]]) -> list[CourseRead]:
    """Return the courses of an episode from the rows of `course_parts`, which others may be fetched with."""
    notes = {UUID(one["sheet"]): one for one in rows["note"]}
    scores: dict[str, list[ScoreRead]] = defaultdict(list)
    for one in sorted(rows["score"], key=lambda row: str(row["at"])):
        scores[one["measure"]].append(_score(one, notes))
    missed = tuple(localdate(moment(one["at"])) for one in rows["missed"])
    happened = [_event(one) for one in [*rows["event"], *_goals(rows["goal"])]]
    events = tuple(sorted(happened, key=lambda one: one.on))
    found = [
        CourseRead(
            one["measure"],
            title(one["measure"]),
            _signal(one),
            tuple(scores[one["measure"]]),
            missed,
            events,
            _steps(rows["step"], one["measure"]),
        )
        for one in rows["signal"]
    ]
    order = {name: i for i, name in enumerate(episode.measures)}
    return sorted(found, key=lambda one: order.get(one.measure, len(order)))


def scores_only(course: CourseRead) -> CourseRead:
    """Return a course without goals, events, missed sessions, steps and her own notes: for people near her."""
    bare = tuple(replace(one, note="", does_not_fit=False) for one in course.scores)
    return replace(course, scores=bare, missed=(), events=(), steps=())


def course_parts(episode: Episode, *, own: bool = False) -> list[QuerySet[Any]]:
    """Return the rows that make the courses of an episode, to be fetched in one query."""
    events = LifeEvent.objects.filter(client=episode.client_id)
    missed = episode.sessions.exclude(attendance__in=("", Session.Attendance.ATTENDED))
    totals = episode.scores.filter(IN_FORCE, part="total", value__isnull=False)
    # Her words on a point are for those who treat her too: she wrote them beside her score.
    notes = PointNote.objects.filter(sheet__episode=episode)
    return [
        part("signal", newest(Signal.objects.filter(episode=episode)), *SIGNAL),
        part("score", totals, "measure", "value", "session_number", at=F("answered_at"), sheet=F("sheet_id")),
        part("missed", missed, at=F("starts_at")),
        part("goal", episode.goals.all(), "id", "words", "made_at", "settled_on", "state"),
        part("event", events if own else events.filter(shared=True), "on", "words"),
        part("note", notes, "words", "does_not_fit", sheet=F("sheet_id")),
        part(
            "step",
            SignalStep.objects.filter(signal__episode=episode),
            "stage",
            "reason",
            "made_at",
            measure=F("signal__measure"),
            by=F("by__name"),
        ),
    ]


def _score(one: dict[str, Any], notes: dict[UUID, dict[str, Any]]) -> ScoreRead:
    sheet = UUID(one["sheet"]) if one["sheet"] else None
    note = notes.get(sheet, {}) if sheet else {}
    fits = not note.get("does_not_fit")
    return ScoreRead(
        sheet=sheet,
        answered_at=moment(one["at"]),
        value=one["value"],
        session_number=one["session_number"],
        note=note.get("words", ""),
        does_not_fit=not fits,
    )


def _signal(one: dict[str, Any]) -> Signal:
    """A signal as it stands in the database, not to be saved."""
    numbers = one["numbers"]
    given = one | {
        "id": UUID(one["id"]),
        "numbers": json.loads(numbers) if isinstance(numbers, str) else numbers,
        "snoozed_until": date.fromisoformat(one["snoozed_until"]) if one["snoozed_until"] else None,
        "is_alert": bool(one["is_alert"]),
    }
    return Signal(**given)


def _steps(rows: list[dict[str, Any]], measure: str) -> tuple[StepRead, ...]:
    mine = [one for one in rows if one["measure"] == measure]
    steps = [StepRead(moment(one["made_at"]), one["stage"], one["by"], one["reason"]) for one in mine]
    return tuple(sorted(steps, key=lambda one: one.at))


def _goals(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    begun = [
        {"on": str(localdate(moment(one["made_at"]))), "words": one["words"], "kind": "goal set"}
        for one in rows
    ]
    settled = [
        {"on": one["settled_on"], "words": one["words"], "kind": f"goal {one['state']}"}
        for one in rows
        if one["settled_on"]
    ]
    return begun + settled


def _event(one: dict[str, Any]) -> EventRead:
    return EventRead(date.fromisoformat(one["on"]), one["words"], one.get("kind", "event"))


def seen_answers(sheet: AnswerSheet, viewer: User) -> dict[str, int | None]:
    """Return the answers of a sheet as one person may see them: what is not theirs looks skipped (None).

    The client sees everything. Everybody else sees her private items as skipped; where she chose the
    duty person, her therapist sees safety items as skipped too (SR3).
    """
    client = sheet.episode.client
    if client.user_id is not None and client.user_id == viewer.pk:
        return dict(sheet.answers)
    hidden = set(sheet.private)
    if client.risk_to_duty and viewer.pk == sheet.episode.therapist_id:
        hidden |= safety_items(sheet.instrument)
    return {item: None if item in hidden else value for item, value in sheet.answers.items()}
