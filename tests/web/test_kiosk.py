"""The clinic's own device (SP7): confirms the person, forgets her, and speaks of help quietly."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client as Browser
from django.utils import timezone

from midcourse_web.care.actions.link import make_code
from midcourse_web.care.models import AnswerSheet, CheckIn, RiskTask, Session, Task
from midcourse_web.outbox.models import Message
from tests.web.answers import QUIET, WORRYING


@pytest.fixture(autouse=True)
def _no_tries_before():
    cache.clear()


@pytest.fixture
def code(due, cast):
    return make_code(by=cast.tom, check_in=due("ada"))


def at_the_questions(code):
    kiosk = Browser()
    kiosk.post("/kiosk/", {"code": code})
    kiosk.post("/kiosk/you/", {"me": "yes"})
    return kiosk


def test_the_code_is_stored_hashed_and_typed_as_people_type(code):
    assert code not in str(CheckIn.objects.values().get())
    kiosk = Browser()
    text = kiosk.post("/kiosk/", {"code": f" {code[:4].lower()}-{code[4:].lower()} "}).content.decode()
    assert "Are these your initials?" in text
    assert "A." in text
    assert "Ada" not in text


def test_without_saying_yes_no_question_is_shown(code):
    kiosk = Browser()
    kiosk.post("/kiosk/", {"code": code})
    assert kiosk.get("/kiosk/answer/")["Location"] == "/kiosk/"


def test_not_me_closes_the_code_and_tells_somebody(code):
    kiosk = Browser()
    kiosk.post("/kiosk/", {"code": code})
    kiosk.post("/kiosk/you/", {"me": "no"})
    assert kiosk.post("/kiosk/", {"code": code}).status_code == 404
    assert Task.objects.get().kind == "address"


def test_submitted_she_is_forgotten_and_back_finds_nothing(code):
    kiosk = at_the_questions(code)
    assert kiosk.get("/kiosk/answer/").status_code == 200
    assert kiosk.post("/kiosk/answer/", QUIET)["Location"] == "/kiosk/thanks/"
    kiosk.get("/kiosk/thanks/")
    for page in ("/kiosk/answer/", "/kiosk/you/"):
        assert kiosk.get(page).status_code in (302, 405)
    assert AnswerSheet.objects.get().mode == "code"


def test_going_to_the_first_page_forgets_whoever_was_here(code):
    kiosk = at_the_questions(code)
    kiosk.get("/kiosk/")
    assert kiosk.get("/kiosk/answer/")["Location"] == "/kiosk/"


def test_after_a_while_she_is_forgotten_by_the_server_too(code):
    kiosk = at_the_questions(code)
    with time_machine.travel(timezone.now() + timedelta(minutes=21)):
        assert kiosk.get("/kiosk/answer/").status_code == 302


def test_every_page_of_it_goes_back_to_the_start_by_itself(code):
    text = at_the_questions(code).get("/kiosk/answer/").content.decode()
    assert 'data-forget-after="120"' in text
    assert '<noscript><meta http-equiv="refresh"' in text
    assert "kiosk.js" in text


def test_help_is_spoken_of_quietly_and_staff_are_told_before_the_session(code, cast):
    session = Session.objects.create(
        episode=cast.episodes["ada"], starts_at=timezone.now() + timedelta(minutes=20)
    )
    CheckIn.objects.update(session=session)
    kiosk = at_the_questions(code)
    text = kiosk.post("/kiosk/answer/", WORRYING).content.decode()
    assert "Thank you for telling us" not in text, "no headline that others could read"
    assert "<details" in text
    assert "tel:116123" in text
    task = RiskTask.objects.get()
    assert task.due_by == session.starts_at
    assert Message.objects.get(urgent=True).address == "tom@example.org"


def test_not_safe_said_at_the_device_is_told_at_once_and_then_forgotten(code):
    kiosk = at_the_questions(code)
    kiosk.post("/kiosk/answer/", WORRYING)
    text = kiosk.post("/kiosk/safe/", {"safe": "no"}).content.decode()
    assert "go to the desk" in text
    assert RiskTask.objects.get().level == "now"
    assert kiosk.post("/kiosk/safe/", {"safe": "no"})["Location"] == "/kiosk/"


def test_nobody_can_try_many_codes(code):
    kiosk = Browser()
    for number in range(30):
        kiosk.post("/kiosk/", {"code": f"WRONG{number:03}"})
    assert kiosk.post("/kiosk/", {"code": code}).status_code == 429


def test_the_paper_holds_a_code_and_a_picture_and_no_name(signed_in, due, cast):
    check_in = due("ada")
    url = f"/clients/{cast.clients['ada'].pk}/check-ins/{check_in.pk}/paper/"
    text = signed_in("tom").post(url, {}).content.decode()
    printed = text.split("<h1>")[1].split("</main>")[0]
    assert "<svg" in printed
    assert "Ada" not in printed
    code = printed.split('mc-code">')[1].split("<")[0]
    assert Browser().post("/kiosk/", {"code": code}).status_code == 200


def test_a_code_printed_before_works_no_more(code, cast):
    make_code(by=cast.tom, check_in=CheckIn.objects.get())
    assert Browser().post("/kiosk/", {"code": code}).status_code == 404
