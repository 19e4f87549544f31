"""The outcomes English talking-therapy services report: caseness, improvement, recovery, worsening.

They rest on two measures together, PHQ-9 and one anxiety measure, and on thresholds in whole points.
Where the threshold lies has been put in two ways: the service's own text says a change must be
"greater than" it, trial registries say "6 or more" on PHQ-9 and "4 or more" on GAD-7. Here the first
fall that counts is 6 on PHQ-9 (5 does not) and 4 on GAD-7 (3 does not), and likewise for rises.
"""

from dataclasses import dataclass

from midcourse.measures.scale import Cutoff, ReliableChange, Scale

_CONVENTION = "NHS Talking Therapies convention (England), as in trial registration NCT05134103"

PHQ9 = Scale(
    measure="phq-9",
    title="PHQ-9",
    minimum=0,
    maximum=27,
    reliable_change=ReliableChange(points=6, source=_CONVENTION),
    caseness=Cutoff(value=10, source=_CONVENTION),
)
GAD7 = Scale(
    measure="gad-7",
    title="GAD-7",
    minimum=0,
    maximum=21,
    reliable_change=ReliableChange(points=4, source=_CONVENTION),
    caseness=Cutoff(value=8, source=_CONVENTION),
)

# A course counts as finished after this many attended treatment appointments.
FINISHED_AFTER = 2


@dataclass(frozen=True, slots=True)
class ScorePair:
    """One person's first and last score on one measure, in points; None where it was not given."""

    first: float | None
    last: float | None

    def both(self) -> tuple[float, float]:
        """Return both scores, in points. Raises ValueError where one is missing."""
        if self.first is None or self.last is None:
            raise ValueError("A change takes a first and a last score.")
        return self.first, self.last


@dataclass(frozen=True, slots=True)
class CourseOutcome:
    """The outcome of one finished course; None where a score that decides it is missing.

    `mixed` is one measure reliably better and the other reliably worse: it is neither improvement
    nor deterioration nor "no reliable change".
    """

    at_caseness: bool | None
    recovered: bool | None = None
    improved: bool | None = None
    reliably_recovered: bool | None = None
    deteriorated: bool | None = None
    no_reliable_change: bool | None = None
    mixed: bool | None = None


def has_finished(*, ended: bool, treatment_appointments_attended: int) -> bool:
    """Say whether a course counts as finished: ended, with at least two attended treatments.

    Raises ValueError for a negative number of appointments.
    Source: NHS England, Talking Therapies annual metadata, as republished by Bennett Institute
    (nhstt, 2025).
    """
    if treatment_appointments_attended < 0:
        raise ValueError("Appointments cannot be fewer than none.")
    return ended and treatment_appointments_attended >= FINISHED_AFTER


def at_caseness(
    depression: float | None, anxiety: float | None, *, scales: tuple[Scale, Scale]
) -> bool | None:
    """Say whether a person is at caseness on either measure, or None where scores cannot tell.

    One score at caseness is enough; not at caseness takes both. Raises ValueError where a scale has
    no cut-off or no reliable change. Source: NHS England, Talking Therapies annual metadata.
    """
    _check(scales)
    pairs = zip(scales, (depression, anxiety), strict=True)
    either = [None if score is None else scale.is_case(score) for scale, score in pairs]
    if True in either:
        return True
    return None if None in either else False


def course_outcome(
    depression: ScorePair,
    anxiety: ScorePair,
    *,
    depression_scale: Scale = PHQ9,
    anxiety_scale: Scale = GAD7,
) -> CourseOutcome:
    """Return the outcome of one finished course from the first and last scores on two measures.

    Recovered: at caseness on either at the start, below it on both at the end. Improved: reliably
    better on at least one and reliably worse on neither; deteriorated: the same the other way;
    reliably recovered: recovered and improved. Another anxiety measure brings its own scale.
    Thresholds are whole points and count from the threshold on (>=); change is always against the
    person's own first score (ST12). Raises ValueError where a scale has no cut-off or no reliable
    change in force. Source: NHS England, Talking Therapies annual metadata; Gyani, Shafran, Layard
    and Clark (2013), Behaviour Research and Therapy 51, 597-606.
    """
    scales = (depression_scale, anxiety_scale)
    start = at_caseness(depression.first, anxiety.first, scales=scales)
    end = at_caseness(depression.last, anxiety.last, scales=scales)
    if None in (depression.first, depression.last, anxiety.first, anxiety.last):
        return CourseOutcome(at_caseness=start)
    pairs = tuple(zip(scales, (depression, anxiety), strict=True))
    better = [scale.is_reliable_improvement(*pair.both()) for scale, pair in pairs]
    worse = [scale.is_reliable_deterioration(*pair.both()) for scale, pair in pairs]
    recovered = start is True and end is False
    improved = any(better) and not any(worse)
    return CourseOutcome(
        at_caseness=start,
        recovered=recovered,
        improved=improved,
        reliably_recovered=recovered and improved,
        deteriorated=any(worse) and not any(better),
        no_reliable_change=not any(better) and not any(worse),
        mixed=any(better) and any(worse),
    )


def _check(scales: tuple[Scale, Scale]) -> None:
    """Refuse a scale that lacks a number these outcomes rest on."""
    for scale in scales:
        if scale.caseness is None or scale.reliable_change is None:
            raise ValueError(
                f"{scale.title} has no cut-off or no reliable change in force, so service outcomes "
                "are not defined on it."
            )
