"""Make the invented clinic: people first, then every session and check-in on its own day, oldest first."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from midcourse_web.care.actions.check_in import record_check_in
from midcourse_web.care.actions.course import signal_now
from midcourse_web.care.models import (
    AnswerSheet,
    CheckIn,
    Episode,
    ExpectedCourse,
    Goal,
    GoalRating,
    Session,
)
from midcourse_web.demo.answers import alliance, gad7, phq9
from midcourse_web.demo.cast import FRIEND, PASSWORD, SILENT, STAFF, STORIES, WAITING, Story
from midcourse_web.demo.clock import clock_at
from midcourse_web.demo.engine import MEASURE, Invented, Told
from midcourse_web.people.models import Client, Clinic, Membership, Relationship, Supervision, User

LONG_AGO = timedelta(days=400)
BATTERY = [MEASURE, "gad-7", "midcourse-check-in"]
AT_TEN = time(10)


@dataclass
class Made:
    """The clinic and its people so far."""

    clinic: Clinic
    people: dict[str, User]


def make(invented: Invented) -> None:
    """Make everybody and live through every story up to now."""
    made = _people()
    ExpectedCourse.objects.create(
        clinic=made.clinic, measure=MEASURE, saved=invented.course, clients=invented.clients
    )
    for story in STORIES:
        _live(made, story, invented.sessions[story.told_as][: story.sessions])


def _people() -> Made:
    hours = {str(day): ["00:00", "23:59:59"] for day in range(7)}
    clinic = Clinic.objects.create(name="Brook House", place="gb-eng", hours=hours, public_check_up=True)
    since = timezone.localdate() - LONG_AGO
    made = Made(clinic, {one.key: _user(one.key, one.name) for one in STAFF})
    for one in STAFF:
        for role in one.roles:
            Membership.objects.create(user=made.people[one.key], clinic=clinic, role=role, begins=since)
    Supervision.objects.create(supervisor=made.people["sue"], therapist=made.people["tom"], begins=since)
    made.people[FRIEND[0]] = _user(FRIEND[0], FRIEND[1])
    return made


def _user(key: str, name: str) -> User:
    """Make one person. Their pages about sign-in ask for a password: all have the same, hashed once."""
    return User.objects.create(email=f"{key}@example.org", name=name, password=_hashed())


@cache
def _hashed() -> str:
    return make_password(PASSWORD)


def _live(made: Made, story: Story, told: list[Told]) -> None:
    """Open her episode and hold each session on its day."""
    with clock_at(_at(told[0]) - timedelta(days=7)):
        episode = _open(made, story)
    for number, one in enumerate(told):
        _session(episode, story, one, number, last=number == len(told) - 1)
    if story.key != SILENT:
        _ahead(episode)
    if story.key in WAITING:
        now = timezone.now()
        CheckIn.objects.create(
            episode=episode, instruments=BATTERY, due_at=now, closes_at=now + timedelta(days=6)
        )
    for measure in (MEASURE, "gad-7"):
        signal_now(episode=episode, measure=measure)


def _open(made: Made, story: Story) -> Episode:
    user = _user(story.key, story.name)
    made.people[story.key] = user
    client = Client.objects.create(
        clinic=made.clinic, user=user, name=story.name, email=user.email, phone="020 7946 0000"
    )
    therapist, now = made.people[story.therapist], timezone.now()
    Relationship.objects.create(client=client, person=therapist, kind="therapist", begins=now)
    if story.key == "ada":
        Relationship.objects.create(
            client=client, person=made.people[FRIEND[0]], kind="trusted", begins=now, shares=["progress"]
        )
    episode = Episode.objects.create(
        client=client, clinic=made.clinic, therapist=therapist, cover=made.people["cora"],
        opened_on=timezone.localdate(), measures=[MEASURE, "gad-7"], concern="depression",
    )  # fmt: skip
    if story.goal:
        goal = Goal.objects.create(
            episode=episode, words=story.goal, client_agrees=9, therapist_agrees=8,
            state="reached" if story.goal_at == 10 else "open",
        )  # fmt: skip
        GoalRating.objects.create(goal=goal, value=story.goal_at, by=user, rated_at=now)
    return episode


def _session(episode: Episode, story: Story, told: Told, number: int, *, last: bool) -> None:
    """Hold one session; she answers an hour later, the one at risk just now."""
    begins = _at(told)
    at_risk = last and story.item_9 > 0
    answered = timezone.now() - timedelta(minutes=20) if at_risk else begins + timedelta(hours=1)
    with clock_at(begins):
        session = Session.objects.create(
            episode=episode, starts_at=begins, attendance="attended", settled_at=begins, number=told.session
        )
        check_in = CheckIn.objects.create(
            episode=episode, session=session, instruments=BATTERY, due_at=begins,
            closes_at=begins + timedelta(days=6),
        )  # fmt: skip
    given = {
        MEASURE: phq9(told.total, story.item_9 if at_risk else 0),
        "gad-7": gad7(told.total),
        "midcourse-check-in": alliance(story.alliance[min(number, len(story.alliance) - 1)]),
    }
    mode = AnswerSheet.Mode.SIGNED_IN
    with clock_at(answered):
        record_check_in(
            by=episode.client.user, check_in=check_in, given=given, mode=mode, answered_at=answered
        )


def _ahead(episode: Episode) -> None:
    """Book the next two sessions, the first one today where there is still time."""
    now = timezone.localtime()
    first = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)
    for when in (first, first + timedelta(days=7)):
        Session.objects.create(episode=episode, starts_at=when)


def _at(told: Told) -> datetime:
    return timezone.make_aware(datetime.combine(told.day, AT_TEN))
