"""Who answers a risk alert now, and by when: always a named person (SR2), chosen by the client (SR3)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from midcourse_web.care.models import Episode
from midcourse_web.care.policies.hours import after_open_minutes, is_open, next_opening
from midcourse_web.people.models import Clinic, DutyTurn, Leave, Membership, User
from midcourse_web.people.standing import current

GOING_ON = (Episode.State.OPEN, Episode.State.PAUSED)
CLINICAL = (Membership.Role.THERAPIST, Membership.Role.COVER, Membership.Role.SUPERVISOR)


@dataclass(frozen=True)
class OnDuty:
    """The named person who answers now, by when, and whether somebody is there at this hour.

    `opens` is when somebody will be there, where nobody is. `because` says why this person: "therapist",
    "chosen" (the client chose the duty person), "away", "waiting", "ended", or "turn" (it is their turn).
    """

    person: User
    due_by: datetime
    somebody_is_there: bool
    opens: datetime | None = None
    because: str = "therapist"


def on_duty(episode: Episode, at: datetime | None = None) -> OnDuty:
    """Return who answers a risk alert of this episode at a moment.

    The therapist in opening hours, unless away, unless the episode is over, unless she chose the duty
    person; else whoever's turn of duty it is; else the episode's named cover when the clinic opens.
    """
    at = at or timezone.now()
    clinic, minutes = episode.clinic, episode.clinic.acknowledge_minutes
    theirs = _therapist(episode, at)
    because = "therapist" if theirs else _why_not_the_therapist(episode)
    if theirs is not None and is_open(clinic, at):
        return OnDuty(theirs, after_open_minutes(clinic, at, minutes), True)
    if (turn := _turn(episode, at)) is not None:
        why = "turn" if theirs else because
        return OnDuty(turn.person, at + timedelta(minutes=minutes), True, because=why)
    person = theirs or _cover(episode, at)
    if is_open(clinic, at):
        return OnDuty(person, after_open_minutes(clinic, at, minutes), True, because=because)
    opens = next_opening(clinic, at)
    return OnDuty(person, after_open_minutes(clinic, opens or at, minutes), False, opens, because)


def practice_of_one(clinic: Clinic) -> User | None:
    """Return the one clinician of a practice of one, None where there are several: the page says so (SR2)."""
    rows = current(Membership.objects.filter(clinic=clinic, role__in=CLINICAL), timezone.localdate())
    people = {row.user for row in rows.select_related("user") if row.user.is_active}
    return people.pop() if len(people) == 1 else None


def somebody_else(episode: Episode) -> User | None:
    """Return who would be told instead of the therapist, None where there is nobody else to choose (SR3)."""
    at = timezone.now()
    turns = _turns(episode, at)
    others = (*(turn.person for turn in turns), episode.cover, *_supervisors(episode))
    return next((one for one in others if one.pk != episode.therapist_id and one.is_active), None)


def next_in_chain(episode: Episode, asked: set[User], at: datetime) -> User | None:
    """Return the next named person who has not been asked yet: duty turns in order, cover, supervisors."""
    for turn in _turns(episode, at):
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
    if episode.therapist is None or episode.state not in GOING_ON or episode.client.risk_to_duty:
        return None
    return None if is_away(episode.therapist, timezone.localdate(at)) else episode.therapist


def _why_not_the_therapist(episode: Episode) -> str:
    if episode.client.risk_to_duty:
        return "chosen"
    if episode.therapist is None:
        return "waiting"
    return "away" if episode.state in GOING_ON else "ended"


def _cover(episode: Episode, at: datetime) -> User:
    """The first of those named who is here; where all are away or hidden, still somebody: never nobody."""
    today = timezone.localdate(at)
    leave = is_away(episode.therapist, today) if episode.therapist else None
    named = [*([leave.cover] if leave else []), episode.cover, *_supervisors(episode)]
    seen = [one for one in named if one.pk != _hidden_from(episode)]
    here = (one for one in seen if one.is_active and is_away(one, today) is None)
    return next(here, next(iter(seen), named[0]))


def _turn(episode: Episode, at: datetime) -> DutyTurn | None:
    turns = _turns(episode, at)
    return next((turn for turn in turns if turn.person_id != _hidden_from(episode)), None)


def _turns(episode: Episode, at: datetime) -> QuerySet[DutyTurn]:
    """Turns of duty at a moment, in the order in which people are asked."""
    turns = current(DutyTurn.objects.filter(clinic=episode.clinic), at)
    return turns.select_related("person").order_by("order", "begins")


def _hidden_from(episode: Episode) -> object:
    return episode.therapist_id if episode.client.risk_to_duty else None


def _supervisors(episode: Episode) -> list[User]:
    if episode.therapist is None:
        return []
    rows = current(episode.therapist.supervised_by.all(), timezone.localdate()).select_related("supervisor")
    return [row.supervisor for row in rows]
