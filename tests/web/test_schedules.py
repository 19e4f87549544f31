"""What is asked when, and reminders with nothing private in them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from midcourse_web.care.actions.check_in import record_check_in
from midcourse_web.care.actions.schedule import ask_as_usual, ask_every, not_this_time, stop_asking
from midcourse_web.care.models import CheckIn, Session
from midcourse_web.outbox import gateways
from midcourse_web.outbox.actions import send
from midcourse_web.outbox.models import Message
from midcourse_web.outbox.tick import tick

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)  # a Wednesday
NIGHT = datetime(2026, 3, 4, 23, 0, tzinfo=UTC)


def weekly(cast, name="ada", weeks=2):
    return ask_every(by=cast.tom, episode=cast.episodes[name], instrument="phq-9", every="weeks", weeks=weeks)


def session(cast, starts_at, attendance=""):
    return Session.objects.create(
        episode=cast.episodes["ada"], starts_at=starts_at, attendance=attendance, number=1
    )


def test_every_two_weeks_one_check_in_is_opened_and_the_old_one_closed(cast):
    with time_machine.travel(NOON, tick=False) as clock:
        weekly(cast)
        tick()
        tick()
        assert CheckIn.objects.count() == 1, "the loop opens it once"
        clock.shift(timedelta(days=7))
        tick()
        assert CheckIn.objects.get().state == "closed", "six days later it is over"
        clock.shift(timedelta(days=7))
        tick()
        assert CheckIn.objects.filter(state="open").count() == 1


def test_weeks_in_which_the_loop_did_not_run_are_not_caught_up_on(cast):
    with time_machine.travel(NOON, tick=False) as clock:
        weekly(cast, weeks=1)
        tick()
        clock.shift(timedelta(days=50))
        tick()
        assert CheckIn.objects.filter(state="open").count() == 1
        assert CheckIn.objects.count() == 2


@pytest.mark.need("S4-01", by="client:check_in")
def test_questionnaires_come_the_day_before_a_session_and_the_session_check_in_after_it(cast):
    with time_machine.travel(NOON, tick=False) as clock:
        ask_as_usual(by=cast.tom, episode=cast.episodes["ada"])
        one = session(cast, NOON + timedelta(days=3))
        tick()
        assert not CheckIn.objects.exists(), "three days before it is too early"
        clock.shift(timedelta(days=2, hours=1))
        tick()
        assert CheckIn.objects.get().instruments == ["phq-9", "gad-7"]
        clock.shift(timedelta(days=1))
        tick()
        assert CheckIn.objects.count() == 1, "nobody said yet that she came"
        one.attendance = "attended"
        one.save()
        tick()
        tick()
        after = CheckIn.objects.get(instruments=["midcourse-check-in"])
        assert after.session == one


def test_a_missed_session_is_not_followed_by_questions_about_it(cast):
    with time_machine.travel(NOON, tick=False):
        ask_as_usual(by=cast.tom, episode=cast.episodes["ada"])
        session(cast, NOON - timedelta(hours=3), "client missed")
        tick()
        assert not CheckIn.objects.exists()


def test_nothing_is_asked_after_an_ending_or_when_it_was_stopped(cast):
    with time_machine.travel(NOON, tick=False):
        stop_asking(by=cast.tom, schedule=weekly(cast))
        weekly(cast, "ben")
        cast.episodes["ben"].state = "ended"
        cast.episodes["ben"].save()
        tick()
        assert not CheckIn.objects.exists()


def test_what_we_may_not_show_cannot_be_asked(cast):
    with pytest.raises(ValueError, match="cannot be asked here"):
        ask_every(by=cast.tom, episode=cast.episodes["ada"], instrument="core-10", every="session")


def test_a_reminder_says_nothing_about_her_and_its_link_opens_the_check_in(cast, client):
    with time_machine.travel(NOON, tick=False):
        weekly(cast)
        tick()
        waiting = Message.objects.get(kind="reminder")
        assert waiting.body == "", "no secret waits in the outbox"
        tick()
        sent = mail.outbox[0]
        text = sent.subject + sent.body
        for word in ("Ada", "Tom", "Brook House", "PHQ", "depress", "therap", "clinic", "mood"):
            assert word.lower() not in text.lower()
        link = next(word for word in sent.body.split() if word.startswith("http"))
        assert client.get(link.split("8000")[1]).status_code == 200


def test_at_night_no_reminder_is_sent(cast):
    with time_machine.travel(NIGHT, tick=False) as clock:
        weekly(cast)
        tick()
        tick()
        assert mail.outbox == []
        clock.move_to(NIGHT + timedelta(hours=9, minutes=1))
        tick()
        assert len(mail.outbox) == 1


def test_quiet_hours_are_those_of_the_clinics_clock(cast):
    cast.clinic.timezone = "America/New_York"
    cast.clinic.save()
    with time_machine.travel(NOON - timedelta(hours=1), tick=False):  # six in the morning there
        check_in = _open(cast)
        tick()
        assert mail.outbox == []
        assert Message.objects.get(about=check_in.pk).not_before.hour == 13, "eight o'clock there"


def test_a_reminder_that_could_not_be_sent_by_day_does_not_go_out_at_night(cast, monkeypatch):
    with time_machine.travel(NOON, tick=False) as clock:
        _open(cast)
        monkeypatch.setattr(send, "EmailMessage", _broken)
        tick()
        tick()
        monkeypatch.undo()
        clock.move_to(NIGHT)
        tick()
        assert mail.outbox == []
        clock.move_to(NIGHT + timedelta(hours=10))
        tick()
        assert len(mail.outbox) == 1


def _broken(*_args, **_more):
    raise OSError("the mail server is down")


def _open(cast):
    now = timezone.now()
    return CheckIn.objects.create(
        episode=cast.episodes["ada"], instruments=["phq-9"], due_at=now, closes_at=now + timedelta(days=6)
    )


def test_whoever_opted_out_meanwhile_gets_no_reminder_that_was_waiting(cast, signed_in):
    with time_machine.travel(NIGHT, tick=False) as clock:
        _open(cast)
        tick()
        signed_in("ada").post("/me/reminders/", {"wanted": "no"})
        clock.shift(timedelta(hours=12))
        tick()
        assert mail.outbox == []


def test_an_answered_or_declined_check_in_is_not_reminded_of(cast):
    with time_machine.travel(NIGHT, tick=False) as clock:
        one, two = _open(cast), _open(cast)
        tick()
        given = {"phq-9": {f"phq9-{n}": 0 for n in range(1, 11)}}
        record_check_in(by=cast.ada, check_in=one, given=given, mode="signed in")
        not_this_time(by=cast.ada, check_in=two)
        clock.shift(timedelta(hours=12))
        tick()
        assert mail.outbox == []


def test_there_are_two_reminders_at_most(cast):
    with time_machine.travel(NOON, tick=False) as clock:
        _open(cast)
        for _day in range(5):
            tick()
            tick()
            clock.shift(timedelta(days=1))
        assert len(mail.outbox) == 2


def test_a_text_message_leaves_by_the_clinics_own_gateway(cast, settings, tmp_path, monkeypatch):
    monkeypatch.setattr(gateways, "GATEWAYS", {"text": gateways.write_to_folder})
    settings.HOME = tmp_path
    ada = cast.clients["ada"]
    ada.reach_by, ada.phone = "text", "07700 900123"
    ada.save()
    with time_machine.travel(NOON, tick=False):
        _open(cast)
        tick()
        tick()
    (file,) = (tmp_path / "texts").iterdir()
    assert file.name.endswith("-07700900123.txt")
    assert "http" in file.read_text()


def test_the_gateway_is_named_by_its_dotted_path(settings, monkeypatch):
    from dataclasses import replace

    monkeypatch.setattr(gateways, "GATEWAYS", {})
    path = "midcourse_web.outbox.gateways.write_to_folder"
    settings.CLINIC = replace(settings.CLINIC, text_gateway=path)
    assert gateways.text_gateway() is gateways.write_to_folder


def test_without_a_gateway_an_address_of_hers_is_used_or_nothing(cast, monkeypatch):
    monkeypatch.setattr(gateways, "GATEWAYS", {})
    ada = cast.clients["ada"]
    ada.reach_by, ada.phone = "text", "07700 900123"
    ada.save()
    with time_machine.travel(NOON, tick=False):
        _open(cast)
        tick()
        assert Message.objects.get().channel == "email"
