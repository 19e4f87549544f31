"""What a client can read, compose and print: each text is really there, on the page that is named."""

import html

import pytest


@pytest.fixture
def reads(signed_in):
    """Return a function that opens a page of Ada's and asserts that it says all of these."""
    ada = signed_in("ada")

    def read(address, *words):
        text = html.unescape(ada.get(f"/me/{address}").content.decode())
        missing = [one for one in words if one not in text]
        assert not missing, address

    return read


@pytest.mark.need("S0-25", "S1-06", "S1-07", "S2-23", "S2-24", "S3-17", "S3-27", by="client:shelf")
def test_how_therapy_works_what_each_does_that_it_takes_effort_and_what_is_not_so(reads):
    reads(
        "library/education/",
        "How therapy works", "Your part", "Your therapist's part", "What a therapist does not do",
        "It can take effort", "How long it takes", "It means that I am weak", "It goes on for years",
        "One therapist is like any other",
    )  # fmt: skip


@pytest.mark.need("S0-21", by="client:card")
@pytest.mark.need("S4-26", by="client:shelf")
@pytest.mark.need("S2-25", by="client:shelf")
def test_holding_back_the_past_and_needing_no_diagnosis(reads):
    reads("library/card/education-holding-back/", "Holding back makes sense")
    reads("library/education/", "When the past still hurts", "You do not have to be ill")
    reads("library/support/", "You are not the only one", "Words for people who ask")


@pytest.mark.need("S0-29", by="client:card")
@pytest.mark.need("S0-30", by="client:card")
def test_a_sheet_on_an_old_way_of_coping_and_a_kind_word_to_oneself(reads):
    reads(
        "library/card/sheet-coping/", "When it began, and what was going on then", "What it protected me from"
    )
    reads("library/card/kind-to-self/", "A kind word to yourself")
    reads("library/about/outgrown-coping-patterns/", "One old way of coping", "Old ways made sense then")


@pytest.mark.need("S2-67", "S2-68", "S2-71", "S2-73", "S2-74", "S4-47", by="client:shelf")
def test_what_can_be_added_with_how_well_it_is_supported(reads):
    reads(
        "library/lifestyle/",
        "Added to therapy, not in place of it", "Sleep", "Food", "Moving your body", "Yoga",
        "Less stress, where you can", "A menu for hard days", "Support: grade",
    )  # fmt: skip


@pytest.mark.need("S2-55", "S4-28", by="client:shelf")
@pytest.mark.need("S1-82", "S4-29", by="client:library")
def test_books_apps_mutual_help_and_services_of_the_place(reads):
    reads("library/library/", "SMART Recovery", "PTSD Coach", "Reading Well (England)", "buy or borrow")
    reads("library/", "NHS Talking Therapies", "Services where you are")


@pytest.mark.need("S3-23", by="client:shelf")
@pytest.mark.need("S3-22", by="client:shelf")
def test_self_help_with_its_support_and_other_forms_of_therapy(reads):
    reads("library/self-help/", "Guided self-help", "How to choose", "Support: ")
    reads("library/therapies/", "Group therapy", "Couple therapy", "Art, music or drama therapy")


@pytest.mark.need("S2-59", "S2-60", by="client:card")
def test_questions_for_a_prescriber_and_a_sheet_to_think_it_through(reads):
    reads("library/card/medication-ask-new/", "Questions when a medicine is offered")
    reads("library/card/medication-decide/", "A sheet to think it through")
    reads("library/card/medication-side-effects/", "Side effects: a list for your prescriber")


@pytest.mark.need("S2-102", "S2-103", "S2-104", "S2-50", by="client:option")
def test_which_kinds_are_usual_for_what(reads):
    reads(
        "options/kind/",
        "CBT in which you meet what you fear", "DBT, MBT or a clear plan", "Trauma-focused CBT or EMDR",
        "Learning to handle stress", "CBT for anger",
    )  # fmt: skip


@pytest.mark.need(
    "S2-15", "S2-88", "S2-94", "S2-98", "S2-101", "S2-105", "S4-36", "S4-39", "S4-46", by="client:questions"
)
def test_the_questions_people_ask_are_answered(reads):
    reads(
        "library/questions/",
        "Is it the therapist, the kind of therapy, or me?", "What are signs of a poor fit?",
        "Should I talk with them, or switch?", "Which therapy is best for my problem?",
        "Can I do it in writing, or in a session of its own?", "Is it normal to feel worse for a while?",
        "What can I do outside sessions?", "About 1 in 20 say that it had lasting bad effects",
    )  # fmt: skip


@pytest.mark.need(
    "S0-26", "S1-12", "S1-17", "S1-28", "S1-69", "S1-72", "S1-73", "S2-21", "S4-44", by="client:words"
)
def test_a_list_is_composed_from_questions_on_training_roles_fear_and_culture_and_printed(signed_in):
    from midcourse_web.care.engine.guidance import card

    names = ("words-training", "words-experience", "words-roles", "words-fear", "words-culture", "words-fees")
    lines = [card(name, "en").lines[-1] for name in names]
    given = {"line": [name for name, _text in lines], "own": "And that I am tired."}
    page = html.unescape(signed_in("ada").post("/me/words/", given).content.decode())
    assert all(text in page for _name, text in lines)
    assert "What would you do next if this were not helping?" in page
    assert "And that I am tired." in page
