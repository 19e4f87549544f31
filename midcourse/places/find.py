"""From a code or a locale to a place; an unknown one falls back to what is safe anywhere, and says so."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from midcourse import content
from midcourse.places.contact import Contact, Source
from midcourse.places.place import Notice, Place

GENERAL = "general"
PROVENANCE = ("url", "checked_on", "how")
Entry = TypeVar("Entry", bound=Contact | Notice)


class BrokenPlace(ValueError):
    """A place's file that cannot be read, with the file, the entry and the mend."""


@cache
def codes() -> tuple[str, ...]:
    """Return the code of every place there is a file for, in alphabetical order."""
    return content.names("places")


def places(language: str = "") -> tuple[Place, ...]:
    """Return every place but the general one, by code."""
    return tuple(place(code, language) for code in codes() if code != GENERAL)


@cache
def place(code: str, language: str = "") -> Place:
    """Return a place, with all that holds in the wider place it lies in.

    A part of a country that has no file (`us-wa`) gives the country, an unknown code the general place;
    `asked` then holds the code that was asked for. Texts are in `language` where the place has them in it,
    otherwise in the place's own. Raises BrokenPlace, with the mend, where a file is not as it should be.
    """
    wanted = code.strip().lower().replace("_", "-")
    found = wanted
    while found not in codes():
        found = found.rpartition("-")[0] or GENERAL
    return replace(_read(found, language), asked="" if found == wanted else code)


def code_of_locale(name: str) -> str | None:
    """Return the code of the one place a locale such as `en_GB.UTF-8` speaks of, None where it is not clear.

    `en_US` is what many machines all over the world are set to, so it says nothing about a place.
    """
    short = re.sub(r"[.@].*", "", name).replace("-", "_")
    found = [code for code in codes() if short in content.read("places", code).get("locales", ())]
    return found[0] if len(found) == 1 else None


def _read(code: str, language: str) -> Place:
    plain = content.read("places", code)
    spoken = language if language in plain["languages"] else plain["language"]
    raw = content.read_in("places", code, spoken)
    contacts, notices = entries_of(code, raw)
    wider = _wider(code, raw["within"], language or spoken)
    if wider is not None:
        notices = _first_of_each(notices, wider.notices)
        if wider.code != GENERAL:  # its contacts are for those of whom nothing is known
            contacts = _first_of_each(contacts, (one for one in wider.contacts if not one.here_only))
    return Place(
        code=raw["id"],
        title=raw["title"],
        within=raw["within"],
        language=spoken,
        languages=tuple(raw["languages"]),
        contacts=tuple(contacts),
        notices=tuple(notices),
        version=raw["version"],
        check_again_on=raw["check_again_on"],
        reviewed_by=raw["reviewed_by"],
        label=raw["label"],
    )


def entries_of(code: str, raw: dict[str, Any]) -> tuple[list[Contact], list[Notice]]:
    """Return what one file holds by itself. Raises BrokenPlace, with the mend, where an entry cannot be read."""
    contacts = [_contact(code, one) for one in raw.get("contacts", ())]
    return contacts, [_notice(code, one) for one in raw.get("notices", ())]


def _wider(code: str, within: str, language: str) -> Place | None:
    if code == GENERAL:
        return None
    return _read(within or GENERAL, language)


def _first_of_each(own: list[Entry], wider: Iterable[Entry]) -> list[Entry]:
    taken = {one.id for one in own}
    return [*own, *(one for one in wider if one.id not in taken)]


def _contact(code: str, raw: dict[str, Any]) -> Contact:
    try:
        rest = {key: value for key, value in raw.items() if key not in ("source", "purposes", *PROVENANCE)}
        return Contact(purposes=tuple(raw["purposes"]), source=_source(raw), **rest)
    except (KeyError, TypeError, ValueError) as problem:
        raise _broken(code, raw, problem) from None


def _notice(code: str, raw: dict[str, Any]) -> Notice:
    try:
        return Notice(raw["id"], raw["title"], raw["text"], raw["law"], _source(raw))
    except (KeyError, TypeError, ValueError) as problem:
        raise _broken(code, raw, problem) from None


def _source(raw: dict[str, Any]) -> Source:
    return Source(raw["source"], *(raw[key] for key in PROVENANCE))


def _broken(code: str, raw: dict[str, Any], problem: Exception) -> BrokenPlace:
    entry = raw.get("id", "an entry without an id")
    what = f"has no {problem}" if isinstance(problem, KeyError) else str(problem)
    return BrokenPlace(f"midcourse/content/places/{code}.toml, {entry}: {what}. Mend that entry.")
