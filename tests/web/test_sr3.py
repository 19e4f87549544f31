"""SR3, sentence by sentence: she chooses who is told."""

import pytest

from midcourse_web.audit.models import Entry
from midcourse_web.care.actions.choices import show_scores, tell_duty_person
from midcourse_web.care.actions.risk import raise_privately
from midcourse_web.care.models import AnswerSheet, Episode, RiskTask
from midcourse_web.care.reading import seen_answers
from midcourse_web.outbox.models import Message
from midcourse_web.people.models import Membership
from tests.web.answers import WORRYING


def chosen(cast):
    tell_duty_person(by=cast.ada, client=cast.clients["ada"], duty=True)


def test_right_before_the_question_the_page_says_to_whom(signed_in, due):
    text = signed_in("ada").get(f"/me/check-in/{due('ada').pk}/").content.decode()
    assert text.index('id="phq9-8"') < text.index("Tom will be told") < text.index('id="phq9-9"')


def test_it_is_an_ordinary_setting_without_a_reason(signed_in, cast):
    ada = signed_in("ada")
    page = ada.get("/me/who-is-told/").content.decode()
    assert "You need no reason" in page
    assert "<textarea" not in page
    ada.post("/me/who-is-told/", {"tell": "duty"})
    cast.clients["ada"].refresh_from_db()
    assert cast.clients["ada"].risk_to_duty
    ada.post("/me/who-is-told/", {"tell": "therapist"})
    cast.clients["ada"].refresh_from_db()
    assert not cast.clients["ada"].risk_to_duty


def test_the_page_before_the_question_follows_her_choice(signed_in, due, cast):
    chosen(cast)
    text = signed_in("ada").get(f"/me/check-in/{due('ada').pk}/").content.decode()
    assert "Cora will be told" in text


def test_her_choice_is_shown_to_nobody_of_the_staff(signed_in, cast):
    ada = cast.clients["ada"]
    pages = (
        "/clients/",
        f"/clients/{ada.pk}/",
        f"/clients/{ada.pk}/check-ins/",
        f"/clients/{ada.pk}/safety-plan/",
    )
    before = [signed_in("tom").get(page).content.decode().split("<main")[1] for page in pages]
    chosen(cast)
    after = [signed_in("tom").get(page).content.decode().split("<main")[1] for page in pages]
    assert [_plain(text) for text in before] == [_plain(text) for text in after]


def _plain(text):
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_in_the_audit_it_looks_like_any_other_switch_of_hers(cast):
    show_scores(by=cast.ada, client=cast.clients["ada"], shown=False)
    chosen(cast)
    rows = list(Entry.objects.filter(client=cast.clients["ada"].pk).values("verb", "how", "subject_kind"))
    assert rows[0] == rows[1]


def test_then_nothing_of_an_alert_reaches_her_therapist(signed_in, due, cast):
    chosen(cast)
    signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", WORRYING)
    task = RiskTask.objects.get()
    assert (task.for_person, task.hidden_from) == (cast.cora, cast.tom)
    assert not Message.objects.filter(address="tom@example.org").exists()
    tom = signed_in("tom")
    assert tom.get(f"/clients/risk/{task.pk}/").status_code == 404
    for page in ("/clients/", f"/clients/{cast.clients['ada'].pk}/"):
        text = tom.get(page).content.decode()
        assert "Risk, unanswered" not in text
        assert str(task.pk) not in text
        assert "risk: skipped on" in text


def test_her_safety_item_looks_skipped_to_her_therapist_and_to_nobody_else(signed_in, due, cast):
    chosen(cast)
    signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", WORRYING)
    sheet = AnswerSheet.objects.get()
    assert seen_answers(sheet, cast.tom)["phq9-9"] is None
    assert seen_answers(sheet, cast.tom)["phq9-1"] == 2
    assert seen_answers(sheet, cast.cora)["phq9-9"] == 2
    assert seen_answers(sheet, cast.ada)["phq9-9"] == 2


def test_an_item_she_keeps_private_looks_skipped_to_everybody_else(signed_in, due, cast):
    signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", WORRYING | {"private": "phq9-2"})
    sheet = AnswerSheet.objects.get()
    assert seen_answers(sheet, cast.tom)["phq9-2"] is None
    assert seen_answers(sheet, cast.cora)["phq9-2"] is None
    assert seen_answers(sheet, cast.ada)["phq9-2"] == 2


def test_it_does_not_move_up_to_her_therapist_either(signed_in, due, cast):
    from midcourse_web.care.actions.risk import move_up

    chosen(cast)
    signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", WORRYING)
    for _round in range(4):
        RiskTask.objects.update(due_by=RiskTask.objects.get().made_at)
        move_up(task=RiskTask.objects.get())
        assert RiskTask.objects.get().for_person != cast.tom
    assert not Message.objects.filter(address="tom@example.org").exists()


def test_what_is_said_on_the_private_page_never_raises_anything_for_that_therapist(cast, signed_in):
    task = raise_privately(by=cast.ada, episode=cast.episodes["ada"], tell=None)
    assert (task.for_person, task.hidden_from) == (cast.cora, cast.tom)
    assert signed_in("tom").get(f"/clients/risk/{task.pk}/").status_code == 404
    assert "Cora" in signed_in("cora").get(f"/clients/risk/{task.pk}/").content.decode()


def test_whom_she_names_on_the_private_page_overrides_the_default(cast):
    task = raise_privately(by=cast.ada, episode=cast.episodes["ada"], tell=cast.sue)
    assert task.for_person == cast.sue
    with pytest.raises(ValueError, match="nobody else"):
        raise_privately(by=cast.ada, episode=cast.episodes["ada"], tell=cast.tom)


def test_where_there_is_nobody_else_the_page_says_so_and_offers_no_choice(cast, signed_in):
    Membership.objects.filter(user__name__in=("Tara", "Sue", "Cora", "Max")).delete()
    Episode.objects.update(cover=cast.tom)
    cast.sue.supervises.all().delete()
    ada = signed_in("ada")
    assert "nobody else here who could be told" in ada.get("/me/who-is-told/").content.decode()
    ada.post("/me/who-is-told/", {"tell": "duty"})
    cast.clients["ada"].refresh_from_db()
    assert not cast.clients["ada"].risk_to_duty
