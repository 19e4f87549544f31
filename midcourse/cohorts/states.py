"""The states of many courses at once: `signals.policy`, on arrays.

The policy in `signals` is the reference; the executable spec holds both to the same states.
"""

import numpy as np
from numpy.typing import NDArray

from midcourse.cohorts.chances import by_risk, can_improve, chances_of, one_score_less
from midcourse.cohorts.clients import Clients
from midcourse.cohorts.odds import Odds, joined_odds, odds_of
from midcourse.course.batch import SeenMany
from midcourse.course.course import Course
from midcourse.course.moments import Array
from midcourse.measures.scale import Scale
from midcourse.signals.silence import NO_RECENT_DAYS, USUAL_GAPS
from midcourse.signals.state import State
from midcourse.signals.thresholds import thresholds_of

CODES = tuple(State)
AT_ONCE = 50_000  # clients judged at once: every possible score of each takes a number
CODE = {state: number for number, state in enumerate(CODES)}


def judged_courses(
    clients: Clients, course: Course | None, scale: Scale, as_of: float | None
) -> tuple[NDArray[np.int64], Odds | None]:
    """Return every client's state and odds; who is outside a reference's ages has no course."""
    starts = range(0, len(clients.n_scores), AT_ONCE)
    parts = [_judged(clients.part(start, start + AT_ONCE), course, scale, as_of) for start in starts]
    odds = [part for _, part in parts if part is not None]
    return np.concatenate([state for state, _ in parts]), joined_odds(odds) if odds else None


def _judged(
    clients: Clients, course: Course | None, scale: Scale, as_of: float | None
) -> tuple[NDArray[np.int64], Odds | None]:
    seen, n, before = clients.seen, clients.n_scores, (clients.previous, clients.score_before)
    silence = np.full(len(n), np.nan)
    if as_of is not None:
        over = clients.ended <= as_of  # nobody is asked after therapy has ended, so nobody is silent
        silence = np.where(over, np.nan, as_of - clients.last_day)
    without = states_of(seen, n, before, silence, clients.gap, None, scale)
    if course is None:
        return without, None
    covered = clients.placed
    if course.age_range is not None:
        low, high = course.age_range
        covered = covered & ~((clients.age < low) | (clients.age > high))
    state = states_of(seen, n, before, silence, clients.gap, course, scale)
    odds = odds_of(seen, np.asarray(n - 1, dtype=float), course, scale)
    return np.where(covered, state, without), odds.only(covered)


def states_of(
    seen: SeenMany,
    n_scores: NDArray[np.int64],
    before: tuple[Array, Array],
    silence: Array,
    gap: Array,
    course: Course | None,
    scale: Scale,
) -> NDArray[np.int64]:
    """Return each course's state as its number in `CODES`.

    `silence` and `gap` are days or NaN; `before` is the time of the score before the latest, and that score, NaN
    where there is none.
    """
    first, last_score = seen.intake, seen.latest
    worse = first - last_score if scale.higher_is_better else last_score - first
    out = np.full(len(first), CODE[State.NOT_COMPUTED])
    if course is not None:
        out = _by_chance(seen, n_scores, before, course, scale)
    out = np.where(_reached(first, last_score, -worse, scale), CODE[State.REACHED_GOAL], out)
    if scale.reliable_change is not None:
        reliably = worse >= scale.reliable_change.points
        out = np.where(reliably, CODE[State.RELIABLY_WORSE], out)
    out = np.where(n_scores < 2, CODE[State.TOO_EARLY], out)
    limit = np.maximum(NO_RECENT_DAYS, USUAL_GAPS * np.nan_to_num(gap))
    silent = np.nan_to_num(silence, nan=-1.0) > limit
    return np.where(silent, CODE[State.NO_RECENT_DATA], out)


def _reached(first: Array, last: Array, better: Array, scale: Scale) -> NDArray[np.bool_]:
    change, cut = scale.reliable_change, scale.caseness
    if change is None or cut is None:
        return np.zeros(len(first), dtype=bool)
    if scale.higher_is_better:
        crossed = (first <= cut.value) & (last > cut.value)
    else:
        crossed = (first >= cut.value) & (last < cut.value)
    return np.asarray(crossed & (better >= change.points))


def _by_chance(
    seen: SeenMany,
    n_scores: NDArray[np.int64],
    before: tuple[Array, Array],
    course: Course,
    scale: Scale,
) -> NDArray[np.int64]:
    """The two stages on the chance now and the chance at the score before."""
    limits = thresholds_of(course, scale)
    later = np.asarray(n_scores - 1, dtype=float)
    now = chances_of(seen, later, course, scale)
    time, score = (np.nan_to_num(one) for one in before)
    earlier = one_score_less(seen, time, score, course)
    then = np.where(n_scores > 2, chances_of(earlier, np.asarray(later - 1.0), course, scale), 0.0)
    firm, soft = by_risk(now, then, limits)
    out = np.where(soft, CODE[State.DRIFTING], CODE[State.ON_COURSE])
    out = np.where(firm & (not course.assumed_range), CODE[State.OFF_COURSE], out)
    return np.asarray(np.where(can_improve(seen.intake, scale), out, CODE[State.NOT_COMPUTED]))
