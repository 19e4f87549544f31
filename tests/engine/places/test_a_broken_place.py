"""A file that is not as it should be is refused, with the file, the entry and the mend."""

from datetime import date

import pytest

from midcourse import content
from midcourse.places import Contact, Notice, Source
from midcourse.places.find import BrokenPlace, _read

SEEN = Source("A page", "https://example.org", date(2026, 11, 27), "seen: example.org")
UNSEEN = Source("A page", "https://example.org", date(2026, 11, 27), "from memory, not looked up")


def contact(**changed):
    given = {
        "id": "line",
        "name": "A line",
        "purposes": ("crisis",),
        "for_whom": "Anyone.",
        "source": SEEN,
        "call": "116 123",
    }
    return Contact(**(given | changed))


@pytest.mark.parametrize(
    ("changed", "mend"),
    [
        ({"purposes": ("gossip",)}, "a purpose is one of"),
        ({"purposes": ()}, "a purpose is one of"),
        ({"call": ""}, "give one"),
        ({"call": "0800 CALL"}, "no telephone number"),
        ({"call": "11"}, "no telephone number"),
        ({"call": "", "sms": "1234567890123456"}, "no telephone number"),
        ({"source": UNSEEN}, "must be seen"),
        ({"call": "", "sms": "85258", "source": UNSEEN}, "must be seen"),
    ],
)
def test_a_contact_that_cannot_be_trusted_is_refused(changed, mend):
    with pytest.raises(ValueError, match=mend):
        contact(**changed)


def test_a_page_may_be_named_from_memory_and_so_may_a_number_nobody_needs_at_once():
    assert contact(call="", web="https://example.org", source=UNSEEN).urgent
    assert not contact(purposes=("privacy",), source=UNSEEN).urgent


@pytest.mark.parametrize(
    ("name", "url", "how"),
    [
        ("A page", "https://example.org", "I am sure"),
        ("A page", "https://example.org", "seen: "),
        ("A page", "http://example.org", "seen: x"),
        ("", "https://example.org", "seen: x"),
    ],
)
def test_a_source_says_where_it_was_seen_or_that_it_was_not(name, url, how):
    with pytest.raises(ValueError, match=r"how is|a source has"):
        Source(name, url, date(2026, 11, 27), how)


def test_a_notice_is_on_a_known_topic():
    with pytest.raises(ValueError, match="a topic is one of lines"):
        Notice("weather", "Rain", "It rains.", "", SEEN)


@pytest.mark.parametrize(
    ("kind", "change", "mend"),
    [
        ("contacts", {"call": "none"}, r"ie\.toml, emergency: emergency: 'none' is no telephone number"),
        ("contacts", {"purposes": None}, r"ie\.toml, emergency: .*Mend that entry"),
        ("contacts", {"colour": "red"}, r"ie\.toml, emergency: .*colour"),
        ("notices", {"id": "weather"}, r"ie\.toml, weather: a topic is one of"),
        ("notices", {"how": "surely"}, r"ie\.toml, confidentiality: how is 'seen: '"),
    ],
)
def test_a_broken_file_names_the_entry(monkeypatch, kind, change, mend):
    raw = content.read("places", "ie")
    raw[kind][0] |= change
    monkeypatch.setattr(content, "read_in", lambda *_: raw)
    with pytest.raises(BrokenPlace, match=mend):
        _read("ie", "en")


@pytest.mark.parametrize("missing", ["source", "url", "law", "title"])
def test_a_missing_field_is_named(monkeypatch, missing):
    raw = content.read("places", "ie")
    del raw["notices"][0][missing]
    monkeypatch.setattr(content, "read_in", lambda *_: raw)
    with pytest.raises(BrokenPlace, match=f"confidentiality: has no '{missing}'"):
        _read("ie", "en")
