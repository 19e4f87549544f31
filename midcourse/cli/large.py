"""`midcourse review` on Parquet and on tables too large for the one-person path."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from os import SEEK_END
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

    from midcourse.cohorts import CohortReview
    from midcourse.course.course import Course
    from midcourse.measures import Scale
    from midcourse.review import CaseloadReview, CourseReview
    from midcourse.signals import State

PARQUET = b"PAR1"
MOST_ON_A_PAGE = 2_000  # courses most in need that get a card; all are counted
EVERYONE_UP_TO = 50_000  # clients whose whole reviews fit in memory at once


def goes_to_cohorts(table: Path) -> bool:
    """Say whether a table is Parquet or has more than a million rows.

    What cannot be opened does not: reading it on the one-person path says why.
    """
    from midcourse.tables import is_large

    try:
        if not table.is_file():
            return False
        with table.open("rb") as file:
            if file.read(4) == PARQUET:
                return _is_whole(file)
        return table.suffix.lower() != ".xlsx" and is_large(table)
    except OSError:
        return False


def _is_whole(file: "BinaryIO") -> bool:
    """A Parquet file that was cut off lacks its last bytes; the one-person path says so in words."""
    file.seek(-len(PARQUET), SEEK_END)
    return file.read() == PARQUET


@dataclass(frozen=True)
class Asked:
    """What was asked of a review on the command line."""

    mapping: dict[str, str]
    measure: str | None
    scale: "Scale | None"
    saved: "dict[str, Course]"
    as_of: str | None
    references: bool
    whole_weeks: bool
    allow: bool


@dataclass(frozen=True)
class Large:
    """The courses most in need as a caseload, and how many of all are in each state."""

    caseload: "CaseloadReview"
    counts: "Counter[State]"


def review_large(table: Path, asked: Asked, *, strict: bool, bands: bool) -> "Large | None":
    """Review through cohorts and say how the table was understood; None for a wide Parquet table.

    Raises tables.Refused where the file's meaning is unclear, or for any problem with `strict`;
    ValueError where a large table is wide or a day cannot be read.
    """
    from midcourse.cli.screen import progress, say_cohort
    from midcourse.cohorts import NotTidy, Whole, review_table
    from midcourse.tables import Refused

    whole: list[CourseReview] = []
    limit = MOST_ON_A_PAGE if bands else EVERYONE_UP_TO
    try:
        with progress(f"Reviewing {table.name}") as tell:
            found = review_table(
                table,
                mapping=asked.mapping,
                measures=tuple(filter(None, (asked.measure or "").split(","))),
                scale=asked.scale,
                courses=asked.saved,
                as_of=_day(asked.as_of),
                whole_weeks=asked.whole_weeks,
                references=asked.references,
                allow=asked.allow,
                whole=Whole(whole.append, limit, bands),
                progress=tell,
            )
    except NotTidy:
        from midcourse.tables import is_large

        if is_large(table):
            raise
        return None
    if strict and found.counted.problems:
        raise Refused(found.counted.problems)
    say_cohort(table.name, found)
    counts = sum((measure.counts() for measure in found.measures), Counter())
    if not counts:
        day = f" by {asked.as_of}" if asked.as_of else ""
        raise ValueError(f"There is no score to review{day}. See --measure and --as-of.")
    return Large(_caseload(found, whole, asked.as_of), counts)


def _day(as_of: str | None) -> float | None:
    if as_of is None:
        return None
    try:
        return float(date.fromisoformat(as_of).toordinal())
    except ValueError:
        pass
    try:
        return float(as_of)
    except ValueError:
        raise ValueError(
            f"--as-of {as_of!r} is neither a date such as 2026-03-31 nor a day number."
        ) from None


def _caseload(found: "CohortReview", whole: "list[CourseReview]", as_of_text: str | None) -> "CaseloadReview":
    from midcourse.review.caseload import describe_measure
    from midcourse.review.result import CaseloadReview
    from midcourse.signals.two_stage import RULE_VERSION

    measures = tuple(describe_measure(m.scale, m.axis, m.course, m.why) for m in found.measures)
    problems = tuple(str(problem) for problem in found.counted.problems)
    return CaseloadReview(tuple(whole), measures, RULE_VERSION, as_of_text, problems)
