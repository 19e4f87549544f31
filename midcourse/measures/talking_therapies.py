"""The outcomes English talking-therapy services report: caseness, improvement, recovery, worsening.

They rest on two measures together, PHQ-9 and one anxiety measure, and on thresholds in whole points
that count from the threshold on: a fall of 6 on PHQ-9 is reliable, a fall of 5 is not; on GAD-7 a
fall of 4 is and 3 is not. Some texts write "more than" and give 5.20 and 3.53, others "6 or more"
and "4 or more"; for whole scores both say the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from midcourse.measures.scale import Cutoff, ReliableChange, Scale

_CONVENTION = "NHS Talking Therapies convention (England)"

PHQ9 = Scale(
    measure="phq9",
    title="PHQ-9",
    minimum=0,
    maximum=27,
    reliable_change=ReliableChange(points=6, source=_CONVENTION),
    caseness=Cutoff(value=10, source=_CONVENTION),
)
GAD7 = Scale(
    measure="gad7",
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
    no cut-off. Source: NHS England, Talking Therapies annual metadata.
    """
    either = []
    for scale, score in zip(scales, (depression, anxiety), strict=True):
        if scale.caseness is None:
            raise ValueError(f"{scale.title} has no cut-off in force, so caseness is not defined.")
        either.append(None if score is None else scale.is_case(score))
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
    change in force. Source: NHS England, Talking Therapies annual metadata; Clark (2018), doi
    10.1146/annurev-clinpsy-050817-084833.
    """
    scales = (depression_scale, anxiety_scale)
    start = at_caseness(depression.first, anxiety.first, scales=scales)
    end = at_caseness(depression.last, anxiety.last, scales=scales)
    better, worse = [], []
    for scale, pair in zip(scales, (depression, anxiety), strict=True):
        if scale.reliable_change is None:
            raise ValueError(f"{scale.title} has no reliable change in force.")
        if pair.first is None or pair.last is None:
            return CourseOutcome(at_caseness=start)
        better.append(scale.is_reliable_improvement(pair.first, pair.last))
        worse.append(scale.is_reliable_deterioration(pair.first, pair.last))
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


@dataclass(frozen=True, slots=True)
class ServiceCounts:
    """How many finished courses of a service had which outcome.

    Courses that were at caseness, or whose first scores cannot tell, are `finished` minus
    `not_at_caseness`: the denominator of recovery. Percentages are None where nobody is in their
    denominator. Raises ValueError where a count is negative or larger than its denominator.
    """

    finished: int
    not_at_caseness: int
    recovered: int
    improved: int
    reliably_recovered: int
    deteriorated: int
    no_reliable_change: int

    def __post_init__(self) -> None:
        of_all = (self.not_at_caseness, self.improved, self.deteriorated, self.no_reliable_change)
        of_cases = (self.recovered, self.reliably_recovered)
        if min(self.finished, *of_all, *of_cases) < 0:
            raise ValueError("A count of courses cannot be below 0.")
        if max(of_all) > self.finished or max(of_cases) > self.cases:
            raise ValueError("More courses have an outcome than could have had it.")

    @property
    def cases(self) -> int:
        """Finished courses less those not at caseness at the start."""
        return self.finished - self.not_at_caseness

    @property
    def recovery_percent(self) -> float | None:
        """Recovered, of finished courses at caseness at the start."""
        return _percent(self.recovered, self.cases)

    @property
    def reliable_recovery_percent(self) -> float | None:
        """Reliably recovered, of finished courses at caseness at the start."""
        return _percent(self.reliably_recovered, self.cases)

    @property
    def improvement_percent(self) -> float | None:
        """Reliably improved, of all finished courses, whatever the first scores."""
        return _percent(self.improved, self.finished)

    @property
    def deterioration_percent(self) -> float | None:
        """Reliably deteriorated, of all finished courses, whatever the first scores."""
        return _percent(self.deteriorated, self.finished)

    @property
    def no_reliable_change_percent(self) -> float | None:
        """Without reliable change on either measure, of all finished courses."""
        return _percent(self.no_reliable_change, self.finished)


def service_counts(outcomes: Iterable[CourseOutcome]) -> ServiceCounts:
    """Return the counts of a service's finished courses; what is unknown counts as not reached.

    Leaving courses without a last score out of the denominator would make a service look the better
    the more people it loses sight of. Raises nothing.
    Source: NHS England, Talking Therapies annual metadata.
    """
    every = tuple(outcomes)
    return ServiceCounts(
        finished=len(every),
        not_at_caseness=sum(one.at_caseness is False for one in every),
        recovered=sum(one.recovered is True for one in every),
        improved=sum(one.improved is True for one in every),
        reliably_recovered=sum(one.reliably_recovered is True for one in every),
        deteriorated=sum(one.deteriorated is True for one in every),
        no_reliable_change=sum(one.no_reliable_change is True for one in every),
    )


def _percent(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None
