"""A person with no clinic, at 2 a.m., with a phone: the check-up keeps nothing anywhere."""

import logging
import re
import urllib.parse
import urllib.request

import pytest
from django.apps import apps
from django.test import Client as Browser

from midcourse_web.pages.public.carried import Carried, NotOurs, seal, unseal
from midcourse_web.private.held import Held
from tests.web.servers import serving, status

ANSWERS = {"C-ALL-1": "0", "C-ALL-2": "0", "C-ALL-3": "4", "C-ALL-4": "4"}


@pytest.fixture
def switched_on(cast):
    cast.clinic.public_check_up = True
    cast.clinic.save()


def text_of(response):
    return response.content.decode()


def carried(page):
    return re.search(r'name="carried" value="([^"]+)"', page).group(1)


class AtNight:
    """Somebody with a phone who answers one page after the other; the page is all there is."""

    def __init__(self, post):
        self.post, self.page = post, ""

    def begin(self, place="gb-eng", sessions="10", language="en"):
        return self.send(begin="yes", place=place, sessions=sessions, language=language)

    def send(self, url="/open/ask/", **given):
        if self.page and "begin" not in given:
            given["carried"] = carried(self.page)
        self.page = self.post(url, given)
        return self.page

    def through(self, harm="0", danger="no", picks="alliance-rupture"):
        self.begin()
        self.send(answer="1")
        self.send(answer=harm)
        if harm != "0":
            self.send(on="yes")
        self.send(answer=danger)
        if danger != "no":
            self.send(on="yes")
        self.send(picks=picks)
        while "<h1>What may be in the way</h1>" not in self.page:
            asked = re.search(r'name="question" value="([^"]+)"', self.page).group(1)
            self.send(question=asked, answer=ANSWERS.get(asked, ""))
        return self.page


@pytest.fixture
def at_night(switched_on):
    browser = Browser(enforce_csrf_checks=True)
    somebody = AtNight(lambda url, given: text_of(browser.post(url, given)))
    somebody.browser = browser
    return somebody


@pytest.mark.need("S1-11", "S1-71", "S2-100", by="open:ask")
def rows():
    return {model._meta.label: model.objects.count() for model in apps.get_models()}


def test_it_gives_reasons_options_words_questions_rights_and_routes(at_night):
    page = at_night.through()
    assert "Feeling heard, safe and able to trust" in page
    assert "You said" in page
    assert "What you can do" in page
    assert "Questions for someone new" in page
    assert "Change the person" in page
    assert "Your rights" in page
    assert "Care Quality Commission" in page, "the routes of the place she chose"
    assert "not legally reviewed" in page
    assert "You can ask for someone else or stop at any time" in page
    assert "Not clinically validated" in page


def test_nothing_is_written_asked_of_the_database_set_in_the_browser_or_logged(
    at_night, django_assert_num_queries, caplog
):
    before = rows()
    caplog.set_level(logging.DEBUG)
    with django_assert_num_queries(1):
        at_night.begin()  # the one question: has the clinic switched it on?
    with django_assert_num_queries(0):
        at_night.send(answer="1")
        at_night.send(answer="2")
        at_night.send(on="yes")
        at_night.send(answer="no")
        at_night.send(**{"picks": "stigma", "else": "my neighbour hears us"})
        at_night.send(stop="yes")
        at_night.send(url="/open/sheet/", own="I cry at night")
    assert rows() == before
    assert not at_night.browser.cookies, "no session, no cookie at all"
    said = " ".join(str(record.__dict__) for record in caplog.records)
    assert not any(word in said for word in ("neighbour", "cry", "carried", "stigma"))


def test_what_travels_in_the_page_cannot_be_read_or_changed_there(at_night):
    at_night.begin()
    at_night.send(answer="1")
    at_night.send(answer="0")
    page = at_night.send(answer="no")
    sealed = carried(page)
    assert "felt" not in sealed and "gb-eng" not in sealed
    assert unseal(sealed).held == Held("picks", felt=1, self_harm=0, in_danger="no")
    touched = sealed[:-6] + ("AAAAAA" if sealed[-6:] != "AAAAAA" else "BBBBBB")
    for text in (touched, "", "é", "x" * 30_000):
        with pytest.raises(NotOurs):
            unseal(text)
    response = at_night.browser.post("/open/ask/", {"carried": touched, "answer": "1"})
    assert response["Location"] == "/open/", "she begins again, and is not shown an error"
    assert at_night.browser.post("/open/sheet/", {"carried": touched})["Location"] == "/open/"


def test_a_yes_about_hurting_oneself_shows_the_numbers_of_the_place_in_the_same_response(at_night):
    at_night.begin()
    at_night.send(answer="1")
    page = at_night.send(answer="2")
    assert "tel:116123" in page
    assert "Nobody here has been told, and nobody reads this page." in page
    page = at_night.send(on="yes")
    assert "I feel in danger from someone." in page, "help is no wall"


def test_in_danger_shows_who_helps_and_offers_no_talk_together(at_night):
    at_night.begin()
    for given in ("1", "0"):
        at_night.send(answer=given)
    page = at_night.send(answer="yes")
    assert "You should be safe" in page and "data-leave" in page
    at_night.send(on="yes")
    page = at_night.send(stop="yes")
    assert "Change how we work" not in page


