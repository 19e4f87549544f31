"""Sentences of the engine come from content: filled, joined, translated, or visibly in English."""

import pytest

from midcourse import content
from midcourse.content.say import listed, said, sentence
from midcourse.reasons.findings import findings
from midcourse.reasons.situation import Situation
from midcourse.record import History


def test_a_sentence_is_filled_with_its_values():
    assert sentence("found-gap", days="40") == "There was a gap of 40 days between sessions."


def test_a_sentence_without_its_value_or_without_a_text_is_refused():
    with pytest.raises(KeyError):
        sentence("found-gap")
    with pytest.raises(KeyError):
        sentence("never-written")


def test_a_sentence_within_a_sentence_is_put_into_the_same_language():
    item = said("found-item-low", item=said("watched-check-in-bond"))
    assert item.text().startswith("In the last two check-ins, feeling cared about was rated low.")
    assert item.text("xx").count(content.FALLBACK) == 2


def test_names_are_joined_as_a_language_joins_them():
    assert listed(["phq-9"]) == "phq-9"
    joined = listed(["phq-9", "gad-7", "wsas"])
    assert not isinstance(joined, str) and joined.text() == "phq-9 and gad-7 and wsas"


def test_findings_fall_back_visibly():
    found = findings(Situation(History(bad_past_therapy=True)), "xx")
    assert [one.sentence for one in found] == ["[English] Care before went badly."]
