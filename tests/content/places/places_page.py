"""Write docs/reference/places.md from the files: ``python -m tests.content.places.places_page``."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from midcourse import content
from midcourse.places import URGENT, Contact, Notice, Place, codes, place

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "places.md"

INTRO = """\
# Places

Written from the files in `midcourse/content/places/` by `python -m tests.content.places.places_page`; a test
fails when it is out of date. Add a place by adding one file; add its texts in another language with a side
file (`us.es.toml`).

**Nothing here is legal advice, and no lawyer or clinician has reviewed it.** Before a clinic opens, somebody
there has to call each number of its place once, and have its notices read by somebody who knows the law.

**How it was checked.** *Seen* names the pages on which an entry was read on the day that is given. These were
stored copies of public pages, some of them years old, and seldom the page of the line itself; nobody has
called a number. *From memory* means that nobody looked it up. A number for an emergency, a crisis, danger,
a child or a poisoning is shipped only where it was seen; a test and the reader itself refuse any other.

**What a place holds.** A part of a country (`gb-eng`) holds all that the country holds, and its own notices
take the place of the country's. A part without a file (`us-wa`) gives the country. An unknown place gives
`general`, which is safe anywhere. `midcourse help-now --place CODE` prints a place.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([INTRO, *_overview(), *(line for code in codes() for line in _place(place(code)))])


def _overview() -> Iterator[str]:
    yield "| code | place | languages | urgent contacts, seen | other entries seen | from memory | check again |"
    yield "|---|---|---|---|---|---|---|"
    for code in codes():
        one = place(code)
        entries = [*own_contacts(one), *own_notices(one)]
        urgent = [entry for entry in entries if isinstance(entry, Contact) and entry.urgent]
        seen = sum(entry.source.seen for entry in entries)
        urgent_seen = sum(entry.source.seen for entry in urgent)
        cells = (
            f"`{code}`",
            one.title,
            ", ".join(one.languages),
            f"{urgent_seen} of {len(urgent)}",
            f"{seen - urgent_seen} of {len(entries) - len(urgent)}",
            str(len(entries) - seen),
            one.check_again_on.isoformat(),
        )
        yield f"| {' | '.join(cells)} |"
    yield ""


def own_contacts(one: Place) -> list[Contact]:
    """Return the contacts that stand in the place's own file."""
    own = {raw["id"] for raw in content.read("places", one.code).get("contacts", ())}
    return [contact for contact in one.contacts if contact.id in own]


def own_notices(one: Place) -> list[Notice]:
    """Return the notices that stand in the place's own file."""
    own = {raw["id"] for raw in content.read("places", one.code).get("notices", ())}
    return [notice for notice in one.notices if notice.id in own]


def _place(one: Place) -> Iterator[str]:
    wider = f", in `{one.within}`" if one.within else ""
    yield f"## {one.title} (`{one.code}`{wider})\n\n*{one.label}*\n"
    yield from _table("for | contact | call | text | hours | how checked", map(_contact, own_contacts(one)))
    yield ""
    yield from _table("topic | in plain words | law | how checked", map(_notice, own_notices(one)))
    yield ""


def _contact(one: Contact) -> tuple[str, ...]:
    purposes = ", ".join(f"**{name}**" if name in URGENT else name for name in one.purposes)
    address = one.web or one.chat
    name = f"[{one.name}]({address})" if address else one.name
    text = " to ".join(filter(None, (one.sms_word, one.sms)))
    return purposes, name, one.call, text, one.hours, _checked(one)


def _notice(one: Notice) -> tuple[str, ...]:
    return one.id, one.text, one.law, _checked(one)


def _checked(one: Contact | Notice) -> str:
    return f"{one.source.how} ({one.source.checked_on.isoformat()})"


def _table(head: str, rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    names = head.split(" | ")
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') or '-' for cell in row)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
