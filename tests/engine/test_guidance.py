"""Guidance is read as cards, each with its grade, its sources and the reasons it goes with."""

import pytest

from midcourse.plans.guidance import cards_for, every_guide, find_card, find_guide
from midcourse.reasons import every_reason

GUIDES = (
    "words", "education", "faq", "support", "mindfulness", "lifestyle", "self-help", "worksheets", "therapies",
    "medication", "decisions", "library", "micro-guides",
)  # fmt: skip


def test_every_guide_is_there_and_nobody_has_reviewed_one():
    assert tuple(one.id for one in every_guide()) == GUIDES
    assert all(one.reviewed_by == "" for one in every_guide())


def test_therapists_have_their_own_guides_and_clients_never_see_them():
    assert [one.id for one in every_guide() if one.audience == "therapist"] == ["micro-guides"]
    mine = cards_for("alliance-rupture", "therapist")
    assert "guide-rupture" in [one.id for one in mine]
    assert not {one.id for one in mine} & {one.id for one in cards_for("alliance-rupture", "client")}


def test_every_reason_has_a_card_for_each_side():
    for reason in every_reason():
        assert cards_for(reason.id, "client"), reason.id
        assert cards_for(reason.id, "therapist"), reason.id


def test_a_card_is_found_by_its_id_and_holds_its_lines():
    card = find_card("words-fear")
    assert card.lines[0].text == '"How do we work with my fear?"' and card.reasons == (
        "fear-of-painful-material",
    )
    assert find_guide("words").title == "Finding the words"


def test_what_is_not_there_is_named():
    with pytest.raises(KeyError, match="'songs'; there are: words"):
        find_guide("songs")
    with pytest.raises(KeyError, match="There is no card 'sing'"):
        find_card("sing")


def test_what_nobody_has_looked_at_says_so():
    assert find_card("lifestyle-outside").unverified and find_card("book-feeling-good").unverified
    assert not find_card("lifestyle-sleep").unverified and not find_card("book-mind-over-mood").unverified


def test_what_belongs_to_somebody_else_names_holder_licence_and_place():
    for card in find_guide("library").cards:
        assert card.kind in ("book", "app", "group", "service")
        assert card.holder and card.licence and card.where and card.seen


def test_medicine_is_only_ever_asked_about():
    for card in find_guide("medication").cards:
        assert not card.kind or card.kind == "worksheet"
    asked = find_card("medication-ask-new").lines
    assert all(line.text.endswith("?") for line in asked)


def test_staying_is_never_the_first_option():
    options = [one.id for one in find_guide("decisions").cards]
    assert options.index("decide-as-is") > max(options.index(f"decide-{one}") for one in ("person", "stop"))


def test_words_to_say_come_before_a_change_of_person():
    mine = [one.id for one in cards_for("alliance-rupture", "client")]
    assert mine[0] == "words-open" and mine.index("words-open") < mine.index("decide-person")


def test_the_explorer_covers_what_the_design_asks_for():
    kinds = {one.id for one in find_guide("therapies").cards}
    assert {"therapy-cbt", "therapy-dbt", "therapy-emdr", "therapy-ipt", "therapy-sleep"} <= kinds
