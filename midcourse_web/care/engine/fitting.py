"""The course a clinic expects, fitted from its own finished and running episodes with a reference.

This file loads numpy: only the command `fit_courses`, in a process of its own, may import it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from midcourse.course.basis import Axis
from midcourse.course.choose import course_for
from midcourse.course.observed import Observed, observe
from midcourse.measures.instrument import find
from midcourse.record import Episode, Score
from midcourse.signals.learned import spoken, with_limits
from midcourse_web.care.engine.course import Point

AXIS: Axis = "week"  # every answer has a day; a session's number is known only after the session


@dataclass(frozen=True)
class Followed:
    """One episode's scores on one measure, by a name that means nothing outside."""

    name: str
    points: Sequence[Point]
    ended: date | None


@dataclass(frozen=True)
class Fitted:
    """The course in force for a measure, as the engine saves it ("" where there is none), and why."""

    measure: str
    saved: str
    clients: int
    why: str


def fit_clinic(given: Mapping[str, Sequence[Followed]]) -> tuple[Fitted, ...]:
    """Fit each measure of a clinic, and learn limits so that one person's alerts keep to one budget.

    With no client at all the reference alone is in force, where there is one.
    """
    found = []
    for measure, episodes in given.items():
        scale = find(measure).scale
        people = [one for one in (_observed(measure, each) for each in episodes) if one is not None]
        chosen = course_for(people, scale, AXIS)
        said = None if chosen.course is None else spoken(people, chosen.course, scale)
        found.append((measure, len(people), chosen.why, said))
    limited = iter(with_limits([said for *_rest, said in found if said is not None]))
    return tuple(
        Fitted(measure, "" if said is None else next(limited).to_json(), clients, why)
        for measure, clients, why, said in found
    )


def _observed(measure: str, one: Followed) -> Observed | None:
    scores = tuple(Score(measure, p.value, day=float(p.at.date().toordinal())) for p in one.points)
    ended = float(one.ended.toordinal()) if one.ended else None
    return observe(Episode(one.name, scores, ended=ended), measure, AXIS)
