"""The window of a chart: its ranges, its ticks, and where a time and a score lie in it."""

from dataclasses import dataclass
from math import ceil, floor, log10

from midcourse.review.result import CourseReview, MeasureReview

WIDTH = 1000
"""Width in the drawing's own units; the page stretches it to any screen."""
HEIGHT = 220
"""Height in pixels; never stretched, so that text and marks keep their size."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The ranges of a chart: `first` to `last` on the axis of time, `low` to `high` in points."""

    first: float
    last: float
    low: float
    high: float

    def across(self, time: float) -> float:
        """The place of a time from the left edge, 0 to `WIDTH`."""
        return round(WIDTH * (time - self.first) / (self.last - self.first))

    def down(self, points: float) -> float:
        """The place of a score from the top edge, 0 to `HEIGHT`; beyond the range it lies on the edge."""
        inside = min(max(points, self.low), self.high)
        return round(HEIGHT * (self.high - inside) / (self.high - self.low), 1)

    def holds(self, points: float) -> bool:
        """Whether a line at this score lies inside the chart."""
        return self.low <= points <= self.high


def frame(course: CourseReview, measure: MeasureReview) -> Frame:
    """The window for one course: the measure's whole range, so that charts of one measure compare.

    Scores kept although they lie outside the range widen it for this chart alone.
    """
    values = [score for _, score in course.scores]
    start = 1.0 if measure.axis == "session" else 0.0
    times = [time for time, _ in course.scores if time is not None]
    times += [point.time for point in (*course.expected, *course.ahead)]
    times += [start] if measure.horizon is None else [start, measure.horizon]
    return Frame(
        first=min(times),
        last=max(*times, min(times) + 1),
        low=min([measure.minimum, *values]),
        high=max([measure.maximum, *values]),
    )


def ticks(low: float, high: float, most: int, least_step: float = 0.0) -> list[float]:
    """Round numbers from `low` to `high`, about `most` steps of 1, 2 or 5 times a power of ten."""
    power = 10.0 ** floor(log10((high - low) / most))
    step = next((m * power for m in (1, 2, 5) if (high - low) / (m * power) <= most), 10 * power)
    step = max(step, least_step)
    start, end = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [place * step for place in range(start, end + 1)]
