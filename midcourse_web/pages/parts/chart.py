"""The one chart of a course, for every audience: coordinates in, no queries, drawn by a template.

The horizontal axis is the course's own clock (weeks since the first score, or sessions); events and
missed sessions come with their place on it. The legend says in words what each mark means.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

WIDTH, HEIGHT = 720.0, 340.0
LEFT, RIGHT, TOP, BOTTOM = 50.0, 16.0, 18.0, 64.0
TICKS = (1, 2, 5, 10, 20, 50)


@dataclass(frozen=True)
class Mark:
    """Something drawn at a place, with the words a reader or a screen reader gets."""

    x: float
    y: float
    words: str
    kind: str = ""


@dataclass(frozen=True)
class Tick:
    """One line of the grid with its label."""

    at: float
    label: str


@dataclass(frozen=True)
class Chart:
    """Everything the template draws, in the picture's own units."""

    title: str
    description: str
    line: str
    dots: tuple[Mark, ...]
    band: str = ""
    mean: str = ""
    ahead: str = ""
    caseness: float | None = None
    across: tuple[Tick, ...] = ()
    up: tuple[Tick, ...] = ()
    events: tuple[Mark, ...] = ()
    missed: tuple[Mark, ...] = ()
    axis: str = ""
    legend: tuple[tuple[str, str], ...] = ()
    width: float = WIDTH
    height: float = HEIGHT
    floor: float = HEIGHT - BOTTOM
    left: float = LEFT
    right: float = WIDTH - RIGHT
    top: float = TOP


@dataclass
class _Frame:
    numbers: dict[str, Any]
    ends: float
    starts: float = field(init=False)

    def __post_init__(self) -> None:
        self.starts = 1.0 if self.numbers["axis"] == "session" else 0.0

    def x(self, time: float) -> float:
        share = (time - self.starts) / max(self.ends - self.starts, 1e-9)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: float) -> float:
        low, high = self.numbers["minimum"], self.numbers["maximum"]
        share = (value - low) / (high - low)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def chart(
    title: str,
    numbers: dict[str, Any],
    *,
    with_band: bool,
    labels: Sequence[str] = (),
    events: Sequence[tuple[float, str, str]] = (),
    missed: Sequence[float] = (),
) -> Chart:
    """Return the chart of a signal's `numbers`; `labels` are the dates of its scores, in order.

    `events` are (place, words, kind) and `missed` the places of sessions that did not happen, on the
    course's own clock. `with_band` False draws her own scores alone (SD1).
    """
    scores = numbers["scores"]
    expected = numbers["expected"] if with_band else []
    ahead = numbers["ahead"] if with_band else []
    frame = _Frame(numbers, _ends(numbers, expected, ahead))
    dots = tuple(
        Mark(frame.x(time), frame.y(value), f"{label}: {value:g}")
        for (time, value), label in zip(scores, _labels(labels, scores), strict=True)
    )
    caseness = numbers.get("caseness") if with_band else None
    events = [one for one in events if frame.starts <= one[0] <= frame.ends]
    missed = [one for one in missed if frame.starts <= one <= frame.ends]
    return Chart(
        title=title,
        description=_words(title, numbers, bool(expected)),
        line=_path([(dot.x, dot.y) for dot in dots]),
        dots=dots,
        band=_area(frame, expected),
        mean=_path([(frame.x(t), frame.y(m)) for t, m, _low, _high in expected]),
        ahead=_area(frame, ahead),
        caseness=frame.y(caseness) if caseness is not None else None,
        across=_across(frame),
        up=_up(frame),
        events=tuple(Mark(frame.x(place), TOP, words, kind) for place, words, kind in events),
        missed=tuple(Mark(frame.x(place), HEIGHT - BOTTOM, _("missed session")) for place in missed),
        legend=_legend(
            bool(expected), bool(ahead), caseness, {kind for *_rest, kind in events}, bool(missed)
        ),
        axis=_("sessions") if numbers["axis"] == "session" else _("weeks"),
    )


def _legend(
    band: bool, ahead: bool, caseness: float | None, kinds: set[str], missed: bool
) -> tuple[tuple[str, str], ...]:
    """What each mark of this picture means, in words; only what is drawn is explained."""
    told = [
        (True, "line", _("scores, one dot each time")),
        (band, "band", _("where 80 of 100 people who started alike would be; the dashed line is the middle")),
        (ahead, "ahead", _("where 80 of 100 would be from here")),
        (caseness is not None, "case", _("the line that services use to tell more from fewer difficulties")),
        (any(kind.startswith("goal") for kind in kinds), "event event--goal", _("a goal was set or settled")),
        ("event" in kinds, "event", _("something happened in life")),
        (missed, "missed", _("a session that did not take place")),
    ]
    return tuple((kind, words) for there, kind, words in told if there)


def _labels(labels: Sequence[str], scores: Sequence[Any]) -> Sequence[str]:
    return labels if len(labels) == len(scores) else [str(i + 1) for i in range(len(scores))]


def _ends(numbers: dict[str, Any], *curves: list[list[float]]) -> float:
    times = [time for time, _value in numbers["scores"]] + [point[0] for one in curves for point in one]
    return max([*times, 4.0])


def _path(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{'L' if i else 'M'}{x:g} {y:g}" for i, (x, y) in enumerate(points))


def _area(frame: _Frame, points: Sequence[Sequence[float]]) -> str:
    if len(points) < 2:
        return ""
    over = [(frame.x(t), frame.y(high)) for t, _mean, _low, high in points]
    under = [(frame.x(t), frame.y(low)) for t, _mean, low, _high in reversed(points)]
    return _path(over + under) + " Z"


def _step(span: float, most: int) -> int:
    return next((step for step in TICKS if span / step <= most), TICKS[-1])


def _across(frame: _Frame) -> tuple[Tick, ...]:
    step = _step(frame.ends - frame.starts, 9)
    first = int(frame.starts)
    return tuple(Tick(frame.x(at), str(at)) for at in range(first, int(frame.ends) + 1, step))


def _up(frame: _Frame) -> tuple[Tick, ...]:
    low, high = frame.numbers["minimum"], frame.numbers["maximum"]
    step = _step(high - low, 6)
    return tuple(Tick(frame.y(at), f"{at:g}") for at in range(int(low), int(high) + 1, step))


def _words(title: str, numbers: dict[str, Any], with_band: bool) -> str:
    scores = [value for _time, value in numbers["scores"]]
    if not scores:
        return title
    better = _("higher is better") if numbers["higher_is_better"] else _("lower is better")
    words = _("%(title)s: %(n)s scores, first %(first)g, latest %(last)g; %(better)s.") % {
        "title": title,
        "n": len(scores),
        "first": scores[0],
        "last": scores[-1],
        "better": better,
    }
    band = _("The shaded band is where 80 of 100 people who started alike would be.")
    return f"{words} {band}" if with_band else words
