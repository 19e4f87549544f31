"""One question at a time or one page, as she likes; nothing is kept but in the page itself."""

from midcourse_web.care.models import AnswerSheet, RiskTask
from midcourse_web.care.reading import seen_answers
from tests.web.answers import QUIET, WORRYING, phq9


def test_she_chooses_one_question_at_a_time_and_what_she_chose_comes_along(signed_in, due):
    ada, url = signed_in("ada"), f"/me/check-in/{due('ada').pk}/"
    text = ada.post(url, {"phq9-1": "2", "go": "one"}).content.decode()
    assert "Question 1 of 10" in text
    assert text.count("<fieldset") == 1
    assert 'value="2" checked' in text
    assert "Question 1 of 10" in ada.get(url).content.decode(), "her choice is kept for this session"


def test_question_by_question_to_the_end_it_is_recorded_once(signed_in, due):
    ada, url = signed_in("ada"), f"/me/check-in/{due('ada').pk}/"
    page = ada.post(url, {"go": "one"})
    carried = {}
    for number in range(1, 11):
        text = page.content.decode()
        assert f"Question {number} of 10" in text
        for name, value in carried.items():
            assert f'name="{name}" value="{value}"' in text
        carried[f"phq9-{number}"] = WORRYING[f"phq9-{number}"]
        go = "next" if number < 10 else "send"
        page = ada.post(url, {**carried, "at": str(number - 1), "go": go})
    assert "tel:116123" in page.content.decode(), "help comes with the last answer"
    assert AnswerSheet.objects.get().answers == {k: int(v) for k, v in WORRYING.items()}
    assert RiskTask.objects.count() == 1


def test_next_without_an_answer_says_so_and_stays(signed_in, due):
    ada, url = signed_in("ada"), f"/me/check-in/{due('ada').pk}/"
    response = ada.post(url, {"phq9-1": "1", "at": "1", "go": "next"})
    assert response.status_code == 422
    assert "Question 2 of 10" in response.content.decode()


def test_back_shows_the_one_before_with_its_answer(signed_in, due):
    ada, url = signed_in("ada"), f"/me/check-in/{due('ada').pk}/"
    text = ada.post(url, {"phq9-1": "3", "phq9-2": "1", "at": "1", "go": "back"}).content.decode()
    assert "Question 1 of 10" in text
    assert 'value="3" checked' in text


def test_back_to_one_page_keeps_every_answer(signed_in, due):
    ada, url = signed_in("ada"), f"/me/check-in/{due('ada').pk}/"
    text = ada.post(url, {**phq9(3, 2, 1), "at": "4", "go": "all"}).content.decode()
    assert text.count("<fieldset") == 10
    assert text.count('" checked') == 10


def test_what_is_missing_at_the_end_is_shown_first(signed_in, due):
    answers = dict(QUIET)
    del answers["phq9-3"]
    response = signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", {**answers, "at": "9", "go": "send"})
    assert response.status_code == 422
    assert "Question 3 of 10" in response.content.decode()


def test_the_page_stores_no_answer_in_the_browser(root):
    folder = root / "midcourse_web" / "static" / "midcourse"
    for script in folder.glob("*.js"):
        words = script.read_text("utf-8")
        for storage in ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "caches.put"):
            assert storage not in words, f"{script.name} keeps something in {storage}"


def test_not_this_time_needs_no_reason_and_nothing_follows(signed_in, due):
    check_in, ada = due("ada"), signed_in("ada")
    ada.post(f"/me/check-in/{check_in.pk}/not-this-time/")
    check_in.refresh_from_db()
    assert check_in.state == "declined"
    assert "A check-in is waiting" not in ada.get("/me/").content.decode()


def test_what_she_says_about_the_work_can_be_kept_from_her_therapist_item_by_item(signed_in, due, cast):
    ada, url = signed_in("ada"), f"/me/check-in/{due('ada', 'midcourse-check-in').pk}/"
    names = [f"check-in-{one}" for one in ("bond", "heard", "goals", "tasks", "voice", "intent")]
    given = dict.fromkeys(names, "1")
    page = ada.post(url, {**given, "private": ["check-in-bond", "check-in-voice"], "at": "1", "go": "back"})
    text = page.content.decode()
    assert 'value="check-in-bond" checked' in text
    assert '<input type="hidden" name="private" value="check-in-voice">' in text, "it comes along"
    ada.post(url, {**given, "private": ["check-in-bond", "check-in-voice"], "go": "send"})
    sheet = AnswerSheet.objects.get()
    assert sheet.private == ["check-in-bond", "check-in-voice"]
    seen = seen_answers(sheet, cast.tom)
    assert (seen["check-in-bond"], seen["check-in-heard"]) == (None, 1)


def test_an_item_of_a_questionnaire_is_not_kept_apart(signed_in, due):
    text = signed_in("ada").get(f"/me/check-in/{due('ada').pk}/").content.decode()
    assert 'name="private"' not in text
