"""What both engines answer to a table, in one form: rows, counts, and how closely two of them agree."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from math import isclose
from typing import Any

from midcourse.review.result import CourseReview
from midcourse.tables import Problem

COUNTS = ("rows", "used", "missing", "follow_up", "other", "repeated_days", "exact_repeats", "averaged")
COUNTS += ("set_aside",)
SUMS_TO = 1e-12
ODDS_TO = 1e-9


@dataclass(frozen=True)
class Row:
    """One course of one client: what was seen of it, its running sums, its state and its odds.

    `sums` are n, the squares of the outcomes, then g, h and s of `course.forecast.Seen`, in order.
    """

    client: str
    episode: str
    measure: str
    state: str
    first: float
    last: float
    time: float
    sums: tuple[float, ...]
    odds: Mapping[str, float | None]
    review: CourseReview = field(compare=False)

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what names a course."""
        return self.client, self.episode, self.measure


@dataclass(frozen=True)
class Answer:
    """Every course, most in need of attention first; what became of the cells; or why it was refused."""

    rows: tuple[Row, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    by_kind: Mapping[str, int] = field(default_factory=dict)
    kept: Mapping[str, int] = field(default_factory=dict)
    measures: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    refused: tuple[str, ...] = ()


def same(one: Answer, many: Answer, course_to: float = 0.0) -> None:
    """Assert that two engines say the same: states and counts exactly, sums to 1e-12, odds to 1e-9.

    `course_to` allows for a course that was fitted anew on each path, from sums in another order.
    """
    assert sorted(set(one.refused)) == sorted(set(many.refused))
    assert dict(one.counts) == dict(many.counts)
    assert dict(one.by_kind) == dict(many.by_kind)
    assert dict(one.kept) == dict(many.kept)
    assert dict(one.measures) == dict(many.measures)
    assert [row.key for row in one.rows] == [row.key for row in many.rows]
    for a, b in zip(one.rows, many.rows, strict=True):
        _same_row(a, b, max(ODDS_TO, course_to))


def _same_row(a: Row, b: Row, odds_to: float) -> None:
    assert a.state == b.state, (a, b)
    assert (a.first, a.last) == (b.first, b.last), (a.key, a, b)
    assert isclose(a.time, b.time, rel_tol=SUMS_TO, abs_tol=SUMS_TO), (a.key, a.time, b.time)
    for x, y in zip(a.sums, b.sums, strict=True):
        assert isclose(x, y, rel_tol=SUMS_TO, abs_tol=SUMS_TO), (a.key, a.sums, b.sums)
    _same_odds(a.key, a.odds, b.odds, odds_to)
    if odds_to == ODDS_TO:
        _same_review(a.review, b.review)


def _same_odds(
    key: object, one: Mapping[str, float | None], many: Mapping[str, float | None], to: float
) -> None:
    assert one.keys() == many.keys(), key
    for name, p in one.items():
        q = many[name]
        assert (p is None) == (q is None), (key, name, p, q)
        assert p is None or q is None or abs(p - q) <= to, (key, name, p, q)


def _same_review(one: CourseReview, many: CourseReview) -> None:
    """The whole reviews are made by one program: they differ only where they were fed other scores."""
    for part in ("state", "sentence", "notes", "scores"):
        assert getattr(one, part) == getattr(many, part), (part, one, many)
    assert (one.outlook is None) == (many.outlook is None)
    if one.outlook is not None and many.outlook is not None:
        for f in fields(one.outlook):
            p, q = getattr(one.outlook, f.name), getattr(many.outlook, f.name)
            assert p == q or abs(p - q) <= ODDS_TO, (f.name, p, q)


def said(problems: tuple[Problem, ...]) -> list[tuple[object, ...]]:
    """Return problems as they can be compared: kind, line, column and what is wrong."""
    found = ((p.kind, p.line, p.column, p.what) for p in problems)
    return sorted(found, key=lambda p: (p[1] or 0, str(p)))
