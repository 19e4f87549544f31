"""Reading the record for pages: few queries, each question once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from midcourse_web.care.engine.instruments import title
from midcourse_web.care.engine.kinds import safety_items
from midcourse_web.care.engine.safety import asking_about_suicide, asks_about_suicide, said_about_safety
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


@dataclass(frozen=True)
class RiskBeside:
    """What stands beside every state: what was last said on risk, and when (SR6).

    `said`: "positive", "negative", "skipped", or "never" where nothing was asked yet. `blind`: none of
    the questionnaires followed asks about suicide.
    """

    said: str
    on: datetime | None
    blind: bool


def risk_beside(episodes: Sequence[Episode], viewer: User) -> dict[UUID, RiskBeside]:
    """Return for each episode what was last said on risk, as one person may see it. One query."""
    asking = AnswerSheet.objects.filter(instrument__in=asking_about_suicide(), replaced_by__isnull=True)
    newer = asking.filter(episode=OuterRef("episode"), answered_at__gt=OuterRef("answered_at"))
    rows = asking.filter(episode__in=episodes).filter(~Exists(newer)).order_by("made_at")
    by_id = {one.pk: one for one in episodes}
    last: dict[UUID, AnswerSheet] = {}
    for sheet in rows:
        sheet.episode = by_id[sheet.episode_id]
        last[sheet.episode_id] = sheet
    return {one.pk: _beside(one, last.get(one.pk), viewer) for one in episodes}


def _beside(episode: Episode, sheet: AnswerSheet | None, viewer: User) -> RiskBeside:
    blind = not asks_about_suicide(episode.measures)
    if sheet is None:
        return RiskBeside("never", None, blind)
    found = [one.status for one in said_about_safety(sheet.instrument, seen_answers(sheet, viewer))]
    said = next((s for s in ("positive", "negative") if s in found), "skipped")
    return RiskBeside(said, sheet.answered_at, blind)


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
