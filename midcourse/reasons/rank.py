"""Which reasons are shown, in which order: at most three, too early before all where it leads."""

from dataclasses import dataclass
from typing import Literal

from midcourse.reasons.evidence import Evidence
from midcourse.reasons.findings.course import EARLY_WEEKS
from midcourse.reasons.reason import Reason, every_reason
from midcourse.reasons.weigh import FIRST, PART, Weighed, weigh

Track = Literal["early", "reasons"]
SHOWN = 3
EARLY = "too-early-to-tell"
FRESH_LOOK = "unaddressed-driver"
# Trouble is most often found here in clients who are off track (White et al. 2015).
COMMON = ("life-events-and-social-support", "readiness-ambivalence", "alliance-rupture")
SEVERE_WEEKS = 4.0


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every reason that was weighed, and those shown, in order."""

    track: Track
    shown: tuple[Weighed, ...]
    weighed: tuple[Weighed, ...]


def off_track(evidence: Evidence) -> bool:
    """Say whether scores or the client's own word say that it is not working."""
    return evidence.has("D-NOT", "D-FLAT", "D-WORSE") or evidence.check_up.says_not_working


def rank(evidence: Evidence) -> Ranking:
    """Weigh every reason and return those worth showing, strongest first."""
    weighed = _weigh_all(evidence)
    open_ones = [one for one in weighed if one.reason.id not in evidence.check_up.dismissed]
    rivals = sorted(
        (one for one in open_ones if one.reason.id != EARLY and _may_show(one, evidence)),
        key=lambda one: _key(one, evidence),
    )
    rivals = _second_where_untried(rivals)
    early = next((one for one in open_ones if one.reason.id == EARLY and _leads(one, rivals, evidence)), None)
    if early is not None:
        strong = [one for one in rivals if one.points >= FIRST]
        urgent = [one for one in strong if one.reason.family == "relationship"]
        rest = [one for one in strong if one not in urgent]
        # Nobody who feels unheard is told to wait.
        return Ranking("reasons" if urgent else "early", (*urgent, early, *rest)[:SHOWN], weighed)
    if not rivals and off_track(evidence):
        rivals = [one for one in open_ones if one.reason.id == FRESH_LOOK]
    return Ranking("reasons", tuple(rivals[:SHOWN]), weighed)


def _weigh_all(evidence: Evidence) -> tuple[Weighed, ...]:
    points: dict[str, float] = {}
    out: dict[str, Weighed] = {}
    reasons = every_reason(evidence.language)
    for reason in sorted(reasons, key=lambda one: one.needs_client_statement):
        out[reason.id] = weigh(reason, evidence, points)
        points[reason.id] = out[reason.id].points
    return tuple(out[reason.id] for reason in reasons)


def _may_show(one: Weighed, evidence: Evidence) -> bool:
    # Sums of thirds can end a hair below the line they should reach.
    if one.points < PART - 1e-9:
        return False
    return "only-with-a-cause-to-ask" not in one.reason.limits or _cause_to_ask(one.reason, evidence)


def _cause_to_ask(reason: Reason, evidence: Evidence) -> bool:
    """Whether a talk with a prescriber may be raised: a word from somebody, trouble, or severe and unchanged."""
    note = evidence.history.medication
    if note is not None and note.declined:
        return False
    if evidence.has("D-MED-BASE", "D-MED-FX"):
        return True
    said = [evidence.answer(one.id) or 0 for one in reason.client_questions]
    said += [evidence.check_up.therapist.get(one.id, 0) for one in reason.therapist_questions]
    if max(said) > 1:
        return True
    calendar = evidence.history.calendar
    long_enough = calendar is not None and calendar.weeks >= SEVERE_WEEKS
    return long_enough and evidence.has("D-SEVERE") and evidence.has("D-MED-NO") and off_track(evidence)


def _key(one: Weighed, evidence: Evidence) -> tuple[float, bool, float, int, int]:
    name = one.reason.id
    common = COMMON.index(name) if name in COMMON else len(COMMON)
    picked = name in evidence.check_up.picks
    return (-round(one.points, 9), not picked, -round(one.share("client"), 9), common, one.reason.order)


def _second_where_untried(rivals: list[Weighed]) -> list[Weighed]:
    """A change of therapy stands behind another strong reason that can be tried first."""
    if (
        len(rivals) > 1
        and "second-to-a-strong-reason" in rivals[0].reason.limits
        and rivals[1].points >= FIRST
    ):
        return [rivals[1], rivals[0], *rivals[2:]]
    return rivals


def _leads(early: Weighed, rivals: list[Weighed], evidence: Evidence) -> bool:
    calendar = evidence.history.calendar
    closed = calendar is not None and calendar.weeks >= EARLY_WEEKS and not evidence.has("D-SLOWSHAPE")
    if closed or evidence.has("D-NOT", "D-WORSE") or early.points < PART:
        return False
    return evidence.has("D-EARLY") or (evidence.has("D-SLOWSHAPE") and not rivals)
