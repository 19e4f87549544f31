"""Reading the record for pages: few queries, each question once."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from midcourse_web.care.engine.instruments import title
from midcourse_web.care.engine.kinds import safety_items
from midcourse_web.care.models import IN_FORCE, AnswerSheet, Episode, LifeEvent, Score, Session, Signal
from midcourse_web.people.models import Client, User


@dataclass(frozen=True)
class CourseRead:
    """One measure of one episode: its newest signal, its scores, and what happened meanwhile."""

    measure: str
    title: str
    signal: Signal
    scores: tuple[Score, ...]
    sessions: tuple[Session, ...] = ()
    events: tuple[LifeEvent, ...] = field(default=())

    @property
    def began(self) -> datetime | None:
        """When the first score was given."""
        return self.scores[0].answered_at if self.scores else None


def current_episode(client: Client) -> Episode | None:
    """Return the client's open episode, the newest if there are several, else the last one that ended."""
    rows = list(client.episodes.select_related("therapist", "clinic", "client"))
    going = [one for one in rows if one.state != Episode.State.ENDED]
    return next(iter(going or rows), None)


def newest_signals(episode_ids: list[UUID]) -> dict[tuple[UUID, str], Signal]:
    """Return the newest signal of each episode and measure, in one query."""
    newest: dict[tuple[UUID, str], Signal] = {}
    for signal in Signal.objects.filter(episode__in=episode_ids).order_by("made_at"):
        newest[(signal.episode_id, signal.measure)] = signal
    return newest


def courses_of(episode: Episode, events: tuple[LifeEvent, ...] = ()) -> list[CourseRead]:
    """Return every measure of an episode that has a signal, in the order in which they are followed."""
    signals = newest_signals([episode.pk])
    measures = [name for _episode, name in signals]
    rows = list(
        episode.scores.filter(IN_FORCE, measure__in=measures, part="total", value__isnull=False).order_by(
            "answered_at"
        )
    )
    sessions = tuple(episode.sessions.all())
    found = [
        CourseRead(
            measure=name,
            title=title(name),
            signal=signal,
            scores=tuple(row for row in rows if row.measure == name),
            sessions=sessions,
            events=events,
        )
        for (_episode, name), signal in signals.items()
    ]
    order = {name: i for i, name in enumerate(episode.measures)}
    return sorted(found, key=lambda one: order.get(one.measure, len(order)))


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
