"""What a review of a caseload says: one line per course, and how it came about."""

from dataclasses import dataclass, field

from midcourse.signals.state import State


@dataclass(frozen=True, slots=True)
class BandPoint:
    """The expected course at one time: mean and 80 % bounds, in the measure's points.

    `time` is on the course's own axis (`axis` of the review): sessions or weeks since the first score.
    """

    time: float
    mean: float
    low80: float
    high80: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is likely at the horizon: predicted mean, bounds and odds, all from one distribution."""

    time: float
    mean: float
    low80: float
    high80: float
    low95: float
    high95: float
    p_improvement: float | None
    p_caseness_left: float | None
    p_deterioration: float | None
    borrowed_share: float
    own_share: float


@dataclass(frozen=True, slots=True)
class CourseReview:
    """The review of one client's course on one measure."""

    client_id: str
    episode_id: str
    measure: str
    state: State
    sentence: str
    scores: tuple[tuple[float | None, float], ...]
    """(time on the review's axis, score), in order; the first score is at time 0 weeks or session 1."""
    expected: tuple[BandPoint, ...] = ()
    """The course expected from the first score alone."""
    ahead: tuple[BandPoint, ...] = ()
    """The forecast from the last score on, to the horizon."""
    outlook: Outlook | None = None
    as_one: str = ""
    """Of several measures: the person's one state and the measures that made it so."""
    how_often_right: str = ""
    """How many people in this state, elsewhere, ended without reliable improvement (ST7)."""
    notes: tuple[str, ...] = ()
    """Plain sentences: values rounded for a probability, what was borrowed, why there is no band."""


@dataclass(frozen=True, slots=True)
class MeasureReview:
    """How the expected course of one measure came about: its fit, its borrowing, its numbers in force."""

    measure: str
    title: str
    minimum: float
    maximum: float
    higher_is_better: bool
    axis: str
    """'session' or 'week'."""
    reliable_change: float | None
    caseness: float | None
    horizon: float | None
    course: dict[str, object] = field(default_factory=dict)
    """The course's own history, ready for JSON: basis, counts, fingerprint, criterion, versions."""
    sources: tuple[str, ...] = ()
    """Sentences naming where each number in force comes from."""


@dataclass(frozen=True, slots=True)
class CaseloadReview:
    """The review of a whole caseload, most in need of attention first."""

    courses: tuple[CourseReview, ...]
    measures: tuple[MeasureReview, ...]
    rule_version: str
    as_of: str | None = None
    problems: tuple[str, ...] = ()
    """What was set aside from the table, one sentence each, with line and mend."""
