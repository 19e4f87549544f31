"""Writing the page: wholly there or not at all."""

import os
from collections.abc import Iterable
from pathlib import Path
from secrets import token_hex

from midcourse.cli.report.page import page
from midcourse.review.result import CaseloadReview

MOST_COURSES = 2000
"""A browser stays quick up to about here; of a larger table the page shows those most in need of attention."""


def write_report(
    review: CaseloadReview,
    path: str | os.PathLike[str],
    title: str = "Caseload review",
    most: int = MOST_COURSES,
) -> Path:
    """Write a caseload review as one self-contained HTML page, and say where it is.

    `most` (1 or more) is the number of courses, from the first, that get a line and a card; all are counted.
    The page replaces a file of that name only when it is complete.
    Raises ValueError if `most` is below 1 or a course's measure has no MeasureReview, OSError if the place
    cannot be written; neither leaves anything behind.
    """
    if most < 1:
        raise ValueError(f"most must be 1 or more, not {most}")
    unknown = {course.measure for course in review.courses} - {measure.measure for measure in review.measures}
    if unknown:
        raise ValueError(f"no MeasureReview for: {', '.join(sorted(unknown))}")
    place = Path(os.path.realpath(path))
    _replace(place, page(review, title, most))
    return place


def _replace(place: Path, pieces: Iterable[str]) -> None:
    """Write beside the place and move over it: a reader sees the old page or the new one, never half of one."""
    beside = place.with_name(f".{place.name}.{token_hex(4)}.part")
    try:
        with beside.open("x", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
