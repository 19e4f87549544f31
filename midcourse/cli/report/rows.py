"""The rows of a course: the one list of numbers that the chart draws and the table prints."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from midcourse.review.result import BandPoint, CourseReview

AHEAD_ROWS = 6
DRAWN_POINTS = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a course's table: a time, the score then, and the band then, as far as each is known."""

    time: float | None
    score: float | None
    band: BandPoint | None


def band_at(band: Sequence[BandPoint], time: float) -> BandPoint | None:
    """The band at a time, on the straight line between its neighbours as the chart draws it; None outside.

    `time` is on the course's axis; the values are in the measure's points.
    """
    after = bisect_left(band, time, key=lambda point: point.time)
    if after == len(band) or (after == 0 and band[0].time > time):
        return None
    right = band[after]
    if right.time == time:
        return right
    left = band[after - 1]
    part = (time - left.time) / (right.time - left.time)
    mean, low, high = (
        (1 - part) * getattr(left, name) + part * getattr(right, name) for name in ("mean", "low80", "high80")
    )
    return BandPoint(time, mean, low, high)


def thinned(band: Sequence[BandPoint], most: int) -> tuple[BandPoint, ...]:
    """At most `most` points, evenly picked, the first and the last among them."""
    if len(band) <= most:
        return tuple(band)
    return tuple(band[round(i * (len(band) - 1) / (most - 1))] for i in range(most))


def score_rows(course: CourseReview) -> tuple[Row, ...]:
    """One row per score, with the course that was expected from the first score alone."""
    return tuple(
        Row(time, score, None if time is None else band_at(course.expected, time))
        for time, score in course.scores
    )


def ahead_rows(course: CourseReview) -> tuple[Row, ...]:
    """A few rows of the forecast, the last one at the horizon."""
    return tuple(Row(point.time, None, point) for point in thinned(course.ahead, AHEAD_ROWS))
