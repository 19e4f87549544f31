"""Other options and finding the words: hers, at any time."""

import re
from datetime import date

import pytest

from midcourse_web.audit.models import Entry
from midcourse_web.care.models import Episode, PreparedNote, Task
from midcourse_web.outbox.models import Message
from midcourse_web.people.models import Membership, TherapistProfile
from midcourse_web.private.models import PrivateNote
from tests.web.seen import main_of, text_of, without_token

SAID = "I want this to work, and something is not clicking for me."


def of(cast, name="ada"):
    return Episode.objects.get(pk=cast.episodes[name].pk)


@pytest.mark.need("S2-06", "S2-89", by="client:options")
def test_other_options_are_one_tap_from_every_page_of_hers_without_any_signal(signed_in):
    ada = signed_in("ada")
    for page in ("/me/", "/me/notes/", "/me/check-up/"):
        assert 'href="/me/options/"' in text_of(ada.get(page))
    page = main_of(ada.get("/me/options/"))
    ways = ("Change how we work", "Change the kind of therapy", "Change the person", "Add something")
    for way in (*ways, "Take a break", "Stop", "Leave it as it is for now"):
        assert way in page


@pytest.mark.need("S1-70", by="client:option")
def test_staying_is_never_ranked_first(signed_in):
    ada = signed_in("ada")
    for address in ("/me/options/", "/me/options/think/"):
        page = main_of(ada.get(address))
        ways = re.findall(r"/me/options/(add|as-is|how|kind|pause|person|stop)/", page)
        assert ways[0] not in ("as-is", "how")
        names = re.findall(r"<h[23][^>]*>(?:<a[^>]+>)?([A-Z][^<]+)", page)
        shown = [name for name in names if name.split()[0] in ("Add", "Change", "Leave", "Stop", "Take")]
        assert len(shown) == 7 and shown == sorted(shown), "the order of the alphabet says nothing"
        assert "Notes" in text_of(ada.get(address)), "the way to every other page stays"


def test_stopping_takes_two_taps_no_reason_and_back_the_same_way(signed_in, cast):
    ada = signed_in("ada")
    page = main_of(ada.get("/me/options/stop/"))  # the first tap
    assert "<input" not in re.sub(r"<input type=.hidden[^>]+>", "", page), "nothing is asked"
    ada.post("/me/options/stop/")  # the second
    assert of(cast).state == Episode.State.ENDED
    assert not Task.objects.exists() and not Message.objects.exists(), "no call to keep her"
    assert "Come back" in main_of(ada.get("/me/options/"))
    ada.post("/me/options/again/")
    assert of(cast).state == Episode.State.OPEN


@pytest.mark.need("S2-99", by="client:option")
def test_a_break_is_as_free_and_no_check_ins_come_meanwhile(signed_in, cast):
    ada = signed_in("ada")
    ada.post("/me/options/pause/")
    assert of(cast).state == Episode.State.PAUSED
    assert of(cast).therapist == cast.tom, "the tie stays"
    assert "taking a break" in main_of(ada.get("/me/options/"))
    ada.post("/me/options/pause/")
    assert of(cast).state == Episode.State.PAUSED, "twice is once"
    ada.post("/me/options/again/")
    assert of(cast).state == Episode.State.OPEN
    assert Task.objects.get().done_at is not None
    ada.post("/me/options/again/")
    assert of(cast).state == Episode.State.OPEN


def test_asking_for_somebody_else_does_not_go_through_the_therapist(signed_in, cast):
    ada, tom = signed_in("ada"), signed_in("tom")
    client = cast.clients["ada"].pk
    pages = ["/clients/", f"/clients/{client}/", f"/clients/{client}/view/", f"/clients/{client}/prepare/"]
    before = [without_token(tom.get(page)) for page in pages]
    assert "Ida" in main_of(ada.get("/me/options/person/")), "she reads who gets it, before"
    ada.post("/me/options/person/", {"wish": ["a woman", "a spaceship"], "text": "mornings"})
    task = Task.objects.get()
    assert (task.kind, task.for_person, task.words) == (Task.Kind.SWITCH, cast.ida, "a woman; mornings")
    assert [without_token(tom.get(page)) for page in pages] == before
    assert "Ida has it, and should answer by" in main_of(ada.get("/me/options/"))
    assert tom.post(f"/clients/{client}/prepared/{task.pk}/", {"words": "no"}).status_code == 404


