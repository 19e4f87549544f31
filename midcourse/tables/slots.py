"""Where in a row the scores stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from midcourse.tables.moments import When


@dataclass(frozen=True, slots=True)
class TotalSlot:
    """One column of totals; `measure` is None where a measure column says which it is.

    `when` is set where the column's own name says the occasion (phq9_s3).
    """

    column: int
    measure: str | None = None
    when: When | None = None


@dataclass(frozen=True, slots=True)
class ItemsSlot:
    """The columns of one instrument's item answers on one occasion (item number to column)."""

    measure: str
    columns: Mapping[int, int]
    when: When | None = None


Slot = TotalSlot | ItemsSlot


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file's columns are read: single columns by role, the slots of scores, what to show."""

    header: tuple[str, ...]
    roles: Mapping[str, int]
    slots: tuple[Slot, ...]
    columns: Mapping[str, str]
    fixed_unit: str = ""
    notes: tuple[str, ...] = field(default=())

    def name(self, number: int) -> str:
        """Return the column name to point at when something in a slot is wrong."""
        slot = self.slots[number]
        if isinstance(slot, TotalSlot):
            return self.header[slot.column]
        return self.header[next(iter(slot.columns.values()))]
