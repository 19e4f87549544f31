"""A caseload review on the screen, as JSON, and as a page."""

import sys
from collections import Counter
from pathlib import Path

from rich.text import Text

from midcourse.cli.screen import console, errors, plain_table
from midcourse.review import CaseloadReview, CourseReview
from midcourse.signals import State

SHOWN = 40  # lines on a terminal; a pipe, a file and --all get everyone

STYLES = {
    State.RELIABLY_WORSE: "bold red",
    State.OFF_COURSE: "red",
    State.DRIFTING: "yellow",
    State.NO_RECENT_DATA: "yellow",
    State.REACHED_GOAL: "green",
    State.ON_COURSE: "green",
}


def print_caseload(review: CaseloadReview, *, everyone: bool) -> None:
    """Print the caseload, most in need of attention first, with how the course came about below."""
    screen = console()
    shown = review.courses
    if sys.stdout.isatty() and not everyone:
        shown = shown[:SHOWN]
    table = plain_table("", "client", "measure", "state", "improved by then", "why")
    for course in shown:
        style = STYLES.get(course.state, "")
        table.add_row(
            _id(course), course.measure, Text(course.state, style), _odds(course), Text(course.sentence)
        )
    screen.print(table)
    if len(shown) < len(review.courses):
        screen.print(f"... and {len(review.courses) - len(shown)} more; --all prints everyone.")
    _print_foot(review)


def _id(course: CourseReview) -> Text:
    several = "" if course.episode_id == "1" else f" / {course.episode_id}"
    return Text(f"{course.client_id}{several}")


def _odds(course: CourseReview) -> str:
    """How many of 100 such people would be reliably better at the horizon."""
    if course.outlook is None or course.outlook.p_improvement is None:
        return "-"
    return f"{percent(course.outlook.p_improvement)} of 100"


def percent(p: float) -> str:
    """Return a probability as a whole number out of 100, never 0 or 100 for what is only likely."""
    if p < 0.005:
        return "<1"
    return ">99" if p > 0.995 else f"{100 * p:.0f}"


def _print_foot(review: CaseloadReview) -> None:
    screen = console()
    counts = Counter(course.state for course in review.courses)
    said = ", ".join(f"{counts[state]} {state}" for state in State if counts[state])
    screen.print()
    screen.print(Text(f"{len(review.courses)} courses: {said or 'none'}."))
    for measure in review.measures:
        by = f" Odds are for {measure.axis} {measure.horizon:.0f}." if measure.horizon else ""
        screen.print(Text(f"{measure.title}: {' '.join(measure.sources)}{by}"))
    screen.print(
        Text(
            f"Rule {review.rule_version}. A prompt to look together, never a verdict; "
            "not clinically validated, not a medical device."
        )
    )


def print_json(review: CaseloadReview) -> None:
    """Print the whole review as JSON on standard output."""
    import json
    from dataclasses import asdict

    sys.stdout.write(json.dumps(asdict(review), indent=1, allow_nan=False, default=str) + "\n")


def write_page(review: CaseloadReview, path: Path, name: str) -> None:
    """Write the self-contained page and say where it is."""
    from midcourse.cli.report import write_report
    from midcourse.cli.screen import refuse

    try:
        write_report(review, path, title=f"Caseload review: {name}")
    except OSError as problem:
        raise refuse(f"{path} cannot be written: {problem.strerror}. Choose another place.") from None
    errors().print(f"Page written: {path.resolve()}", markup=False)
