"""What rounding weeks to whole ones moved (ST2)."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from midcourse.course.course import Course
from midcourse.course.expect import expected_course
from midcourse.course.observed import Observed


def what_rounding_moved(
    exact: Sequence[Observed], rounded: Sequence[Observed], course: Course
) -> dict[str, Any]:
    """Return what rounding weeks did to a fit, for its history: times moved, and the course with them.

    `exact` and `rounded` are the same people in the same order; `course` was fitted to the rounded
    ones. The exact ones are fitted on the same basis; `largest_points` is the largest difference of
    the expected score at the usual end, over the quartiles of intake.
    """
    moved = np.array(
        [
            a - b
            for one, two in zip(exact, rounded, strict=True)
            for a, b in zip(one.times, two.times, strict=True)
        ]
    )
    other = expected_course(exact, course.measure, course.basis.axis, basis=course.basis, form=course.form)
    intakes = np.quantile([person.intake for person in exact], [0.25, 0.5, 0.75])
    gaps = [_expected(course, x, course.horizon) - _expected(other, x, course.horizon) for x in intakes]
    return {
        "scores_moved": int((moved != 0).sum()),
        "largest_weeks": float(np.abs(moved).max()),
        "largest_points": float(np.abs(gaps).max()),
    }


def _expected(course: Course, intake: float, time: float) -> float:
    """The expected score at a time, averaged over the course's parameter sets."""
    f = np.array(course.basis.columns(time))
    w = np.array([1.0, intake - course.centre])
    beta = np.sum([weight * np.array(p.beta) for weight, p in course.parts], axis=0)
    return float(w[: len(beta)] @ beta @ f)
