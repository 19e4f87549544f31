"""The measures a file may speak of: those with a content file, and one bare scale given by the caller."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from midcourse.measures import Instrument, Scale, UnknownInstrument, find, known
from midcourse.tables.units import plain


@dataclass(frozen=True, slots=True)
class Known:
    """What reading a table needs to know of a measure: its id, ends, whether scores are whole, items.

    A bare scale has no instrument, and whether its scores must be whole is not known, so not checked.
    """

    measure: str
    title: str
    minimum: float
    maximum: float
    whole: bool
    keys: tuple[str, ...]
    instrument: Instrument | None = None

    @property
    def n_items(self) -> int:
        """How many items count towards the total; 0 where only totals can be read."""
        return len(self.instrument.scored_items) if self.instrument else 0

    @property
    def most_items(self) -> int:
        """How many items there are with those that do not count (the PHQ-9 has a tenth)."""
        return len(self.instrument.items) if self.instrument else 0


class MeasureBook:
    """Finds measures by the names people write; the caller's own scale comes first."""

    def __init__(self, scale: Scale | None = None) -> None:
        """Take the bare scale, if there is one."""
        self.own = None if scale is None else _from_scale(scale)

    def find(self, name: str) -> Known | None:
        """Return the measure of this name, or None where it is unknown or has no total to follow."""
        if self.own is not None and plain(name) in self.own.keys:
            return self.own
        try:
            return _from_instrument(find(name))
        except UnknownInstrument:
            return None

    def why_not(self, name: str) -> str:
        """Return why `find` gives nothing for this name, with the nearest names."""
        try:
            return f"{find(name).short} has no total, so no course can be followed on it."
        except UnknownInstrument:
            near = get_close_matches(plain(name), self._names, n=5, cutoff=0.6)
            measures = " or ".join(dict.fromkeys(self._names[key] for key in near))
            return f"no measure is called {name!r}{f'; did you mean {measures}?' if near else '.'}"

    def all(self) -> tuple[Known, ...]:
        """Return every measure there is."""
        return self._everything

    @cached_property
    def _names(self) -> dict[str, str]:
        return {key: known.measure for known in self._everything for key in known.keys}

    @cached_property
    def _everything(self) -> tuple[Known, ...]:
        return tuple(self._each())

    def _each(self) -> Iterator[Known]:
        if self.own is not None:
            yield self.own
        for name in known():
            measure = _from_instrument(find(name))
            if measure is not None and (self.own is None or measure.measure != self.own.measure):
                yield measure


def _from_scale(scale: Scale) -> Known:
    keys = (plain(scale.measure),)
    return Known(scale.measure, scale.title, scale.minimum, scale.maximum, whole=False, keys=keys)


def _from_instrument(instrument: Instrument) -> Known | None:
    if instrument.total is None:
        return None
    keys = tuple(dict.fromkeys(plain(name) for name in (instrument.id, *instrument.aliases)))
    total = instrument.total
    ends = total.minimum, total.maximum
    return Known(instrument.id, instrument.short, *ends, instrument.whole, keys, instrument)
