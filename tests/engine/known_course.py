"""A course whose forecasts can be worked out on paper, on a scale of 0 to 27 in both directions.

From intake alone, at any time: mean 12 + (intake - 15) / 2 and SD 3 (random variance 4 + residual 5).
From an intake of 15 the central 80 % is 8 to 16 and the central 68 % is 9 to 15; mirrored where higher
is better (score s there is 27 - s here).
"""

from dataclasses import replace

from midcourse.course.basis import Basis
from midcourse.course.course import Course, Parameters
from midcourse.course.observed import Observed
from midcourse.measures import Cutoff, ReliableChange, Scale
from midcourse.record import Episode, Score

NO_DOUBT = ((0.0,) * 4,) * 4
LOW = Scale("low", "Low", 0, 27, False, ReliableChange(6, "a test"), Cutoff(10, "a test"))
HIGH = Scale("high", "High", 0, 27, True, ReliableChange(6, "a test"), Cutoff(17, "a test"))

_MEAN = Parameters(((12.0, 0.0), (0.5, 0.0)), NO_DOUBT, ((4.0,),), 5.0)
_HISTORY = {"basis": "ln session, 1 random", "clients": 500}
COURSE = Course(
    "low", Basis("ln", "session", 1), "intake once", 15.0, ((1.0, _MEAN),), 12.0, history=_HISTORY
)
MIRRORED = replace(
    COURSE,
    measure="high",
    centre=12.0,
    parts=((1.0, replace(_MEAN, beta=((15.0, 0.0), (0.5, 0.0)))),),
)
# Two ends of an assumed range: the mean of the second lies 4 points lower.
ASSUMED = replace(
    COURSE,
    parts=((0.5, _MEAN), (0.5, replace(_MEAN, beta=((8.0, 0.0), (0.5, 0.0))))),
    assumed_range=True,
)


def scores_of(*values: float, mirrored: bool = False) -> Observed:
    """Return one client's scores at sessions 1, 2, 3, ..."""
    seen = tuple(27 - value if mirrored else value for value in values)
    return Observed("c", tuple(float(i + 1) for i in range(len(values))), seen)


def episode(client: str, *values: float, measure: str = "low", first_day: float = 0.0, **more) -> Episode:
    """Return an episode with a score a week, by session and by day."""
    given = tuple(
        Score(measure, value, session=float(i + 1), day=first_day + 7.0 * i) for i, value in enumerate(values)
    )
    return Episode(client, given, **more)
