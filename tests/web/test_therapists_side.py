"""The therapist's side: guides tied to reasons, a question without a name, own figures, and handing on well."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from midcourse_web.audit.models import Entry
from midcourse_web.care.actions.check_in import record_check_in
from midcourse_web.care.engine.own_work import own_work, wilson
from midcourse_web.care.models import CheckIn, Consultation, Episode, Task, TrainingEntry
from midcourse_web.outbox.models import Message
from midcourse_web.pages.therapist.consult import case_sheet
from midcourse_web.people.models import Client, Membership, Relationship, Supervision
from midcourse_web.private.held import held_from
from midcourse_web.private.models import OwnCheckUp
from tests.web.test_check_up import go_through

CASE = "A little stuck on goals"


def text_of(response):
    return response.content.decode()


def main_of(response):
    return text_of(response).split("<main")[1].split("</main")[0]


@pytest.mark.need("S4-07", "S4-08", "S4-21", "S4-51", by="therapist:guides")
def answered(cast, name, *totals):
    """Let a client answer the PHQ-9 week by week."""
    for weeks, total in enumerate(reversed(totals), start=1):
        at = timezone.now() - timedelta(weeks=weeks)
        one = CheckIn.objects.create(
            episode=cast.episodes[name], instruments=["phq-9"], due_at=at, closes_at=at + timedelta(days=6)
        )
        given = {f"phq9-{n}": min(3, max(0, total - 3 * (n - 1))) for n in range(1, 9)}
        given |= {"phq9-9": 0, "phq9-10": 1}
        record_check_in(
            by=cast.people[name], check_in=one, given={"phq-9": given}, mode="signed in", answered_at=at
        )


def test_guides_are_tied_to_reasons(signed_in, cast):
    tom = signed_in("tom")
    url = f"/clients/{cast.clients['ada'].pk}/view/"
    ada = signed_in("ada")
    go_through(ada, picks=["alliance-rupture"])
    answers = list(held_from(OwnCheckUp.objects.get().held).answers)
    ada.post("/me/check-up/share/", {"answers": answers, "picks": ["alliance-rupture"]})
    tom.post(url, {"T-ALL": "4", "words-T-ALL": ""})
    assert "/clients/guides/?for=alliance-rupture" in text_of(tom.get(url))
    page = main_of(tom.get("/clients/guides/?for=alliance-rupture"))
    assert "Repairing a rupture" in page
    assert "Support: grade B" in page and "No clinician has reviewed this text yet." in page
    assert "guide-end-well" in main_of(tom.get("/clients/guides/"))
    assert tom.get("/clients/guides/?for=nonsense").status_code == 404


@pytest.mark.need("S1-77", by="therapist:consult")
def test_the_case_sheet_names_nobody_and_holds_nothing_she_keeps_to_herself(signed_in, cast):
    Client.objects.filter(pk=cast.clients["ada"].pk).update(name="Ada Lovelace")
    cast.episodes["ada"].client.name = "Ada Lovelace"
    answered(cast, "ada", 15, 16, 18)
    before = case_sheet(Episode.objects.get(pk=cast.episodes["ada"].pk))
    assert "15, 16, 18" in before
    for word in ("Ada", "Lovelace", "Tom", str(timezone.localdate().year), "@"):
        assert word not in before
    go_through(signed_in("ada"), picks=["stigma"])
    assert case_sheet(Episode.objects.get(pk=cast.episodes["ada"].pk)) == before


def test_a_question_reaches_the_supervisor_without_a_name_and_the_answer_comes_back(signed_in, cast):
    tom, sue = signed_in("tom"), signed_in("sue")
    url = f"/clients/{cast.clients['ada'].pk}/consult/"
    assert "Sue" in main_of(tom.get(url))
    tom.post(url, {"to": str(cast.sue.pk), "question": "Ada and I are stuck.", "sheet": f"{CASE}, says Ada."})
    one = Consultation.objects.get()
    assert "Ada" not in one.question + one.sheet
    assert CASE in main_of(sue.get(f"/supervision/questions/{one.pk}/"))
    assert "Waits for you" in main_of(sue.get("/supervision/questions/"))
    assert Entry.objects.get(verb="consultation asked for").client is None
    assert "Ada" not in Message.objects.get().body
    sue.post(f"/supervision/questions/{one.pk}/", {"answer": " "})
    sue.post(f"/supervision/questions/{one.pk}/", {"answer": "Ask what she wants first."})
    assert "Ask what she wants first." in main_of(tom.get(url))
    assert "Answered" in main_of(sue.get("/supervision/questions/"))


@pytest.mark.parametrize("given", [{"to": "nobody", "question": "x"}, {"question": " "}])
def test_without_a_question_or_somebody_to_ask_nothing_is_sent(signed_in, cast, given):
    tom = signed_in("tom")
    given = {"to": str(cast.sue.pk)} | given
    tom.post(f"/clients/{cast.clients['ada'].pk}/consult/", given)
    assert not Consultation.objects.exists()


def test_where_nobody_supervises_the_sheet_can_still_be_printed(signed_in, cast):
    Supervision.objects.all().delete()
    tom, url = signed_in("tom"), f"/clients/{cast.clients['ada'].pk}/consult/"
    assert "Sue" in main_of(tom.get(url)), "whoever supervises in the clinic"
    Membership.objects.filter(role=Membership.Role.SUPERVISOR).delete()
    assert "Nobody here supervises." in main_of(tom.get(url))


@pytest.mark.need("S1-79", by="therapist:own_work")
def test_own_figures_come_with_their_uncertainty_and_only_from_ten_people(signed_in, cast):
    answered(cast, "ada", 20, 8)
    tom = signed_in("tom")
    page = main_of(tom.get("/clients/my-work/"))
    assert "One person so far." in page
    assert "of 100" not in page
    for n in range(10):
        one = Client.objects.create(clinic=cast.clinic, name=f"C{n}")
        cast.people[f"c{n}"] = cast.tom
        cast.episodes[f"c{n}"] = Episode.objects.create(
            client=one, clinic=cast.clinic, therapist=cast.tom, cover=cast.cora,
            opened_on=timezone.localdate(), measures=["phq-9"],
        )  # fmt: skip
        answered(cast, f"c{n}", 20, 8 if n % 2 else 20)
    page = main_of(tom.get("/clients/my-work/"))
    assert "Of 11 people with two scores or more, 55 of 100 were reliably better" in page
    assert "anything from 28 to 79 of 100 would fit" in page
    assert "Ada" not in page and "C1" not in page


def test_nobody_sees_anothers_figures_or_log_and_no_page_puts_two_side_by_side(signed_in, cast):
    answered(cast, "ada", 20, 8)
    tom, tara = signed_in("tom"), signed_in("tara")
    tom.post("/clients/my-work/", {"on": "2026-11-01", "what": "A day on ruptures", "hours": "6.5"})
    assert "A day on ruptures" in main_of(tom.get("/clients/my-work/"))
    page = main_of(tara.get("/clients/my-work/"))
    assert "A day on ruptures" not in page and "There are no courses" in page
    for name in ("mia", "sue", "otto", "ida"):
        assert signed_in(name).get("/clients/my-work/").status_code == 403
    one = TrainingEntry.objects.get()
    assert tara.post(f"/clients/my-work/{one.pk}/drop/").status_code == 404
    tom.post(f"/clients/my-work/{one.pk}/drop/")
    assert not TrainingEntry.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"on": "no day", "what": "x"},
        {"on": "2026-11-01", "what": " "},
        {"on": "2026-11-01", "hours": "many", "what": "x"},
    ],
)
def test_what_cannot_be_noted_is_said_and_not_kept(signed_in, given):
    tom = signed_in("tom")
    assert "nhsuk-inset-text" in text_of(tom.post("/clients/my-work/", given, follow=True))
    assert not TrainingEntry.objects.exists()


def test_the_interval_is_wilsons():
    # Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E, method 3: 81 of 263.
    assert wilson(81, 263) == (31, 26, 37)
    assert wilson(0, 20) == (0, 0, 16)
    assert wilson(20, 20) == (100, 84, 100)


@pytest.mark.need("S0-09", by="therapist:cannot_help")
def test_measures_without_a_rule_and_courses_of_one_score_say_nothing():
    assert own_work({"nonsense": [(1.0, 2.0)], "phq-9": [(3.0,)]}) == ()


def test_i_cannot_help_with_this_hands_on_and_the_therapist_stays_until_another_begins(signed_in, cast):
    tom = signed_in("tom")
    url = f"/clients/{cast.clients['ada'].pk}/cannot-help/"
    page = main_of(tom.get(url))
    assert "Ask Ida to find somebody here who can" in page
    give = f"/clients/{cast.clients['ada'].pk}/give/"
    assert (f'href="{give}"' in page) == (tom.get(give).status_code == 200)
    tom.post(url, {"how": "here"})
    assert not Task.objects.exists(), "first the client is told"
    tom.post(url, {"how": "here", "told": "yes"})
    task = Task.objects.get()
    assert (task.kind, task.for_person) == (Task.Kind.SWITCH, cast.ida)
    assert Episode.objects.get(pk=cast.episodes["ada"].pk).therapist == cast.tom


def test_ending_it_with_a_place_to_go_opens_a_task_to_reach_the_client(signed_in, cast):
    tom = signed_in("tom")
    url = f"/clients/{cast.clients['ada'].pk}/cannot-help/"
    tom.post(url, {"how": "elsewhere", "told": "yes"})
    now = Episode.objects.get(pk=cast.episodes["ada"].pk)
    assert (now.state, now.ended_by, now.referred) == (Episode.State.ENDED, "therapist", True)
    assert Task.objects.get().kind == Task.Kind.ENDED
    assert "This episode has ended." in main_of(tom.get(url))
    tie = Relationship.objects.get(client=cast.clients["ada"], person=cast.tom)
    assert tie.ends > timezone.now(), "there is time to finish notes"


def test_without_an_episode_these_pages_lead_back(signed_in, cast):
    Episode.objects.filter(pk=cast.episodes["ada"].pk).update(client=cast.clients["ben"])
    tom, client = signed_in("tom"), cast.clients["ada"].pk
    for page in ("consult", "cannot-help", "prepare"):
        assert tom.get(f"/clients/{client}/{page}/")["Location"] == f"/clients/{client}/"


def test_her_own_page_never_names_a_reason_a_guide_or_a_question_about_her(signed_in, cast):
    tom, ada = signed_in("tom"), signed_in("ada")
    pages = ("/me/", "/me/options/", "/me/who-sees/")
    before = [re.sub(r'value="\w+"', "", text_of(ada.get(page))) for page in pages]
    tom.post(
        f"/clients/{cast.clients['ada'].pk}/consult/",
        {"to": str(cast.sue.pk), "question": "Am I the right one?", "sheet": CASE},
    )
    assert [re.sub(r'value="\w+"', "", text_of(ada.get(page))) for page in pages] == before
