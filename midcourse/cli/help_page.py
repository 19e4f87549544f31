"""Print whom to turn to: the emergency number first, then who listens, each with its number and hours."""

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from midcourse.cli.help_words import WORDS

if TYPE_CHECKING:
    from midcourse.places import Contact, Place

LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts, as POSIX has it
URGENT_HEADS = ("crisis", "danger", "child", "poison")
OTHER_HEADS = (
    "lgbt",
    "medicines",
    "police",
    "regulator",
    "professional-body",
    "complaint",
    "privacy",
    "advocacy",
    "find-therapist",
    "self-help",
)
# Beside these, anything said about safety opens the lines to talk with.
FOR_SAFETY = {"danger-from-other": ("danger",), "medical-withdrawal": ("medicines",)}
# Steps whose words say "here", and what stands there in a place.
FOR_STEPS = {
    "A-C-CRISIS": ("crisis",),
    "A-C-DV": ("danger",),
    "A-C-COMPLAINT": ("professional-body", "complaint"),
    "A-C-BOARD": ("regulator",),
    "A-C-LICENSE": ("regulator",),
    "A-C-LEGAL": ("police", "advocacy"),
    "A-C-OTHER-PERSON": ("advocacy",),
    "A-C-FIND-NEW": ("find-therapist",),
}


def find_place(code: str | None, language: str, environ: Mapping[str, str] = os.environ) -> "Place":
    """Return the place that was asked for, else the one this computer's locale clearly names, else the general one."""
    from midcourse.places import code_of_locale, place

    if code is not None:
        return place(code, language)
    locale = next((environ[name] for name in LOCALES if environ.get(name)), "")
    return place(code_of_locale(locale) or "general", language)


def print_urgent(found: "Place", *, guessed: bool) -> None:
    """Print everything somebody may need at once."""
    from midcourse.cli.screen import console, say

    words, screen = WORDS[found.language], console()
    say(screen, words["head"].format(found.title), style="bold")
    if found.code == "general":
        _print_anywhere(found)
    else:
        if guessed:
            say(screen, words["guess"])
        _print_emergency(found)
    for purpose in URGENT_HEADS:
        print_contacts(found, purpose)
    say(screen, "")
    for topic in ("lines", "traces"):
        notice = found.notice(topic)
        say(screen, f"{notice.title}. {notice.text}")
    checked = min(one.source.checked_on for one in found.contacts if one.urgent)
    say(screen, words["checked"].format(checked.isoformat(), found.label))


def print_rights(found: "Place") -> None:
    """Print everything else: whom to complain to, what holds, and the law it rests on."""
    from midcourse.cli.screen import console, say

    words, screen = WORDS[found.language], console()
    for purpose in OTHER_HEADS:
        print_contacts(found, purpose)
    for notice in found.notices:
        if notice.id in ("lines", "traces"):
            continue
        say(screen, "")
        say(screen, notice.title, style="bold")
        say(screen, notice.text, indent=2)
        law = [words["law"].format(notice.law)] if notice.law else []
        memory = [] if notice.source.seen else [words["memory"]]
        say(screen, f"({'; '.join([*law, *memory, found.label])})", indent=2)


def purposes_of(safety: str, steps: Iterable[str]) -> tuple[str, ...]:
    """Return what a review opens contacts for: what was said about safety, and steps that say "here"."""
    from midcourse.places import PURPOSES

    said = FOR_SAFETY.get(safety, () if safety == "none" else ("crisis",))
    opened = {*said, *(purpose for step in steps for purpose in FOR_STEPS.get(step, ()))}
    return tuple(purpose for purpose in PURPOSES if purpose in opened)


def print_for(found: "Place", purposes: Iterable[str]) -> None:
    """Print the emergency number and the contacts for some purposes."""
    _print_emergency(found)
    for purpose in purposes:
        print_contacts(found, purpose)


def print_contacts(found: "Place", purpose: str) -> None:
    """Print the contacts for one purpose under its heading; nothing where there is none."""
    from midcourse.cli.screen import console, say

    contacts = found.contacts_for(purpose)
    if contacts:
        say(console(), "")
        say(console(), f"{WORDS[found.language][purpose]}:", style="bold")
    for one in contacts:
        say(console(), f"- {line(one, found.language)} {one.for_whom} {one.advice}".rstrip(), indent=2)


def line(one: "Contact", language: str) -> str:
    """Return a contact with the ways to reach it, for example ``Samaritans: call 116 123 (day and night).``"""
    words = WORDS[language]
    ways = [words["call"].format(one.call)] if one.call else []
    if one.sms:
        ways.append(
            words["text-word"].format(one.sms_word, one.sms)
            if one.sms_word
            else words["text"].format(one.sms)
        )
    ways += [address for address in (one.chat or one.web,) if address]
    hours = f" ({one.hours})" if one.hours else ""
    return f"{one.name}: {', '.join(ways)}{hours}."


def help_line(found: "Place") -> str:
    """Return the one sentence that stands above whatever a client reads."""
    words = WORDS[found.language]
    if found.code == "general":
        return words["not-safe-anywhere"].format(
            ", ".join(one.call for one in found.contacts_for("emergency"))
        )
    first = next(one for one in found.contacts_for("crisis") if one.call)
    return words["not-safe"].format(found.emergency.call, found.title, first.name, first.call)


def as_data(found: "Place") -> dict[str, Any]:
    """Return the urgent contacts as plain data, ready for JSON."""
    names = ("id", "name", "purposes", "call", "sms", "sms_word", "chat", "web", "hours", "for_whom")
    contacts = [{name: getattr(one, name) for name in names} for one in found.contacts if one.urgent]
    return {"place": found.code, "asked": found.asked, "label": found.label, "contacts": contacts}


def _print_emergency(found: "Place") -> None:
    from midcourse.cli.screen import console, say

    for one in found.contacts_for("emergency"):
        sentence = WORDS[found.language]["emergency"].format(one.call)
        say(console(), f"{sentence} {one.advice}".rstrip(), style="bold")


def _print_anywhere(found: "Place") -> None:
    """The emergency numbers of many countries, and a line for each place there is a list for."""
    from midcourse.cli.screen import console, print_table, say
    from midcourse.places import places

    words = WORDS[found.language]
    if found.asked:
        say(console(), words["unknown"].format(found.asked))
    for one in found.contacts_for("emergency"):
        say(console(), f"- {line(one, found.language)} {one.for_whom}", indent=2)
    say(console(), "")
    rows = [
        (one.code, one.title, one.emergency.call, line(one.contacts_for("crisis")[0], one.language))
        for one in places(found.language)
    ]
    print_table(words["choose"], ("CODE", "", "", ""), rows)
