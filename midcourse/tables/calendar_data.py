"""The calendar of an answers file: from counts, or from what became of the latest sessions."""

from typing import Any

from midcourse.record import Calendar
from midcourse.record.calendar import LATEST, Attendance
from midcourse.tables.entries import Entries

LETTERS: dict[str, Attendance] = {
    "a": "attended", "c": "client cancelled", "n": "client missed", "t": "therapist cancelled",
}  # fmt: skip
WORDS: dict[str, Attendance] = LETTERS | {
    "attended": "attended", "came": "attended", "held": "attended",
    "client cancelled": "client cancelled", "cancelled by client": "client cancelled",
    "client missed": "client missed", "missed": "client missed", "no-show": "client missed",
    "noshow": "client missed", "no show": "client missed",
    "therapist cancelled": "therapist cancelled", "cancelled by therapist": "therapist cancelled",
    "therapist missed": "therapist missed",
}  # fmt: skip


def calendar_data(left: Entries) -> Calendar | None:
    """Return the calendar, None where neither time nor sessions are on record.

    Raises ValueError for counts that cannot be and for sessions that are neither letter nor known words.
    """
    weeks = left.number("weeks", "weeks_in_therapy")
    booked = left.whole("booked", "sessions_booked")
    attended = left.whole("attended", "sessions_attended", "sessions")
    client = (left.whole("cancelled_client", "client_cancelled") or 0) + (
        left.whole("noshow_client", "missed_client", "no_shows", "no_show") or 0
    )
    theirs = (left.whole("cancelled_therapist", "therapist_cancelled") or 0) + (
        left.whole("noshow_therapist", "missed_therapist") or 0
    )
    latest = left.take("last8", "latest_sessions")
    gap = left.number("longest_gap_days", "gap_days")
    changes = left.whole("therapist_changes") or 0
    planned, by_therapist, covered = (
        left.flag(name) is True for name in ("planned_break", "gap_by_therapist", "leave_covered")
    )
    if weeks is None and booked is None and attended is None and not latest and gap is None and not changes:
        return None
    seen = _letters(latest) if latest else ()
    held = seen.count("attended")
    if booked is None:
        booked = max((attended or 0) + client + theirs, len(seen))
    if attended is None:
        attended = max(booked - client - theirs, 0) if client + theirs or not seen else held
    seen = seen or _spread(booked, client, theirs)
    return Calendar(weeks or 0.0, booked, attended, seen, gap, planned, by_therapist, covered, changes)


def _letters(latest: Any) -> tuple[Attendance, ...]:
    named = [str(one).strip().lower().replace("_", " ") for one in latest]
    unknown = sorted({one for one in named if one not in WORDS})
    if unknown:
        raise ValueError(
            f"last8: use A (attended), C, N (client) and T (therapist), not {', '.join(unknown)}."
        )
    return tuple(WORDS[one] for one in named)


def _spread(booked: int, client: int, theirs: int) -> tuple[Attendance, ...]:
    """Where only counts are known, spread them evenly: no run of two is made up."""
    count = min(max(booked, 0), LATEST)
    share = count / booked if booked > 0 else 0.0
    out: list[Attendance] = ["attended"] * count
    places = [*range(0, count, 2), *range(1, count, 2)]
    sides: list[Attendance] = ["client cancelled"] * min(round(client * share), count)
    sides += ["therapist cancelled"] * min(round(theirs * share), count)
    for place, side in zip(places, sides, strict=False):
        out[place] = side
    return tuple(out)
