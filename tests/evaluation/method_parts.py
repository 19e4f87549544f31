"""Clinics and decision points that every method is asked about."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from midcourse.course.observed import Observed
from midcourse.evaluation.method import Asked, Method
from midcourse.evaluation.methods.average import Average
from midcourse.evaluation.methods.change_rule import ChangeRule
from midcourse.evaluation.methods.finch import Finch
from midcourse.evaluation.methods.forest import Forest
from midcourse.evaluation.methods.landmark import Landmark
from midcourse.evaluation.methods.mixed import Mixed
from midcourse.evaluation.methods.neighbours import Neighbours
from midcourse.evaluation.methods.oracle_logistic import OracleLogistic
from midcourse.evaluation.methods.pcoms_cubic import PcomsCubic
from midcourse.measures.scale import Scale
from tests.clinics import PHQ_9, clinic

METHODS: tuple[Method, ...] = (
    ChangeRule(),
    ChangeRule("not reliably better"),
    Finch(80),
    PcomsCubic(),
    OracleLogistic(),
    OracleLogistic(curved=True),
    Neighbours(),
    Landmark(),
    Forest(trees=20),
    Mixed(),
    Mixed(bounded=False),
    Average((OracleLogistic(), Landmark())),
    Average((OracleLogistic(), Landmark()), "log odds"),
)
BETTER_HIGH = replace(PHQ_9, higher_is_better=True)


@cache
def people(clients: int = 160, seed: int = 5) -> tuple[Observed, ...]:
    """Return the people of an invented clinic of up to six sessions."""
    return tuple(clinic(clients, seed, planned_sessions=6))


def in_weeks(some: Sequence[Observed]) -> list[Observed]:
    """Return the same people on a clock of weeks, a fortnight apart."""
    return [replace(p, times=tuple(2.0 * (time - 1.0) for time in p.times)) for p in some]


def mirrored(some: Sequence[Observed], scale: Scale = PHQ_9) -> list[Observed]:
    """Return the same people as a measure on which higher is better would have seen them."""
    ends = scale.minimum + scale.maximum
    return [replace(p, scores=tuple(ends - score for score in p.scores)) for p in some]


def asked_of(some: Sequence[Observed], counts: Sequence[int] = (1, 2, 3)) -> list[Asked]:
    """Return decision points after `counts` scores beyond the first, where a later one exists."""
    return [
        Asked(person.up_to(k + 1), person.times[k + 1], person.times[-1])
        for person in some
        for k in counts
        if len(person.scores) > k + 1
    ]
