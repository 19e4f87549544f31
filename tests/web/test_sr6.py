"""SR6, sentence by sentence: levels, not one bell."""

from datetime import timedelta

import pytest
from django.utils import timezone

from midcourse_web.care.actions.risk import acknowledge
from midcourse_web.care.actions.safety_plan import save_plan
from midcourse_web.care.models import AnswerSheet, CheckIn, RiskTask, Session, Signal
from midcourse_web.outbox.models import Message
from midcourse_web.outbox.tick import tick
from tests.web.answers import QUIET, WORRYING, phq9


@pytest.fixture
def talked_about(signed_in, due, cast):
    """A worrying answer that was talked about, with a safety plan in place."""
    signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", WORRYING)
    acknowledge(by=cast.tom, task=RiskTask.objects.get(), what="spoke")
    save_plan(by=cast.tom, client=cast.clients["ada"], parts={"what_helps": "Walking by the river"}, after=0)
    Message.objects.all().delete()


def again(signed_in, due, answers=WORRYING):
    text = signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", answers).content.decode()
    return text, RiskTask.objects.order_by("-made_at").first()


def test_are_you_safe_right_now_is_asked_after_every_positive_answer(signed_in, due, talked_about):
    text, task = again(signed_in, due)
    assert task.level == "known"
    assert "Are you safe right now?" in text


def test_new_or_higher_is_a_bell(signed_in, due, talked_about):
    _text, task = again(signed_in, due, WORRYING | {"phq9-9": "3"})
    assert task.level == "new"
    assert Message.objects.filter(urgent=True, address="tom@example.org").exists()


def test_without_a_safety_plan_nothing_is_only_unchanged(signed_in, due, cast):
    again(signed_in, due)
    acknowledge(by=cast.tom, task=RiskTask.objects.get(), what="spoke")
    _text, task = again(signed_in, due)
    assert task.level == "new"


def test_unchanged_rings_no_bell_but_stands_beside_the_signal(signed_in, due, talked_about, cast):
    _text, task = again(signed_in, due)
    assert task.level == "known"
    assert not Message.objects.filter(urgent=True).exists()
    page = signed_in("tom").get("/clients/").content.decode()
    assert "unchanged since it was last talked about" in page


def test_unchanged_she_sees_her_own_plan_and_a_short_line_instead_of_the_full_page(
    signed_in, due, talked_about
):
    text, _task = again(signed_in, due)
    main = text.split("<main")[1].split("</main>")[0]
    assert "Walking by the river" in main
    assert "tel:116123" not in main
    assert 'href="/help-now/"' in main


def test_unchanged_and_not_safe_is_the_highest_level_and_the_full_page(signed_in, due, talked_about):
    _text, task = again(signed_in, due)
    check_in = task.sheet.check_in
    text = signed_in("ada").post(f"/me/check-in/{check_in.pk}/safe/", {"safe": "no"}).content.decode()
    assert "tel:116123" in text
    assert RiskTask.objects.get(pk=task.pk).level == "now"
    assert Message.objects.filter(urgent=True, address="tom@example.org").exists()


def test_unchanged_is_confirmed_by_one_tap_at_the_next_session(signed_in, due, talked_about, cast):
    next_one = Session.objects.create(
        episode=cast.episodes["ada"], starts_at=timezone.now() + timedelta(days=2)
    )
    _text, task = again(signed_in, due)
    assert task.due_by == next_one.starts_at + timedelta(days=1)
    page = signed_in("tom").get(f"/clients/{cast.clients['ada'].pk}/").content.decode()
    assert "Talked about today, unchanged" in page
    signed_in("tom").post(f"/clients/risk/{task.pk}/", {"what": "confirmed"})
    task.refresh_from_db()
    assert task.acknowledged_by == cast.tom


def test_without_a_session_unchanged_waits_a_week_at_most(signed_in, due, talked_about):
    _text, task = again(signed_in, due)
    assert task.due_by <= timezone.now() + timedelta(days=7)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (QUIET, "nothing said"),
        (WORRYING, "not answered yet"),
        (QUIET | {"phq9-9": "skip"}, "risk: skipped on"),
    ],
)
def test_no_state_appears_without_risk_beside_it(signed_in, due, cast, answers, words):
    signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", answers)
    for page in ("/clients/", f"/clients/{cast.clients['ada'].pk}/"):
        assert words in signed_in("tom").get(page).content.decode()


def test_on_course_stands_beside_what_was_said_on_risk(signed_in, due, cast):
    signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", WORRYING)
    Signal.objects.update(state="on course")
    text = signed_in("tom").get("/clients/").content.decode()
    line = text.split("on course</span>")[1].split("</li>")[0]
    assert "risk: something was said" in line


def test_where_nothing_was_asked_yet_that_is_said(signed_in):
    assert "risk: not asked yet" in signed_in("tom").get("/clients/").content.decode()


def test_a_skipped_safety_item_is_no_zero_anywhere(signed_in, due, cast):
    signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", phq9(1) | {"phq9-9": "skip"})
    assert AnswerSheet.objects.get().answers["phq9-9"] is None
    text = signed_in("tom").get(f"/clients/{cast.clients['ada'].pk}/").content.decode()
    assert "risk: skipped on" in text
    assert "nothing said" not in text


def test_reliably_worse_asks_the_therapist_to_ask_even_when_item_nine_is_zero(signed_in, due, cast):
    for level, days in ((0, 20), (3, 1)):
        when = timezone.now() - timedelta(days=days)
        given = {"phq-9": {f"phq9-{n}": level for n in range(1, 9)} | {"phq9-9": 0, "phq9-10": 1}}
        from midcourse_web.care.actions.check_in import record_check_in

        record_check_in(by=cast.ada, check_in=due("ada"), given=given, mode="signed in", answered_at=when)
    assert Signal.objects.first().state == "reliably worse"
    assert RiskTask.objects.count() == 0
    text = signed_in("tom").get(f"/clients/{cast.clients['ada'].pk}/").content.decode()
    assert "Ask about risk again, even when item 9 is 0" in text


def test_a_battery_that_does_not_ask_about_suicide_says_so(signed_in, cast):
    episode = cast.episodes["ada"]
    episode.measures = ["gad-7"]
    episode.save()
    assert "no questionnaire in use asks about suicide" in signed_in("tom").get("/clients/").content.decode()
    page = signed_in("tom").get(f"/clients/{cast.clients['ada'].pk}/").content.decode()
    assert "None of the questionnaires in use asks about suicide" in page


def test_the_list_asks_as_few_questions_of_the_database_with_many_check_ins(
    signed_in, due, cast, django_assert_max_num_queries
):
    tom = signed_in("tom")
    for _week in range(6):
        signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", QUIET)
    tick()
    tom.get("/clients/")
    assert CheckIn.objects.filter(state="done").count() == 6
    with django_assert_max_num_queries(9):
        tom.get("/clients/")