def test_every_page_has_a_quick_exit_and_is_kept_by_nothing(at_night):
    response = at_night.browser.get("/open/")
    assert "data-leave" in text_of(response)
    assert "no-store" in response["Cache-Control"]
    for page in (at_night.begin(), at_night.send(answer="1"), at_night.through()):
        assert "data-leave" in page


def test_not_for_me_sets_a_reason_aside_and_it_can_come_back(at_night):
    at_night.through()
    assert 'id="alliance-rupture"' in at_night.page
    assert 'id="alliance-rupture"' not in at_night.send(on="yes", aside="alliance-rupture")
    assert "You set these aside" in at_night.page
    assert 'id="alliance-rupture"' in at_night.send(on="yes", aside="alliance-rupture")


def test_few_sessions_say_that_it_may_be_early(at_night):
    at_night.begin(sessions="2")
    assert "It may be too soon to know" in at_night.send(stop="yes")
    at_night.begin(sessions="20")
    assert "It may be too soon to know" not in at_night.send(stop="yes")
    at_night.begin(sessions="many")
    assert "It may be too soon to know" not in at_night.send(stop="yes"), "unknown is never evidence"


def test_the_sheet_holds_the_chosen_words_and_can_be_printed_or_saved(at_night):
    result = at_night.through()
    given = {"line": "words-open-1", "own": "I cry at night"}
    page = at_night.send(url="/open/sheet/", **given)
    assert "something is not clicking for me" in page and "I cry at night" in page
    assert "data-print" in page and "tel:116123" in page
    saved = at_night.browser.post("/open/sheet/", {**given, "carried": carried(result), "save": "yes"})
    assert "attachment" in saved["Content-Disposition"]
    text = text_of(saved)
    assert "something is not clicking for me" in text and "116 123" in text and "&quot;" not in text
    assert "What may be in the way" in at_night.send(on="yes")


def test_it_speaks_spanish_without_a_cookie(at_night):
    page = text_of(at_night.browser.get("/open/?language=es"))
    assert 'name="language" value="es"' in page and 'lang="es"' in page
    at_night.begin(place="es", language="es")
    page = at_night.send(stop="yes")
    assert '<html lang="es">' in page
    assert "Cambiar de persona" in page
    assert not at_night.browser.cookies


def test_a_place_or_language_nobody_knows_falls_back_to_what_is_safe(at_night):
    at_night.begin(place="xx", language="xx")
    found = unseal(carried(at_night.page))
    assert (found.place, found.language) == ("general", "en")


def test_a_reload_begins_anew(at_night):
    for address in ("ask", "sheet"):
        assert at_night.browser.get(f"/open/{address}/")["Location"] == "/open/"


def test_help_stands_without_an_answer_for_any_place(at_night):
    assert "tel:988" in text_of(at_night.browser.get("/open/help/?place=us"))
    assert at_night.browser.get("/open/help/?place=xx").status_code == 200


def test_where_no_clinic_has_switched_it_on_there_is_nothing(cast):
    assert Browser().get("/open/").status_code == 404
    assert Browser().post("/open/ask/", {"begin": "yes", "place": "ie"}).status_code == 404


def test_a_manager_switches_it_on_and_the_front_door_shows_it(signed_in):
    stranger, mia = Browser(), signed_in("mia")
    for name, page in (("mia", "/clinic/"), ("otto", "/clinic/people/")):
        assert 'href="/open/switch/"' in text_of(signed_in(name).get(page))
    assert "Not a client here?" not in text_of(stranger.get("/"))
    mia.post("/open/switch/", {"offer": "yes"})
    assert "It is switched on" in text_of(mia.get("/open/switch/"))
    assert "Not a client here?" in text_of(stranger.get("/"))
    assert stranger.get("/open/").status_code == 200
    mia.post("/open/switch/", {"offer": "no"})
    assert stranger.get("/open/").status_code == 404
    assert signed_in("tom").get("/open/switch/").status_code == 403


def test_sealed_twice_it_looks_different_each_time(settings):
    one = Carried("ie", "en")
    assert seal(one) != seal(one) and unseal(seal(one)) == one
    sealed = seal(one)
    settings.SECRET_KEY = "another installation's"
    with pytest.raises(NotOurs):
        unseal(sealed)


@pytest.mark.loopback
def test_serve_public_runs_only_this_without_a_database_and_says_nothing_of_anybody(tmp_path):
    with serving(tmp_path, "--public") as served:
        somebody = AtNight(
            lambda url, given: (
                urllib.request.urlopen(served.url + url, urllib.parse.urlencode(given).encode(), timeout=30)
                .read()
                .decode()
            )
        )
        page = somebody.through(harm="1", danger="yes")
        assert "Your rights" in page
        somebody.send(url="/open/sheet/", own="I cry at night")
        assert "I cry at night" in somebody.page
        for gone in ("/me/", "/clients/", "/accounts/login/", "/me/notes/", "/admin/"):
            assert status(served.url + gone) == 404
        for there in ("/open/", "/help-now/", "/offline/", "/sw.js", "/favicon.ico"):
            assert status(served.url + there) == 200
        answer = urllib.request.urlopen(served.url + "/", timeout=30)
        assert answer.url.endswith("/open/") and "Set-Cookie" not in answer.headers
        said = served.words()
        assert not any(word in said for word in ("open/ask", "cry", "stigma"))
    kept = {one.name for one in (tmp_path / "home").iterdir()}
    assert kept == {"web.key", "private.key", "static"}
