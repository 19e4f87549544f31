"""From clients' scores on the course's clock to the rows a mixed model is fitted on (ST1, ST2)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from midcourse.course.basis import LINEAR_UNIT, SQRT_UNIT, Basis
from midcourse.course.course import Form
from midcourse.course.moments import Array, Sums, sums_of_rows
from midcourse.course.observed import Observed


def columns(basis: Basis, times: Array) -> Array:
    """Return the basis's columns at many times, shape (rows, width); see `Basis.columns`."""
    elapsed = np.maximum(times - 1.0 if basis.axis == "session" else times, 0.0)
    one = np.ones_like(elapsed)
    if basis.bend == "ln":
        return np.column_stack([one, np.log(1.0 + elapsed)])
    if basis.bend == "sqrt":
        return np.column_stack([one, np.sqrt(elapsed) / SQRT_UNIT])
    scaled = elapsed / LINEAR_UNIT
    parts = [one, scaled] if basis.bend == "linear" else [one, scaled, scaled * scaled]
    return np.column_stack(parts)


@dataclass(frozen=True)
class Rows:
    """Outcome rows of many clients: `client` numbers them, `w` are client covariates, f columns.

    `client` (rows,), `w` (clients, m), `f` (rows, width), `y` (rows,); `people` are the clients in
    order; `one_score` counts those who add no row because they have only their first score.
    """

    people: tuple[Observed, ...]
    client: NDArray[np.intp]
    w: Array
    f: Array
    y: Array
    one_score: int

    def x(self) -> Array:
        """Return the fixed columns, (1, intake) times the time columns: shape (rows, m width)."""
        wide = self.w[self.client][:, :, None] * self.f[:, None, :]
        return wide.reshape(len(self.y), -1)


def outcome_rows(
    people: Sequence[Observed],
    basis: Basis,
    form: Form,
    centre: float,
    *,
    intake_as_outcome: bool = False,
    reproduce_published: bool = False,
) -> Rows:
    """Return the outcome rows of many clients: from the second score on where intake is a covariate.

    `intake_as_outcome` keeps the first score as an outcome although it is a covariate too. Such rows
    make first forecasts far too sure, so they are refused (ValueError) unless `reproduce_published`
    says that a published fit is to be repeated; no forecast comes of them (ST1).
    """
    if form == "intake once" and intake_as_outcome and not reproduce_published:
        raise ValueError(
            "Intake may be a covariate or an outcome, not both: leave its row out, or say that a "
            "published fit is to be reproduced."
        )
    first = 1 if form == "intake once" and not intake_as_outcome else 0
    kept = tuple(person for person in people if len(person.scores) > first)
    lengths = np.array([len(person.scores) - first for person in kept], dtype=np.intp)
    times = np.array([t for person in kept for t in person.times[first:]], dtype=float)
    y = np.array([s for person in kept for s in person.scores[first:]], dtype=float)
    w = np.ones((len(kept), 1))
    if form == "intake once":
        w = np.column_stack([w, np.array([person.intake for person in kept]) - centre])
    client = np.repeat(np.arange(len(kept)), lengths)
    return Rows(kept, client, w, columns(basis, times), y, len(people) - len(kept))


def sums_of(rows: Rows, basis: Basis) -> Sums:
    """Return the additive sums of outcome rows."""
    return sums_of_rows(rows.client, rows.x(), rows.f[:, : basis.q], rows.y)
