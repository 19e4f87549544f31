"""Every instrument, and small things that several content tests ask of them."""

import unicodedata

from midcourse.measures import Instrument, find, known
from midcourse.measures.item import Part

EVERY = tuple(find(name) for name in known())
WORDED = tuple(one for one in EVERY if one.has_text)
UNWORDED = tuple(one for one in EVERY if not one.has_text)


def ids(instruments: tuple[Instrument, ...]) -> list[str]:
    """Return the ids, to name the tests by."""
    return [one.id for one in instruments]


def words(instrument: Instrument) -> str:
    """Return every word a person is shown, in the order of the file, in Unicode's composed form."""
    shared = _shared_options(instrument)
    lines = [instrument.instructions, instrument.stem, *shared]
    for item in instrument.items:
        own = [option.label for option in item.options]
        lines += [item.text, *(own if own != shared else [])]
    return unicodedata.normalize("NFC", "\n".join(lines))


def _shared_options(instrument: Instrument) -> list[str]:
    sets = [[option.label for option in item.options] for item in instrument.items]
    common = max(sets, key=sets.count)
    return common if len(sets) == 1 or sets.count(common) > 1 else []


def parts(instrument: Instrument) -> tuple[Part, ...]:
    """Return the total, if any, and the subscales."""
    return (*((instrument.total,) if instrument.total else ()), *instrument.subscales)
