"""What the client sees: what is next, how she is doing, what was agreed; at her own pace (SD1, SD3, SP6)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.html import escape

from midcourse_web.care.actions.goal import add_goal
from midcourse_web.care.actions.homework import Task, set_homework
from midcourse_web.care.actions.risk import acknowledge
from midcourse_web.care.actions.session import book
from midcourse_web.care.models import (
    AnswerSheet,
    CheckIn,
    Episode,
    Goal,
    Homework,
    Intake,
    LifeEvent,
    MedicationNote,
    PointNote,
    Release,
    RiskTask,
    Session,
    Signal,
)
from midcourse_web.outbox.models import Message
from midcourse_web.people.models import Consent
from tests.web.answers import QUIET, WORRYING, phq9


def main(response):
    """The words of a page between its frame's header and footer."""
    return response.content.decode().split("<main")[1].split("</main")[0]


def sentence():
    """What the engine says of Ada's course, as a page would write it."""
    return escape(Signal.objects.first().sentence)


@pytest.fixture
def answered(signed_in, cast):
    """A function that lets Ada answer the PHQ-9 some weeks ago."""

    def make(weeks, answers):
        at = timezone.now() - timedelta(weeks=weeks)
        check_in = CheckIn.objects.create(
            episode=cast.episodes["ada"],
            instruments=["phq-9"],
            due_at=at - timedelta(hours=1),
            closes_at=at + timedelta(days=6),
        )
        with time_machine.travel(at, tick=False):
            signed_in("ada").post(f"/me/check-in/{check_in.pk}/", answers)
        return AnswerSheet.objects.get(check_in=check_in)

    return make


@pytest.mark.need("S2-37", by="client:home")
def test_her_first_page_says_what_is_next_and_what_was_agreed(signed_in, cast):
    episode = cast.episodes["ada"]
    episode.opened_on = timezone.localdate() - timedelta(days=5)
    episode.save()
    book(by=cast.tom, episode=episode, starts_at=timezone.now() + timedelta(days=2))
    add_goal(by=cast.ada, episode=episode, words="See friends again")
    set_homework(by=cast.tom, episode=episode, task=Task(what="Call Jo"))
    page = main(signed_in("ada").get("/me/"))
    for words in ("Your next session with Tom", "See friends again", "Call Jo", "Before you begin"):
        assert words in page


@pytest.mark.need("S0-02", "S4-02", by="client:course")
def test_band_forecast_and_odds_open_only_when_she_asks(signed_in, answered):
    for week in (6, 4, 2):
        answered(week, phq9(2, 2, 2, 2, 2))
    ada = signed_in("ada")
    assert sentence() not in main(ada.get("/me/course/"))
    assert sentence() in main(ada.get("/me/course/?band=yes"))


def test_no_odds_right_after_a_risk_answer_nor_while_nobody_has_answered_it(signed_in, answered, cast):
    answered(6, phq9(2, 2, 2))
    answered(2, WORRYING)
    ada = signed_in("ada")
    page = main(ada.get("/me/course/?band=yes"))
    assert "Today we show only your own scores" in page
    assert sentence() not in page
    acknowledge(by=cast.tom, task=RiskTask.objects.get(), what="spoke")
    assert sentence() in main(ada.get("/me/course/?band=yes"))
    answered(0, WORRYING)
    acknowledge(by=cast.tom, task=RiskTask.objects.get(acknowledged_at=None), what="spoke")
    assert "Today we show only" in main(ada.get("/me/course/?band=yes")), "within a day even when answered"


def test_scores_off_are_off_on_every_page_of_hers(signed_in, answered):
    answered(2, QUIET)
    answered(1, QUIET)
    ada = signed_in("ada")
    ada.post("/me/scores/", {"show": "no"})
    for url in ("/me/", "/me/course/", "/me/course/items/"):
        page = main(ada.get(url))
        assert "switched your scores off" in page
        assert "mc-chart" not in page
        assert "Latest" not in page
    ada.post("/me/scores/", {"show": "yes", "back": "course"})
    assert "mc-chart" in main(ada.get("/me/course/"))


def test_nothing_about_a_state_is_ever_pushed_by_message(answered):
    for week, heavy in ((8, 0), (6, 1), (4, 2), (2, 3)):
        answered(week, phq9(*[heavy] * 8))
    assert not Message.objects.filter(address="ada@example.org").exists()


