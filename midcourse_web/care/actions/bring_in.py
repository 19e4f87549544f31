"""Bring in what a practice has written down before: clients, episodes and scores, all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from midcourse_web.audit.record import record
from midcourse_web.care.engine.course import has_total
from midcourse_web.care.incoming import IncomingEpisode, IncomingScore
from midcourse_web.care.models import Episode, Score
from midcourse_web.people.models import Client, Clinic, Relationship, User

AT_NOON = time(12)  # a table knows the day, not the hour


@dataclass(frozen=True)
class BroughtIn:
    """What came of it: episodes that are new, and clients whose name was on the record already."""

    episodes: tuple[Episode, ...]
    scores: int
    known: tuple[str, ...]


@transaction.atomic
def bring_in(
    *, by: User | None, clinic: Clinic, therapist: User, cover: User, incoming: Sequence[IncomingEpisode]
) -> BroughtIn:
    """Make a client, an episode and its scores for each row of clients that is not on the record yet.

    A client whose name is there already is left as she is, so the same table twice changes nothing.
    No sign-in is made and no message sent. Courses are computed by the loop's next round.
    """
    known = set(Client.objects.filter(clinic=clinic).values_list("name", flat=True))
    wanted = [one for one in incoming if one.scores and one.client not in known]
    episodes = [_episode(clinic, therapist, cover, one) for one in wanted]
    scores = [
        _score(episode, score)
        for episode, one in zip(episodes, wanted, strict=True)
        for score in one.scores
    ]  # fmt: skip
    Score.objects.bulk_create(scores, batch_size=500)
    for episode in episodes:
        record("brought in", by=by, subject=episode, client=episode.client, clinic=clinic, how="import")
    there = tuple(sorted({one.client for one in incoming if one.client in known}))
    return BroughtIn(tuple(episodes), len(scores), there)


def _episode(clinic: Clinic, therapist: User, cover: User, one: IncomingEpisode) -> Episode:
    first = min(score.day for score in one.scores)
    client = Client.objects.create(clinic=clinic, name=one.client[:120], reminders=False, reach_by="none")
    episode = Episode.objects.create(
        client=client, clinic=clinic, therapist=therapist, cover=cover, opened_on=first, ended_on=one.ended,
        state=Episode.State.ENDED if one.ended else Episode.State.OPEN,
        measures=list(dict.fromkeys(score.measure for score in one.scores if has_total(score.measure))),
    )  # fmt: skip
    Relationship.objects.create(
        client=client, person=therapist, kind=Relationship.Kind.THERAPIST, episode=episode.pk, begins=_at(first),
        ends=_at(one.ended) if one.ended else None,
    )  # fmt: skip
    return episode


def _score(episode: Episode, one: IncomingScore) -> Score:
    return Score(
        episode=episode, measure=one.measure, value=one.value, answered_at=_at(one.day),
        session_number=one.session, handling="given as a total", reason="brought in from a table",
    )  # fmt: skip


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, AT_NOON))
