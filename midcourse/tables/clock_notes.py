"""Plain sentences on how the times of a file were understood."""

from collections.abc import Iterable, Mapping

from midcourse.tables.dates import DateOrder
from midcourse.tables.moments import When
from midcourse.tables.units import is_follow_up, labelled_number, unit_of


def order_note(seen: Iterable[When], order: DateOrder) -> tuple[str, ...]:
    """Return the sentence that says how dates such as 03/04/2024 are read, where that was settled."""
    if order.order is None or not any(when.date for when in seen):
        return ()
    return (f"Dates such as 03/04/2024 are read {order.order}, as other dates in the file show.",)


def occasion_notes(seen: Iterable[When], ranks: Mapping[str, float]) -> tuple[str, ...]:
    """Return the sentences that say what was taken for session numbers, and what for follow-up."""
    words = sorted((n, word.strip()) for word, n in ranks.items())
    notes = []
    if words:
        read = ", ".join(f"{word} as {n:g}" for n, word in words)
        notes.append(f"Occasions are read as session numbers in order: {read}.")
    units = {when.unit.strip() for when in seen if unit_of(when.unit) == "occasion"}
    if units and not words:
        notes.append(f"Times given by {', '.join(sorted(units))} are read as session numbers.")
    if any(when.time and not when.unit and _is_bare(when.time) for when in seen):
        notes.append("Times have no unit and are read as session numbers; --map time_unit=week says else.")
    if any(is_follow_up(text) for when in seen for text in (when.session, when.time)):
        notes.append("Occasions called follow-up lie after therapy and are kept out of the course.")
    return tuple(notes)


def _is_bare(text: str) -> bool:
    found = labelled_number(text)
    return found is not None and found[1] is None
