"""Who answers a risk alert now, and by when: always a named person (SR2), chosen by the client (SR3)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from midcourse_web.care.models import Episode
from midcourse_web.care.policies.hours import after_open_minutes, is_open, next_opening
from midcourse_web.people.models import DutyTurn, Leave, User
from midcourse_web.people.standing import current


@dataclass(frozen=True)
class OnDuty:
    """The named person who answers now, by when, and whether somebody is there at this hour."""

    person: User
    due_by: datetime
    somebody_is_there: bool


def on_duty(episode: Episode, at: datetime | None = None) -> OnDuty:
    """Return who answers a risk alert of this episode at a moment.

    The therapist in opening hours, unless away, unless the episode is over, unless she chose the duty
    person; else whoever's turn of duty it is; else the episode's named cover when the clinic opens.
    """
    at = at or timezone.now()
    clinic = episode.clinic
    turn = _turn(episode, at)
    theirs = _therapist(episode, at)
    minutes = clinic.acknowledge_minutes
    if theirs is not None and is_open(clinic, at):
        return OnDuty(theirs, after_open_minutes(clinic, at, minutes), True)
    if turn is not None:
        return OnDuty(turn.person, at + timedelta(minutes=minutes), True)
    person = theirs or _cover(episode, at)
    there = is_open(clinic, at)
    opens = next_opening(clinic, at) or at
    return OnDuty(person, after_open_minutes(clinic, opens, minutes), there)


def next_in_chain(episode: Episode, asked: set[User], at: datetime) -> User | None:
    """Return the next named person who has not been asked yet: duty turns in order, cover, supervisors."""
    for turn in current(DutyTurn.objects.filter(clinic=episode.clinic), at).select_related("person"):
        if turn.person not in asked and turn.person_id != _hidden_from(episode):
            return turn.person
    for person in (episode.cover, *_supervisors(episode)):
        if person not in asked and person.pk != _hidden_from(episode):
            return person
    return None


def is_away(therapist: User, on: date) -> Leave | None:
    """Return the leave a therapist is on, on a day, or None."""
    leaves = Leave.objects.filter(therapist=therapist, begins__lte=on).select_related("cover")
    return next((one for one in leaves if one.ends is None or one.ends >= on), None)


def _therapist(episode: Episode, at: datetime) -> User | None:
    """The therapist, where they are there, the episode goes on, and she did not choose otherwise."""
    if episode.therapist is None or episode.state != Episode.State.OPEN or episode.client.risk_to_duty:
        return None
    return None if is_away(episode.therapist, timezone.localdate(at)) else episode.therapist


def _cover(episode: Episode, at: datetime) -> User:
    leave = is_away(episode.therapist, timezone.localdate(at)) if episode.therapist else None
    standing_in = leave.cover if leave else episode.cover
    hidden = _hidden_from(episode)
    if standing_in.pk != hidden:
        return standing_in
    others = (one for one in (episode.cover, *_supervisors(episode)) if one.pk != hidden)
    return next(others, standing_in)


def _turn(episode: Episode, at: datetime) -> DutyTurn | None:
    turns = current(DutyTurn.objects.filter(clinic=episode.clinic), at).select_related("person")
    return next((turn for turn in turns if turn.person_id != _hidden_from(episode)), None)


def _hidden_from(episode: Episode) -> object:
    return episode.therapist_id if episode.client.risk_to_duty else None


def _supervisors(episode: Episode) -> list[User]:
    if episode.therapist is None:
        return []
    rows = current(episode.therapist.supervised_by.all(), timezone.localdate()).select_related("supervisor")
    return [row.supervisor for row in rows]