def test_she_writes_her_own_note_on_a_point_and_it_stands_beside_the_score(signed_in, answered):
    sheet = answered(2, QUIET)
    ada = signed_in("ada")
    ada.post(f"/me/course/note/{sheet.pk}/", {"words": "My exam week", "does_not_fit": "on"})
    assert PointNote.objects.get().does_not_fit
    assert "My exam week" in main(ada.get("/me/course/"))
    assert "does not fit" in main(signed_in("tom").get(f"/clients/{sheet.episode.client_id}/"))
    ada.post(f"/me/course/note/{sheet.pk}/", {"words": ""})
    assert not PointNote.objects.exists()


def test_what_changed_is_told_question_by_question(signed_in, answered):
    answered(4, phq9(3, 1))
    answered(2, phq9(2, 1))
    answered(1, phq9(1, 2))
    page = main(signed_in("ada").get("/me/course/items/"))
    assert page.count("easier than at first, easier than last time") == 1
    assert page.count("harder than at first, harder than last time") == 1


def test_she_asks_to_move_a_session_and_takes_it_back(signed_in, cast):
    session = book(by=cast.tom, episode=cast.episodes["ada"], starts_at=timezone.now() + timedelta(days=2))
    ada = signed_in("ada")
    ada.post(f"/me/sessions/{session.pk}/asked/", {"what": "move", "words": "Exam"})
    assert "You asked to move it." in main(ada.get("/me/sessions/"))
    assert "asks to move" in main(signed_in("tom").get("/clients/"))
    ada.post(f"/me/sessions/{session.pk}/asked/", {"what": "nothing"})
    assert Session.objects.get().asked == ""


def test_a_session_that_is_over_gives_a_message_and_no_error(signed_in, cast):
    session = book(by=cast.tom, episode=cast.episodes["ada"], starts_at=timezone.now() - timedelta(days=2))
    response = signed_in("ada").post(f"/me/sessions/{session.pk}/asked/", {"what": "move"}, follow=True)
    assert "not ahead of you" in response.content.decode()


def test_the_calendar_file_says_nothing_about_therapy_or_anybody(signed_in, cast):
    at = timezone.now().replace(microsecond=0) + timedelta(days=2)
    session = book(by=cast.tom, episode=cast.episodes["ada"], starts_at=at, minutes=50)
    text = signed_in("ada").get(f"/me/sessions/{session.pk}/appointment.ics").content.decode()
    lines = dict(line.split(":", 1) for line in text.strip().split("\r\n"))
    assert lines["SUMMARY"] == "Appointment"
    assert lines["DTSTART"] == at.strftime("%Y%m%dT%H%M%SZ")
    assert lines["DTEND"] == (at + timedelta(minutes=50)).strftime("%Y%m%dT%H%M%SZ")
    assert text.endswith("END:VCALENDAR\r\n")
    for word in ("Tom", "Ada", "Brook", "herap"):
        assert word not in text


def test_she_leaves_in_two_taps_without_a_reason_and_comes_back_in_one(signed_in, cast):
    ada = signed_in("ada")
    page = main(ada.get("/me/leave/"))
    assert "<input" not in page.replace('<input type="hidden" name="csrfmiddlewaretoken"', "")
    assert "<textarea" not in page
    ada.post("/me/leave/")
    assert Episode.objects.get(client=cast.clients["ada"]).state == "ended"
    assert "You have stopped here" in main(ada.get("/me/"))
    ada.post("/me/back/")
    assert Episode.objects.get(client=cast.clients["ada"]).state == "open"
    assert signed_in("tom").get(f"/clients/{cast.clients['ada'].pk}/").status_code == 200


def test_consent_is_given_part_by_part_and_care_never_depends_on_the_others(signed_in):
    ada = signed_in("ada")
    page = main(ada.get("/me/sharing/"))
    assert "not used for payment" in page
    ada.post("/me/sharing/consent/learning/", {"do": "give"})
    assert [one.part for one in Consent.objects.filter(withdrawn_at=None)] == ["learning"]
    ada.post("/me/sharing/consent/learning/", {"do": "withdraw"})
    assert not Consent.objects.filter(withdrawn_at=None).exists()
    assert ada.post("/me/sharing/consent/everything/", {"do": "give"}).status_code == 302
    assert Consent.objects.count() == 1
    assert ada.get("/me/").status_code == 200, "care goes on without any of it"


