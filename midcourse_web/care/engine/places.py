"""Crisis contacts and local notices of a place, from the engine's content."""

from dataclasses import dataclass

from midcourse.places import Contact as EngineContact
from midcourse.places import place as find_place
from midcourse.places import places
from midcourse_web.care.engine.spoken import spoken


@dataclass(frozen=True)
class Contact:
    """One way to reach help: whom, for what, the numbers to call and to text, the hours."""

    name: str
    about: str
    call: str
    call_link: str
    text: str
    text_word: str
    text_link: str
    chat: str
    web: str
    hours: str
    advice: str


@dataclass(frozen=True)
class Help:
    """The help of one place; `unknown` says that the place asked for is not known here."""

    place: str
    contacts: tuple[Contact, ...]
    unknown: bool


@dataclass(frozen=True)
class LocalNotice:
    """What holds in a place on one topic, in plain words. Not legally reviewed."""

    title: str
    text: str
    law: str
    label: str
    version: str


CRISIS = ("emergency", "crisis")
DANGER = ("emergency", "danger")


def help_for(
    places: tuple[str, ...], language: str = "", purposes: tuple[str, ...] = CRISIS
) -> tuple[Help, ...]:
    """Return the contacts of each place for some purposes, in order; unknown places fall back to safe ones."""
    return tuple(_help(code, language, purposes) for code in places)


def notice(place: str, topic: str, language: str = "") -> LocalNotice:
    """Return what holds in a place on a topic. Raises KeyError for a topic that is none."""
    where = find_place(place, spoken(language))
    one = where.notice(topic)
    return LocalNotice(one.title, one.text, one.law, where.label, where.version)


def _help(code: str, language: str, purposes: tuple[str, ...]) -> Help:
    where = find_place(code, spoken(language))
    contacts = tuple(_contact(one) for one in where.contacts_for(*purposes))
    return Help(where.title, contacts, unknown=bool(where.asked))


def _contact(one: EngineContact) -> Contact:
    return Contact(
        one.name, one.for_whom, one.call, one.call_link, one.sms, one.sms_word, one.sms_link,
        one.chat, one.web, one.hours, one.advice,
    )  # fmt: skip


def contacts_for(place: str, purposes: tuple[str, ...], language: str = "") -> tuple[Contact, ...]:
    """Return a place's contacts for some purposes: regulators, complaint routes, advocacy, police."""
    return tuple(_contact(one) for one in find_place(place, spoken(language)).contacts_for(*purposes))


def every_place(language: str = "") -> tuple[tuple[str, str], ...]:
    """Return code and name of every place there are numbers for, by name."""
    return tuple(
        sorted(((one.code, one.title) for one in places(spoken(language))), key=lambda pair: pair[1])
    )


def notices(place: str, topics: tuple[str, ...], language: str = "") -> tuple[LocalNotice, ...]:
    """Return what holds in a place on several topics, in this order."""
    return tuple(notice(place, topic, language) for topic in topics)
