"""What supervisors, managers and intake coordinators see: enough to act, and nothing more."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from midcourse_web.care.actions.session import book, settle
from midcourse_web.care.actions.task import close_task
from midcourse_web.care.counts import counts_of, period
from midcourse_web.care.models import (
    AnswerSheet,
    CheckIn,
    Episode,
    Intake,
    Score,
    Session,
    Signal,
    Task,
)
from midcourse_web.care.policies.choosing import who_could
from midcourse_web.care.policies.small import FEWEST, percent, shown
from midcourse_web.outbox.tick import tick
from midcourse_web.people.models import Client, Leave, TherapistProfile
from tests.web.test_client_pages import main


def answered_work_together(episode, values):
    """Let a client answer the session check-in, one bond rating a week; the last one is private where None."""
    for week, value in enumerate(values):
        AnswerSheet.objects.create(
            episode=episode,
            instrument="midcourse-check-in",
            version="1",
            mode="signed in",
            answered_at=timezone.now() - timedelta(weeks=len(values) - week),
            answers={"check-in-bond": value},
            key=f"{episode.pk}-{week}",
        )


def test_a_supervisor_sees_the_trend_of_the_work_together_and_no_answer_of_it(signed_in, cast):
    answered_work_together(cast.episodes["ada"], [4, 4, 4, 1])
    answered_work_together(cast.episodes["ben"], [3, 3, 3, 3])
    sue = signed_in("sue")
    page = main(sue.get("/supervision/"))
    needs, others = page.split("Other supervised cases")
    assert "Ada" in needs
    assert "<strong>falling</strong>" in needs
    assert "steady" in others
    for url in ("", "summary/", "background/", "sessions/"):
        seen = main(sue.get(f"/clients/{cast.clients['ada'].pk}/{url}"))
        assert "cared about" not in seen
        assert "A little" not in seen
    assert sue.get(f"/clients/{cast.clients['ada'].pk}/answers/").status_code == 403


def test_an_item_marked_private_does_not_make_a_trend(signed_in, cast):
    answered_work_together(cast.episodes["ada"], [4, 4, 4, 1])
    newest = AnswerSheet.objects.order_by("answered_at").last()
    newest.private = ["check-in-bond"]
    newest.save()
    assert "falling" not in main(signed_in("sue").get("/supervision/"))


def test_a_supervisor_sees_only_supervised_cases(signed_in, cast):
    assert "Cleo" not in main(signed_in("sue").get("/supervision/"))


@pytest.mark.need("S2-80", by="therapist:client")
def test_her_therapist_sees_each_answer_against_its_usual_unless_it_is_private(signed_in, cast):
    answered_work_together(cast.episodes["ada"], [4, 4, 4, 1])
    url = f"/clients/{cast.clients['ada'].pk}/answers/"
    assert "clearly below the usual" in main(signed_in("tom").get(url))
    newest = AnswerSheet.objects.order_by("answered_at").last()
    newest.private = ["check-in-bond"]
    newest.save()
    private = main(signed_in("tom").get(url))
    newest.private, newest.answers = [], {"check-in-bond": None}
    newest.save()
    assert private == main(signed_in("tom").get(url)), "private looks exactly like skipped"


def test_the_summary_is_one_page_and_plain_text_without_what_is_hers_alone(signed_in, cast):
    tom, client = signed_in("tom"), cast.clients["ada"]
    signed_in("ada").post("/me/life/medicine/", {"name": "Sertraline"})
    text = tom.get(f"/clients/{client.pk}/summary/?as=text")
    assert text["Content-Type"].startswith("text/plain")
    assert "Ada, summary of" in text.content.decode()
    assert "not for payment, discharge, discipline or proof" in text.content.decode()
    assert "Sertraline" not in text.content.decode()


def test_the_therapist_settles_a_session_from_the_first_page(signed_in, cast):
    session = book(by=cast.tom, episode=cast.episodes["ada"], starts_at=timezone.now() - timedelta(days=2))
    tom = signed_in("tom")
    assert "Sessions not written down yet" in main(tom.get("/clients/"))
    tom.post(
        f"/clients/session/{session.pk}/", {"attendance": "attended", "version": "1", "back": "caseload"}
    )
    assert Session.objects.get().number == 1
    assert "Sessions not written down yet" not in main(tom.get("/clients/"))


def test_the_therapist_books_moves_and_is_told_of_what_cannot_be(signed_in, cast):
    tom, url = signed_in("tom"), f"/clients/{cast.clients['ada'].pk}/sessions/"
    at = timezone.localtime() + timedelta(days=3)
    given = {"starts_at": at.strftime("%Y-%m-%dT%H:%M"), "minutes": "50", "where": "room"}
    tom.post(url, given)
    assert "at this time already" in main(tom.post(url, given))
    session = Session.objects.get()
    to = {"do": "move", "starts_at": (at + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"), "version": "1"}
    tom.post(f"/clients/session/{session.pk}/", to)
    again = tom.post(f"/clients/session/{session.pk}/", to, follow=True)
    assert "changed this while you had it open" in again.content.decode()
    empty = tom.post(f"/clients/session/{session.pk}/", to | {"starts_at": "", "version": "2"}, follow=True)
    assert "Say when the session will be" in empty.content.decode()


@pytest.mark.need("S1-56", by="clinic:tasks")
def test_when_the_therapist_ends_it_somebody_reaches_the_client(signed_in, cast):
    signed_in("tom").post(f"/clients/{cast.clients['ada'].pk}/ended/", {"by": "therapist"})
    assert Task.objects.get().kind == "ended"


# SD3: the guard against being left alone binds the clinic.


def test_an_open_episode_that_went_silent_opens_one_dated_task(cast):
    tick()
    assert {task.client for task in Task.objects.filter(kind="silent")} == set(cast.clients.values())
    tick()
    assert Task.objects.filter(kind="silent").count() == 3
    close_task(by=cast.mia, task=Task.objects.filter(kind="silent").first(), words="rang")
    tick()
    assert Task.objects.filter(kind="silent").count() == 3, "not again at once"


@pytest.mark.parametrize("contact", ["a session ahead", "a session lately", "an answer lately"])
def test_contact_or_a_next_session_is_no_silence(cast, contact):
    episode, now = cast.episodes["ada"], timezone.now()
    if contact == "a session ahead":
        book(by=cast.tom, episode=episode, starts_at=now + timedelta(days=20))
    elif contact == "a session lately":
        Session.objects.create(episode=episode, starts_at=now - timedelta(days=9), attendance="attended")
    else:
        day = now - timedelta(days=9)
        CheckIn.objects.create(episode=episode, due_at=day, closes_at=day, state="done", done_at=day)
    tick()
    assert not Task.objects.filter(kind="silent", client=episode.client).exists()


@pytest.mark.need("S1-61", by="clinic:tasks")
@pytest.mark.parametrize(
    ("latest", "opens"),
    [
        ("aaaat", True),
        ("att", True),
        ("tta", True),
        ("aat", False),
        ("aaaaact", False),
        ("tt" + "a" * 8, False),
        ("tcacaaaa", False),
    ],
)
def test_the_clinic_cancelling_again_and_again_opens_a_task(cast, latest, opens):
    kinds = {"a": "attended", "t": "therapist cancelled", "c": "client cancelled"}
    for place, letter in enumerate(latest):
        at = timezone.now() - timedelta(days=7 * (len(latest) - place))
        Session.objects.create(episode=cast.episodes["ada"], starts_at=at, attendance=kinds[letter])
    tick()
    assert Task.objects.filter(kind="cancelled").exists() is opens


def test_whoever_waits_stands_on_the_list_of_what_needs_a_person(cast, signed_in):
    client = Client.objects.create(clinic=cast.clinic, name="Dora")
    Episode.objects.create(
        client=client, clinic=cast.clinic, cover=cast.cora, opened_on=timezone.localdate(), state="waiting"
    )
    tick()
    page = main(signed_in("mia").get("/clinic/tasks/"))
    assert "Waiting to be seen" in page
    assert "Dora" in page
    task = Task.objects.get(kind="waiting")
    signed_in("ida").post(f"/clinic/tasks/{task.pk}/done/", {"words": "Rang her"})
    assert "Dora" not in main(signed_in("mia").get("/clinic/tasks/"))


# The manager's counts.


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30), min_size=1))
@settings(max_examples=200, deadline=None)
def test_a_hidden_part_cannot_be_worked_out_from_the_whole(parts):
    seen = shown(parts)
    hidden = [name for name, number in seen.items() if number is None]
    assert all(number >= FEWEST for number in seen.values() if number is not None)
    if hidden and len(hidden) < len(parts):
        assert len(hidden) > 1
        assert sum(parts[name] for name in hidden) >= FEWEST


def test_a_share_of_few_or_of_nearly_all_is_not_shown():
    assert (percent(3, 40), percent(38, 40), percent(20, 40)) == (None, None, 50.0)


def _ended(cast, number, first, last, *, attended=2):
    """An episode of last month with first and last PHQ-9 and GAD-7."""
    _since, until = period(timezone.localdate())
    day = until - timedelta(days=10)
    client = Client.objects.create(clinic=cast.clinic, name=f"Ended {number}")
    episode = Episode.objects.create(
        client=client, clinic=cast.clinic, therapist=cast.tom, cover=cast.cora, opened_on=day, ended_on=day,
        state="ended", ended_by="both",
    )  # fmt: skip
    at = timezone.now() - timedelta(days=60)
    for measure, a, b in (("phq-9", first, last), ("gad-7", 5, 5)):
        for when, value in ((at, a), (at + timedelta(days=20), b)):
            Score.objects.create(episode=episode, measure=measure, value=value, answered_at=when)
    for week in range(attended):
        when = timezone.make_aware(timezone.datetime.combine(day, timezone.datetime.min.time()))
        Session.objects.create(episode=episode, starts_at=when - timedelta(weeks=week), attendance="attended")


def test_outcomes_are_counted_as_services_count_them(cast, signed_in):
    for number in range(6):
        _ended(cast, number, 18, 4)  # recovered, reliably
    for number in range(6, 13):
        _ended(cast, number, 18, 17)  # no reliable change
    _ended(cast, 13, 18, 4, attended=1)  # not finished
    found = counts_of(cast.clinic)
    assert (found.finished, found.recovery) == (13, pytest.approx(100 * 6 / 13))
    assert found.reliable_recovery == found.recovery
    assert found.change["improved"] is None or found.change["no change"] == 7
    assert "46.2 %" in main(signed_in("mia").get("/clinic/"))


def test_fewer_than_five_are_shown_nowhere(cast, signed_in):
    for number in range(3):
        _ended(cast, number, 18, 4)
    found = counts_of(cast.clinic)
    assert (found.finished, found.cases, found.recovery, found.alerts) == (None, None, None, None)
    page = main(signed_in("mia").get("/clinic/"))
    assert "too few to show" in page
    assert "Ended 1" not in page
    assert "Tom" not in page, "no therapist's name stands beside an outcome (SP9)"


def test_an_alert_that_goes_on_counts_once(cast):
    since, until = period(timezone.localdate())
    for number in range(5):
        _ended(cast, number, 18, 18, attended=4)
    middle = timezone.now() - timedelta(days=45)
    for episode in Episode.objects.filter(state="ended"):
        for days, alert in ((0, False), (7, True), (14, True), (21, False)):
            signal = Signal.objects.create(episode=episode, measure="phq-9", state="x", is_alert=alert)
            Signal.objects.filter(pk=signal.pk).update(made_at=middle - timedelta(days=30 - days))
    assert since < until
    assert counts_of(cast.clinic).alerts == pytest.approx(100 * 5 / 20)


# The intake coordinator: choosing a therapist.


@pytest.mark.need("S1-68", by="clinic:waiting")
def test_therapists_stand_by_language_room_and_area_and_never_by_outcome(cast):
    for name, domains, languages, capacity in (
        ("tom", ["anxiety"], ["en"], 20),
        ("tara", ["trauma"], ["en", "es"], 20),
    ):
        TherapistProfile.objects.create(
            user=cast.people[name], domains=domains, languages=languages, capacity=capacity
        )
    client = Client.objects.create(clinic=cast.clinic, name="Dora", language="en")
    episode = Episode.objects.create(
        client=client, clinic=cast.clinic, cover=cast.cora, opened_on=timezone.localdate(), state="waiting"
    )
    Intake.objects.create(episode=episode, domains=["trauma"])
    order = [one.person.name for one in who_could(episode)]
    assert order.index("Tara") < order.index("Tom")
    # The same people with every outcome there is give the same list.
    Score.objects.create(episode=cast.episodes["ada"], measure="phq-9", value=1, answered_at=timezone.now())
    assert [one.person.name for one in who_could(episode)] == order
    client.language = "es"
    client.save()
    spanish = {one.person.name: one.speaks for one in who_could(Episode.objects.get(pk=episode.pk))}
    assert (spanish["Tara"], spanish["Tom"]) == (True, False)
    today = timezone.localdate()
    Leave.objects.create(therapist=cast.tara, clinic=cast.clinic, begins=today, cover=cast.cora)
    assert next(one for one in who_could(episode) if one.person == cast.tara).away


def test_a_coordinator_puts_somebody_on_the_list_and_opens_the_episode(signed_in, cast):
    client = Client.objects.create(clinic=cast.clinic, name="Dora")
    ida = signed_in("ida")
    assert "required" in main(ida.post("/clinic/waiting/add/", {"client": str(client.pk)}))
    ida.post(
        "/clinic/waiting/add/", {"client": str(client.pk), "cover": str(cast.cora.pk), "concern": "anxiety"}
    )
    episode = Episode.objects.get(client=client)
    assert "Dora" in main(ida.get("/clinic/waiting/"))
    url = f"/clinic/waiting/{episode.pk}/"
    assert "is not looked at here" in main(ida.get(url))
    same = {"therapist": str(cast.tara.pk), "cover": str(cast.tara.pk)}
    assert "somebody else than the therapist" in main(ida.post(url, same))
    ida.post(url, same | {"cover": str(cast.cora.pk)})
    assert Episode.objects.get(client=client).therapist == cast.tara


def test_settling_a_cancelled_session_by_the_therapist_counts_for_the_therapist(cast):
    session = book(by=cast.tom, episode=cast.episodes["ada"], starts_at=timezone.now() + timedelta(days=2))
    settle(by=cast.tom, session=session, seen=1, attendance="therapist cancelled")
    assert Session.objects.get().attendance == "therapist cancelled"
