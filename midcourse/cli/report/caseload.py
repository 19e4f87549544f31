"""The caseload table: one line per course, most in need of attention first, as the review ordered them."""

from collections.abc import Collection, Mapping, Sequence

from midcourse.cli.report.words import mark, moment, odds, shown, slug, who
from midcourse.review.result import CourseReview, MeasureReview
from midcourse.signals.state import State

COLUMNS = ("Client", "Measure", "State", "Why", "Chance of reliable improvement")


def caseload(
    courses: Sequence[CourseReview],
    measures: Mapping[str, MeasureReview],
    several: Collection[tuple[str, str]],
) -> str:
    """The section with the table; each client's id leads to the card with the same number.

    `several` holds (client, measure) where one client has several episodes, which are then named.
    """
    head = "".join(f'<th scope="col">{column}</th>' for column in COLUMNS)
    rows = "".join(
        _row(course, measures[course.measure], key, (course.client_id, course.measure) in several)
        for key, course in enumerate(courses)
    )
    return (
        '<section id="caseload" aria-labelledby="h-caseload"><h2 id="h-caseload">Caseload</h2>'
        f"{_filter(courses, measures)}"
        '<table class="caseload"><caption>Every course, most in need of attention first. Chances are those at the '
        "measure’s horizon, going by the scores so far.</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></section>"
        if courses
        else ""
    )


def _row(course: CourseReview, measure: MeasureReview, key: int, episode: bool) -> str:
    return (
        f'<tr data-state="{slug(course.state)}" data-measure="{shown(course.measure)}">'
        f'<th scope="row"><a href="#c{key}">{who(course, episode)}</a></th><td>{shown(measure.title)}</td>'
        f'<td data-key="{list(State).index(course.state)}">{mark(course.state)}</td>'
        f"<td>{shown(course.sentence)}</td>{_chance(course, measure)}</tr>"
    )


def _chance(course: CourseReview, measure: MeasureReview) -> str:
    outlook = course.outlook
    if outlook is None or outlook.p_improvement is None:
        return '<td class="chance" data-key="2">not computed</td>'
    return (
        f'<td class="chance" data-key="{outlook.p_improvement:.4f}">{odds(outlook.p_improvement)} '
        f'<span class="quiet">at {moment(outlook.time, measure.axis)}</span></td>'
    )


def _filter(courses: Sequence[CourseReview], measures: Mapping[str, MeasureReview]) -> str:
    """Search and choices; hidden until the script can act on them, for without it they would do nothing."""
    states = {course.state for course in courses}
    named = {course.measure: measures[course.measure].title for course in courses}
    state_options = "".join(
        f'<option value="{slug(state)}">{state.value}</option>' for state in State if state in states
    )
    measure_options = "".join(
        f'<option value="{shown(name)}">{shown(title)}</option>' for name, title in named.items()
    )
    return (
        '<form id="filter" role="search" hidden><label>Find a client <input type="search" name="text" '
        'autocomplete="off"></label><label>State <select name="state"><option value="">every state</option>'
        f'{state_options}</select></label><label>Measure <select name="measure"><option value="">every measure'
        f'</option>{measure_options}</select></label><output aria-live="polite"></output></form>'
    )