def test_also_when_the_therapist_coordinates_or_manages_it_goes_to_somebody_else(signed_in, cast):
    Membership.objects.filter(user=cast.ida).update(user=cast.tom)
    ada = signed_in("ada")
    ada.post("/me/options/person/")
    assert Task.objects.get().for_person in (cast.mia, cast.max)


def test_a_manager_who_treats_her_does_not_find_her_request_on_the_clinics_list(signed_in, cast):
    Membership.objects.create(
        user=cast.tom, clinic=cast.clinic, role=Membership.Role.MANAGER, begins=date(2026, 1, 5)
    )
    tom = signed_in("tom")
    before = without_token(tom.get("/clinic/tasks/"))
    signed_in("ada").post("/me/options/person/")
    task = Task.objects.get()
    assert without_token(tom.get("/clinic/tasks/")) == before
    assert tom.post(f"/clinic/tasks/{task.pk}/done/", {"words": "no"}).status_code == 404
    assert "asks for another therapist" in text_of(signed_in("ida").get("/clinic/tasks/")).lower()


def test_where_only_her_therapist_could_read_it_nothing_is_sent_and_she_is_told(signed_in, cast):
    Membership.objects.exclude(user=cast.tom).filter(role=Membership.Role.MANAGER).delete()
    Membership.objects.filter(user=cast.ida).update(user=cast.tom)
    ada = signed_in("ada")
    assert "only your therapist could read" in main_of(ada.get("/me/options/person/"))
    ada.post("/me/options/person/")
    assert not Task.objects.exists()


def test_a_request_can_be_taken_back(signed_in):
    ada = signed_in("ada")
    ada.post("/me/options/longer/")
    task = Task.objects.get()
    ada.post(f"/me/options/asked/{task.pk}/back/")
    ada.post(f"/me/options/asked/{task.pk}/back/")
    task.refresh_from_db()
    assert task.done_words == "taken back"


@pytest.mark.parametrize("way", ["how", "kind", "add"])
def test_asking_to_work_in_another_way_shows_the_therapist_exactly_her_words_and_her_the_answer(
    signed_in, cast, way
):
    ada, tom = signed_in("ada"), signed_in("tom")
    ada.post(f"/me/options/{way}/", {"text": "Slower, please."})
    url = f"/clients/{cast.clients['ada'].pk}/prepare/"
    page = main_of(tom.get(url))
    assert "Slower, please." in page and "asks to work in another way" in page.lower()
    task = Task.objects.get()
    assert task.words == "", "the clinic's list holds nothing clinical"
    tom.post(f"{url.replace('prepare', 'prepared')}{task.pk}/", {"words": ""})
    assert main_of(tom.get(url)).count("Answer</button>") == 1, "no words, no answer"
    tom.post(
        f"{url.replace('prepare', 'prepared')}{task.pk}/", {"words": "Let us start with that on Monday."}
    )
    assert "Let us start with that on Monday." in main_of(ada.get("/me/options/"))


@pytest.mark.need("S2-12", "S3-19", "S4-11", by="client:option")
def test_asking_without_words_shares_none(signed_in):
    signed_in("ada").post("/me/options/how/", {"text": " "})
    assert Task.objects.get().kind == Task.Kind.CHANGE
    assert not PreparedNote.objects.exists()


@pytest.mark.need("S2-16", "S2-78", by="client:decide")
def test_the_explorer_says_what_a_session_is_like_how_well_supported_and_who_here_offers_it(signed_in, cast):
    TherapistProfile.objects.create(user=cast.tara, approaches=["CBT"])
    TherapistProfile.objects.create(user=cast.eve, approaches=["CBT"])
    page = main_of(signed_in("ada").get("/me/options/kind/"))
    assert "A session has a plan." in page
    assert "Support: named in a guideline." in page
    assert "Offered here by Tara." in page, "and nobody of another clinic"
    assert "Nobody here has said that they offer it" in page
    assert "No clinician has reviewed this text yet." in page
    assert "Low mood, milder" in page


def test_the_decision_aid_keeps_nothing_and_ends_in_a_request_words_or_nothing(signed_in):
    ada = signed_in("ada")
    before = Entry.objects.count()
    page = main_of(ada.get("/me/options/think/?matters=decide-first-2&matters=nonsense"))
    assert "To feel better soon. For each way" in page
    assert "What I may lose" in page
    for end in (
        "I would like to ask for it",
        "I would like words to say",
        "I do not want to do anything now",
    ):
        assert end in page
    assert Entry.objects.count() == before


