"""Every (scores seen so far, later score) pair of many clients: what forecasts are judged on."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from midcourse.course.batch import SeenMany
from midcourse.course.course import Course
from midcourse.course.design import columns
from midcourse.course.moments import Array
from midcourse.course.observed import Observed


@dataclass(frozen=True)
class Pairs:
    """Prediction points: `seen` as it stood after `k` later scores, `target` at `time`.

    `person` numbers the client of each pair; `k` counts outcome rows seen; `kind` is 0 for the next
    score and 1 for the client's last score; `final` says that the target is the last one of all.
    """

    person: NDArray[np.intp]
    k: NDArray[np.intp]
    kind: NDArray[np.intp]
    seen: SeenMany
    time: Array
    target: Array
    intake: Array
    final: NDArray[np.bool_]

    def where(self, mask: NDArray[np.bool_]) -> "Pairs":
        """Return only the pairs of a mask."""
        own = {name: getattr(self, name)[mask] for name in _arrays()}
        return Pairs(**own, seen=self.seen.where(mask))


def _arrays() -> list[str]:
    return [field.name for field in fields(Pairs) if field.name != "seen"]


def joined_pairs(parts: Sequence[Pairs]) -> Pairs:
    """Return the pairs of several groups of clients as one; `person` stays as it is."""
    own = {name: np.concatenate([getattr(part, name) for part in parts]) for name in _arrays()}
    seen = {
        field.name: np.concatenate([getattr(part.seen, field.name) for part in parts])
        for field in fields(SeenMany)
    }
    return Pairs(**own, seen=SeenMany(**seen))


def pairs_of(people: Sequence[Observed], course: Course) -> Pairs:
    """Return every next-score and last-score pair under a course's basis and form.

    A client with rows 1..n gives n next-score pairs (after 0 .. n-1 rows) and n - 1 last-score pairs
    (the pair whose next score is the last one is counted once, as next).
    """
    first = 1 if course.form == "intake once" else 0
    blocks = [_person(i, p, course, first) for i, p in enumerate(people) if len(p.scores) > first]
    joined = [np.concatenate(parts) for parts in zip(*blocks, strict=True)]
    person, k, kind, intake, last, n, g, h, s, latest, time, target, final = joined
    seen = SeenMany(intake, last, n, g, h, s, latest)
    return Pairs(person, k, kind, seen, time, target, intake, final)


def _person(number: int, person: Observed, course: Course, first: int) -> tuple[Array, ...]:
    times, y = np.array(person.times[first:]), np.array(person.scores[first:])
    f = columns(course.basis, times)
    z = f[:, : course.basis.q]
    n = len(y)
    g = _running(z[:, :, None] * z[:, None, :])
    h = _running(z[:, :, None] * f[:, None, :])
    s = _running(z * y[:, None])
    last, latest = np.r_[person.times[0], times[:-1]], np.r_[person.scores[0], y[:-1]]
    k = np.r_[np.arange(n), np.arange(n - 1)]
    kind = np.r_[np.zeros(n, int), np.ones(n - 1, int)]
    at = np.r_[np.arange(n), np.full(n - 1, n - 1)]
    count = len(k)
    constant = np.full(count, person.intake)
    return (
        np.full(count, number), k, kind, constant, last[k], k.astype(float),
        g[k], h[k], s[k], latest[k], times[at], y[at], at == n - 1,
    )  # fmt: skip


def _running(rows: Array) -> Array:
    """Sums of the rows before each row: the first is zero."""
    out = np.zeros_like(rows)
    np.cumsum(rows[:-1], axis=0, out=out[1:])
    return out
