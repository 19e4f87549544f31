"""Learn, on people who had no plan, how often one that does nothing would look as if it had helped (ST9).

Each client is forecast by a course learned on other clients; the plan that never was is made at her first
score in a state, and the scores up to an invented plan check are held against the frozen forecast. Bounds
are the 10th and 90th of 100 of these differences; how often they are crossed is counted on clients who had
no part in setting them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from midcourse.course.basis import Axis
from midcourse.course.calibrate import folds_of
from midcourse.course.course import Course
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.evaluation.cross_validate import Learn, learner
from midcourse.measures.scale import Scale
from midcourse.plans.frozen import freeze
from midcourse.plans.outcome import outcome_of
from midcourse.plans.placebo import TARGET, PlaceboRate, PlaceboRates
from midcourse.signals.learned import spoken, with_limits
from midcourse.signals.policy import decide
from midcourse.signals.state import State
from midcourse.signals.two_stage import RULE_VERSION

FOLDS = 10
LATER = 2  # scores after the plan at least
CHECK = {"session": 6.0, "week": 8.0}  # how long after the plan its check is, on the course's clock
ALARMS = (State.OFF_COURSE, State.RELIABLY_WORSE)
EVERY: tuple[State | None, ...] = (None, *ALARMS, State.DRIFTING, State.ON_COURSE)
SMALLEST = 20  # clients a bound is learned on at all

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Invented:
    """A plan that never was: made in `state` (None: at the first alarm) after so many scores, with its `z`."""

    client_id: str
    state: State | None
    after: int
    fold: int
    z: float


def with_own_limits(learn: Learn, scale: Scale) -> Learn:
    """Return what learns a course and the limits of its signals from the same clients."""

    def learned(people: Sequence[Observed]) -> Course:
        return with_limits([spoken(people, learn(people), scale)])[0]

    return learned


def invented_plans(
    people: Sequence[Observed],
    scale: Scale,
    axis: Axis,
    *,
    learn: Learn | None = None,
    wanted: Sequence[State | None] = EVERY,
    folds: int = FOLDS,
    seed: int = 0,
    progress: Progress | None = None,
) -> list[Invented]:
    """Return the invented plans of everybody who was in a wanted state with two scores to come.

    Each client counts once per state; None is the first alarm. Raises ValueError, saying why, where no
    course can be learned.
    """
    learn = learn or with_own_limits(learner(scale, axis), scale)
    judged = sorted((one for one in people if len(one.scores) > LATER), key=lambda one: one.client_id)
    fold = folds_of(len(judged), folds, seed)
    found: list[Invented] = []
    for number in range(folds):
        inside = [one for one, f in zip(judged, fold, strict=True) if f != number]
        course = learn(inside)
        for one, f in zip(judged, fold, strict=True):
            if f == number:
                found += invented_for(one, course, scale, wanted, number)
        if progress is not None:
            progress((number + 1) / folds)
    return found


def invented_for(
    person: Observed,
    course: Course,
    scale: Scale,
    wanted: Sequence[State | None] = EVERY,
    fold: int = 0,
) -> list[Invented]:
    """Return one client's invented plans under a course that has not seen her."""
    found = []
    for state, count in _first_in(person, course, scale, wanted).items():
        z = z_after(person, course, scale, count)
        if z is not None:
            found.append(Invented(person.client_id, state, count, fold, z))
    return found


def _first_in(
    person: Observed, course: Course, scale: Scale, wanted: Sequence[State | None]
) -> dict[State | None, int]:
    """After how many scores each wanted state was there first, with two scores to come."""
    first: dict[State | None, int] = {}
    for count in range(2, len(person.scores) - LATER + 1):
        state = decide(person.up_to(count), course, scale).state
        for one in (state, None) if state in ALARMS else (state,):
            if one in wanted:
                first.setdefault(one, count)
        if len(first) == len(wanted):
            break
    return first


def z_after(person: Observed, course: Course, scale: Scale, count: int) -> float | None:
    """Return the outcome, in SDs, of a plan made after `count` scores; None where its check came too early."""
    frozen = freeze(course, scale, person.up_to(count))
    later = [
        (time, score)
        for time, score in zip(person.times[count:], person.scores[count:], strict=True)
        if frozen.last < time <= frozen.last + CHECK[course.basis.axis]
    ]
    return outcome_of(frozen, [time for time, _ in later], [score for _, score in later]).z


def placebo_rates(plans: Sequence[Invented], scale: Scale, *, data_set: str, setting: str) -> PlaceboRates:
    """Return bounds and cross-fitted rates by state; states with under 20 clients are left out.

    Raises ValueError where no state has 20.
    """
    rates = []
    for state in EVERY:
        rows = [one for one in plans if one.state == state]
        if len(rows) >= SMALLEST:
            rates.append(
                _rate(state, np.array([one.z for one in rows]), np.array([one.fold for one in rows]))
            )
    if not rates:
        raise ValueError(f"Fewer than {SMALLEST} people were in any state with two scores to come.")
    clients = len({one.client_id for one in plans})
    return PlaceboRates(scale.measure, data_set, setting, RULE_VERSION, clients, tuple(rates))


def bounds_of(z: Array) -> tuple[float, float]:
    """Return the bounds that one in ten of differences like these lies beyond, on either side.

    The k-th smallest of n with k = 0.1 (n + 1), between neighbours where k is no whole number: a new
    difference from the same source lies below it with chance 0.1. Source: Hyndman, Fan 1996, Am Stat
    50:361, doi 10.1080/00031305.1996.10473566 (definition 6).
    """
    low, high = np.quantile(z, (TARGET, 1.0 - TARGET), method="weibull")
    return float(low), float(high)


def _rate(state: State | None, z: Array, fold: NDArray[np.intp]) -> PlaceboRate:
    bent = worse = 0
    for number in np.unique(fold):
        here = fold == number
        low, high = bounds_of(z[~here])
        bent += int((z[here] < low).sum())
        worse += int((z[here] > high).sum())
    return PlaceboRate(state, *bounds_of(z), bent, worse, len(z))
