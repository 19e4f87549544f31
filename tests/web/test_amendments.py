"""Mistakes are ordinary (SP8): amended in the open, worked out anew, and no alert silently withdrawn."""

from datetime import timedelta

import pytest
from django.utils import timezone

from midcourse_web.care.actions.amend import amend, wrong_client
from midcourse_web.care.actions.key_in import key_in
from midcourse_web.care.models import AnswerSheet, RiskStep, RiskTask, Score, Signal
from midcourse_web.care.reading import courses_of
from tests.web.answers import QUIET, WORRYING, phq9


def sent(signed_in, due, answers):
    check_in = due("ada")
    signed_in("ada").post(f"/me/check-in/{check_in.pk}/", answers)
    return AnswerSheet.objects.latest("made_at")


def counted(cast, name="ada"):
    return [row.value for course in courses_of(cast.episodes[name]) for row in course.scores]


def paper(cast, days_ago, total_items, key, name="ada", by="tom"):
    answers = {k: int(v) for k, v in phq9(*total_items).items()}
    on = timezone.localdate() - timedelta(days=days_ago)
    return key_in(
        by=cast.people[by], episode=cast.episodes[name], instrument="phq-9", answers=answers, on=on, key=key
    )


def test_she_tapped_the_wrong_answer_and_puts_it_right(signed_in, due, cast):
    sheet = sent(signed_in, due, QUIET)
    ada = signed_in("ada")
    assert "I tapped the wrong answer" in ada.get("/me/answers/").content.decode()
    assert 'value="1" checked' in ada.get(f"/me/answers/{sheet.pk}/").content.decode()
    ada.post(f"/me/answers/{sheet.pk}/", QUIET | {"phq9-1": "3"})
    assert counted(cast) == [7], "the new score counts, the old one does not"
    assert Score.objects.filter(part="total").count() == 2, "and both stay on the record"
    assert Signal.objects.count() == 2
    assert AnswerSheet.objects.get(replaces=sheet).entered_by == cast.ada


def test_an_amended_answer_never_withdraws_its_alert(signed_in, due, cast):
    sheet = sent(signed_in, due, WORRYING)
    signed_in("ada").post(f"/me/answers/{sheet.pk}/", WORRYING | {"phq9-9": "0"})
    task = RiskTask.objects.get()
    assert task.acknowledged_at is None
    assert task.steps.get().what == "amended"
    assert "Risk, unanswered" in signed_in("tom").get("/clients/").content.decode()
    assert "the answers were corrected; the alert stands" in (
        signed_in("tom").get(f"/clients/risk/{task.pk}/").content.decode()
    )


def test_an_amendment_that_says_more_raises_an_alert_and_shows_help(signed_in, due):
    sheet = sent(signed_in, due, QUIET)
    response = signed_in("ada").post(f"/me/answers/{sheet.pk}/", QUIET | {"phq9-9": "2"})
    assert "tel:116123" in response.content.decode()
    assert RiskTask.objects.get().said == [{"item": "phq9-9", "value": 2, "about": "suicide"}]


def test_sent_twice_an_amendment_counts_once(cast, signed_in, due):
    sheet = sent(signed_in, due, QUIET)
    for _again in range(2):
        amend(by=cast.ada, sheet=sheet, answers={"phq9-1": 3})
    assert AnswerSheet.objects.count() == 2
    with pytest.raises(ValueError, match="changed meanwhile"):
        amend(by=cast.ada, sheet=sheet, answers={"phq9-1": 2})


def test_paper_keyed_in_is_marked_dated_and_scored(cast, signed_in):
    ada = cast.clients["ada"]
    on = (timezone.localdate() - timedelta(days=3)).isoformat()
    tom = signed_in("tom")
    page = tom.get(f"/clients/{ada.pk}/key-in/phq-9/").content.decode()
    key = page.split('name="key" value="')[1].split('"')[0]
    for _twice in range(2):
        tom.post(f"/clients/{ada.pk}/key-in/phq-9/", QUIET | {"on": on, "key": key})
    sheet = AnswerSheet.objects.get()
    assert (sheet.mode, sheet.entered_by, timezone.localdate(sheet.answered_at).isoformat()) == (
        "paper", cast.tom, on
    )  # fmt: skip
    assert counted(cast) == [5]


def test_late_keyed_paper_takes_its_place_in_the_order_of_days(cast):
    paper(cast, 2, (1,), "new")
    paper(cast, 20, (3, 3, 3, 3, 3, 3), "old")
    assert counted(cast) == [18, 1]
    newest = Signal.objects.first()
    assert [value for _time, value in newest.numbers["scores"]] == [18, 1]


