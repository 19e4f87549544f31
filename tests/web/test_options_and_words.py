"""Other options, finding the words, the library, and who can see what: hers, at any time."""

import html
import re
from datetime import date

import pytest

from midcourse_web.audit.models import Entry
from midcourse_web.care.engine.places import notice
from midcourse_web.care.models import Episode, PreparedNote, RiskTask, Task
from midcourse_web.outbox.models import Message
from midcourse_web.pages.client.who_sees import WHAT, who_can
from midcourse_web.people.models import Membership, TherapistProfile
from midcourse_web.people.rules import allowed
from midcourse_web.people.standing import forget
from midcourse_web.private.models import PrivateNote
from tests.web.answers import QUIET, WORRYING

SAID = "I want this to work, and something is not clicking for me."


def text_of(response):
    return response.content.decode()


def main_of(response):
    return text_of(response).split("<main")[1].split("</main")[0]


def without_token(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text_of(response))


@pytest.mark.need("S2-06", "S2-89", by="client:options")
def of(cast, name="ada"):
    return Episode.objects.get(pk=cast.episodes[name].pk)


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


# The library.


def test_the_library_is_searched_and_shows_licence_and_that_nobody_has_reviewed_it(signed_in):
    ada = signed_in("ada")
    page = main_of(ada.get("/me/library/?q=insomnia"))
    assert "Say Good Night to Insomnia" in page
    card = main_of(ada.get("/me/library/card/book-say-good-night/"))
    assert "All rights reserved; buy or borrow" in card
    assert "Nobody has checked this against its source yet." in card
    assert "No clinician has reviewed this text yet." in card
    assert "0 things found" in main_of(ada.get("/me/library/?q=xylophone"))
    assert "NHS Talking Therapies" in main_of(ada.get("/me/library/")), "services of the place"


def test_a_sheet_can_be_printed_and_filled_in_by_hand(signed_in):
    page = main_of(signed_in("ada").get("/me/library/card/sheet-triggers/"))
    assert "What happened just before" in page and "data-print" in page and "mc-only-print" in page


def test_what_goes_with_a_reason_is_linked_from_the_check_up(signed_in):
    from tests.web.test_check_up import go_through

    ada = signed_in("ada")
    go_through(ada, picks=["alliance-rupture"])
    assert "/me/library/about/alliance-rupture/" in main_of(ada.get("/me/check-up/result/"))
    assert "When something hurt" in main_of(ada.get("/me/library/about/alliance-rupture/"))
    assert "/me/options/" in main_of(ada.get("/me/check-up/result/"))


@pytest.mark.parametrize(
    "address", ["card/nonsense", "nonsense", "about/nonsense", "card/guide-rupture", "micro-guides", "faq"]
)
def test_what_is_not_hers_to_read_is_nothing(signed_in, address):
    assert signed_in("ada").get(f"/me/library/{address}/").status_code == 404


@pytest.mark.need("S2-90", "S4-32", by="client:questions")
def test_questions_are_answered_from_her_own_course_or_openly_not(signed_in, due):
    ada = signed_in("ada")
    page = main_of(ada.get("/me/library/questions/"))
    assert "There are not enough numbers yet to say more about you." in page
    assert "These numbers are your own." not in page
    for answers in (WORRYING | {"phq9-9": "0"}, QUIET):
        ada.post(f"/me/check-in/{due('ada').pk}/", answers)
    page = main_of(ada.get("/me/library/questions/"))
    assert "Your first score on PHQ-9 was 12, and your latest is 5." in page
    assert "These numbers are your own." in page


