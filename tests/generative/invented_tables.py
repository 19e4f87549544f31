"""Tables nobody would make up in earnest: every oddity that both paths must read in the same way."""

import csv
import io
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st

from midcourse.course.basis import Basis
from midcourse.course.course import Course
from tests.spec.engines import Asked
from tests.spec.known import ASSUMED, BENDING, FOR_ADULTS, KNOWN

IDS = (
    "a",
    "b",
    "007",
    "7",
    " 7 ",
    "1.0",
    "1",
    "Zoë",
    "zoë",
    "李",
    "O'Brien",
    "x,y",
    'q"q',
    "no\u00a0break\u00a0",
)
MEASURES = ("phq-9", "phq-9", "PHQ9", " phq 9", "gad-7", "GAD 7", "ors", "who-5-raw")
GOOD = tuple(str(n) for n in (*range(26), 3, 9, 9, 10, 12, 15, 15, 15, 16, 21))
ODD = ("", "", "NA", " ", "-", "14.0", " 9 ", "1e1", "+7", "007", "12.5", "99", "-1", "twelve", "5,5", "3/4")
PHASES = ("", "treatment", "Follow-up", "6m FU")
AGES = ("", "30", "17.5", "66", "adult", "NA", "1e2")
START = date(2024, 2, 20)


@dataclass(frozen=True)
class Invented:
    """The bytes of a file and what is asked beside it."""

    content: bytes
    asked: Asked
    as_parquet: bool
    rows: tuple[tuple[str, ...], ...]

    def write(self, folder: Path) -> Path:
        """Write the file and return its path."""
        path = folder / ("t.parquet" if self.as_parquet else "t.csv")
        if self.as_parquet:
            import pyarrow as pa
            from pyarrow.parquet import write_table

            header, *rows = self.rows
            columns = [pa.array([row[i] or None for row in rows], pa.string()) for i in range(len(header))]
            write_table(pa.Table.from_arrays(columns, names=list(header)), path, row_group_size=3)
        else:
            path.write_bytes(self.content)
        return path


def days() -> st.SearchStrategy[int]:
    """Return days that cluster, so that repeats and equal gaps happen."""
    return st.one_of(st.integers(0, 6).map(lambda week: 7 * week), st.integers(0, 60))


@st.composite
def times(draw: st.DrawFn, style: str) -> dict[str, str]:
    """Return the time cells of one row in one style."""
    odd = draw(st.integers(0, 19)) == 0
    day = draw(days())
    if style == "session":
        return {"session": draw(st.sampled_from(("", "soon", "S2", "2.0"))) if odd else str(1 + day // 7)}
    if style == "day":
        return {"day": draw(st.sampled_from(("", "x", "3.5", "1e30", "-2"))) if odd else str(day)}
    if style == "unit":
        unit = draw(st.sampled_from(("weeks", "weeks", "days", "month", "session")))
        return {"time": "follow-up" if odd else str(day // 7), "time_unit": unit}
    when = START + timedelta(day)
    text = when.isoformat() if style != "slashes" else f"{when.day}/{when.month}/{when.year}"
    cells = {"date": draw(st.sampled_from(("", "2024-02-30", "?"))) if odd else text}
    if style == "both":
        cells["session"] = "" if draw(st.integers(0, 11)) == 0 else str(1 + day // 7)
    return cells


@st.composite
def _row(draw: st.DrawFn, style: str, ids: tuple[str, ...], extras: frozenset[str]) -> dict[str, str]:
    score = draw(st.sampled_from(ODD)) if draw(st.integers(0, 11)) == 0 else draw(st.sampled_from(GOOD))
    row = {
        "client_id": draw(st.sampled_from(ids)),
        "measure": draw(st.sampled_from(MEASURES)),
        "score": score,
    }
    if draw(st.integers(0, 199)) == 0:
        row |= draw(st.sampled_from(({"client_id": "NA"}, {"measure": ""}, {"measure": "height"})))
    row |= draw(times(style))
    if "episode" in extras:
        row["episode"] = draw(st.sampled_from(("", "1", "2", "10", " 2")))
    if "phase" in extras:
        row["phase"] = draw(st.sampled_from(PHASES)) if draw(st.integers(0, 4)) == 0 else ""
    if "age" in extras:
        row["age"] = draw(st.sampled_from(AGES))
    if "ended" in extras:
        row["ended"] = draw(ends(style)) if draw(st.integers(0, 3)) == 0 else ""
    return row


def ends(style: str) -> st.SearchStrategy[str]:
    """Return cells that say when therapy ended, on the count of the style or nonsense."""
    if style in ("date", "both"):
        return days().map(lambda day: (START + timedelta(day)).isoformat()) | st.just("soon")
    return days().map(str) | st.just("soon")


COURSES = (None, KNOWN, BENDING, FOR_ADULTS, ASSUMED)


@st.composite
def _asked(draw: st.DrawFn, style: str) -> Asked:
    course: Course | None = draw(st.sampled_from(COURSES))
    if course is not None:
        axis = draw(st.sampled_from(("session", "week", "week")))
        basis = Basis(draw(st.sampled_from(("ln", "sqrt", "linear"))), axis, course.basis.q)
        form = draw(st.sampled_from(("intake once", "intake once", "all scores")))
        course = replace(course, measure=draw(st.sampled_from(("phq-9", "ors"))), basis=basis, form=form)
        if form == "all scores":
            course = replace(course, parts=tuple((w, _without_intake(p)) for w, p in course.parts))
    origin = 0 if style in ("day", "unit") else START.toordinal()
    return Asked(
        measures=draw(st.sampled_from(((), (), ("phq-9",), ("ors", "gad-7")))),
        course=course,
        as_of=None if draw(st.booleans()) else float(origin + draw(st.integers(0, 100))),
        allow=draw(st.booleans()),
        whole_weeks=draw(st.booleans()),
        references=False,
    )


def _without_intake(part):
    """The same parameters without the row of the intake covariate."""
    return replace(part, beta=part.beta[:1], beta_cov=((0.0,) * 2,) * 2)


@st.composite
def tables(draw: st.DrawFn) -> Invented:
    """Return an invented file: clients, episodes, measures, times in one style, odd cells, odd text."""
    style = draw(st.sampled_from(("session", "date", "day", "unit", "both", "slashes")))
    extras = draw(st.frozensets(st.sampled_from(("episode", "phase", "age", "ended"))))
    ids = tuple(draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=5, unique=True)))
    rows = draw(st.lists(_row(style, ids, extras), min_size=1, max_size=40))
    header = tuple(rows[0])
    cells = (header, *(tuple(row[name] for name in header) for row in rows))
    parquet = draw(st.booleans())
    content = b"" if parquet else draw(files(cells))
    return Invented(content, draw(_asked(style)), parquet, cells)


@st.composite
def files(draw: st.DrawFn, cells: tuple[tuple[str, ...], ...]) -> bytes:
    """Return CSV in one of the ways programs write it, now and then with rows nobody should write."""
    text = io.StringIO()
    quoting = draw(st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)))
    end = draw(st.sampled_from(("\n", "\r\n", "\r")))
    writer = csv.writer(text, delimiter=draw(st.sampled_from(",,;\t")), lineterminator=end, quoting=quoting)
    for n, row in enumerate(cells):
        if n and draw(st.integers(0, 99)) == 0:
            row = draw(st.sampled_from(((*row, ""), (*row, "more"), row[:-1], ("",) * len(row), ())))
        writer.writerow(row)
    encoding = draw(st.sampled_from(("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16")))
    return text.getvalue().encode(encoding)
