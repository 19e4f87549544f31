"""What English talking-therapy services report, as plain counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from midcourse.measures.talking_therapies import ScorePair, course_outcome, has_finished, service_counts

Pair = tuple[float | None, float | None]


@dataclass(frozen=True)
class Outcomes:
    """Finished courses and what became of them; `cases` were at caseness at the start."""

    finished: int
    cases: int
    recovered: int
    reliably_recovered: int
    improved: int
    deteriorated: int
    no_change: int


def finished(*, ended: bool, attended: int) -> bool:
    """Say whether a course counts as finished: ended, with two attended sessions or more."""
    return has_finished(ended=ended, treatment_appointments_attended=attended)


def outcomes(courses: Iterable[tuple[Pair, Pair]]) -> Outcomes:
    """Return the counts of finished courses from first and last PHQ-9 and GAD-7 of each."""
    counts = service_counts(course_outcome(ScorePair(*phq9), ScorePair(*gad7)) for phq9, gad7 in courses)
    return Outcomes(
        counts.finished,
        counts.cases,
        counts.recovered,
        counts.reliably_recovered,
        counts.improved,
        counts.deteriorated,
        counts.no_reliable_change,
    )
