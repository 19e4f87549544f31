"""A caseload review on the screen, as JSON, and as a page."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.text import Text

from midcourse.cli.place import cannot_write, say_written
from midcourse.cli.screen import console, counted, print_table, say, visible
from midcourse.review import CaseloadReview, CourseReview, MeasureReview
from midcourse.signals import State

SHOWN = 40  # lines on a terminal; a pipe, a file and --all get everyone
BESIDE = 110  # columns of a terminal from which the sentence stands beside its client, not under
NO_ODDS = "-"
# "On course" never stands alone (SR6).
NOT_ABOUT_RISK = "No answer about risk or safety is looked at here, so no state says that somebody is safe."

STYLES = {
    State.RELIABLY_WORSE: "bold red",
    State.OFF_COURSE: "red",
    State.DRIFTING: "yellow",
    State.NO_RECENT_DATA: "yellow",
    State.REACHED_GOAL: "green",
    State.ON_COURSE: "green",
}


def print_caseload(review: CaseloadReview, *, everyone: bool, counts: "Counter[State] | None" = None) -> None:
    """Print the caseload, most in need of attention first, with how the course came about below.

    On a narrow terminal each sentence stands under its client instead of beside. `counts` counts
    everyone where the review holds only those most in need.
    """
    counts = counts or Counter(course.state for course in review.courses)
    screen = console()
    shown = review.courses
    if sys.stdout.isatty() and not everyone:
        shown = shown[:SHOWN]
    if screen.soft_wrap or screen.width >= BESIDE:
        rows = [[*_row(course), _why(course)] for course in shown]
        print_table("", ("client", "measure", "state", "odds", "why"), rows)
    else:
        _print_under(shown)
    if len(shown) < len(review.courses):
        say(screen, f"... and {len(review.courses) - len(shown)} more; --all prints everyone.")
    elif len(shown) < counts.total():
        say(screen, f"... and {counts.total() - len(shown):,} more, less in need; all are counted below.")
    _print_foot(review, counts)


def _row(course: CourseReview) -> list[str | Text]:
    several = "" if course.episode_id == "1" else f" / {course.episode_id}"
    state = Text(course.state, STYLES.get(course.state, ""))
    return [f"{course.client_id}{several}", course.measure, state, _odds(course)]


def _why(course: CourseReview) -> str:
    return " ".join(filter(None, (course.sentence, course.how_often_right, course.as_one)))


def _print_under(shown: Sequence[CourseReview]) -> None:
    screen = console()
    for course in shown:
        client, measure, state, odds = _row(course)
        words = Text.assemble((visible(str(client)), "bold"), f"  {measure}  ", state)
        screen.print(words if odds == NO_ODDS else Text.assemble(words, f"  {odds}"))
        say(screen, _why(course), indent=2)


def _odds(course: CourseReview) -> str:
    """How many of 100 such people would be reliably better at the horizon."""
    if course.outlook is None or course.outlook.p_improvement is None:
        return NO_ODDS
    return f"{percent(course.outlook.p_improvement)} of 100"


def percent(p: float) -> str:
    """Return a probability as a whole number out of 100, never 0 or 100 for what is only likely."""
    if p < 0.005:
        return "<1"
    return ">99" if p > 0.995 else f"{100 * p:.0f}"


def _print_foot(review: CaseloadReview, counts: "Counter[State]") -> None:
    screen = console()
    said = ", ".join(f"{counts[state]} {state}" for state in State if counts[state])
    screen.print()
    say(screen, f"{counted(counts.total(), 'course')}: {said or 'none'}.")
    if any(course.as_one for course in review.courses):
        people = {(course.client_id, course.episode_id) for course in review.courses}
        say(screen, f"{len(people):,} people, each at one place, by the most urgent measure.")
    with_odds = {course.measure for course in review.courses if _odds(course) != NO_ODDS}
    for measure in review.measures:
        say(screen, measure.title)
        for source in measure.sources:
            say(screen, source, indent=2)
        if measure.measure in with_odds:
            say(screen, _meant(measure), indent=2)
    for note, how_many in Counter(note for course in review.courses for note in course.notes).items():
        say(screen, f"{counted(how_many, 'course')}: {note}")
    say(screen, NOT_ABOUT_RISK)
    say(
        screen,
        f"Rule {review.rule_version}. A prompt to look together, never a verdict; "
        "not clinically validated, not a medical device.",
    )


def _meant(measure: MeasureReview) -> str:
    """What the odds of a measure are the odds of (ST3: at a time, not by it)."""
    when = f"{measure.axis} {measure.horizon:.0f}"
    return (
        f"Odds: of 100 such people, how many would be reliably better than at their first score, "
        f"at {when} (a little later for whoever is past it)."
    )


def print_json(review: CaseloadReview) -> None:
    """Print the whole review as JSON on standard output."""
    import json
    from dataclasses import asdict

    sys.stdout.write(json.dumps(asdict(review), indent=1, allow_nan=False, default=str) + "\n")


def write_page(review: CaseloadReview, path: Path, name: str) -> None:
    """Write the self-contained page and say where it is."""
    from midcourse.cli.report import write_report

    try:
        write_report(review, path, title=f"Caseload review: {name}")
    except OSError as problem:
        raise cannot_write(path, problem) from None
    say_written("Page written", path)
