"""`midcourse review`: who is on course, who is not, how sure we are, and what the numbers were."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from midcourse.cli.asked import (
    Allow,
    CutOff,
    Direction,
    Map,
    Maximum,
    MeasureName,
    Minimum,
    Reliable,
    Step,
    Strict,
    TableFile,
    mapping_of,
    scale_of,
)

if TYPE_CHECKING:
    from collections import Counter

    from midcourse.cli.large import Large
    from midcourse.course.course import Course
    from midcourse.measures import Scale
    from midcourse.review import CaseloadReview
    from midcourse.signals import State
    from midcourse.signals.predictive_values import PredictiveValues
    from midcourse.tables import Reading

Html = Annotated[Path | None, typer.Option("--html", help="Write one page with a chart per client.")]
Json = Annotated[bool, typer.Option("--json", help="Print the review as JSON instead of a table.")]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        help="Today, as a date (2026-03-31) or a day number: silence is noticed, and no later score is seen.",
    ),
]
Saved = Annotated[
    list[Path] | None, typer.Option("--course", help="Use a course saved by `midcourse fit`, not a new fit.")
]
Right = Annotated[
    list[Path] | None,
    typer.Option(
        "--predictive-values",
        help="Say beside each signal how often such a one was right: a file of `midcourse evaluate`.",
    ),
]
NoReference = Annotated[bool, typer.Option("--no-reference", help="Never borrow from a reference course.")]
WholeWeeks = Annotated[bool, typer.Option("--whole-weeks", help="Round weeks to whole weeks.")]
All = Annotated[bool, typer.Option("--all", help="Print every client, however many there are.")]


def review(
    table: TableFile,
    html: Html = None,
    json: Json = False,
    measure: MeasureName = None,
    map: Map = None,
    as_of: AsOf = None,
    course: Saved = None,
    predictive_values: Right = None,
    no_reference: NoReference = False,
    whole_weeks: WholeWeeks = False,
    minimum: Minimum = None,
    maximum: Maximum = None,
    direction: Direction = None,
    reliable_change: Reliable = None,
    cutoff: CutOff = None,
    step: Step = None,
    strict: Strict = False,
    allow: Allow = False,
    all: All = False,
) -> None:
    """Review a caseload, most in need of attention first.

    Reads a table of outcome scores (tidy or wide, totals or item answers), fits or borrows the course
    one would expect, and says for each client: the state of the course, the sentence why, the odds.
    The states are a prompt to look, never a verdict, and have not been clinically validated.

    Examples:

      midcourse review scores.csv

      midcourse review scores.csv --html report.html --as-of 2026-03-31

      midcourse review visits.xlsx --map client_id=PatNo --measure phq-9

      midcourse review das.csv --measure das --min 0 --max 151 --direction higher-is-better
    """
    from midcourse.cli.place import check_place

    check_place(html, table)
    scale = scale_of(table, map, measure, minimum, maximum, direction, reliable_change, cutoff, step)
    saved, right = _saved(course), _right(predictive_values)
    if large := _large(
        table, map, measure, scale, saved, as_of, no_reference, whole_weeks, strict, allow, html
    ):
        _answer(large.caseload, right, html, json, table.name, everyone=all, counts=large.counts)
        return
    reading = read(table, mapping_of(map), measure, scale, strict=strict, allow=allow)
    found = _review(reading, scale, saved, as_of, not no_reference, whole_weeks, html is not None or json)
    _answer(found, right, html, json, table.name, everyone=all, counts=None)


def _answer(
    found: "CaseloadReview",
    right: "dict[str, PredictiveValues]",
    html: Path | None,
    json: bool,
    name: str,
    *,
    everyone: bool,
    counts: "Counter[State] | None",
) -> None:
    from midcourse.cli.caseload import print_caseload, print_json, write_page
    from midcourse.cli.screen import refuse
    from midcourse.review.quoted import quoted

    try:
        found = quoted(found, right)
    except ValueError as problem:
        raise refuse(str(problem)) from None
    if html is not None:
        write_page(found, html, name)
    if json:
        print_json(found)
    else:
        print_caseload(found, everyone=everyone, counts=counts)


def _large(
    table: Path,
    map: list[str] | None,
    measure: str | None,
    scale: "Scale | None",
    saved: "dict[str, Course]",
    as_of: str | None,
    no_reference: bool,
    whole_weeks: bool,
    strict: bool,
    allow: bool,
    html: Path | None,
) -> "Large | None":
    """Review Parquet and large tables through cohorts; None where the one-person path reads the table."""
    from midcourse.cli.large import Asked, goes_to_cohorts, review_large
    from midcourse.cli.screen import refuse, refuse_problems
    from midcourse.tables import Refused

    if strict and allow:
        raise refuse("--strict and --allow ask for opposite things; give one of them.")
    try:
        if not goes_to_cohorts(table):
            return None
        asked = Asked(mapping_of(map), measure, scale, saved, as_of, not no_reference, whole_weeks, allow)
        return review_large(table, asked, strict=strict, bands=html is not None)
    except Refused as refused:
        raise refuse_problems(refused.problems) from None
    except ValueError as problem:
        raise refuse(str(problem)) from None


def read(
    table: Path,
    mapping: dict[str, str],
    measure: str | None,
    scale: "Scale | None",
    *,
    strict: bool,
    allow: bool,
) -> "Reading":
    """Read a table with a bar, say how it was understood, and end with code 2 where it is refused."""
    from midcourse.cli.screen import progress, refuse, refuse_problems, say_reading
    from midcourse.tables import Refused, read_table

    if strict and allow:
        raise refuse("--strict and --allow ask for opposite things; give one of them.")
    try:
        with progress(f"Reading {table.name}") as tell:
            reading = read_table(
                table,
                mapping=mapping,
                measure=measure,
                scale=scale,
                strict=strict,
                allow=allow,
                progress=tell,
            )
    except Refused as refused:
        raise refuse_problems(refused.problems) from None
    say_reading(reading)
    return reading


def _saved(paths: list[Path] | None) -> dict[str, "Course"]:
    from midcourse.cli.screen import refuse
    from midcourse.course.course import course_from_json

    found = {}
    for path in paths or []:
        try:
            course = course_from_json(path.read_text("utf-8"))
        except OSError as problem:
            raise refuse(f"{path} cannot be read: {problem.strerror}. Check the path.") from None
        except ValueError:
            raise refuse(f"{path} is not a course saved by `midcourse fit --out`. Fit it again.") from None
        found[course.measure] = course
    return found


def _right(paths: list[Path] | None) -> "dict[str, PredictiveValues]":
    from midcourse.cli.screen import refuse
    from midcourse.signals.predictive_values import predictive_values_from_json

    found: dict[str, PredictiveValues] = {}
    for path in paths or []:
        try:
            table = predictive_values_from_json(path.read_text("utf-8"))
        except OSError as problem:
            raise refuse(f"{path} cannot be read: {problem.strerror}. Check the path.") from None
        except ValueError:
            raise refuse(
                f"{path} is not a table of `midcourse evaluate --predictive-values`. Count it again."
            ) from None
        found[table.measure] = table
    return found


def scales_for(reading: "Reading", scale: "Scale | None") -> dict[str, "Scale"]:
    """Return the scale of every measure in a reading; the one asked for replaces its own."""
    from midcourse.measures import find

    return {
        measure: scale if scale is not None and scale.measure == measure else find(measure).scale
        for measure in reading.measures()
    }


def _review(
    reading: "Reading",
    scale: "Scale | None",
    saved: dict[str, "Course"],
    as_of: str | None,
    references: bool,
    whole_weeks: bool,
    bands: bool,
) -> "CaseloadReview":
    from midcourse.cli.as_of import day_of
    from midcourse.cli.screen import progress, refuse
    from midcourse.review import review_caseload

    unused = sorted(set(saved) - set(reading.measures()))
    if unused:
        raise refuse(f"The table has no score on {', '.join(unused)}. Leave out that --course.")

    try:
        day = day_of(as_of, reading.episodes)
    except ValueError as problem:
        raise refuse(str(problem)) from None
    with progress("Reviewing") as tell:
        return review_caseload(
            reading.episodes,
            scales_for(reading, scale),
            courses=saved,
            as_of=day,
            as_of_text=as_of,
            whole_weeks=whole_weeks,
            references=references,
            bands=bands,
            problems=[str(problem) for problem in reading.problems],
            progress=tell,
        )