def test_an_unknown_way_is_nothing_and_a_client_without_an_episode_sees_the_ways_too(signed_in, cast):
    ada = signed_in("ada")
    assert ada.get("/me/options/nonsense/").status_code == 404
    Episode.objects.filter(pk=cast.episodes["ada"].pk).update(client=cast.clients["ben"])
    assert "Change the person" in main_of(ada.get("/me/options/"))
    assert ada.get("/me/options/stop/").status_code == 404
    for address in ("again", "longer"):
        assert ada.post(f"/me/options/{address}/").status_code == 302
    assert ada.post("/me/words/", {"own": "x", "do": "share"}).status_code == 302
    assert not PreparedNote.objects.exists()


# Finding the words.


def test_a_list_is_printed_without_being_kept(signed_in):
    ada = signed_in("ada")
    page = main_of(ada.post("/me/words/", {"line": ["words-open-1", "nonsense"], "own": "And I am tired."}))
    assert SAID in page and "And I am tired." in page
    assert not PrivateNote.objects.exists() and not PreparedNote.objects.exists()


@pytest.mark.need("S2-107", by="client:words")
def test_a_list_is_kept_as_a_private_note_that_staff_cannot_see(signed_in, cast):
    ada, tom = signed_in("ada"), signed_in("tom")
    client = cast.clients["ada"].pk
    pages = ["/clients/", f"/clients/{client}/", f"/clients/{client}/view/", f"/clients/{client}/prepare/"]
    before = [without_token(tom.get(page)) for page in pages]
    rows = Entry.objects.count()
    page = main_of(ada.post("/me/words/", {"line": "words-open-1", "do": "keep"}, follow=True))
    assert SAID in page
    assert Entry.objects.count() == rows
    looked = [without_token(tom.get(page)) for page in pages]
    assert looked == before
    assert PrivateNote.objects.count() == 1


def test_only_what_she_shares_is_seen_by_her_therapist_and_she_sees_that_it_was(signed_in, cast):
    ada, tom = signed_in("ada"), signed_in("tom")
    ada.post("/me/words/", {"line": "words-open-2", "own": "mine alone", "do": "keep"})
    ada.post("/me/words/", {"line": "words-open-1", "do": "share"})
    assert "Not seen yet." in main_of(ada.get("/me/words/"))
    page = main_of(tom.get(f"/clients/{cast.clients['ada'].pk}/prepare/"))
    assert SAID in page
    assert "mine alone" not in page and "look at how this is going" not in page
    assert "Seen on" in main_of(ada.get("/me/words/"))
    note = PreparedNote.objects.get()
    ada.post(f"/me/words/{note.pk}/back/")
    ada.post(f"/me/words/{note.pk}/back/")
    assert SAID not in main_of(tom.get(f"/clients/{cast.clients['ada'].pk}/prepare/"))
    assert signed_in("ben").post(f"/me/words/{note.pk}/back/").status_code == 404


def test_nothing_chosen_does_nothing(signed_in):
    ada = signed_in("ada")
    page = text_of(ada.post("/me/words/", {"do": "share"}, follow=True))
    assert "Choose or write a few words first." in page
    assert not PreparedNote.objects.exists()


@pytest.mark.need("S2-106", by="client:longer")
def test_in_a_practice_of_one_nothing_private_is_kept(signed_in, cast):
    Membership.objects.create(
        user=cast.tom, clinic=cast.clinic, role=Membership.Role.MANAGER, begins="2026-01-05"
    )
    ada = signed_in("ada")
    assert 'value="keep"' not in text_of(ada.get("/me/words/"))
    ada.post("/me/words/", {"line": "words-open-1", "do": "keep"})
    assert not PrivateNote.objects.exists()


def test_a_longer_session_is_asked_for_with_a_receipt(signed_in, cast):
    ada = signed_in("ada")
    ada.post("/me/options/longer/")
    assert Task.objects.get().for_person == cast.tom
    assert "asks for a longer session" in main_of(ada.get("/me/options/")).lower()
    page = main_of(signed_in("tom").get(f"/clients/{cast.clients['ada'].pk}/prepare/"))
    assert "asks for a longer session" in page.lower()