def test_late_keyed_paper_with_a_worrying_answer_raises_an_alert_now(cast):
    paper(cast, 2, (1,), "new")
    done = paper(cast, 20, (1, 1, 1, 1, 1, 1, 1, 1, 2), "old")
    assert done.risk.for_person == cast.tom


def test_paper_from_tomorrow_or_from_before_the_start_is_refused(cast):
    for days in (-1, 4000):
        with pytest.raises(ValueError, match="between the start"):
            paper(cast, days, (1,), "x")


def test_what_she_says_about_the_work_together_is_never_keyed_in_by_staff(cast, signed_in):
    with pytest.raises(ValueError, match="Only the client"):
        key_in(by=cast.tom, episode=cast.episodes["ada"], instrument="midcourse-check-in",
               answers={}, on=timezone.localdate(), key="x")  # fmt: skip
    for name in ("midcourse-check-in", "srs", "wai-sr", "therapist-mirror"):
        assert signed_in("tom").get(f"/clients/{cast.clients['ada'].pk}/key-in/{name}/").status_code == 404


def test_items_whose_words_are_not_ours_can_be_keyed_in_by_number(cast, signed_in):
    text = signed_in("tom").get(f"/clients/{cast.clients['ada'].pk}/key-in/core-10/").content.decode()
    assert "CORE-10, 1" in text


def test_keyed_in_wrong_is_put_right_and_the_alert_stands(cast, signed_in):
    sheet = paper(cast, 1, (0, 0, 0, 0, 0, 0, 0, 0, 3), "x").sheets[0]
    url = f"/clients/{cast.clients['ada'].pk}/sheets/{sheet.pk}/"
    signed_in("tom").post(url, phq9(0))
    assert counted(cast) == [0]
    assert RiskStep.objects.get().what == "amended"
    assert RiskTask.objects.get().acknowledged_at is None


def test_staff_cannot_change_what_she_answered_herself(signed_in, due, cast):
    sheet = sent(signed_in, due, QUIET)
    url = f"/clients/{cast.clients['ada'].pk}/sheets/{sheet.pk}/"
    assert signed_in("tom").post(url, phq9(3)).status_code == 404


def test_a_sheet_of_somebody_else_is_emptied_here_and_put_where_it_belongs(cast, signed_in):
    sheet = paper(cast, 1, (2, 2, 2, 0, 0, 0, 0, 0, 1), "x").sheets[0]
    url = f"/clients/{cast.clients['ada'].pk}/sheets/{sheet.pk}/wrong-client/"
    signed_in("tom").post(url, {"to": cast.episodes["ben"].pk})
    assert counted(cast) == []
    assert counted(cast, "ben") == [7]
    whose = {task.episode.client.name: task.steps.count() for task in RiskTask.objects.all()}
    assert whose == {"Ada": 1, "Ben": 0}, "the alert about Ada stands, amended; Ben has his own"


def test_it_cannot_be_put_to_a_client_of_somebody_else(cast, signed_in):
    sheet = paper(cast, 1, (2,), "x").sheets[0]
    url = f"/clients/{cast.clients['ada'].pk}/sheets/{sheet.pk}/wrong-client/"
    signed_in("tom").post(url, {"to": cast.episodes["cleo"].pk})
    assert counted(cast, "cleo") == []


def test_ratings_of_the_work_together_are_touched_by_no_staff(signed_in, due, cast):
    check_in = due("ada", "midcourse-check-in")
    names = ("bond", "heard", "goals", "tasks", "voice", "intent")
    signed_in("ada").post(f"/me/check-in/{check_in.pk}/", {f"check-in-{one}": "2" for one in names})
    sheet = AnswerSheet.objects.get()
    with pytest.raises(ValueError, match="Only the client"):
        wrong_client(by=cast.tom, sheet=sheet)
    url = f"/clients/{cast.clients['ada'].pk}/sheets/{sheet.pk}/wrong-client/"
    assert signed_in("tom").get(url).status_code == 404


def test_the_amendment_is_there_for_the_therapist_to_see(signed_in, due, cast):
    sheet = sent(signed_in, due, QUIET)
    signed_in("ada").post(f"/me/answers/{sheet.pk}/", QUIET | {"phq9-1": "3"})
    text = signed_in("tom").get(f"/clients/{cast.clients['ada'].pk}/check-ins/").content.decode()
    assert "tapped the wrong answer" in text
    assert "replaced" in text
