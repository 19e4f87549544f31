"""Every place has what somebody there may need, says where it is from, and promises nothing."""

import re
from datetime import date

import pytest

from midcourse import content
from midcourse.content.readability import HARDEST_GRADE, LOWEST_EASE, ease, grade
from midcourse.places import PURPOSES, TOPICS, Contact, Place, codes, place, places

EVERY = [place(code, language) for code in codes() for language in place(code).languages]
KNOWN = list(places())
REQUIRED = set(PURPOSES) - {"lgbt", "medicines"}
ASKED_FOR = {
    "gb-eng", "gb-sct", "gb-wls", "gb-nir", "ie", "us", "us-ca", "us-ny", "us-tx", "ca", "au", "es", "general",
}  # fmt: skip
LABELS = {"en": "not legally reviewed", "es": "sin revisión jurídica"}
PROMISES = re.compile(
    r"someone will|somebody will answer|will help you|will listen|will be there|you will be|we promise|guarantee"
    r"|always answer|never alone|alguien te (responder|contestar)|te ayudar[áa]n|garantiz|te prometemos",
    re.IGNORECASE,
)
NEVER = re.compile(
    r"resistant|non-?compliant|you suffer|disorder|your fault"
    r"|should have (told|done|said|known|left|asked)|culpa|trastorno",
    re.IGNORECASE,
)


def named(one: Place) -> str:
    return f"{one.code}.{one.language}"


def texts(one: Place) -> str:
    told = [word for c in one.contacts for word in (c.for_whom, c.hours, c.advice) if word]
    return "\n".join([*told, *(f"{n.title}\n{n.text}" for n in one.notices)])


def test_every_place_that_was_asked_for_has_a_file():
    assert set(codes()) >= ASKED_FOR
    assert all(place(code).within in (*codes(), "") for code in codes())


@pytest.mark.parametrize("one", KNOWN, ids=named)
def test_every_place_has_somebody_for_every_need(one):
    assert [purpose for purpose in sorted(REQUIRED) if not one.contacts_for(purpose)] == []


@pytest.mark.parametrize("one", KNOWN, ids=named)
def test_a_life_in_danger_a_crisis_and_a_child_can_be_called_about(one):
    for purpose in ("emergency", "crisis", "child", "poison"):
        assert any(contact.call for contact in one.contacts_for(purpose)), purpose


@pytest.mark.parametrize("one", EVERY, ids=named)
def test_every_place_has_a_notice_on_every_topic_in_each_of_its_languages(one):
    assert sorted(notice.id for notice in one.notices) == sorted(TOPICS)
    assert content.FALLBACK not in texts(one)


def test_every_place_speaks_english_and_spanish():
    assert {
        code: place(code).languages for code in codes() if set(place(code).languages) != {"en", "es"}
    } == {}


@pytest.mark.parametrize("one", EVERY, ids=named)
def test_every_entry_says_where_it_is_from_when_it_was_looked_up_and_how(one):
    for entry in (*one.contacts, *one.notices):
        assert entry.source.name and entry.source.url.startswith("https://"), entry.id
        assert date(2026, 11, 1) <= entry.source.checked_on < one.check_again_on, entry.id
        assert entry.source.seen or entry.source.how == "from memory, not looked up", entry.id


@pytest.mark.parametrize("one", EVERY, ids=named)
def test_every_place_says_that_no_lawyer_has_read_it(one):
    raw = content.read("places", one.code)
    assert one.label == LABELS[one.language]
    assert raw["reviewed_by"] == "" and raw["validated"] is False


@pytest.mark.parametrize("one", EVERY, ids=named)
def test_a_number_somebody_may_need_at_once_was_seen(one):
    urgent = [c for c in one.contacts if c.urgent and (c.call or c.sms)]
    assert urgent and all(contact.source.seen for contact in urgent)


@pytest.mark.parametrize("one", EVERY, ids=named)
def test_ids_are_not_used_twice(one):
    for entries in (one.contacts, one.notices):
        ids = [entry.id for entry in entries]
        assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("one", EVERY, ids=named)
def test_nothing_is_promised_and_nobody_is_blamed(one):
    assert PROMISES.findall(texts(one)) == []
    assert NEVER.findall(texts(one)) == []


@pytest.mark.parametrize("one", EVERY, ids=named)
def test_every_notice_and_all_contacts_together_can_be_read_at_grade_8(one):
    told = {notice.id: notice.text for notice in one.notices}
    told["contacts"] = " ".join(contact.for_whom for contact in one.contacts)
    hard = {
        name: round(grade(text) if one.language == "en" else ease(text), 1)
        for name, text in told.items()
        if (grade(text) > HARDEST_GRADE if one.language == "en" else ease(text) < LOWEST_EASE)
    }
    assert hard == {}


def test_a_side_file_speaks_of_the_entries_there_are():
    for code in codes():
        for language in set(place(code).languages) - {content.read("places", code)["language"]}:
            own, side = content.read("places", code), content.side_file("places", code, language)
            assert side is not None
            for kind in ("contacts", "notices"):
                known = {entry["id"] for entry in own.get(kind, ())}
                assert {entry["id"] for entry in side.get(kind, ())} == known, (code, language, kind)


def test_two_places_never_write_one_line_with_two_numbers():
    numbers: dict[tuple[str, str], set[str]] = {}
    for one in KNOWN:
        for contact in one.contacts:
            numbers.setdefault((one.code[:2], contact.id), set()).add(f"{contact.call}/{contact.sms}")
    assert {key: found for key, found in numbers.items() if len(found) > 1 and key[1] != "emergency"} == {}


def test_the_option_of_988_that_was_closed_is_not_offered():
    for contact in place("us").contacts:
        assert "press 3" not in contact.for_whom.lower()


@pytest.mark.parametrize(
    ("code", "name", "call", "sms"),
    [
        ("gb-eng", "samaritans", "tel:116123", ""),
        ("gb-eng", "shout", "", "sms:85258?body=SHOUT"),
        ("us", "988", "tel:988", "sms:988"),
        ("au", "lifeline-au", "tel:131114", "sms:0477131114"),
        ("es", "024", "tel:024", ""),
    ],
)
def test_a_phone_can_call_and_text_from_the_page(code, name, call, sms):
    contact = next(one for one in place(code).contacts if one.id == name)
    assert (contact.call_link, contact.sms_link) == (call, sms)


def test_every_purpose_is_used():
    used: set[str] = set()
    for one in KNOWN:
        contacts: tuple[Contact, ...] = one.contacts
        used |= {purpose for contact in contacts for purpose in contact.purposes}
    assert used == set(PURPOSES)
