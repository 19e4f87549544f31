"""Links (SP7): neutral, hashed, opened by a button, good for one check-in, marked, and closed by "not me"."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.utils import timezone

from midcourse_web.care.actions.link import make_link
from midcourse_web.care.models import AnswerSheet, RiskTask, Task
from midcourse_web.outbox.models import Message
from tests.web.answers import QUIET, WORRYING


@pytest.fixture
def link(due):
    return f"/go/{make_link(by=None, check_in=due('ada'))}/"


def opened(link):
    phone = Browser()
    phone.post(link, {"what": "open"})
    return phone


def test_looking_at_a_link_spends_nothing_and_shows_only_a_button(link):
    for _scanner in range(3):
        text = Browser().get(link).content.decode()
    assert "Open" in text
    for word in ("Ada", "Tom", "PHQ", "Brook House"):
        assert word not in text
    assert Browser().get("/go/answer/").status_code == 404, "a look is no way in"


def test_the_button_leads_to_an_address_without_the_secret(link):
    phone = Browser()
    answer = phone.post(link, {"what": "open"})
    assert answer["Location"] == "/go/answer/"
    assert answer["Referrer-Policy"] == "strict-origin"
    assert phone.get(link)["Referrer-Policy"] == "strict-origin"
    token = link.split("/")[2]
    assert token not in phone.get("/go/answer/").content.decode()
    assert token not in str(dict(phone.session.items()))


def test_the_secret_is_stored_hashed(link, due):
    from midcourse_web.care.models import CheckIn

    token = link.split("/")[2]
    stored = str(CheckIn.objects.values().get()) + str(list(Message.objects.values()))
    assert token not in stored


def test_answers_by_link_are_marked_so_and_the_link_is_spent(link):
    phone = opened(link)
    assert phone.post("/go/answer/", QUIET)["Location"] == "/go/thanks/"
    sheet = AnswerSheet.objects.get()
    assert (sheet.mode, sheet.entered_by) == ("link", None)
    assert "saved" in phone.get("/go/thanks/").content.decode()
    assert Browser().get(link).status_code == 404
    assert phone.get("/go/answer/").status_code == 404, "thanked, it is forgotten"


def test_a_risk_answer_by_link_shows_help_in_the_same_response(link):
    phone = opened(link)
    response = phone.post("/go/answer/", WORRYING)
    text = response.content.decode()
    assert response.status_code == 200
    assert "tel:116123" in text
    assert "Tom will see this by" in text
    again = phone.post("/go/safe/", {"safe": "no"}).content.decode()
    assert "not safe right now" in again
    assert RiskTask.objects.get().level == "now"


def test_sent_again_after_a_lost_reply_help_is_there_again_and_nothing_twice(link):
    phone = opened(link)
    phone.post("/go/answer/", WORRYING)
    assert "tel:116123" in phone.post("/go/answer/", WORRYING).content.decode()
    assert (AnswerSheet.objects.count(), RiskTask.objects.count()) == (1, 1)


def test_a_link_is_over_when_its_check_in_closes(link):
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        assert Browser().get(link).status_code == 404
        assert Browser().post(link, {"what": "open"}).status_code == 404


def test_what_was_opened_in_time_can_be_finished_within_two_hours(link):
    phone = opened(link)
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        assert phone.get("/go/answer/").status_code == 404


def test_not_me_closes_the_link_and_somebody_looks_into_it(link):
    text = Browser().post(link, {"what": "not me"}).content.decode()
    assert "Ada" not in text
    assert Browser().get(link).status_code == 404
    assert Task.objects.get().kind == "address"


def test_messages_can_be_stopped_from_the_link(link, cast):
    Browser().post(link, {"what": "no more"})
    cast.clients["ada"].refresh_from_db()
    assert not cast.clients["ada"].reminders
    assert Browser().get(link).status_code == 200, "the questions can still be answered"


def test_a_link_lets_nobody_see_anything_else(link):
    phone = opened(link)
    assert phone.get("/me/").status_code == 302
    assert phone.get("/me/safety-plan/").status_code == 302


def test_staff_who_open_a_link_are_signed_out_and_answer_as_nobody(link, signed_in):
    tom = signed_in("tom")
    tom.post(link, {"what": "open"})
    assert tom.get("/clients/").status_code == 302
    tom.post("/go/answer/", QUIET)
    assert AnswerSheet.objects.get().entered_by is None


def test_she_herself_signed_in_goes_to_her_own_page(link, signed_in):
    assert signed_in("ada").post(link, {"what": "open"})["Location"].startswith("/me/check-in/")


def test_no_log_line_holds_the_secret(link, caplog):
    with caplog.at_level(logging.DEBUG):
        Browser().get(link + "x")
        Browser().get(link)
        Browser(enforce_csrf_checks=True).post(link)
    from midcourse_web.config.logs import WithoutAddress

    for record in caplog.records:
        if WithoutAddress().filter(record):
            assert link.split("/")[2] not in record.getMessage()
