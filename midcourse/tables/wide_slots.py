"""From columns that name measures to the slots scores are read from."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from midcourse.tables.moments import When
from midcourse.tables.problem import ProblemList
from midcourse.tables.slots import ItemsSlot, Slot, TotalSlot
from midcourse.tables.units import plain
from midcourse.tables.wide import WideColumn


def wide_slots(
    columns: Iterable[WideColumn], header: tuple[str, ...], found: ProblemList, notes: list[str]
) -> tuple[Slot, ...]:
    """Return one slot per measure and occasion; items are taken before a total beside them.

    Bare numbers are items where they are 1 to the number of items, and sessions where they go
    beyond it; anything else is unclear and added to `found`.
    """
    columns = list(columns)
    _check_numbered(columns, header, found)
    by_measure = sorted(columns, key=lambda column: column.known.measure)
    slots: list[Slot] = []
    for _, group in groupby(by_measure, key=lambda column: column.known.measure):
        clear = _settle_bare(list(group), header, found)
        slots += _measure_slots(clear, header, notes)
    return tuple(sorted(slots, key=_position))


def _check_numbered(columns: list[WideColumn], header: tuple[str, ...], found: ProblemList) -> None:
    """Refuse bdi_1 and bdi_2 side by side: two measures of those names, or one measure twice?"""
    names = {plain(name) for name in header}
    for column in columns:
        stem = plain(header[column.column]).rstrip("0123456789")
        total = column.item is None and column.bare is None and column.when is None
        if total and stem != plain(header[column.column]) and {f"{stem}1", f"{stem}2"} <= names:
            what = f"{header[column.column]} could be a measure, an item or an occasion."
            found.add("unclear-columns", what, line=1, column=header[column.column])
        if column.item is not None and column.item > column.known.most_items:
            what = f"{column.known.title} has {column.known.most_items} items."
            found.add("unclear-columns", what, line=1, column=header[column.column])


def _settle_bare(columns: list[WideColumn], header: tuple[str, ...], found: ProblemList) -> list[WideColumn]:
    bare = {column.bare for column in columns if column.bare is not None}
    if not bare:
        return columns
    known = columns[0].known
    if known.n_items and set(range(1, known.n_items + 1)) <= bare <= set(range(1, known.most_items + 1)):
        return [replace(c, item=c.bare, bare=None) if c.bare is not None else c for c in columns]
    untimed = all(column.when is None for column in columns)
    if known.n_items and max(bare) > known.most_items and untimed:
        return [_as_session(column) for column in columns]
    names = ", ".join(header[c.column] for c in columns if c.bare is not None)
    found.add("unclear-columns", f"{names} could be items or occasions.", line=1)
    return [column for column in columns if column.bare is None]


def _as_session(column: WideColumn) -> WideColumn:
    when = None if column.bare is None else When(session=str(column.bare))
    return replace(column, bare=None, when=when)


def _measure_slots(columns: list[WideColumn], header: tuple[str, ...], notes: list[str]) -> list[Slot]:
    occasions = dict.fromkeys(column.when for column in columns)
    slots: list[Slot] = []
    for when in occasions:
        here = [column for column in columns if column.when == when]
        items = {column.item: column.column for column in here if column.item is not None}
        totals = [column for column in here if column.item is None]
        measure = columns[0].known.measure
        if items:
            slots.append(ItemsSlot(measure, dict(sorted(items.items())), when))
            for total in totals:
                notes.append(f"The column {header[total.column]} is left aside: its items are scored.")
        else:
            slots += [TotalSlot(total.column, measure, when) for total in totals]
    return slots


def _position(slot: Slot) -> int:
    return slot.column if isinstance(slot, TotalSlot) else min(slot.columns.values())
