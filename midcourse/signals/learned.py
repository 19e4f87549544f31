"""Learn the limits of signals from the clients at hand: what would have been said of them, session by session (ST7)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from midcourse.course.course import Course
from midcourse.course.observed import Observed
from midcourse.measures.scale import Scale
from midcourse.signals.budget import Sessions, sessions_of
from midcourse.signals.budget_of_people import thresholds_for_people
from midcourse.signals.chance import chance_of
from midcourse.signals.thresholds import limits_of
from midcourse.signals.two_stage import ALERT_BUDGET, SOFT_BUDGET

FEWEST = 20  # clients with three scores, below whom limits are not learned
MOST = 1_000  # clients the limits are learned on; more would move them by less than a step


@dataclass(frozen=True)
class Spoken:
    """What a course would have said of its clients, and for which course and scale."""

    course: Course
    scale: Scale
    sessions: Sessions | None


def spoken(people: Sequence[Observed], course: Course, scale: Scale) -> Spoken:
    """Return what would have been said after each score but the first and the last of each client.

    Chances are those of the course itself. Its few parameters are shared by all clients, and limits are
    set on how often chances are high and not on how clients ended, so nobody is held out.
    No sessions where under 20 clients have three scores, no reliable change is in force, the course
    rests on assumed numbers, or limits were learned before.
    """
    some = sorted((one for one in people if len(one.scores) > 2), key=lambda one: one.client_id)
    learns = scale.reliable_change is not None and not course.assumed_range and course.limits is None
    if len(some) < FEWEST or not learns:
        return Spoken(course, scale, None)
    some = some[:: -(-len(some) // MOST)]
    rows = [
        (number, one.times[k - 1], one.intake, one.scores[k - 1], _said(one.up_to(k), course, scale))
        for number, one in enumerate(some)
        for k in range(2, len(one.scores))
    ]
    person, time, first, latest, chance = np.array(rows).T
    names = [one.client_id for one in some]
    return Spoken(
        course, scale, sessions_of(names, person.astype(np.intp), time, first, latest, chance, scale)
    )


def _said(seen: Observed, course: Course, scale: Scale) -> float:
    chance = chance_of(seen, course, scale)
    return 0.0 if chance is None else chance.no_improvement


def with_limits(
    measures: Sequence[Spoken], alert_budget: float = ALERT_BUDGET, soft_budget: float = SOFT_BUDGET
) -> tuple[Course, ...]:
    """Return each measure's course with its limits, learned so that people's alerts keep to one budget."""
    able = [one.sessions for one in measures if one.sessions is not None]
    found = iter(thresholds_for_people(able, alert_budget, soft_budget))
    return tuple(
        one.course
        if one.sessions is None
        else replace(one.course, limits=limits_of(next(found), one.scale, len(one.sessions.names)))
        for one in measures
    )
