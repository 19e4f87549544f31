"""Who came to which booked session, and who cancelled: the calendar of one episode."""

from dataclasses import dataclass
from typing import Literal

Attendance = Literal[
    "attended", "client cancelled", "client missed", "therapist cancelled", "therapist missed"
]
CLIENT_SIDE: tuple[Attendance, ...] = ("client cancelled", "client missed")
THERAPIST_SIDE: tuple[Attendance, ...] = ("therapist cancelled", "therapist missed")


@dataclass(frozen=True, slots=True)
class Session:
    """One booked session: its day (same count as `Score.day`) and who came or cancelled."""

    day: float
    attendance: Attendance


@dataclass(frozen=True, slots=True)
class Calendar:
    """The calendar of one episode in the numbers that findings need.

    `weeks` since the first session; counts of booked and attended sessions; `latest` is the attendance
    of the latest booked sessions, oldest first (up to 8); `longest_gap_days` between sessions held.
    `planned_break` says that the longest gap was planned by both, `gap_by_therapist` that the therapist's
    absence made it, `leave_covered` that the therapist's leave was planned and cover was agreed.

    Raises ValueError for counts that cannot be.
    """

    weeks: float
    booked: int
    attended: int
    latest: tuple[Attendance, ...] = ()
    longest_gap_days: float | None = None
    planned_break: bool = False
    gap_by_therapist: bool = False
    leave_covered: bool = False
    therapist_changes: int = 0

    def __post_init__(self) -> None:
        if self.weeks < 0 or not 0 <= self.attended <= self.booked or self.therapist_changes < 0:
            raise ValueError(
                f"A calendar with {self.attended} of {self.booked} sessions attended in {self.weeks} weeks "
                "cannot be; check the counts."
            )


LATEST = 8  # booked sessions that a finding looks back over


def calendar_of(sessions: tuple[Session, ...], as_of: float) -> Calendar:
    """Return the calendar of sessions up to a day, in the order of their days."""
    kept = sorted((one for one in sessions if one.day <= as_of), key=lambda one: one.day)
    held = [one.day for one in kept if one.attendance == "attended"]
    gaps = [(later - earlier, earlier, later) for earlier, later in zip(held, held[1:], strict=False)]
    longest, start, end = max(gaps, default=(None, 0.0, 0.0))
    between = [one.attendance for one in kept if start < one.day < end]
    return Calendar(
        weeks=(as_of - kept[0].day) / 7.0 if kept else 0.0,
        booked=len(kept),
        attended=len(held),
        latest=tuple(one.attendance for one in kept[-LATEST:]),
        longest_gap_days=longest,
        gap_by_therapist=bool(between) and all(one in THERAPIST_SIDE for one in between),
    )
