"""What can be wrong with a file, in one list: where, what, and the mend."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from midcourse.tables.kinds import KINDS

Severity = Literal["refuse", "set aside"]

# A wrong column can make every row a problem; beyond this many of one kind only the count grows.
LISTED_PER_KIND = 10_000


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file: its kind, where it stands, what it is, and how to mend it.

    `line` counts from 1 with the header as line 1 (CSV, Excel); in Parquet it is the row, from 1.
    """

    kind: str
    severity: Severity
    file: str
    line: int | None
    column: str | None
    what: str
    mend: str

    def __str__(self) -> str:
        """Return file, line, column, what is wrong and the mend as one line of text."""
        place = [self.file]
        if self.line is not None:
            place.append(f"line {self.line}")
        if self.column is not None:
            place.append(f"column {self.column}")
        return f"{', '.join(place)}: {self.what} {self.mend}"


class Refused(ValueError):
    """The file cannot be read safely; `problems` holds everything found, refused things first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Sort the problems so that what must be mended stands first."""
        self.problems = tuple(sorted(problems, key=_order))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(slots=True)
class ProblemList:
    """The problems of one file as they are found, with exact counts by kind."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def add(
        self,
        kind: str,
        what: str,
        *,
        line: int | None = None,
        column: str | None = None,
        mend: str = "",
    ) -> None:
        """Record one problem; the mend is the kind's own where none is given."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if self.counts[kind] > LISTED_PER_KIND:
            return
        rule = KINDS[kind]
        self.problems.append(Problem(kind, rule.severity, self.file, line, column, what, mend or rule.mend))

    def any_refused(self) -> bool:
        """Say whether anything found so far makes the whole file unreadable or unclear."""
        return any(KINDS[kind].severity == "refuse" for kind in self.counts)

    def stop_if_refused(self) -> None:
        """Raise Refused with everything found so far where anything must be refused."""
        if self.any_refused():
            raise Refused(self.problems)

    def refuse_all(self) -> None:
        """Raise Refused where there is any problem at all (the strict reading)."""
        if self.problems:
            raise Refused(replace(problem, severity="refuse") for problem in self.problems)

    def in_order(self) -> tuple[Problem, ...]:
        """Return the problems by line."""
        return tuple(sorted(self.problems, key=lambda problem: problem.line or 0))


def _order(problem: Problem) -> tuple[bool, int]:
    return problem.severity != "refuse", problem.line or 0
