"""Every (scores seen so far, later score) pair of many clients: what forecasts are judged on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
    score and 1 for the client's last score.
    """

    person: NDArray[np.intp]
    k: NDArray[np.intp]
    kind: NDArray[np.intp]
    seen: SeenMany
    time: Array
    target: Array
    intake: Array

    def where(self, mask: NDArray[np.bool_]) -> "Pairs":
        """Return only the pairs of a mask."""
        s = self.seen
        seen = SeenMany(s.intake[mask], s.last[mask], s.n[mask], s.g[mask], s.h[mask], s.s[mask])
        return replace(
            self,
            person=self.person[mask],
            k=self.k[mask],
            kind=self.kind[mask],
            seen=seen,
            time=self.time[mask],
            target=self.target[mask],
            intake=self.intake[mask],
        )


def pairs_of(people: Sequence[Observed], course: Course) -> Pairs:
    """Return every next-score and last-score pair under a course's basis and form.

    A client with rows 1..n gives n next-score pairs (after 0 .. n-1 rows) and n - 1 last-score pairs
    (the pair whose next score is the last one is counted once, as next).
    """
    first = 1 if course.form == "intake once" else 0
    blocks = [_person(i, p, course, first) for i, p in enumerate(people) if len(p.scores) > first]
    joined = [np.concatenate(parts) for parts in zip(*blocks, strict=True)]
    person, k, kind, intake, last, n, g, h, s, time, target = joined
    seen = SeenMany(intake, last, n, g, h, s)
    return Pairs(person, k, kind, seen, time, target, intake)


def _person(number: int, person: Observed, course: Course, first: int) -> tuple[Array, ...]:
    times, y = np.array(person.times[first:]), np.array(person.scores[first:])
    f = columns(course.basis, times)
    z = f[:, : course.basis.q]
    n = len(y)
    g = _running(z[:, :, None] * z[:, None, :])
    h = _running(z[:, :, None] * f[:, None, :])
    s = _running(z * y[:, None])
    last = np.r_[person.times[0], times[:-1]]
    k = np.r_[np.arange(n), np.arange(n - 1)]
    kind = np.r_[np.zeros(n, int), np.ones(n - 1, int)]
    at = np.r_[np.arange(n), np.full(n - 1, n - 1)]
    count = len(k)
    constant = np.full(count, person.intake)
    return (
        np.full(count, number), k, kind, constant, last[k], k.astype(float),
        g[k], h[k], s[k], times[at], y[at],
    )  # fmt: skip


def _running(rows: Array) -> Array:
    """Sums of the rows before each row: the first is zero."""
    out = np.zeros_like(rows)
    np.cumsum(rows[:-1], axis=0, out=out[1:])
    return out
