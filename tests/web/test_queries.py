"""Every page asks at most eight queries, however long the history and however large the caseload."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from midcourse_web.care.models import (
    AnswerSheet,
    CheckIn,
    Episode,
    Goal,
    GoalRating,
    Homework,
    LifeEvent,
    Score,
    Session,
    Signal,
    Task,
)
from midcourse_web.outbox.actions.pulse import beat
from midcourse_web.people.models import Client, Relationship

MOST = 8
NUMBERS = {
    "axis": "week", "minimum": 0, "maximum": 27, "higher_is_better": False, "caseness": 10,
    "expected": [[0, 15, 10, 20], [20, 8, 3, 13]], "ahead": [], "notes": [],
}  # fmt: skip


def live(episode, weeks):
    """Let an episode live for so many weeks: a check-in, a session, a rating and an event each."""
    now = timezone.now()
    goal = Goal.objects.create(episode=episode, words="See friends")
    for week in range(weeks):
        at = now - timedelta(days=7 * (weeks - week))
        check_in = CheckIn.objects.create(
            episode=episode, instruments=["phq-9"], due_at=at, closes_at=at, state="done", done_at=at
        )
        for name, items in (("phq-9", "phq9"), ("midcourse-check-in", "check-in")):
            sheet = AnswerSheet.objects.create(
                episode=episode, check_in=check_in, instrument=name, version="1", mode="signed in", answered_at=at,
                answers={f"{items}-1": 1, "check-in-bond": 3}, key=f"{check_in.pk}:{name}",
            )  # fmt: skip
        Score.objects.create(sheet=sheet, episode=episode, measure="phq-9", value=12, answered_at=at)
        past = [[float(n), 12.0] for n in range(week + 1)]
        Signal.objects.create(
            episode=episode, sheet=sheet, measure="phq-9", state="off course", is_alert=True,
            sentence="Off course.", numbers=NUMBERS | {"scores": past},
        )  # fmt: skip
        Session.objects.create(
            episode=episode, starts_at=at, attendance="therapist cancelled" if week % 3 else "attended"
        )
        Session.objects.create(episode=episode, starts_at=now + timedelta(days=week + 1))
        GoalRating.objects.create(goal=goal, value=week % 10, rated_at=at)
        Homework.objects.create(episode=episode, what="Call Jo", goal=goal)
        LifeEvent.objects.create(client=episode.client, on=at.date(), words="Moved")
        Task.objects.create(clinic=episode.clinic, client=episode.client, kind="silent", due_on=at.date())


def grow(cast, people):
    """Give Tom so many more clients, each with a short history."""
    for number in range(people):
        client = Client.objects.create(clinic=cast.clinic, name=f"Client {number}")
        begins = timezone.now() - timedelta(days=9)
        Relationship.objects.create(client=client, person=cast.tom, kind="therapist", begins=begins)
        episode = Episode.objects.create(
            client=client, clinic=cast.clinic, therapist=cast.tom, cover=cast.cora, opened_on=begins.date()
        )
        live(episode, 2)
        waits = Client.objects.create(clinic=cast.clinic, name=f"Waits {number}")
        Episode.objects.create(
            client=waits, clinic=cast.clinic, cover=cast.cora, opened_on=begins.date(), state="waiting"
        )


PAGES = [
    ("ada", "client:home", ""),
    ("ada", "client:course", ""),
    ("ada", "client:items", ""),
    ("ada", "client:sessions", ""),
    ("ada", "client:notes", ""),
    ("ada", "client:sharing", ""),
    ("ada", "record:agreed", "episode"),
    ("ada", "record:changes", "episode"),
    ("ada", "record:intake", "intake"),
    ("tom", "therapist:caseload", ""),
    ("tom", "therapist:client", "client"),
    ("tom", "therapist:answers", "client"),
    ("tom", "therapist:sessions", "client"),
    ("tom", "therapist:summary", "client"),
    ("tom", "therapist:background", "client"),
    ("tom", "record:agreed", "episode"),
    ("tom", "record:changes", "episode"),
    ("sue", "supervisor:cases", ""),
    ("sue", "therapist:client", "client"),
    ("mia", "clinic:counts", ""),
    ("mia", "clinic:tasks", ""),
    ("ida", "clinic:waiting", ""),
]


@pytest.mark.parametrize(("who", "name", "of"), PAGES)
def test_a_page_asks_at_most_eight_queries_whatever_has_grown(
    who, name, of, cast, signed_in, django_assert_max_num_queries
):
    episode = cast.episodes["ada"]
    at = {"client": [episode.client_id], "episode": [episode.pk], "intake": [episode.pk, "concerns"], "": []}[
        of
    ]
    beat("escalate")
    live(episode, 12)
    grow(cast, 6)
    browser, url = signed_in(who), reverse(name, args=at)
    browser.get(url)  # the first look of a minute also notes that somebody is here
    with django_assert_max_num_queries(MOST):
        assert browser.get(url).status_code == 200