def test_odds_only_when_she_asks_and_not_right_after_a_risk_answer(signed_in, cast, due, saved_course):
    from midcourse_web.care.models import ExpectedCourse

    ExpectedCourse.objects.create(clinic=cast.clinic, measure="phq-9", saved=saved_course)
    ada = signed_in("ada")
    for answers in (WORRYING | {"phq9-9": "0"}, QUIET):
        ada.post(f"/me/check-in/{due('ada').pk}/", answers)
    assert "Of 100 people who began where you did" not in main_of(ada.get("/me/library/questions/"))
    assert "Of 100 people who began where you did" in main_of(ada.get("/me/library/questions/?odds=yes"))
    ada.post(f"/me/check-in/{due('ada').pk}/", WORRYING)
    assert RiskTask.objects.exists()
    page = main_of(ada.get("/me/library/questions/?odds=yes"))
    assert "Of 100 people who began where you did" not in page
    assert "Odds are not shown right after a hard answer." in page


def test_where_she_has_switched_scores_off_answers_hold_none(signed_in, due):
    ada = signed_in("ada")
    for answers in (WORRYING | {"phq9-9": "0"}, QUIET):
        ada.post(f"/me/check-in/{due('ada').pk}/", answers)
    ada.post("/me/scores/", {"show": "no"})
    assert "These numbers are your own." not in main_of(ada.get("/me/library/questions/"))


@pytest.mark.need("S1-33", by="client:who_sees")
# Who can see what.


def test_the_names_on_the_page_are_those_whom_the_rules_let_in_for_everybody_of_the_cast(signed_in, cast):
    client = cast.clients["ada"]
    shown = who_can(client)
    for (rule, _words), (_again, names) in zip(WHAT, shown, strict=True):
        for person in (one for one in cast.people.values() if one != cast.ada):
            forget(person)
            assert (person.name in names) == allowed(person, rule, client), (rule, person.name)
    page = main_of(signed_in("ada").get("/me/who-sees/"))
    assert "Tom" in page and "Gus" in page
    assert "manager: max, mia" in page.lower()
    assert "Eve" not in page


@pytest.mark.need("S1-34", "S1-35", by="client:who_sees")
def test_a_change_of_ties_shows_at_once(signed_in, cast):
    from midcourse_web.people.models import Relationship

    ada = signed_in("ada")
    Relationship.objects.filter(client=cast.clients["ada"], kind="cover").delete()
    rows = dict(ada.get("/me/who-sees/").context["rows"])
    assert all("Cora" not in names for names in rows.values())


def test_what_holds_in_the_place_and_what_the_law_keeps_stands_there(signed_in):
    page = html.unescape(main_of(signed_in("ada").get("/me/who-sees/")))
    assert "not legally reviewed" in page and "GDPR" in page
    for topic in ("confidentiality", "limits", "staff-duties", "young-people", "erase-records"):
        assert notice("gb-eng", topic).text in page


def test_correction_and_erasure_are_asked_for_with_a_day_and_not_from_the_therapist(signed_in, cast):
    ada = signed_in("ada")
    ada.post("/me/who-sees/ask/", {"what": "nonsense", "words": "x"})
    ada.post("/me/who-sees/ask/", {"what": "erase", "words": " "})
    assert not Task.objects.exists()
    ada.post("/me/who-sees/ask/", {"what": "erase", "words": "my old address"})
    task = Task.objects.get()
    assert (task.kind, task.for_person, task.words) == (Task.Kind.RIGHTS, cast.ida, "erase: my old address")
    assert "my old address" in main_of(ada.get("/me/who-sees/"))


def test_pages_ask_few_questions_of_the_database(signed_in, due, django_assert_max_num_queries):
    ada = signed_in("ada")
    for answers in (WORRYING | {"phq9-9": "0"}, QUIET):
        ada.post(f"/me/check-in/{due('ada').pk}/", answers)
    for address in (
        "options/",
        "options/kind/",
        "options/think/",
        "words/",
        "library/",
        "library/education/",
    ):
        with django_assert_max_num_queries(9):
            ada.get(f"/me/{address}")
    with django_assert_max_num_queries(12):
        ada.get("/me/library/questions/")
    with django_assert_max_num_queries(18):  # the rules are asked of each person who has to do with her
        ada.get("/me/who-sees/")
