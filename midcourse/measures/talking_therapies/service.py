"""A service's outcome percentages, each over the denominator it is defined on."""

from collections.abc import Iterable
from dataclasses import dataclass

from midcourse.measures.talking_therapies.outcome import CourseOutcome


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
