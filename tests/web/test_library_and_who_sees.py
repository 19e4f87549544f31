"""The library, questions answered from her own course, and who can see what: hers, at any time."""

import html

import pytest

from midcourse_web.care.engine.places import notice
from midcourse_web.care.models import Episode, RiskTask, Task
from midcourse_web.pages.client.who_sees import WHAT, who_can
from midcourse_web.people.rules import allowed
from midcourse_web.people.standing import forget
from tests.web.answers import QUIET, WORRYING
from tests.web.seen import main_of

SAID = "I want this to work, and something is not clicking for me."


def of(cast, name="ada"):
    return Episode.objects.get(pk=cast.episodes[name].pk)


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
