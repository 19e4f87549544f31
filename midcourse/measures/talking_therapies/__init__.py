"""The outcomes English talking-therapy services report, for one course and for a service."""

from midcourse.measures.talking_therapies.outcome import (
    FINISHED_AFTER,
    GAD7,
    PHQ9,
    CourseOutcome,
    ScorePair,
    at_caseness,
    course_outcome,
    has_finished,
)
from midcourse.measures.talking_therapies.service import ServiceCounts, service_counts

__all__ = [
    "FINISHED_AFTER",
    "GAD7",
    "PHQ9",
    "CourseOutcome",
    "ScorePair",
    "ServiceCounts",
    "at_caseness",
    "course_outcome",
    "has_finished",
    "service_counts",
]
