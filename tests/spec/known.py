"""The courses the spec uses, simple enough to check on paper, and the words that name them in the manual.

The known course: from intake alone, at any time, mean 12 + (intake - 15) / 2 and SD 3 (random variance
4, residual 5), horizon 12. From an intake of 15 the central 80 % is 8 to 16, the central 68 % 9 to 15.
"""

from dataclasses import replace

from midcourse.course.basis import Basis
from midcourse.course.odds import Odds
from tests.engine.known_course import ASSUMED, COURSE, HIGH, LOW, MIRRORED

KNOWN = COURSE
BARE = replace(LOW, reliable_change=None, caseness=None)
UNCUT = replace(LOW, caseness=None)
BY_WEEK = replace(COURSE, basis=Basis("ln", "week", 1))
FOR_ADULTS = replace(COURSE, age_range=(18.0, 65.0))
BENDING = replace(
    COURSE,
    basis=Basis("ln", "session", 2),
    parts=((1.0, replace(COURSE.parts[0][1], random_cov=((4.0, 0.5), (0.5, 1.0)))),),
)

SHY = replace(COURSE, odds=Odds(0.0, 0.5, 6.0, 120))
SMALL = replace(COURSE, odds=Odds(0.0, 1.0, 6.0, 40, (0.0, 0.1, 0.0, 0.0)))

WORDS = {
    id(KNOWN): "the known course",
    id(BY_WEEK): "the known course, by week",
    id(FOR_ADULTS): "the known course, for ages 18 to 65",
    id(BENDING): "the known course, with a random slope",
    id(SHY): "the known course, log odds halved",
    id(SMALL): "the known course, half rates by change",
    id(MIRRORED): "the known course, mirrored",
    id(ASSUMED): "an assumed course",
    id(LOW): "Low",
    id(HIGH): "High",
    id(BARE): "Low without reliable change and cut-off",
    id(UNCUT): "Low without a cut-off",
}

__all__ = [
    "ASSUMED",
    "BARE",
    "BENDING",
    "BY_WEEK",
    "FOR_ADULTS",
    "HIGH",
    "KNOWN",
    "LOW",
    "MIRRORED",
    "SHY",
    "SMALL",
    "UNCUT",
    "WORDS",
]
