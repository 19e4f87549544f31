"""All that clients, those near them and visitors read is there in easy Spanish, without a word of English."""

import gettext
import re
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.views.defaults import server_error

from midcourse.content.readability import FEWEST_WORDS, LOWEST_EASE, ease, words
from midcourse_web.care.actions.check_in import record_check_in
from midcourse_web.care.actions.remind import remind
from midcourse_web.outbox.models import Message
from midcourse_web.people.actions.invite import accept, invite
from midcourse_web.people.models import Client
from tests.web.spanish import PO, asked_for, entries, left_in_english, placeholders, seen
from tests.web.table import OUT, TABLE
from tests.web.test_permissions import just_signed_in

CATALOGUE = entries()
FOR_CLIENTS = [one for one in CATALOGUE if one.for_clients]
IN_SPANISH = {"accept-language": "es"}
# Words that no Spanish text has, and no name of a law or of a service either.
ENGLISH = re.compile(r"\b(you|your|this|with|is|are|was|what)\b")
OF_SPAIN_ALONE = re.compile(r"\b(vosotr\w+|vuestr\w+|os)\b|\b\w+(áis|éis|asteis|isteis)\b", re.I)


def test_the_catalogue_is_large_and_mostly_for_clients():
    assert len(CATALOGUE) > 1500 and len(FOR_CLIENTS) > 1000


def test_every_text_that_pages_for_clients_ask_for_is_in_the_catalogue():
    known = {one.english for one in CATALOGUE}
    asked = list(asked_for())
    assert len(asked) > 1000
    assert [(where, text) for where, text in asked if text not in known] == [], "run `make words`"


def test_every_text_for_clients_has_its_spanish():
    assert [one.english for one in FOR_CLIENTS if "fuzzy" in one.flags or not all(one.spanish)] == []


def test_no_text_of_the_catalogue_is_a_guess_of_the_collector():
    assert [one.english for one in CATALOGUE if "fuzzy" in one.flags] == []


def test_every_name_that_is_filled_in_stands_in_both_languages():
    for one in CATALOGUE:
        whole = placeholders(one.text.get("msgid_plural", one.english))
        for number, spanish in enumerate(one.spanish):
            wanted = placeholders(one.english) if number == 0 and len(one.spanish) > 1 else whole
            assert not spanish or wanted <= placeholders(spanish) <= whole, one.english
            assert not spanish or one.english.endswith("\n") == spanish.endswith("\n"), one.english


def test_what_is_compiled_is_what_was_written():
    with PO.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    written = {}
    for one in CATALOGUE:
        name = f"{one.text['msgctxt']}\x04{one.english}" if "msgctxt" in one.text else one.english
        if all(one.spanish) and "fuzzy" not in one.flags:
            plural = "msgid_plural" in one.text
            written |= (
                {(name, n): text for n, text in enumerate(one.spanish)} if plural else {name: one.spanish[0]}
            )
    del compiled[""]
    assert compiled == written, "run `make words`"


def test_every_spanish_text_for_clients_is_easy_to_read():
    plain = [re.sub(r"<[^>]+>|%\(\w+\)[a-z]|%s", "x", text) for one in FOR_CLIENTS for text in one.spanish]
    long = [text for text in plain if len(words(text)) >= FEWEST_WORDS]
    assert len(long) > 500
    assert [(round(ease(text)), text) for text in long if ease(text) < LOWEST_EASE == 60.0] == []


def test_no_text_speaks_in_the_forms_of_spain_alone():
    assert [text for one in CATALOGUE for text in one.spanish if OF_SPAIN_ALONE.search(text)] == []


def test_questions_are_opened_as_well_as_closed():
    texts = [text for one in CATALOGUE for text in one.spanish]
    assert [text for text in texts if text.count("?") != text.count("¿")] == []


@pytest.mark.parametrize("who", ["ada", "gus", "mia", OUT])
def test_no_page_holds_a_word_of_english(who, cast, signed_in):
    walked = 0
    for name, row in sorted(TABLE.items()):
        if who not in row.who:
            continue
        browser = Browser() if who == OUT else just_signed_in(signed_in(who))
        with transaction.atomic():
            url, send = reverse(name, kwargs=row.at(cast)), browser.get if row.post is None else browser.post
            page = send(url, row.post, headers=IN_SPANISH, follow=True)
            transaction.set_rollback(True)
        if not page.get("content-type", "").startswith("text/html") or name in SPEAKS_FOR_ITSELF:
            continue
        html, walked = page.content.decode(), walked + 1
        assert '<html lang="es"' in html, name
        text = NAMES.sub("", seen(html))
        assert left_in_english(text, CATALOGUE) == [], name
        assert ENGLISH.findall(text) == [], (name, text)
    assert walked > 5


# The open check-up goes on in the language chosen at its start, which the table's answer does not carry.
SPEAKS_FOR_ITSELF = {"open:ask"}
# The names of the cast's clinic and of what it wrote into the record are in the language they were written in.
NAMES = re.compile(r"Brook House")


