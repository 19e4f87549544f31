"""Everything a client sees is there in Spanish, says that nobody has reviewed it, and reads easily."""

import datetime

import pytest

from midcourse import content
from midcourse.cli.content import _known
from midcourse.content.check import check_content
from midcourse.measures import find
from midcourse.measures.instrument import find_in
from midcourse.plans.guidance import every_guide
from midcourse.plans.step import every_step
from midcourse.reasons import every_reason
from midcourse.review.answered import answers
from midcourse.review.client import private_questions
from midcourse.review.own_course import OwnCourse
from tests.content.every import EVERY, ids

FOR_CLINICIANS = {("guidance", "must-nots"), ("guidance", "step-rules")}
SEEN = [
    (kind, name)
    for kind in ("reasons", "conduct", "steps", "guidance", "sentences", "check_ins", "tools")
    for name in content.names(kind)
    if (kind, name) not in FOR_CLINICIANS
]
OWN = tuple(one for one in EVERY if one.tier == "own")
PUBLISHED = tuple(one for one in EVERY if one.tier != "own")


@pytest.mark.parametrize(("kind", "name"), SEEN, ids=[f"{kind}-{name}" for kind, name in SEEN])
def test_every_file_a_client_sees_has_a_spanish_side_file_that_nobody_has_reviewed(kind, name):
    side = content.side_file(kind, name, "es")
    assert side is not None
    assert side["reviewed_by"] == "" and side["note"] == "machine-assisted translation, not reviewed"


def test_no_text_is_missing_and_none_is_of_an_older_version():
    found = check_content(datetime.date(2026, 11, 30), _known())
    assert found.noticed("not translated") == () and found.noticed("older translation") == ()
    assert found.problems == ()


def test_reasons_steps_cards_and_answers_hold_no_english():
    texts = [text for one in every_reason("es") for text in (one.title, one.say)]
    texts += [
        asked.text
        for one in every_reason("es")
        for asked in (*one.client_questions, *one.therapist_questions)
    ]
    texts += [against.text for one in every_reason("es") for against in one.counter]
    texts += [step.text for step in every_step("es").values()]
    texts += [one["text"] for one in private_questions("es")]
    for guide in every_guide("es"):
        texts += [text for card in guide.cards for text in (card.title, card.text, card.without)]
        texts += [line.text for card in guide.cards for line in card.lines]
    assert len(texts) > 800
    assert [text for text in texts if content.FALLBACK in text] == []


def test_questions_are_answered_in_spanish_with_the_numbers():
    own = OwnCourse("PHQ-9", "week", (15.0, 14.0), 6.0, 0.4, 12.0, ((4.0, 0.2), (8.0, 0.001)))
    by_id = {one.id: one for one in answers(own, "es")}
    assert "unas 20 en la semana 4; menos de 1 en la semana 8" in by_id["faq-how-long"].text
    assert "de 100 personas con un camino como el tuyo, unas 40 están" in by_id["faq-my-odds"].text


@pytest.mark.parametrize("instrument", OWN, ids=ids(OWN))
def test_our_own_questions_are_there_in_spanish_with_the_same_items_and_scores(instrument):
    spanish = find_in(instrument.id, "es")
    assert spanish.language == "es" and not spanish.validated and "sin validar" in spanish.title
    assert [item.id for item in spanish.items] == [item.id for item in instrument.items]
    for one, other in zip(spanish.items, instrument.items, strict=True):
        assert one.text != other.text and content.FALLBACK not in one.text
        assert [o.value for o in one.options] == [o.value for o in other.options]
        assert [bool(o.label) for o in one.options] == [bool(o.label) for o in other.options]
    if instrument.total is not None:
        assert spanish.total.minimum == instrument.total.minimum


@pytest.mark.parametrize("instrument", PUBLISHED, ids=ids(PUBLISHED))
def test_a_published_instrument_is_never_translated_by_us(instrument):
    assert find_in(instrument.id, "es") is find(instrument.id)


def test_an_instrument_in_its_own_language_is_the_instrument():
    assert find_in("coping", "en") is find("coping")
