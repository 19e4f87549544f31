"""The horizontal lines of a chart: reliable change from the first score, and caseness."""

from collections.abc import Sequence

from midcourse.cli.report.frame import Frame
from midcourse.cli.report.placing import Place, line_side
from midcourse.cli.report.words import number
from midcourse.review.result import CourseReview, MeasureReview

LABEL_GAP = 15
"""Two line labels closer than this (pixels) are put on different sides of their lines."""


def limits(course: CourseReview, measure: MeasureReview, window: Frame) -> list[tuple[str, str, float]]:
    """The horizontal lines inside the chart: class, label, place from the top."""
    lines = []
    if measure.reliable_change is not None and course.scores:
        first, change = course.scores[0][1], measure.reliable_change
        better = first + change if measure.higher_is_better else first - change
        lines.append(("better", "reliable improvement", better))
        lines.append(("worse", "reliable worsening", 2 * first - better))
    if measure.caseness is not None:
        lines.append(("caseness", "caseness", measure.caseness))
    inside = [
        (kind, f"{word} {number(at, 2)}", window.down(at)) for kind, word, at in lines if window.holds(at)
    ]
    return sorted(inside, key=lambda line: line[2])


def limit_labels(course: CourseReview, measure: MeasureReview, window: Frame, places: Sequence[Place]) -> str:
    """The words on the lines: above each line, or below it where the one before is too near.

    Inside, at the end where they meet fewer scores; on a wide page the style moves them out to the right.
    """
    written, before = "", 0.0
    for _, label, y in limits(course, measure, window):
        side, at = ("below", y + 13) if y - before < LABEL_GAP else ("above", y - 4)
        end = line_side(places, label, at - 12)
        x = "100%" if end == "right" else "4"
        written += f'<text class="limit-word {side} {end}" x="{x}" y="{at:g}">{label}</text>'
        before = y
    return written