def test_a_leftover_is_found():
    page = "Mi página. Your next session with Tom: lunes. Nothing is waiting for you."
    assert len(left_in_english(page, CATALOGUE)) == 2
    assert seen('<p>Hola</p><p lang="en">Over the last 2 weeks</p><title>x</title>') == "Hola"


def test_the_sign_in_page_and_its_errors_speak_spanish(db):
    page = Browser().get("/accounts/login/", headers=IN_SPANISH).content.decode()
    assert "Contraseña" in page
    wrong = {"login": "nobody@example.org", "password": "not a password at all"}
    assert "correct" in Browser().post("/accounts/login/", wrong, headers=IN_SPANISH).content.decode()


def test_our_own_questions_are_asked_in_spanish_and_published_ones_as_they_were_published(signed_in, due):
    ours, published = due("ada", "midcourse-check-in"), due("ben", "phq-9")
    page = (
        signed_in("ada").get(reverse("client:check_in", args=[ours.pk]), headers=IN_SPANISH).content.decode()
    )
    assert "Hoy sentí" in seen(page)
    page = (
        signed_in("ben")
        .get(reverse("client:check_in", args=[published.pk]), headers=IN_SPANISH)
        .content.decode()
    )
    assert "Little interest" in page and "Little interest" not in seen(page), "marked as English"
    assert "no están en tu idioma" in page


def test_days_are_written_as_in_spanish():
    with translation.override("es"):
        assert formats.date_format(date(2026, 3, 2)) == "2 de marzo de 2026"


def test_the_page_of_a_failure_of_ours_speaks_both_languages(rf):
    page = server_error(rf.get("/")).content.decode()
    assert "Help now" in page and 'lang="es"' in page and "Ayuda ahora" in page


def test_a_page_without_a_connection_says_its_language(db):
    page = Browser().get("/offline/", headers=IN_SPANISH).content.decode()
    assert '<html lang="es">' in page and "No hay conexión" in page


def test_whoever_chooses_spanish_gets_their_messages_in_it(cast, signed_in, due):
    signed_in("ada").post("/language/", {"language": "es", "next": "/account/"})
    remind(check_in=due("ada"))
    assert "Una nota corta para ti" in [message.subject for message in Message.objects.all()]


def test_a_language_that_is_none_changes_nothing(cast, signed_in):
    signed_in("ada").post("/language/", {"language": "xx"})
    cast.ada.refresh_from_db()
    assert cast.ada.language == "en"


def test_whoever_accepts_an_invitation_in_spanish_is_written_to_in_it(cast):
    new = Client.objects.create(clinic=cast.clinic, name="Flor", email="flor@example.org")
    asked = {"by": cast.otto, "clinic": cast.clinic, "role": "client", "name": "Flor", "email": new.email}
    _, secret = invite(**asked, client=new)
    with translation.override("es"):
        accept(by=None, secret=secret, name="Flor", password="a long enough phrase")
    new.refresh_from_db()
    assert (new.language, new.user.language) == ("es", "es")


@pytest.mark.parametrize("page", ["client:course", "together:room"])
def test_a_state_is_said_in_spanish_and_its_numbers_are_marked_as_english(page, cast, signed_in, due):
    for days in (14, 7, 0):
        at, given = timezone.now() - timedelta(days=days), {"phq-9": {f"phq9-{n}": 2 for n in range(1, 9)}}
        record_check_in(by=cast.ada, check_in=due("ada"), given=given, mode="signed in", answered_at=at)
    at = {"episode_id": cast.episodes["ada"].pk} if page == "together:room" else {}
    html = signed_in("ada").get(f"{reverse(page, kwargs=at)}?band=yes", headers=IN_SPANISH).content.decode()
    assert "Los números que hay detrás, en inglés" in html
    assert not ENGLISH.search(NAMES.sub("", seen(html)))


def test_a_check_up_is_asked_in_spanish_from_the_first_question_to_the_result(signed_in):
    browser = signed_in("ada")
    page = browser.post("/me/check-up/", headers=IN_SPANISH, follow=True)
    asked = 0
    while not page.request["PATH_INFO"].endswith("/result/"):
        html, asked = page.content.decode(), asked + 1
        assert not ENGLISH.search(seen(html)), seen(html)
        question = re.search(r'name="question" value="([^"]+)"', html)
        answer = {"answer": "3", "question": question[1]} if question else {"skip": "yes"}
        page = browser.post("/me/check-up/ask/", answer, headers=IN_SPANISH, follow=True)
    assert asked > 8, "four steps, then questions of reasons"
    assert not ENGLISH.search(seen(page.content.decode()))


@pytest.mark.parametrize("page", ["tools/past-events/", "tools/alcohol/", "library/library/", "options/"])
def test_pages_behind_pages_hold_no_english_that_is_not_marked(page, signed_in):
    html = signed_in("ada").get(f"/me/{page}", headers=IN_SPANISH).content.decode()
    assert not ENGLISH.search(seen(html)), seen(html)
