"""One card per course: the sentence, the chart, its table beside it, and the odds."""

from collections.abc import Sequence

from midcourse.cli.report.chart import chart
from midcourse.cli.report.rows import Row, ahead_rows, score_rows
from midcourse.cli.report.words import mark, moment, number, odds, share, shown, who
from midcourse.review.result import CourseReview, MeasureReview, Outlook

DASH = "\N{EN DASH}"
SCROLLS_FROM = 11
"""A table with more rows than this gets its own scroll box, and so a place in the tab order."""


def card(course: CourseReview, measure: MeasureReview, key: str, is_open: bool, episode: bool) -> str:
    """The card of one course; `key` makes its anchor, `is_open` shows its inside at first, `episode` names it."""
    return (
        f'<article class="card" id="c{key}"><header><h4>{who(course, episode)} '
        f'<span class="quiet">{shown(measure.title)}</span></h4>{mark(course.state)}</header>'
        f'<p class="why">{shown(course.sentence)}</p>{_beside(course)}'
        f"<details{' open' if is_open else ''}><summary>Chart, scores and outlook"
        f'<span class="unseen"> of client {shown(course.client_id)}</span></summary>'
        f'<div class="pair">{_figure(course, measure, key)}{_table(course, measure)}</div>'
        f"{_outlook(course.outlook, measure)}{_notes(course)}</details></article>"
    )


def _beside(course: CourseReview) -> str:
    """How often such a signal was right, and the person's one state over several measures."""
    words = filter(None, (course.how_often_right, course.as_one))
    return "".join(f'<p class="quiet">{shown(said)}</p>' for said in words)


def _figure(course: CourseReview, measure: MeasureReview, key: str) -> str:
    drawn = chart(course, measure, key)
    if not drawn:
        return '<p class="no-chart">There is no dated score to draw.</p>'
    words = [("score", "score", bool(course.scores))]
    words.append(
        ("expected", "expected from the first score, 80\N{NO-BREAK SPACE}% band", bool(course.expected))
    )
    words.append(("ahead", "forecast from here, 80\N{NO-BREAK SPACE}% band", bool(course.ahead)))
    legend = "".join(f'<span class="key {kind}">{word}</span>' for kind, word, there in words if there)
    missing = "" if course.expected else '<span class="key none">no expected course for this client</span>'
    return f'<figure><div class="plot">{drawn}</div><figcaption>{legend}{missing}</figcaption></figure>'


def _table(course: CourseReview, measure: MeasureReview) -> str:
    scores, ahead = score_rows(course), ahead_rows(course)
    focus = ""
    if len(scores) + len(ahead) > SCROLLS_FROM:
        focus = f' tabindex="0" role="group" aria-label="Scores of client {shown(course.client_id)}, scrolls"'
    head = '<tr><th colspan="4" scope="rowgroup">Forecast from here</th></tr>'
    forecast = f'<tbody class="ahead">{head}{_rows(ahead)}</tbody>' if ahead else ""
    return (
        f'<div class="scroll"{focus}><table class="scores"><caption>Scores beside what was expected from the '
        f'first score</caption><thead><tr><th scope="col">{measure.axis.capitalize()}</th><th scope="col">Score</th>'
        '<th scope="col">Expected</th><th scope="col">80\N{NO-BREAK SPACE}% bounds</th></tr></thead>'
        f"<tbody>{_rows(scores)}</tbody>{forecast}</table></div>"
    )


def _rows(rows: Sequence[Row]) -> str:
    return "".join(
        f'<tr><th scope="row">{"no date" if row.time is None else number(row.time)}</th>'
        f"<td>{DASH if row.score is None else number(row.score, 2)}</td>"
        f"<td>{DASH if row.band is None else number(row.band.mean)}</td>"
        f"<td>{DASH if row.band is None else _span(row.band.low80, row.band.high80)}</td></tr>"
        for row in rows
    )


def _outlook(outlook: Outlook | None, measure: MeasureReview) -> str:
    if outlook is None:
        return '<p class="outlook quiet">No outlook was computed for this course.</p>'
    chances = (
        ("reliable improvement", outlook.p_improvement),
        (_out_of_caseness(measure), outlook.p_caseness_left),
        ("reliable worsening", outlook.p_deterioration),
    )
    items = "".join(_chance(word, chance) for word, chance in chances if chance is not None)
    return (
        f'<div class="outlook"><p><strong>Outlook at {moment(outlook.time, measure.axis)}</strong>, '
        f"going by the scores so far:</p>{f'<ul>{items}</ul>' if items else ''}"
        f"<p>Of 100 people with a course like this, 80 would then score {_span(outlook.low80, outlook.high80)} and 95 "
        f"would score {_span(outlook.low95, outlook.high95)}. Their mean would be {number(outlook.mean)}.</p>"
        f'<p class="quiet">{_borrowed(outlook)} The client’s own scores took away {share(outlook.own_share)} of the '
        "uncertainty about this client.</p></div>"
    )


def _borrowed(outlook: Outlook) -> str:
    part = share(outlook.borrowed_share)
    if part == share(0):
        return "Nothing in this forecast is borrowed from a reference course."
    return f"{part} of what this forecast knows about people in general is borrowed from a reference course."


def _out_of_caseness(measure: MeasureReview) -> str:
    cut = "" if measure.caseness is None else f" (cut-off {number(measure.caseness, 2)})"
    return f"out of caseness{cut}"


def _span(low: float, high: float) -> str:
    return f"{number(low)} to {number(high)}"


def _chance(word: str, chance: float) -> str:
    return (
        f'<li><span>{word}</span> <b>{odds(chance)}</b><svg class="meter" aria-hidden="true">'
        f'<rect width="100%" height="6" rx="3"/><rect class="part" width="{100 * chance:.0f}%" height="6" rx="3"/>'
        "</svg></li>"
    )


def _notes(course: CourseReview) -> str:
    items = "".join(f"<li>{shown(note)}</li>" for note in course.notes)
    return f'<ul class="notes">{items}</ul>' if items else ""
