"""SR2, sentence by sentence: a person on duty, and the truth about when somebody will see it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from midcourse_web.care.actions.episode import begin, put_on_list
from midcourse_web.care.actions.risk import acknowledge, move_up
from midcourse_web.care.models import Episode, RiskTask
from midcourse_web.care.policies.duty import on_duty
from midcourse_web.outbox.models import Message
from midcourse_web.outbox.tick import tick
from midcourse_web.people.models import Client, DutyTurn, Leave, Membership, Relationship
from midcourse_web.people.models.clinic import weekdays
from tests.web.answers import WORRYING

WEDNESDAY = datetime(2026, 3, 4, 11, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 3, 7, 11, 0, tzinfo=UTC)


@pytest.fixture
def nine_to_five(cast):
    cast.clinic.hours = weekdays()
    cast.clinic.save()
    Relationship.objects.update(begins=datetime(2026, 1, 5, tzinfo=UTC))
    return cast


def said(signed_in, due, name="ada"):
    response = signed_in(name).post(f"/me/check-in/{due(name).pk}/", WORRYING)
    return response.content.decode(), RiskTask.objects.latest("made_at")


def test_in_opening_hours_it_is_the_therapist_within_the_clinics_limit(nine_to_five, signed_in, due):
    with time_machine.travel(WEDNESDAY, tick=False):
        text, task = said(signed_in, due)
    assert task.for_person.name == "Tom"
    assert task.due_by == WEDNESDAY + timedelta(hours=2)
    assert "Tom will see this by Wednesday 13:00" in text


def test_out_of_hours_the_page_says_that_nobody_will_read_it_before_monday(nine_to_five, signed_in, due):
    with time_machine.travel(SATURDAY, tick=False):
        text, task = said(signed_in, due)
    assert "Nobody will read this before Monday 9:00" in text
    assert "Tom will see it by Monday 11:00" in text
    assert text.index("Nobody will read") < text.index("tel:116123"), "and the numbers come right after"


def test_the_hours_are_those_of_the_clinics_place(nine_to_five, signed_in, due):
    nine_to_five.clinic.timezone = "America/New_York"
    nine_to_five.clinic.save()
    with time_machine.travel(WEDNESDAY, tick=False):  # six in the morning there
        text, _task = said(signed_in, due)
    assert "Nobody will read this before Wednesday 9:00" in text


def test_out_of_hours_with_somebody_on_duty_it_is_that_person(nine_to_five, signed_in, due):
    with time_machine.travel(SATURDAY, tick=False):
        DutyTurn.objects.create(
            clinic=nine_to_five.clinic, person=nine_to_five.tara,
            begins=SATURDAY - timedelta(hours=2), ends=SATURDAY + timedelta(hours=20),
        )  # fmt: skip
        text, task = said(signed_in, due)
    assert task.for_person.name == "Tara"
    assert "Tara will see this by Saturday 13:00" in text


def test_on_leave_it_is_whoever_stands_in_and_the_page_says_why(nine_to_five, signed_in, due):
    with time_machine.travel(WEDNESDAY, tick=False):
        Leave.objects.create(
            therapist=nine_to_five.tom, clinic=nine_to_five.clinic, begins=date(2026, 3, 2),
            ends=date(2026, 3, 9), cover=nine_to_five.tara,
        )  # fmt: skip
        text, task = said(signed_in, due)
    assert task.for_person.name == "Tara"
    assert "Tom is away at the moment." in text


def test_where_the_one_who_stands_in_is_away_too_it_is_the_next_named_one(nine_to_five, cast):
    with time_machine.travel(WEDNESDAY, tick=False):
        for person, cover in ((cast.tom, cast.tara), (cast.tara, cast.tom)):
            Leave.objects.create(therapist=person, clinic=cast.clinic, begins=date(2026, 3, 2), cover=cover)
        assert on_duty(cast.episodes["ada"]).person == cast.cora


@pytest.mark.parametrize(
    ("state", "words"),
    [("waiting", "You do not have a therapist here yet."), ("ended", "Your therapy here has ended")],
)
def test_waiting_and_after_ending_it_is_the_named_cover(nine_to_five, signed_in, due, state, words):
    episode = nine_to_five.episodes["ada"]
    episode.state = state
    if state == "waiting":
        episode.therapist = None
    episode.save()
    with time_machine.travel(WEDNESDAY, tick=False):
        text, task = said(signed_in, due)
    assert task.for_person.name == "Cora"
    assert words in text
    assert "Cora will see this by" in text


def test_an_episode_cannot_be_opened_with_nobody_named(cast):
    client = Client.objects.create(clinic=cast.clinic, name="Dora")
    with pytest.raises(ValueError, match="Name somebody who stands in"):
        put_on_list(by=cast.ida, client=client, cover=None)
    with pytest.raises(ValueError, match="Name somebody who stands in"):
        put_on_list(by=cast.ida, client=client, cover=cast.eve)
    waiting = put_on_list(by=cast.ida, client=client, cover=cast.cora)
    with pytest.raises(ValueError, match="somebody else than the therapist"):
        begin(by=cast.ida, episode=waiting, therapist=cast.tom, cover=cast.tom)
    field = Episode._meta.get_field("cover")
    assert not field.null, "the database holds it too"


def test_a_practice_of_one_says_so_before_and_after(cast, signed_in, due):
    Membership.objects.filter(user__name__in=("Tara", "Sue", "Cora", "Max")).delete()
    Episode.objects.update(cover=cast.tom)
    ada = signed_in("ada")
    check_in = due("ada")
    before = ada.get(f"/me/check-in/{check_in.pk}/").content.decode()
    after = ada.post(f"/me/check-in/{check_in.pk}/", WORRYING).content.decode()
    for text in (before, after):
        assert "This is a practice of one person. When Tom is away, nobody else here reads this." in text


def test_unanswered_in_time_it_moves_up_the_chain_and_everybody_named_is_told(nine_to_five, signed_in, due):
    with time_machine.travel(WEDNESDAY, tick=False) as clock:
        _text, task = said(signed_in, due)
        asked = [task.for_person.name]
        for _round in range(3):
            clock.shift(timedelta(hours=2, minutes=1))
            tick()
            task.refresh_from_db()
            asked.append(task.for_person.name)
    assert asked[:3] == ["Tom", "Cora", "Sue"]
    told = set(Message.objects.filter(urgent=True).values_list("address", flat=True))
    assert {"tom@example.org", "cora@example.org", "sue@example.org"} <= told


def test_where_the_chain_is_at_its_end_everybody_is_told_again(nine_to_five, signed_in, due):
    with time_machine.travel(WEDNESDAY, tick=False) as clock:
        _text, task = said(signed_in, due)
        for _round in range(3):
            task.refresh_from_db()
            clock.move_to(task.due_by + timedelta(minutes=1))
            move_up(task=task)
        before = Message.objects.filter(urgent=True).count()
        task.refresh_from_db()
        clock.move_to(task.due_by + timedelta(minutes=1))
        move_up(task=task)
    new = Message.objects.filter(urgent=True)[before:]
    assert {one.address for one in new} == {"tom@example.org", "cora@example.org", "sue@example.org"}


def test_moved_up_it_stays_in_front_of_everybody_until_it_is_answered(nine_to_five, signed_in, due):
    with time_machine.travel(WEDNESDAY, tick=False) as clock:
        said(signed_in, due)
        clock.shift(timedelta(hours=2, minutes=1))
        tick()
        assert "should have been answered" in signed_in("tom").get("/clients/").content.decode()


def test_the_limit_runs_in_opening_hours_but_not_safe_now_runs_by_the_clock(nine_to_five, signed_in, due):
    with time_machine.travel(SATURDAY, tick=False) as clock:
        ada, check_in = signed_in("ada"), due("ada")
        ada.post(f"/me/check-in/{check_in.pk}/", WORRYING)
        clock.shift(timedelta(hours=5))
        tick()
        assert RiskTask.objects.get().moved_up == 0, "the clinic is closed"
        signed_in("ada").post(f"/me/check-in/{check_in.pk}/safe/", {"safe": "no"})
        clock.shift(timedelta(minutes=16))
        tick()
        assert RiskTask.objects.get().moved_up == 1


def test_looked_at_again_later_the_page_still_tells_the_truth(nine_to_five, signed_in, due):
    with time_machine.travel(WEDNESDAY, tick=False) as clock:
        _text, task = said(signed_in, due)
        again = f"/me/check-in/{task.sheet.check_in_id}/thanks/"
        clock.shift(timedelta(hours=3))
        assert "nobody has said so yet" in signed_in("ada").get(again).content.decode()
        acknowledge(by=nine_to_five.tom, task=task, what="spoke")
        assert "Tom has seen this." in signed_in("ada").get(again).content.decode()


def test_she_is_told_who_before_the_question_and_it_is_the_truth_of_that_hour(nine_to_five, signed_in, due):
    with time_machine.travel(SATURDAY, tick=False):
        DutyTurn.objects.create(clinic=nine_to_five.clinic, person=nine_to_five.tara, begins=timezone.now(),
                                ends=SATURDAY + timedelta(hours=5))  # fmt: skip
        text = signed_in("ada").get(f"/me/check-in/{due('ada').pk}/").content.decode()
    assert "Tara will be told" in text
