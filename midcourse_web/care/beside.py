"""Risk beside every state: what was last said, and when, as one person may see it (SR6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from midcourse_web.care.engine.safety import asking_about_suicide, asks_about_suicide, said_about_safety
from midcourse_web.care.models import AnswerSheet, Episode
from midcourse_web.care.one_query import fetch, loaded, moment, part
from midcourse_web.care.reading import seen_answers
from midcourse_web.people.models import User


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
    return beside_from(episodes, fetch(asked_part(episodes))["asked"], viewer)


def asked_part(episodes: Sequence[Episode]) -> QuerySet[Any]:
    """Return the newest sheets that asked about suicide, to be fetched with other rows."""
    asking = AnswerSheet.objects.filter(instrument__in=asking_about_suicide(), replaced_by__isnull=True)
    newer = asking.filter(episode=OuterRef("episode"), answered_at__gt=OuterRef("answered_at"))
    rows = asking.filter(episode__in=list(episodes)).filter(~Exists(newer))
    names = ("instrument", "answers", "private", "answered_at", "made_at")
    return part("asked", rows, *names, episode=F("episode_id"))


def beside_from(
    episodes: Sequence[Episode], rows: list[dict[str, Any]], viewer: User
) -> dict[UUID, RiskBeside]:
    """Return what stands beside each episode, from the rows of `asked_part`."""
    by_id = {one.pk: one for one in episodes}
    last: dict[UUID, AnswerSheet] = {}
    for row in sorted(rows, key=lambda one: str(one["made_at"])):
        episode = by_id[UUID(row["episode"])]
        last[episode.pk] = AnswerSheet(
            episode=episode,
            instrument=row["instrument"],
            answers=loaded(row["answers"]),
            private=loaded(row["private"]),
            answered_at=moment(row["answered_at"]),
        )
    return {one.pk: _beside(one, last.get(one.pk), viewer) for one in episodes}


def _beside(episode: Episode, sheet: AnswerSheet | None, viewer: User) -> RiskBeside:
    blind = not asks_about_suicide(episode.measures)
    if sheet is None:
        return RiskBeside("never", None, blind)
    found = [one.status for one in said_about_safety(sheet.instrument, seen_answers(sheet, viewer))]
    said = next((s for s in ("positive", "negative") if s in found), "skipped")
    return RiskBeside(said, sheet.answered_at, blind)
