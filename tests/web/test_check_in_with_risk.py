"""One check-in, from a phone to an acknowledged task (SR1, SR2, SR3)."""

from django.core import mail

from midcourse_web.audit.models import Entry
from midcourse_web.care.actions import course as course_actions
from midcourse_web.care.models import AnswerSheet, CheckIn, RiskStep, RiskTask, Score, Signal
from midcourse_web.outbox.models import Message
from midcourse_web.outbox.tick import tick
from tests.web.answers import QUIET, WORRYING, phq9


def send(browser, check_in, answers):
    return browser.post(f"/me/check-in/{check_in.pk}/", answers)


def test_a_client_answers_and_her_score_and_state_are_there(signed_in, due):
    check_in = due("ada")
    response = send(signed_in("ada"), check_in, QUIET)
    assert response.status_code == 302
    assert Score.objects.get().value == 5
    assert Signal.objects.get().state == "too early"
    assert RiskTask.objects.count() == 0


def test_a_risk_answer_shows_help_in_the_same_response_and_names_who_will_see_it(signed_in, due):
    response = send(signed_in("ada"), due("ada"), WORRYING)
    text = response.content.decode()
    assert response.status_code == 200
    assert "tel:116123" in text
    assert "Tom will see this by" in text
    assert "Are you safe right now?" in text


def test_the_alert_its_message_and_its_audit_row_are_there_with_the_answers(signed_in, due, cast):
    send(signed_in("ada"), due("ada"), WORRYING)
    task = RiskTask.objects.get()
    assert (task.for_person, task.level) == (cast.tom, "new")
    message = Message.objects.get(urgent=True)
    assert message.address == "tom@example.org"
    assert "Ada" not in message.subject + message.body
    assert Entry.objects.filter(verb="risk raised", client=cast.clients["ada"].pk).exists()


def test_the_message_leaves_with_the_next_tick(signed_in, due):
    send(signed_in("ada"), due("ada"), WORRYING)
    tick()
    assert [one.to for one in mail.outbox] == [["tom@example.org"]]


def test_the_therapist_sees_risk_first_and_says_what_was_done(signed_in, due):
    send(signed_in("ada"), due("ada"), WORRYING)
    tom = signed_in("tom")
    assert "Risk, unanswered" in tom.get("/clients/").content.decode()
    task = RiskTask.objects.get()
    tom.post(f"/clients/risk/{task.pk}/", {"what": "spoke", "note": "Called at noon."})
    task.refresh_from_db()
    assert task.acknowledged_by.name == "Tom"
    assert RiskStep.objects.get().note == "Called at noon."
    assert "Risk, unanswered" not in tom.get("/clients/").content.decode()


def test_could_not_reach_her_keeps_the_alert_open_until_the_next_try(signed_in, due):
    send(signed_in("ada"), due("ada"), WORRYING)
    task, tom = RiskTask.objects.get(), signed_in("tom")
    tom.post(f"/clients/risk/{task.pk}/", {"what": "not reached"})
    assert not RiskStep.objects.exists(), "without a next try nothing is saved"
    tom.post(f"/clients/risk/{task.pk}/", {"what": "not reached", "next_try": "60"})
    task.refresh_from_db()
    assert task.acknowledged_at is None
    assert task.next_try_at is not None


def test_not_safe_right_now_is_the_highest_level_and_told_again(signed_in, due):
    check_in, ada = due("ada"), signed_in("ada")
    send(ada, check_in, WORRYING)
    response = ada.post(f"/me/check-in/{check_in.pk}/safe/", {"safe": "no"})
    assert "not safe right now" in response.content.decode()
    assert RiskTask.objects.get().level == "now"
    assert Message.objects.filter(urgent=True).count() == 2


def test_sent_twice_it_is_recorded_once_and_help_is_shown_again(signed_in, due):
    check_in, ada = due("ada"), signed_in("ada")
    send(ada, check_in, WORRYING)
    again = send(ada, check_in, WORRYING)
    assert "tel:116123" in again.content.decode()
    assert (AnswerSheet.objects.count(), RiskTask.objects.count()) == (1, 1)


def test_when_the_engine_raises_answers_alert_and_help_stand(signed_in, due, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("the engine is down")

    monkeypatch.setattr(course_actions, "course_of", broken)
    response = send(signed_in("ada"), due("ada"), WORRYING)
    assert "tel:116123" in response.content.decode()
    assert RiskTask.objects.count() == 1
    assert Signal.objects.get().state == "not computed"
    monkeypatch.undo()
    tick()
    assert Signal.objects.first().state == "too early", "the loop tries again"


def test_when_scoring_raises_too_the_answers_stand(signed_in, due, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("scoring is down")

    monkeypatch.setattr(course_actions, "scores_of", broken)
    response = send(signed_in("ada"), due("ada"), WORRYING)
    assert "tel:116123" in response.content.decode()
    assert AnswerSheet.objects.count() == 1


def test_the_page_says_to_whom_an_answer_is_passed_on_before_it_is_asked(signed_in, due):
    text = signed_in("ada").get(f"/me/check-in/{due('ada').pk}/").content.decode()
    assert text.index("Tom will be told") < text.index("phq9-9")


def test_she_can_choose_the_duty_person_and_nothing_tells_her_therapist(signed_in, due, cast):
    client = cast.clients["ada"]
    client.risk_to_duty = True
    client.save()
    send(signed_in("ada"), due("ada"), WORRYING)
    task = RiskTask.objects.get()
    assert task.for_person == cast.cora
    tom = signed_in("tom")
    page = tom.get("/clients/").content.decode()
    assert "Risk, unanswered" not in page
    assert "risk: skipped on" in page, "to him the question looks skipped"
    assert tom.get(f"/clients/risk/{task.pk}/").status_code == 404


def test_a_missing_answer_is_named_and_none_is_lost(signed_in, due):
    answers = phq9(1, 2, 1)
    del answers["phq9-4"]
    response = send(signed_in("ada"), due("ada"), answers)
    text = response.content.decode()
    assert response.status_code == 422
    assert 'href="#phq9-4"' in text
    assert 'value="2" checked' in text
    assert CheckIn.objects.get().state == "open"


def test_a_skipped_safety_item_is_kept_as_skipped_and_not_as_zero(signed_in, due):
    send(signed_in("ada"), due("ada"), QUIET | {"phq9-9": "skip"})
    assert AnswerSheet.objects.get().answers["phq9-9"] is None
    assert Score.objects.get().value is None


def test_an_answer_that_cannot_be_is_refused_before_anything_is_written(signed_in, due):
    response = send(signed_in("ada"), due("ada"), QUIET | {"phq9-2": "7"})
    assert response.status_code == 422
    assert AnswerSheet.objects.count() == 0


def test_nobody_else_can_answer_her_check_in(signed_in, due):
    check_in = due("ada")
    for name in ("ben", "tom", "eve", "nobody"):
        assert signed_in(name).get(f"/me/check-in/{check_in.pk}/").status_code == 403
