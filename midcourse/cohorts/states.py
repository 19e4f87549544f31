"""The states of many courses at once: `signals.policy`, on arrays.

The policy in `signals` is the reference; the executable spec holds both to the same states.
"""

import numpy as np
from numpy.typing import NDArray

from midcourse.cohorts.clients import Clients
from midcourse.cohorts.odds import Odds, joined_odds, odds_of
from midcourse.course.batch import ForecastMany, SeenMany, at_most_many, forecast_many
from midcourse.course.course import Course
from midcourse.course.design import columns
from midcourse.course.moments import Array
from midcourse.measures.scale import Scale
from midcourse.signals.silence import NO_RECENT_DAYS, USUAL_GAPS
from midcourse.signals.state import State

OUTER, INNER, FIRM_FROM = 0.80, 0.68, 3  # rule tolerance-1, until columns follow the two stages

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
    seen, n, last = clients.seen, clients.n_scores, clients.last_score
    silence = np.full(len(n), np.nan)
    if as_of is not None:
        over = clients.ended <= as_of  # nobody is asked after therapy has ended, so nobody is silent
        silence = np.where(over, np.nan, as_of - clients.last_day)
    without = states_of(seen, n, last, silence, clients.gap, None, scale)
    if course is None:
        return without, None
    covered = clients.placed
    if course.age_range is not None:
        low, high = course.age_range
        covered = covered & ~((clients.age < low) | (clients.age > high))
    state = states_of(seen, n, last, silence, clients.gap, course, scale)
    odds = odds_of(seen, course, scale)
    return np.where(covered, state, without), odds.only(covered)


def states_of(
    seen: SeenMany,
    n_scores: NDArray[np.int64],
    last_score: Array,
    silence: Array,
    gap: Array,
    course: Course | None,
    scale: Scale,
) -> NDArray[np.int64]:
    """Return each course's state as its number in `CODES`; `silence` and `gap` are days or NaN."""
    first = seen.intake
    worse = first - last_score if scale.higher_is_better else last_score - first
    out = np.full(len(first), CODE[State.NOT_COMPUTED])
    if course is not None:
        out = _against_band(seen, n_scores, last_score, course, scale)
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


def _against_band(
    seen: SeenMany, n_scores: NDArray[np.int64], last: Array, course: Course, scale: Scale
) -> NDArray[np.int64]:
    """Beyond the outer or the inner bound of the course expected from intake alone."""
    expected = forecast_many(course, _intake_only(seen, course), seen.last)
    outer = _beyond(course, scale, expected, last, OUTER)
    inner = _beyond(course, scale, expected, last, INNER)
    firm = (n_scores >= FIRM_FROM) & (not course.assumed_range)
    off = np.where(firm, CODE[State.OFF_COURSE], CODE[State.DRIFTING])
    out = np.where(inner, CODE[State.DRIFTING], CODE[State.ON_COURSE])
    return np.asarray(np.where(outer, off, out))


def _intake_only(seen: SeenMany, course: Course) -> SeenMany:
    """The running sums as they stood after the first score; see `forecast.intake_only`."""
    start = np.full_like(seen.last, 1.0 if course.basis.axis == "session" else 0.0)
    outcomes = np.ones_like(seen.n) if course.form == "all scores" else np.zeros_like(seen.n)
    f = columns(course.basis, start) * outcomes[:, None]
    z = f[:, : course.basis.q]
    h = z[:, :, None] * f[:, None, :]
    return SeenMany(
        seen.intake, start, outcomes, h[:, :, : course.basis.q].copy(), h, z * seen.intake[:, None]
    )


def _beyond(
    course: Course, scale: Scale, expected: ForecastMany, last: Array, level: float
) -> NDArray[np.bool_]:
    """Whether the score is worse than the worse end of the central interval.

    Higher is worse: last > quantile(1 - tail) exactly when F(next score below) >= 1 - tail. Higher is
    better: last < quantile(tail) exactly when F(score at or below) < tail.
    """
    tail = (1.0 - level) / 2
    if scale.higher_is_better:
        return np.asarray(at_most_many(course, scale, expected, last) < tail)
    grid = (last - scale.minimum) / scale.step
    below = scale.minimum + (np.ceil(grid - 1e-9) - 1.0) * scale.step
    return np.asarray(at_most_many(course, scale, expected, below) >= 1.0 - tail)
