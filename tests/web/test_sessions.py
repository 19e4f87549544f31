"""Booked sessions: who came, who cancelled, and what the client asks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from midcourse_web.care.actions.session import ask, book, move, settle, take_back
from midcourse_web.care.models import Session, Task
from midcourse_web.care.policies.versions import ChangedMeanwhile


@pytest.fixture
def booked(cast):
    """A function that books a session for Ada, some days from now."""

    def make(days: float) -> Session:
        at = timezone.now() + timedelta(days=days)
        return book(by=cast.tom, episode=cast.episodes["ada"], starts_at=at)

    return make


def test_attended_sessions_are_numbered_in_the_order_of_their_time(cast, booked):
    late, early, missed = booked(-7), booked(-21), booked(-14)
    for one, how in ((late, "attended"), (early, "attended"), (missed, "client missed")):
        settle(by=cast.tom, session=one, seen=1, attendance=how)
    numbers = {one.pk: one.number for one in Session.objects.all()}
    assert (numbers[early.pk], numbers[missed.pk], numbers[late.pk]) == (1, None, 2)


def test_a_corrected_attendance_renumbers_those_after_it(cast, booked):
    first, second = booked(-14), booked(-7)
    for one in (first, second):
        settle(by=cast.tom, session=one, seen=1, attendance="attended")
    first.refresh_from_db()
    settle(by=cast.tom, session=first, seen=first.version, attendance="therapist cancelled")
    second.refresh_from_db()
    assert second.number == 1


def test_a_session_to_come_can_be_cancelled_and_not_attended(cast, booked):
    session = booked(2)
    with pytest.raises(ValueError, match="not begun"):
        settle(by=cast.tom, session=session, seen=1, attendance="attended")
    assert settle(by=cast.tom, session=session, seen=1, attendance="client cancelled").settled_at


def test_one_time_is_not_booked_twice_and_lengths_make_sense(cast, booked):
    session = booked(2)
    with pytest.raises(ValueError, match="already"):
        book(by=cast.tom, episode=session.episode, starts_at=session.starts_at)
    with pytest.raises(ValueError, match="10 minutes"):
        book(by=cast.tom, episode=session.episode, starts_at=timezone.now(), minutes=5)


def test_what_the_client_asks_is_a_dated_task_without_her_words(cast, booked):
    session = booked(3)
    ask(by=cast.ada, session=session, what="move", words="I have an exam.")
    task = Task.objects.get(kind="move")
    assert (task.for_person, task.client) == (cast.tom, cast.clients["ada"])
    assert "exam" not in task.words


def test_moving_the_session_answers_what_she_asked(cast, booked):
    session = ask(by=cast.ada, session=booked(3), what="move")
    moved = move(
        by=cast.tom, session=session, seen=session.version, starts_at=timezone.now() + timedelta(days=5)
    )
    assert moved.asked == ""
    assert Task.objects.get(kind="move").done_by == cast.tom


def test_her_task_stays_open_while_another_wish_is_open(cast, booked):
    one, other = booked(3), booked(10)
    one = ask(by=cast.ada, session=one, what="move")
    ask(by=cast.ada, session=other, what="cancel")
    take_back(by=cast.ada, session=one)
    assert Task.objects.get(kind="move").done_at is None


def test_nothing_is_asked_about_a_session_that_is_over(cast, booked):
    with pytest.raises(ValueError, match="not ahead"):
        ask(by=cast.ada, session=booked(-1), what="move")


def test_a_settled_session_is_not_moved(cast, booked):
    session = settle(by=cast.tom, session=booked(-1), seen=1, attendance="attended")
    with pytest.raises(ValueError, match="settled"):
        move(by=cast.tom, session=session, seen=session.version, starts_at=timezone.now())


def test_two_therapists_moving_one_session_never_silently_lose(cast, booked):
    session = booked(3)
    move(by=cast.tom, session=session, seen=1, starts_at=timezone.now() + timedelta(days=4))
    with pytest.raises(ChangedMeanwhile, match="Tom changed this"):
        move(by=cast.cora, session=session, seen=1, starts_at=timezone.now() + timedelta(days=5))