@pytest.mark.need("S1-37", by="client:sharing")
def test_she_lets_somebody_see_something_until_a_day_and_ends_it(signed_in):
    ada, ends = signed_in("ada"), timezone.localdate() + timedelta(days=30)
    given = {"to": "My doctor", "scope": ["summary"], "ends": str(ends)}
    ada.post("/me/sharing/", given)
    release = Release.objects.get()
    assert "My doctor" in main(ada.get("/me/sharing/"))
    assert "within a year" in main(ada.post("/me/sharing/", given | {"ends": "2040-01-01"}))
    ada.post(f"/me/sharing/{release.pk}/withdraw/")
    assert "Taken back on" in main(ada.get("/me/sharing/"))


def test_her_notes_are_seen_by_her_therapist_only_while_she_shares_them(signed_in, cast):
    ada, tom = signed_in("ada"), signed_in("tom")
    ada.post("/me/life/medicine/", {"name": "Sertraline", "side_effects": "2"})
    ada.post("/me/life/", {"words": "Lost my job", "on": str(timezone.localdate())})
    url = f"/clients/{cast.clients['ada'].pk}/background/"
    before = main(tom.get(url))
    assert "Sertraline" not in before
    assert "Lost my job" not in before
    note, event = MedicationNote.objects.get(), LifeEvent.objects.get()
    ada.post(f"/me/life/medicine/{note.pk}/", {"name": "Sertraline", "side_effects": "2", "shared": "on"})
    ada.post(f"/me/life/event/{event.pk}/", {"do": "share"})
    seen = main(tom.get(url))
    assert "side effects 2 of 4" in seen
    assert "Lost my job" in seen
    ada.post(f"/me/life/event/{event.pk}/", {"do": "keep"})
    assert "Lost my job" not in main(tom.get(url))
    ada.post(f"/me/life/event/{event.pk}/", {"do": "drop"})
    ada.post(f"/me/life/medicine/{note.pk}/gone/")
    assert not MedicationNote.objects.exists()


@pytest.mark.need("S0-15", "S0-33", "S2-13", "S2-17", "S3-15", by="record:goals")
def test_goals_and_practice_are_written_rated_and_told_by_her(signed_in, cast):
    ada, at = signed_in("ada"), f"/record/{cast.episodes['ada'].pk}/"
    ada.post(at + "goal/", {"words": "See friends", "whose": "client", "agrees": "9"})
    goal = Goal.objects.get()
    ada.post(f"/record/goal/{goal.pk}/rate/", {"value": "4"})
    ada.post(f"/record/goal/{goal.pk}/rate/", {"value": "eleven"})
    ada.post(at + "practice/", {"what": "Call Jo", "goal": str(goal.pk)})
    homework = Homework.objects.get()
    ada.post(
        f"/record/practice/{homework.pk}/told/",
        {"done": "not", "got_in_the_way": "Too big", "version": "1"},
    )
    page = main(ada.get(at))
    for words in ("How close: 4 of 10", "Too big", "not done", "For the goal:"):
        assert words in page
    assert goal.ratings.count() == 1


def test_who_is_second_sees_what_stands_there_and_keeps_what_they_typed(signed_in, cast):
    goal = add_goal(by=cast.ada, episode=cast.episodes["ada"], words="See friends")
    url, form = f"/record/goal/{goal.pk}/", {"whose": "client", "state": "open", "version": "1"}
    signed_in("tom").post(url, form | {"words": "See two friends"})
    response = signed_in("ada").post(url, form | {"words": "See nobody"})
    page = main(response)
    assert response.status_code == 409
    assert "Tom changed this" in page
    assert "See two friends" in page
    assert 'value="See nobody"' in page
    assert 'name="version" value="2"' in page, "saving again now wins knowingly"


def test_practice_says_so_too_when_it_was_changed_meanwhile(signed_in, cast):
    homework = set_homework(by=cast.tom, episode=cast.episodes["ada"], task=Task(what="Call Jo"))
    tom, ada = signed_in("tom"), signed_in("ada")
    assert (
        tom.post(f"/record/practice/{homework.pk}/", {"what": "Call Ann", "version": "1"}).status_code == 302
    )
    assert (
        tom.post(f"/record/practice/{homework.pk}/", {"what": "Call Bo", "version": "1"}).status_code == 409
    )
    told = ada.post(f"/record/practice/{homework.pk}/told/", {"done": "done", "version": "1"})
    assert told.status_code == 409
    assert "Call Ann" in main(told)


