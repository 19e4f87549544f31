"""Findings about the course of the scores."""

from midcourse.content.say import Said, listed, said
from midcourse.reasons.finding import Rule
from midcourse.reasons.situation import CourseSeen, Situation
from midcourse.signals.state import State

FIRM = (State.OFF_COURSE, State.RELIABLY_WORSE)
RAISED = (*FIRM, State.DRIFTING)
LOST_GROUND = 1 / 3  # of the reliable change, at both of the latest two scores; judgement
FLAT_FROM = 6  # sessions (or scores, where sessions are not on record)
EARLY_SESSIONS = 4
EARLY_WEEKS = 4.0
FALL, RISE, CYCLES = 3.0, 4.0, 2  # PHQ-9 points
SEVERE = {"phq-9": 16.0, "gad-7": 15.0}


def _losing_ground(one: CourseSeen) -> bool:
    """Whether the latest two scores lie clearly worse than the client's own best."""
    if one.scale is None or one.scale.reliable_change is None or len(one.scores) < 3:
        return False
    best = max(one.scores) if one.scale.higher_is_better else min(one.scores)
    part = LOST_GROUND * one.scale.reliable_change.points
    return all(one.scale.worsening(best, score) >= part for score in one.scores[-2:])


def _worse(one: CourseSeen) -> bool:
    return (
        one.scale is not None
        and len(one.scores) > 1
        and one.scale.is_reliable_deterioration(one.scores[0], one.scores[-1])
    )


def _better(one: CourseSeen) -> bool:
    return one.scale is not None and one.scale.is_reliable_improvement(one.scores[0], one.scores[-1])


def _off(one: CourseSeen, sessions: int) -> bool:
    """Whether ground was lost, or the signal is raised.

    In the first three sessions a raised signal is still too early; from six on it is called no change.
    """
    raised = one.now in FIRM or (len(one.states) > 1 and all(state in RAISED for state in one.states))
    return _losing_ground(one) or _worse(one) or (raised and EARLY_SESSIONS <= sessions < FLAT_FROM)


def _moving(one: CourseSeen) -> bool:
    """Whether a course is on course and clearly better than at its start, though not reliably yet."""
    if one.now is not State.ON_COURSE or one.scale is None or one.scale.reliable_change is None:
        return False
    part = LOST_GROUND * one.scale.reliable_change.points
    return one.scale.worsening(one.scores[0], one.scores[-1]) <= -part


def not_on_course(now: Situation) -> Said | None:
    """Scores have moved in the wrong direction, or the signal is raised early."""
    sessions = sessions_so_far(now)
    off = [one.measure for one in now.courses if _off(one, sessions)]
    return said("found-not-expected", measures=listed(off)) if off else None


def sessions_so_far(now: Situation) -> int:
    """Return sessions attended, or the most scores on one measure where no session is on record."""
    calendar = now.history.calendar
    if calendar is not None and calendar.booked > 0:
        return calendar.attended
    return max((len(one.scores) for one in now.courses), default=0)


def flat(now: Situation) -> Said | None:
    """No reliable change after six sessions or more."""
    known = [one for one in now.courses if one.scale is not None and one.scale.reliable_change is not None]
    sessions = sessions_so_far(now)
    moved = any(_better(one) or _moving(one) for one in known)
    if sessions < FLAT_FROM or not known or not_on_course(now) or moved:
        return None
    return said("found-flat", sessions=str(sessions))


def worse(now: Situation) -> Said | None:
    """Reliably worse than at the start."""
    found = [one.measure for one in now.courses if _worse(one)]
    return said("found-worse", measures=listed(found)) if found else None


def early(now: Situation) -> Said | None:
    """Fewer than four sessions and fewer than four weeks."""
    calendar = now.history.calendar
    if calendar is None or calendar.attended >= EARLY_SESSIONS or calendar.weeks >= EARLY_WEEKS:
        return None
    name = "found-early-one" if calendar.attended == 1 else "found-early"
    return said(name, sessions=str(calendar.attended), weeks=f"{calendar.weeks:.0f}")


def slow_shape(now: Situation) -> Said | None:
    """On course and moving the right way, though slowly."""
    for one in now.courses:
        on = one.now is State.ON_COURSE and one.scale is not None and len(one.scores) > 2
        if (
            on
            and one.scale is not None
            and one.scale.worsening(one.scores[0], one.scores[-1]) < 0
            and not not_on_course(now)
        ):
            return said("found-slow", measure=one.measure)
    return None


def severe(now: Situation) -> Said | None:
    """A high latest score on depression or anxiety."""
    high = [name for name, at in SEVERE.items() if now.of(name) and now.of(name)[-1] >= at]
    return said("found-severe", measures=listed(high)) if high else None


def cycle(now: Situation) -> Said | None:
    """Gains that were lost again, twice or more."""
    scores = now.of("phq-9")
    count, peak, trough = 0, float("-inf"), None
    for score in scores:
        if trough is None:
            peak = max(peak, score)
            trough = score if peak - score >= FALL else None
        else:
            trough = min(trough, score)
            if score - trough >= RISE:
                count, peak, trough = count + 1, score, None
    return said("found-cycle") if count >= CYCLES else None


RULES = (
    Rule(
        "D-NOT",
        "Not on course",
        "firm signal, drifting twice, or a third of the reliable change lost twice",
        "midcourse (judgement)",
        not_on_course,
    ),
    Rule(
        "D-FLAT",
        "No change",
        "no reliable change at 6 sessions or more",
        "judgement; NICE NG222 1.9 (4 to 6 weeks)",
        flat,
    ),
    Rule(
        "D-WORSE",
        "Reliably worse",
        "reliable change for the worse since the start",
        "Jacobson, Truax 1991, doi 10.1037/0022-006X.59.1.12",
        worse,
    ),
    Rule(
        "D-EARLY",
        "Early",
        "under 4 sessions and under 4 weeks",
        "judgement; NICE NG222 1.9",
        early,
    ),
    Rule(
        "D-SLOWSHAPE",
        "Slow and in the right direction",
        "on course, latest score better than the first",
        "judgement",
        slow_shape,
    ),
    Rule(
        "D-SEVERE",
        "High score",
        "PHQ-9 16 or more, GAD-7 15 or more",
        "NICE NG222; Spitzer 2006, doi 10.1001/archinte.166.10.1092",
        severe,
    ),
    Rule(
        "D-CYCLE",
        "Gains lost again",
        "two falls of 3 PHQ-9 points, each followed by a rise of 4",
        "judgement",
        cycle,
    ),
)
