"""The page's drawings: calibration, ROC, lead time, load, coverage; plain SVG, colours from the page's style."""

from collections.abc import Iterable, Sequence

from midcourse.cli.evaluation_report.result import Evaluated
from midcourse.cli.report.words import shown
from midcourse.evaluation.bootstrap import Figure
from midcourse.evaluation.coverage import Coverage
from midcourse.evaluation.verdict import Verdict

SIDE = 280  # of a square plot's inside, in its own units
LEFT, TOP = 46, 12
MOST_LEADS = 12  # bars; what is further ahead shares the last one


def calibration(verdicts: Sequence[Verdict], key: str) -> str:
    """Predicted against observed, in tenths; on the diagonal probabilities come true."""
    drawn = _path([(0, 0), (1, 1)], "even")
    for place, verdict in reversed(list(enumerate(verdicts))):
        kind = "ours" if place == 0 else "bar"
        points = [(p.predicted, p.observed) for p in verdict.curve if p.observed.value is not None]
        for x, seen in points:
            if seen.low is not None and seen.high is not None:
                drawn += _path([(x, seen.low), (x, seen.high)], f"reach {kind}")
        places = [(x, seen.value or 0.0) for x, seen in points]
        drawn += _path(places, f"curve {kind}") + "".join(_dot(x, y, kind) for x, y in places)
    words = ("predicted, of 100", "came true, of 100")
    return _square(drawn, words, key, "Calibration: what was predicted against what came true")


def roc(able: Sequence[Verdict], front: Sequence[Verdict], key: str) -> str:
    """True alerts against false ones over all thresholds; the further up and left the better."""
    names = [verdict.name for verdict in front]
    rest = "".join(_path(v.roc, "rest") for v in able if v.name not in names)
    pairs = zip(front, ("ours", "bar"), strict=False)
    drawn = "".join(_path(v.roc, f"curve {kind}") for v, kind in reversed(list(pairs)))
    words = ("alerted, of 100 who improved", "alerted, of 100 who did not")
    return _square(_path([(0, 0), (1, 1)], "even") + rest + drawn, words, key, "ROC curve")


def _square(drawn: str, words: tuple[str, str], key: str, title: str) -> str:
    ticks = "".join(
        f'<path class="grid" d="M{_x(v):g} {_y(0):g}V{_y(1):g}M{_x(0):g} {_y(v):g}H{_x(1):g}"/>'
        f'<text class="x" x="{_x(v):g}" y="{_y(0) + 17:g}">{100 * v:.0f}</text>'
        f'<text class="y" x="{_x(0) - 7:g}" y="{_y(v):g}">{100 * v:.0f}</text>'
        for v in (0.0, 0.25, 0.5, 0.75, 1.0)
    )
    below, beside = words
    return (
        f'<svg class="square" viewBox="0 0 {LEFT + SIDE + 14} {TOP + SIDE + 42}" role="img" aria-labelledby="{key}">'
        f'<title id="{key}">{shown(title)}. The tables give the numbers.</title>{ticks}{drawn}'
        f'<text class="x name" x="{_x(0.5):g}" y="{_y(0) + 36:g}">{shown(below)}</text>'
        f'<text class="x name" transform="translate(12 {_y(0.5):g}) rotate(-90)">{shown(beside)}</text></svg>'
    )


def _x(share: float) -> float:
    return LEFT + SIDE * share


def _y(share: float) -> float:
    return TOP + SIDE * (1 - share)


def _path(points: Iterable[tuple[float, float]], kind: str) -> str:
    joined = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)
    return f'<polyline class="{kind}" points="{joined}"/>' if joined else ""


def _dot(x: float, y: float, kind: str) -> str:
    return f'<circle class="dot {kind}" cx="{_x(x):.1f}" cy="{_y(y):.1f}" r="4"/>'


def leads(leads: Sequence[tuple[int, int]], events: int) -> str:
    """Bars: of 100 people who ended without improvement, how many were first alerted so far ahead, or never."""
    found: dict[int, int] = {}
    for ahead, count in leads:
        found[min(ahead, MOST_LEADS)] = found.get(min(ahead, MOST_LEADS), 0) + count
    rows = [(_ahead(n), found.get(n, 0), "part") for n in range(max(found, default=0), 1, -1)]
    rows.append(("never alerted", events - sum(found.values()), "never"))
    most = max(count for _, count, _ in rows) or 1
    return '<ul class="bars">' + "".join(_bar(*row, events, most) for row in rows) + "</ul>"


def _ahead(scores: int) -> str:
    return f"{scores} or more ahead" if scores == MOST_LEADS else f"{scores} ahead"


def _bar(word: str, count: int, kind: str, events: int, most: int) -> str:
    share = 100 * count / events
    return (
        f'<li><span>{word}</span><svg class="meter" aria-hidden="true"><rect class="{kind}" '
        f'width="{100 * count / most:.1f}%" height="12" rx="2"/></svg><b>{share:.0f}</b></li>'
    )


def load(found: Evaluated) -> str:
    """A dot and its interval for each method's own rule, over a line at the budget."""
    rows = [(v.name, v.published.per_100) for v in found.able if v.published and v.published.per_100.value]
    budget = found.judgement.budget
    window = 0.0, max([f.high or f.value or 0.0 for _, f in rows] + [budget]) * 1.05
    ours = found.shown.name if found.shown else ""
    items = "".join(
        f"<li><span>{shown(name)}</span>{_range(figure, window, budget, name == ours)}"
        f"<b>{figure.value:.1f}</b></li>"
        for name, figure in rows
    )
    return f'<ul class="bars">{items}{_axis(window, (0.0, budget))}</ul>'


def fifths(coverage: Coverage) -> str:
    """A dot and its interval for each fifth of the predicted score, over a line at the level."""
    words = ("lowest fifth", "second fifth", "third fifth", "fourth fifth", "highest fifth")
    lows = [100 * low for low, _ in coverage.intervals]
    window = (50.0 if min(lows) >= 50.0 else 0.0), 100.0
    level = 100 * coverage.level
    items = "".join(
        f"<li><span>{word}</span>{_range(Figure(100 * share, 100 * low, 100 * high), window, level, True)}"
        f"<b>{100 * share:.0f}</b></li>"
        for word, share, (low, high) in zip(words, coverage.by_fifth, coverage.intervals, strict=True)
    )
    return f'<ul class="bars">{items}{_axis(window, (window[0], level, 100.0))}</ul>'


def _across(value: float, window: tuple[float, float]) -> str:
    low, high = window
    return f"{100 * (value - low) / (high - low):.1f}%"


def _range(figure: Figure, window: tuple[float, float], line: float, ours: bool) -> str:
    value = figure.value or 0.0
    low, high, at, even = (
        _across(value if place is None else place, window) for place in (figure.low, figure.high, value, line)
    )
    kind = "ours" if ours else "bar"
    return (
        f'<svg class="range" aria-hidden="true"><line class="even" x1="{even}" x2="{even}" y1="0" y2="100%"/>'
        f'<line class="reach {kind}" x1="{low}" x2="{high}" y1="50%" y2="50%"/>'
        f'<circle class="dot {kind}" cx="{at}" cy="50%" r="5"/></svg>'
    )


def _axis(window: tuple[float, float], marks: Sequence[float]) -> str:
    words = "".join(f'<text x="{_across(mark, window)}" y="12">{mark:g}</text>' for mark in marks)
    return f'<li aria-hidden="true"><span></span><svg class="axis">{words}</svg><b></b></li>'
