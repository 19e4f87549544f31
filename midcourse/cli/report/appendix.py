"""The end of the page: how each expected course came about, and what was set aside."""

import json
from collections.abc import Mapping, Sequence

from midcourse.cli.report.words import counted, direction, moment, number, shown
from midcourse.review.result import MeasureReview

SHOWN_ENTRIES = 24
"""A longer list in a course's history is cut here and says so; the saved course file holds all of it."""


def appendix(measures: Sequence[MeasureReview]) -> str:
    """One part per measure: the numbers in force, their sources, and the history of the expected course."""
    parts = "".join(_measure(measure) for measure in measures)
    return (
        '<section id="how" aria-labelledby="h-how"><h2 id="h-how">How the expected course came about</h2>'
        f"{parts}</section>"
        if measures
        else ""
    )


def set_aside(problems: Sequence[str]) -> str:
    """The list of what was left out of the review, each with its line and mend."""
    items = "".join(f"<li>{shown(problem)}</li>" for problem in problems)
    said = f"{counted(len(problems), 'entry', 'entries')} of the table " + (
        "was left out of this review." if len(problems) == 1 else "were left out of this review."
    )
    inside = (
        f"<p>{said}</p><ol>{items}</ol>" if problems else "<p>Nothing was set aside: every row was used.</p>"
    )
    return (
        '<section id="set-aside" aria-labelledby="h-aside"><h2 id="h-aside">What was set aside</h2>'
        f"{inside}</section>"
    )


def _measure(measure: MeasureReview) -> str:
    facts: dict[str, object] = {
        "range": f"{number(measure.minimum, 2)} to {number(measure.maximum, 2)}, {direction(measure)}",
        "reliable change": _or_none(measure.reliable_change, "points"),
        "caseness": _or_none(measure.caseness, "and below" if measure.higher_is_better else "and above"),
        "horizon": "none set" if measure.horizon is None else moment(measure.horizon, measure.axis),
    }
    sources = "".join(f"<li>{shown(source)}</li>" for source in measure.sources)
    history = (
        _value(measure.course) if measure.course else "<p>No expected course was used for this measure.</p>"
    )
    return (
        f"<h3>{shown(measure.title)}</h3>{_value(facts)}"
        f"{f'<h4>Where the numbers come from</h4><ul>{sources}</ul>' if sources else ''}"
        f"<h4>The expected course</h4>{history}"
    )


def _or_none(value: float | None, unit: str) -> str:
    return "none in force" if value is None else f"{number(value, 2)} {unit}"


def _value(value: object) -> str:
    """Any JSON-like value as the page shows it: mappings as lists of terms, long lists cut with a word about it."""
    if isinstance(value, Mapping):
        terms = "".join(
            f"<div><dt>{shown(str(key).replace('_', ' '))}</dt><dd>{_value(part)}</dd></div>"
            for key, part in list(value.items())[:SHOWN_ENTRIES]
        )
        return f'<dl class="facts">{terms}</dl>{_left(len(value))}'
    if isinstance(value, list | tuple):
        if any(isinstance(part, Mapping | list | tuple) for part in value):
            lines = (json.dumps(part, ensure_ascii=False, default=str) for part in value[:SHOWN_ENTRIES])
            return f"<pre>{'<br>'.join(shown(line) for line in lines)}</pre>{_left(len(value))}"
        return ", ".join(_scalar(part) for part in value[:SHOWN_ENTRIES]) + _left(len(value))
    return _scalar(value)


def _scalar(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return shown(f"{value:.6g}" if isinstance(value, float) else value)


def _left(count: int) -> str:
    more = count - SHOWN_ENTRIES
    return f' <span class="quiet">and {more:,} more in the saved course</span>' if more > 0 else ""
