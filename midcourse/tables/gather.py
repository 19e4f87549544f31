"""The first pass over a file: every usable score with the text of its time, by client and episode."""

from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple, cast

from midcourse.record.score import Handling
from midcourse.tables.clock import Seen
from midcourse.tables.judge import Verdict
from midcourse.tables.judges import Judges
from midcourse.tables.moments import When
from midcourse.tables.problem import ProblemList
from midcourse.tables.sheet import Sheet
from midcourse.tables.slots import Layout
from midcourse.tables.tally import Tally
from midcourse.tables.units import is_follow_up
from midcourse.tables.values import is_missing

# Problems with a score that --allow keeps in use.
ALLOWED = frozenset({"out-of-range", "not-whole"})
_PROFILE = ("therapist_id", "age", "ended")


class Entry(NamedTuple):
    """One usable score of one client, its time still as text."""

    measure: str
    value: float
    seen: Seen
    line: int
    slot: int
    n_answered: int | None
    missing: Handling


@dataclass(slots=True)
class Course:
    """What the file holds of one episode: therapist, age and end as text, and the scores in order."""

    profile: list[str] = field(default_factory=lambda: ["", "", ""])
    entries: list[Entry] = field(default_factory=list)
    last: tuple[str, ...] = ()
    """The profile's cells as they last stood, so that rows that repeat them cost nothing."""


class Gathering:
    """Reads rows one by one and keeps what the second pass needs."""

    def __init__(self, layout: Layout, judges: Judges, found: ProblemList, *, allow: bool) -> None:
        """Prepare one judge per slot and the order of the columns that are read."""
        self.courses: dict[tuple[str, str], Course] = {}
        self.whens: dict[When, Seen] = {}
        self.ends: dict[str, int] = {}
        self.tally: Tally = judges.tally
        self._layout, self._found, self._allow = layout, found, allow
        self._slots = [(n, slot.when, judges.of(slot)) for n, slot in enumerate(layout.slots)]
        self._phases: dict[str, bool] = {"": False}
        self._set_columns()

    def _set_columns(self) -> None:
        """Note where each role stands; every row is given two more cells: an empty one, and the unit."""
        roles, empty = self._layout.roles, len(self._layout.header)
        unit = empty + 1 if self._layout.fixed_unit else roles.get("time_unit", empty)
        self._client = roles["client_id"]
        self._episode = roles.get("episode_id", empty)
        self._phase = roles.get("phase", empty)
        times = [roles.get(role, empty) for role in ("session", "date", "day", "time")]
        self._when = itemgetter(*times, unit)
        self._profile = itemgetter(*(roles.get(role, empty) for role in _PROFILE))

    def read(self, sheet: Sheet) -> None:
        """Read every row of a sheet; rows of the wrong shape are set aside."""
        width, extra = len(sheet.header), ("", self._layout.fixed_unit)
        for line, row in sheet.rows:
            self.tally.rows += 1
            self.tally.cells += len(self._slots)
            if len(row) != width and not _trimmed(row, width):
                self._wrong_shape(line, row)
                continue
            row.extend(extra)
            self._take(line, row)

    def _take(self, line: int, row: list[str]) -> None:
        for n, fixed, judge in self._slots:
            judged = judge(row, line)
            if judged is None:
                continue
            measure, verdict = judged
            if verdict.value is None and not verdict.faults:
                self.tally.missing += 1
            elif self._after_therapy(row[self._phase]):
                self.tally.follow_up += 1
            elif self._passes(verdict, line, n):
                self._add(line, row, measure, verdict, fixed, n)
            else:
                # Its time may still settle the order of dates, or be one more thing to mend.
                self._seen(fixed or self._when(row), line)

    def _after_therapy(self, phase: str) -> bool:
        known = self._phases.get(phase)
        if known is None:
            known = self._phases[phase] = is_follow_up(phase)
        return known

    def _passes(self, verdict: Verdict, line: int, slot: int) -> bool:
        """Say whether a score can be used, recording every fault of one that cannot."""
        if not verdict.faults:
            return True
        passes = True
        for fault in verdict.faults:
            if self._allow and fault.kind in ALLOWED:
                self.tally.keep(fault.kind)
                continue
            passes = False
            header = self._layout.header
            name = self._layout.name(slot) if fault.column is None else header[fault.column]
            self._found.add(fault.kind, fault.what, line=line, column=name)
        self.tally.set_aside += not passes
        return passes

    def _add(
        self, line: int, row: list[str], measure: str, verdict: Verdict, fixed: When | None, slot: int
    ) -> None:
        client = row[self._client].strip()
        course = self._course(client, row, line)
        if course is None:
            column = self._layout.header[self._client]
            self._found.add("missing-id", "a score has no client id.", line=line, column=column)
            return
        seen = self._seen(self._when(row) if fixed is None else fixed, line)
        seen.count += 1
        value, _, answered, missing = verdict
        assert value is not None, "a score without a value does not pass"
        course.entries.append(Entry(measure, value, seen, line, slot, answered, missing))

    def _seen(self, texts: tuple[str, ...], line: int) -> Seen:
        # A When is equal to the plain tuple of its texts, so looking up needs no new one.
        seen = self.whens.get(cast(When, texts))
        if seen is None:
            when = When(*texts)
            seen = self.whens[when] = Seen(when, 0, line)
        return seen

    def _course(self, client: str, row: list[str], line: int) -> Course | None:
        key = (client, row[self._episode].strip() or "1")
        course = self.courses.get(key)
        if course is None:
            if is_missing(client):
                return None
            course = self.courses[key] = Course()
        told = self._profile(row)
        if told != course.last:
            self._tell(course, told, line)
        return course

    def _tell(self, course: Course, told: tuple[str, ...], line: int) -> None:
        """Note therapist, age and end of therapy where they are told for the first time."""
        course.last = told
        for n, text in enumerate(told):
            if not course.profile[n] and not is_missing(text):
                course.profile[n] = text.strip()
        if course.profile[2]:
            self.ends.setdefault(course.profile[2], line)

    def _wrong_shape(self, line: int, row: list[str]) -> None:
        have, want = len(row), len(self._layout.header)
        self.tally.set_aside += len(self._slots)
        self._found.add("row-shape", f"the row has {have} cells, the header {want} columns.", line=line)


def _trimmed(row: list[str], width: int) -> bool:
    """Drop empty cells beyond the header; say whether the row then has its width."""
    while len(row) > width and not row[-1].strip():
        row.pop()
    return len(row) == width
