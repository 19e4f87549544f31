"""Learning the thresholds: alerts and soft notices as many as people can act on, whoever ended how (ST7).

With `budget_of_people` all of this room that uses a library; nothing that decides about one person imports it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.measures.scale import Scale
from midcourse.signals.as_one import OUT
from midcourse.signals.state import State
from midcourse.signals.two_stage import ALERT_BUDGET, SOFT_BUDGET, Thresholds, two_stage

GRID = np.linspace(0.02, 0.98, 97)
_ANY = Thresholds(0.0, 0.0)

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Sessions:
    """What was known after each score of clients whose chances were held out; in order of client and time.

    `person` numbers the clients by `names`; `chance` is that of no reliable improvement (0 to 1);
    `worse` marks who is reliably worse, which is an alert whatever the chance; `open` where the chance
    decides; `counts` the sessions with two later scores, at which alerts are counted (ST8).
    """

    names: tuple[str, ...]
    person: NDArray[np.intp]
    time: Array
    chance: Array
    worse: Mask
    open: Mask
    counts: Mask

    @property
    def before(self) -> Array:
        """Return the chance said at the client's score before, 0 at the first."""
        out = np.zeros_like(self.chance)
        same = self.person[1:] == self.person[:-1]
        out[1:][same] = self.chance[:-1][same]
        return out

    def alarmed(self, thresholds: Thresholds) -> Mask:
        """Return where the state is off course or reliably worse."""
        firm = (self.chance >= thresholds.firm) & (self.before >= thresholds.soft)
        return np.asarray(self.worse | (self.open & firm))


def sessions_of(
    names: Sequence[str],
    person: NDArray[np.intp],
    time: Array,
    first: Array,
    latest: Array,
    chance: Array,
    scale: Scale,
) -> Sessions:
    """Return held-out sessions with what the rule says of their scores; all but the last of each client.

    `first` and `latest` are scores in points, as given. The last session of each client here has one
    later score only, so alerts are not counted there.
    """
    pairs, place = np.unique(np.column_stack([first, latest]), axis=0, return_inverse=True)
    said = [_said(float(one), float(two), scale) for one, two in pairs]
    states = np.array([list(State).index(state) for state in said])[place.ravel()]
    counts = np.append(person[1:] == person[:-1], False)
    worse, decided = (
        states == list(State).index(state) for state in (State.RELIABLY_WORSE, State.OFF_COURSE)
    )
    return Sessions(tuple(names), person, time, chance, worse, decided, counts)


def _said(first: float, latest: float, scale: Scale) -> State:
    """What the rule says of two scores where any chance is a high one: off course where the chance decides."""
    return two_stage(Observed("-", (0.0, 1.0), (first, latest)), 1.0, 1.0, _ANY, scale)


def alerts_of(client: NDArray[np.intp] | Array, on: Mask) -> Mask:
    """Return where a state becomes an alert: on now, and off at the client's two sessions before.

    Rows are sorted by client and session. Staying on is no new alert, nor is coming back after one off.
    """
    before = np.zeros_like(on)
    for back in range(1, OUT + 1):
        same = client[back:] == client[:-back]
        before[back:] |= on[:-back] & same
    return np.asarray(on & ~before)


def thresholds_for(
    held: Sessions, alert_budget: float = ALERT_BUDGET, soft_budget: float = SOFT_BUDGET
) -> Thresholds:
    """Return thresholds whose alerts and soft notices come nearest to their budgets; no outcome is used.

    Budgets are per 100 sessions that count. Alerts are counted as they will be: reliable worsening is
    one too, and where scores settle the state no chance makes one.
    With no session that counts there is nothing to keep to: only what scores settle is an alert.
    """
    before = held.before
    if not held.counts.any():
        return Thresholds(float(GRID[-1]), float(GRID[-1]), alert_budget, soft_budget)

    def rate(on: Mask) -> float:
        return 100.0 * float(alerts_of(held.person, held.worse | on)[held.counts].mean())

    soft = _first_past([rate(held.open & (held.chance >= at)) for at in GRID], soft_budget)
    firm = [rate(held.open & (held.chance >= at) & (before >= soft)) for at in GRID]
    return Thresholds(soft, max(soft, _first_past(firm, alert_budget)), alert_budget, soft_budget)


def _first_past(rates: Sequence[float], budget: float) -> float:
    """The threshold nearest to the budget, from the highest down to the first that passes it.

    Lower still, rates can fall again, because staying in a state is no new alert.
    """
    best, nearest = float(GRID[-1]), float("inf")
    for at, rate in zip(GRID[::-1], rates[::-1], strict=True):
        if abs(rate - budget) < nearest:
            best, nearest = float(at), abs(rate - budget)
        if rate >= budget:
            break
    return best