@pytest.mark.need("S0-12", "S0-13", "S0-14", by="record:intake")
def test_the_intake_is_kept_step_by_step_and_gone_on_with_later(signed_in, cast):
    ada, at = signed_in("ada"), f"/record/{cast.episodes['ada'].pk}/intake/"
    first = main(ada.get(at + "privacy/"))
    assert "not been checked by a lawyer" in first
    assert "not used for payment, to end your therapy, to judge or punish anybody, or as proof" in first
    assert ada.post(at + "privacy/", {"version": "1"})["Location"].endswith("/concerns/")
    later = {"words": "I cannot sleep", "domains": ["insomnia"], "version": "1", "later": "yes"}
    assert ada.post(at + "concerns/", later)["Location"] == "/me/"
    assert "I cannot sleep" in main(ada.get(at + "concerns/"))
    for step, given in (
        ("before", {"first_time": "yes"}),
        ("wishes", {"preferences": ["warm"], "expects_sessions": "12"}),
        ("better", {"better_would_be": "Sleep through"}),
    ):
        version = Intake.objects.get().version
        assert ada.post(at + f"{step}/", given | {"version": str(version)}).status_code == 302
    assert "If this is your first time" in main(ada.get(at + "finish/"))
    done = ada.post(at + "finish/", {"version": "9"})
    intake, check_in = Intake.objects.get(), CheckIn.objects.get()
    assert (intake.expects_sessions, intake.preferences, intake.first_time) == (12, [{"about": "warm"}], True)
    assert intake.notice_read_at is not None
    assert done["Location"] == f"/me/check-in/{check_in.pk}/"
    assert check_in.instruments == ["phq-9", "gad-7"]
    assert "Before you begin" not in main(ada.get("/me/"))
    assert ada.get(at + "nothing/").status_code == 404


def test_what_she_keeps_to_herself_looks_as_if_not_said(signed_in, cast):
    ada, tom = signed_in("ada"), signed_in("tom")
    at, client = f"/record/{cast.episodes['ada'].pk}/", cast.clients["ada"].pk
    ada.post(at + "intake/before/", {"what_helped": "Walking", "version": "1"})
    urls = (f"/clients/{client}/background/", at + "intake/before/", at + "changes/")

    def seen():
        return [_without_tokens(main(tom.get(url))) for url in urls[:2]]

    empty = seen()
    given = {"what_helped": "Walking", "what_did_not": "Being rushed", "bad_experience": "yes"}
    kept = given | {"private": ["what_did_not", "bad_experience"], "version": "1"}
    ada.post(at + "intake/before/", kept)
    Intake.objects.update(version=1)
    assert seen() == empty
    assert "rushed" not in main(tom.get(urls[2]))
    assert "Being rushed" in main(ada.get(at + "intake/before/"))
    tom.post(at + "intake/before/", {"what_helped": "Walking", "what_did_not": "", "version": "1"})
    assert Intake.objects.get().what_did_not == "Being rushed", "an empty field of his takes nothing of hers"
    tom.post(at + "intake/before/", {"what_did_not": "Told in the room", "version": "2"})
    assert Intake.objects.get().private == ["bad_experience"]


def _without_tokens(page):
    import re

    return re.sub(r'name="(csrfmiddlewaretoken|version)" value="[^"]*"', "", page)


def test_two_at_one_intake_never_silently_lose(signed_in, cast):
    at = f"/record/{cast.episodes['ada'].pk}/intake/better/"
    signed_in("ada").post(at, {"better_would_be": "Sleep", "version": "1"})
    signed_in("ada").post(at, {"better_would_be": "Sleep more", "version": "1"})
    response = signed_in("ida").post(at, {"better_would_be": "Other", "version": "1"})
    assert response.status_code == 409
    assert "Ada changed this" in main(response)


def test_what_changed_is_told_with_when_and_by_whom(signed_in, cast):
    goal = add_goal(by=cast.ada, episode=cast.episodes["ada"], words="See friends")
    form = {"whose": "both", "state": "reached", "version": "1", "words": "See friends", "agrees": "8"}
    signed_in("tom").post(f"/record/goal/{goal.pk}/", form)
    page = main(signed_in("ada").get(f"/record/{cast.episodes['ada'].pk}/changes/"))
    for words in ("Goal: See friends", "Tom", "<del>mine</del>", "<ins>both of ours</ins>", "reached"):
        assert words in page


def test_unshared_notes_leave_no_trace_in_what_changed_for_staff(signed_in, cast):
    ada, tom, at = signed_in("ada"), signed_in("tom"), f"/record/{cast.episodes['ada'].pk}/changes/"
    before = main(tom.get(at))
    ada.post("/me/life/medicine/", {"name": "Sertraline"})
    ada.post("/me/life/", {"words": "Lost my job", "on": str(timezone.localdate())})
    assert main(tom.get(at)) == before
    assert "Sertraline" in main(ada.get(at))
