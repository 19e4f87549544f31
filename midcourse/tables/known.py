"""The measures a file may speak of: those with a content file, and one bare scale given by the caller."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from midcourse.measures import Instrument, Scale, UnknownInstrument, find, known
from midcourse.tables.units import plain


@dataclass(frozen=True, slots=True)
class Known:
    """What reading a table needs to know of a measure: its id, ends, whether scores are whole, items.

    A bare scale has no instrument, and whether its scores must be whole is not known, so not checked.
    """

    measure: str
    minimum: float
    maximum: float
    whole: bool
    keys: tuple[str, ...]
    instrument: Instrument | None = None

    @property
    def n_items(self) -> int:
        """How many items count towards the total; 0 where only totals can be read."""
        return len(self.instrument.scored_items) if self.instrument else 0


class MeasureBook:
    """Finds measures by the names people write; the caller's own scale comes first."""

    def __init__(self, scale: Scale | None = None) -> None:
        """Take the bare scale, if there is one."""
        self._scale = scale
        self._own = None if scale is None else _from_scale(scale)

    def find(self, name: str) -> Known | None:
        """Return the measure of this name, or None where it is unknown or has no total to follow."""
        if self._own is not None and plain(name) in self._own.keys:
            return self._own
        try:
            return _from_instrument(find(name))
        except UnknownInstrument:
            return None

    def why_not(self, name: str) -> str:
        """Return why `find` gives nothing for this name, with the nearest names."""
        try:
            return f"{find(name).short} has no total, so no course can be followed on it."
        except UnknownInstrument as unknown:
            return str(unknown).replace("No instrument", "no measure")

    def all(self) -> tuple[Known, ...]:
        """Return every measure there is."""
        return self._everything

    @cached_property
    def _everything(self) -> tuple[Known, ...]:
        return tuple(self._each())

    def _each(self) -> Iterator[Known]:
        if self._own is not None:
            yield self._own
        for name in known():
            measure = _from_instrument(find(name))
            if measure is not None and (self._own is None or measure.measure != self._own.measure):
                yield measure


def _from_scale(scale: Scale) -> Known:
    return Known(scale.measure, scale.minimum, scale.maximum, whole=False, keys=(plain(scale.measure),))


def _from_instrument(instrument: Instrument) -> Known | None:
    if instrument.total is None:
        return None
    keys = tuple(dict.fromkeys(plain(name) for name in (instrument.id, *instrument.aliases)))
    total = instrument.total
    return Known(instrument.id, total.minimum, total.maximum, instrument.whole, keys, instrument)
