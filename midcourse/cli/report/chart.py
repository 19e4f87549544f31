"""One course as an SVG drawing, made on the server's side of things: no script is needed to see it.

Two layers: an inner drawing that stretches sideways with the page (bands, lines, dots), and words placed by
percentages over it, so that text stays readable on a phone and does not swell on a wide screen.
"""

from collections.abc import Sequence

from midcourse.cli.report.frame import HEIGHT, WIDTH, Frame, frame, ticks
from midcourse.cli.report.limits import limit_labels, limits
from midcourse.cli.report.placing import Place, word_side
from midcourse.cli.report.rows import DRAWN_POINTS, Row, score_rows, thinned
from midcourse.cli.report.words import direction, moment, number, shown, slug
from midcourse.review.result import BandPoint, CourseReview, MeasureReview
from midcourse.signals.state import State


def chart(course: CourseReview, measure: MeasureReview, key: str) -> str:
    """The chart of one course, or nothing where there is nothing to draw; `key` makes its ids unique."""
    rows = tuple(row for row in score_rows(course) if row.time is not None)
    if not rows and not course.expected and not course.ahead:
        return ""
    window = frame(course, measure)
    places = _places(rows, window)
    lines = "".join(
        f'<path class="limit {kind}" d="M0 {y}h{WIDTH}"/>' for kind, _, y in limits(course, measure, window)
    )
    bands = _band(course.expected, window, "expected") + _band(course.ahead, window, "ahead")
    return (
        f'<svg class="chart" role="img" aria-labelledby="t{key} d{key}">'
        f'<title id="t{key}">{_title(course, measure)}</title><desc id="d{key}">{_description(course, measure)}</desc>'
        f"{_stretched(_grid(window) + bands + lines)}{_axes(window, measure)}"
        f"{limit_labels(course, measure, window, places)}{_state_word(course.state, places)}"
        # The scores last: a word may cover a line behind it, never a score.
        f"{_stretched(_line(places))}{_state_mark(course.state, places)}</svg>"
    )


def _stretched(drawing: str) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" height="{HEIGHT}" preserveAspectRatio="none" '
        f'overflow="visible">{drawing}</svg>'
    )


def _title(course: CourseReview, measure: MeasureReview) -> str:
    return f"{shown(measure.title)} of client {shown(course.client_id)}: {course.state.value}"


def _description(course: CourseReview, measure: MeasureReview) -> str:
    said = [f"{shown(direction(measure)).capitalize()}."]
    dated = [(time, score) for time, score in course.scores if time is not None]
    for word, (time, score) in zip(("First", "Last"), (dated[0], dated[-1]) if dated else (), strict=False):
        said.append(f"{word} score {number(score, 2)} at {moment(time, measure.axis)}.")
    for word, band in (("Expected from the first score", course.expected), ("Forecast", course.ahead)):
        said += [f"{word} at {_point(point, measure.axis)}." for point in band[-1:]]
    return " ".join([*said, "The table gives the numbers."])


def _point(point: BandPoint, axis: str) -> str:
    bounds = f"{number(point.low80)} to {number(point.high80)}"
    return f"{moment(point.time, axis)}: {number(point.mean)}, 80 % bounds {bounds}"


def _band(band: Sequence[BandPoint], window: Frame, kind: str) -> str:
    points = thinned(band, DRAWN_POINTS)
    if not points:
        return ""

    def path(places: Sequence[tuple[float, float]]) -> str:
        return " ".join(f"{window.across(time)},{window.down(value):g}" for time, value in places)

    upper = [(point.time, point.high80) for point in points]
    lower = [(point.time, point.low80) for point in reversed(points)]
    mean = [(point.time, point.mean) for point in points]
    return (
        f'<polygon class="band {kind}" points="{path(upper + lower)}"/>'
        f'<polyline class="mean {kind}" points="{path(mean)}"/>'
    )


def _places(rows: Sequence[Row], window: Frame) -> list[Place]:
    dated = ((row.time, row.score) for row in rows)
    return [
        (window.across(t), window.down(score)) for t, score in dated if t is not None and score is not None
    ]


def _line(places: Sequence[Place]) -> str:
    joined = " ".join(f"{x:g},{y:g}" for x, y in places)
    # A dot is a line of no length with a round end: unlike a circle it stays round when the drawing is stretched.
    dots = "".join(f"M{x:g} {y:g}h.01" for x, y in places)
    return f'<polyline class="line" points="{joined}"/><path class="dots" d="{dots}"/>' if places else ""


def _grid(window: Frame) -> str:
    lines = "".join(f"M0 {window.down(value):g}h{WIDTH}" for value in ticks(window.low, window.high, 6))
    return f'<path class="grid" d="{lines}"/>'


def _axes(window: Frame, measure: MeasureReview) -> str:
    levels = "".join(
        f'<text class="y" x="-8" y="{window.down(value):g}">{number(value, 2)}</text>'
        for value in ticks(window.low, window.high, 6)
    )
    times = "".join(
        f'<text class="x" x="{window.across(value) / 10:g}%" y="{HEIGHT + 18}">{number(value)}</text>'
        for value in ticks(window.first, window.last, 7, least_step=1)
    )
    scale = f"points, {number(measure.minimum, 2)} to {number(measure.maximum, 2)} · {direction(measure)}"
    unit = "session" if measure.axis == "session" else "weeks since the first score"
    return (
        f'{levels}{times}<text class="unit" x="-30" y="-14">{scale}</text>'
        f'<text class="unit time" x="100%" y="{HEIGHT + 38}">{unit}</text>'
    )


def _state_word(state: State, places: Sequence[Place]) -> str:
    if not places:
        return ""
    x, y = places[-1]
    right, below = word_side(places, state.value)
    side = 'dx="13" text-anchor="start"' if right else 'dx="-13" text-anchor="end"'
    return (
        f'<text class="state-word {slug(state)}" x="{x / 10:g}%" y="{y + (22 if below else -12):g}" {side}>'
        f"{state.value}</text>"
    )


def _state_mark(state: State, places: Sequence[Place]) -> str:
    """The state as a shape on the last score."""
    name = slug(state)
    return "".join(
        f'<svg class="{name}" x="{x / 10:g}%" y="{y:g}" overflow="visible"><circle class="ground" r="11"/>'
        f'<use href="#{name}" x="-8" y="-8" width="16" height="16"/></svg>'
        for x, y in places[-1:]
    )
