"""Every sudden gain or loss in one person's scores."""

from collections.abc import Sequence
from dataclasses import dataclass

from midcourse.measures.sudden_gains.criteria import Criteria, Kind, is_sudden, present


@dataclass(frozen=True, slots=True)
class SuddenChange:
    """One sudden gain or loss, between the sessions at positions `before` and `before + 1`.

    Positions count from 0 along the scores that were given; `magnitude` is the size of the jump in
    points (above 0); `reversed` says that a later score gave back more than half of it.
    """

    kind: Kind
    before: int
    score_before: float
    score_after: float
    magnitude: float
    reversed: bool


def sudden_changes(
    scores: Sequence[float | None],
    criteria: Criteria,
    *,
    higher_is_better: bool,
    kind: Kind = Kind.GAIN,
) -> tuple[SuddenChange, ...]:
    """Return every sudden gain (or loss) of one person, in order of time.

    `scores` in points, session by session, None where missed. Reversed means that any score after
    the jump's second lies more than half the jump's magnitude back. Raises nothing.
    Source: Tang and DeRubeis (1999), doi 10.1037/0022-006X.67.6.894.
    """
    found = []
    for before, (x, y) in enumerate(zip(scores, scores[1:], strict=False)):
        if x is None or y is None:
            continue
        if is_sudden(scores, before, criteria, higher_is_better=higher_is_better, kind=kind):
            later = present(scores[before + 2 :])
            back = any((score - y) / (x - y) > 0.5 for score in later)
            found.append(SuddenChange(kind, before, x, y, abs(x - y), back))
    return tuple(found)
