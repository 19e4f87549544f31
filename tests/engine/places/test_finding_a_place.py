"""A place is found by code, with what holds in the wider one; what is not known falls back, and says so."""

import pytest

from midcourse import content
from midcourse.places import code_of_locale, codes, place, places
from midcourse.places.find import _read


def test_a_part_of_a_country_holds_what_the_country_holds_its_own_first():
    england = place("gb-eng")
    names = [one.name for one in england.contacts_for("crisis")]
    assert names[0].startswith("NHS 111") and "Samaritans" in names
    assert england.notice("young-people").law.startswith("Family Law Reform Act 1969")
    assert england.notice("see-records") == place("gb").notice("see-records")
    assert england.emergency.call == "999"


def test_what_is_for_those_of_whom_only_the_country_is_known_is_not_passed_on():
    kept = {one.id for one in place("gb").contacts if one.here_only}
    assert kept and not kept & {one.id for one in place("gb-sct").contacts}


def test_what_a_place_does_not_say_is_said_in_general_words_but_general_numbers_stay_away():
    assert place("us").notice("traces") == place("general").notice("traces")
    assert [one.call for one in place("au").contacts_for("emergency")] == ["000"]


@pytest.mark.parametrize("code", ["US-wa", "us_wa", " us "])
def test_a_part_without_a_file_gives_the_country(code):
    assert place(code).code == "us"


@pytest.mark.parametrize("code", ["fr", "", "nowhere", "../gb", "de-by"])
def test_an_unknown_place_gives_what_is_safe_anywhere_and_says_that_it_did(code):
    found = place(code)
    assert found.code == "general" and found.asked == code
    assert {"112", "911", "999", "000"} <= {one.call for one in found.contacts_for("emergency")}


def test_a_known_place_was_not_asked_for_by_another_name():
    assert place("gb-eng").asked == "" and place("us-wa").asked == "us-wa"


def test_texts_come_in_a_language_the_place_has_and_otherwise_in_its_own():
    assert place("es").language == "es" and place("es").title == "España"
    assert place("es", "en").language == "en" and place("es", "en").title == "Spain"
    assert place("es", "de").language == "es"
    assert "llamar" in place("us", "es").notice("lines").text
    assert place("gb-eng", "es").language == "es" and place("gb-eng", "cy").language == "en"


def test_a_part_without_texts_in_a_language_still_gives_those_of_the_wider_place(monkeypatch):
    real = content.read

    def english_only(kind, name):
        return {**real(kind, name), **({"languages": ["en"]} if name == "gb-eng" else {})}

    monkeypatch.setattr(content, "read", english_only)
    found = _read("gb-eng", "es")
    assert found.language == "en" and found.notice("young-people").text.startswith("From 16")
    assert found.notice("see-records").text.startswith("Tienes derecho")


@pytest.mark.parametrize(
    ("locale", "code"),
    [
        ("en_GB.UTF-8", "gb"),
        ("en-GB", "gb"),
        ("es_ES@euro", "es"),
        ("fr_CA", "ca"),
        ("en_US.UTF-8", None),
        ("C.UTF-8", None),
        ("es_MX", None),
        ("", None),
    ],
)
def test_a_locale_names_a_place_only_where_that_is_clear(locale, code):
    assert code_of_locale(locale) == code


def test_a_locale_that_two_places_claim_names_none(monkeypatch):
    real = content.read
    monkeypatch.setattr(content, "read", lambda kind, name: {**real(kind, name), "locales": ["en_GB"]})
    assert code_of_locale("en_GB") is None


def test_the_list_of_places_leaves_out_the_general_one():
    assert [one.code for one in places()] == [code for code in codes() if code != "general"]


def test_a_topic_that_is_none_is_refused_with_the_topics_there_are():
    with pytest.raises(KeyError, match="topics are lines, traces, confidentiality"):
        place("ie").notice("weather")


def test_what_was_not_looked_up_can_be_listed():
    unseen = place("gb-eng").not_seen()
    assert "hcpc" in unseen and "confidentiality" in unseen and "samaritans" not in unseen
