"""Findings about sessions: who came, who cancelled, and how far apart. Counted apart for each side."""

from midcourse.content.say import Said, said
from midcourse.reasons.finding import Rule
from midcourse.reasons.situation import Situation
from midcourse.record.calendar import CLIENT_SIDE, THERAPIST_SIDE, Attendance

CLIENT_SHARE, THERAPIST_SHARE = 0.25, 0.20
RUN = 2  # in a row
GAP_DAYS = 28.0
CHANGES = 2
SPARSE_WEEKS, PER_WEEK = 8.0, 0.5  # two sessions a month or fewer, once eight weeks have passed


def _missed(now: Situation, side: tuple[Attendance, ...], share: float) -> tuple[int, int] | None:
    """How many of the latest sessions one side missed, where that is many or two in a row."""
    calendar = now.history.calendar
    if calendar is None or not calendar.latest:
        return None
    flags = [one in side for one in calendar.latest]
    row = any(first and second for first, second in zip(flags, flags[1:], strict=False))
    many = len(flags) >= 4 and sum(flags) / len(flags) >= share
    return (sum(flags), len(flags)) if many or row else None


def missed_by_client(now: Situation) -> Said | None:
    """Missed or cancelled by the client."""
    found = _missed(now, CLIENT_SIDE, CLIENT_SHARE)
    return None if found is None else said("found-missed", missed=str(found[0]), booked=str(found[1]))


def missed_by_therapist(now: Situation) -> Said | None:
    """Cancelled or missed by the therapist or the clinic."""
    found = _missed(now, THERAPIST_SIDE, THERAPIST_SHARE)
    if found is None:
        return None
    return said("found-cancelled", missed=str(found[0]), booked=str(found[1]))


def gap(now: Situation) -> Said | None:
    """More than four weeks between sessions without a planned break."""
    calendar = now.history.calendar
    if calendar is None or calendar.planned_break or (calendar.longest_gap_days or 0.0) <= GAP_DAYS:
        return None
    return said("found-gap", days=f"{calendar.longest_gap_days:.0f}")


def therapist_changes(now: Situation) -> Said | None:
    """Two or more changes of therapist."""
    calendar = now.history.calendar
    if calendar is None or calendar.therapist_changes < CHANGES:
        return None
    return said("found-changes", times=str(calendar.therapist_changes))


def sparse(now: Situation) -> Said | None:
    """Two sessions a month or fewer."""
    calendar = now.history.calendar
    if calendar is None or not calendar.booked or calendar.weeks < SPARSE_WEEKS:
        return None
    if calendar.booked / calendar.weeks > PER_WEEK:
        return None
    return said("found-sparse", booked=str(calendar.booked), weeks=f"{calendar.weeks:.0f}")


def ended_unplanned(now: Situation) -> Said | None:
    """The therapist ended the work and no referral is on record."""
    ending = now.history.ending
    if ending is None or not ending.by_therapist or ending.referred is not False:
        return None
    return said("found-ended")


RULES = (
    Rule(
        "D-MISS-C",
        "Sessions missed",
        "25 % of the last 8, or two in a row",
        "judgement",
        missed_by_client,
    ),
    Rule(
        "D-MISS-T",
        "Sessions cancelled",
        "20 % of the last 8, or two in a row",
        "judgement",
        missed_by_therapist,
    ),
    Rule(
        "D-GAP",
        "Long gap",
        "over 28 days without a planned break",
        "judgement",
        gap,
    ),
    Rule(
        "D-CHANGE-T",
        "Change of therapist",
        "two or more",
        "judgement",
        therapist_changes,
    ),
    Rule(
        "D-LOWFREQ",
        "Few sessions",
        "two a month or fewer after eight weeks",
        "Cuijpers 2013, doi 10.1016/j.jad.2013.02.030",
        sparse,
    ),
    Rule(
        "D-UNPLANNED-END",
        "Ended without a plan",
        "by the therapist, no referral",
        "ethics codes",
        ended_unplanned,
    ),
)
