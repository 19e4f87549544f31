"""What an invented clinic is like: every number and every switch, in one frozen place."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from midcourse.simulate.checks import problems_of

Axis = Literal["session", "week"]
Basis = Literal["ln", "sqrt", "linear"]
TimesGiven = Literal["both", "session", "day"]


@dataclass(frozen=True, slots=True)
class InventedStep:
    """A step that stands in a `share` of the plans of an invented clinic and adds `effect` points (+ is better).

    `given_to` "worst off" keeps it for clients whose score at the plan is at or beyond `bad_score`.
    """

    name: str
    share: float
    effect: float = 0.0
    given_to: Literal["anyone", "worst off"] = "anyone"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicDesign:
    """An invented clinic: who comes, how they change, and everything that goes wrong on the way.

    Points are the measure's own. Rates and shares run from 0 to 1; rates are per attended session.
    All switches start off, which is the plain linear mixed model, all scores outcomes:
    score_ij = (intake_mean + u0_i) + (slope_mean + u1_i)·t_ij + e_ij. The first observed score, with
    its error, *is* the intake, so SD(u0) = sqrt(intake_sd² - residual_sd²).
    `docs/reference/simulation.md` describes every field.

    Raises ValueError, naming every problem at once, where the clinic cannot exist.
    Source: Laird and Ware 1982, doi 10.2307/2529876, for the model; the numbers are assumed.
    """

    n_clients: int = 200
    n_therapists: int = 10
    age_low: int = 18
    age_high: int = 75

    measure: str = "phq-9"
    minimum: float = 0.0
    maximum: float = 27.0
    higher_is_better: bool = False

    intake_mean: float = 15.0
    intake_sd: float = 5.5
    slope_mean: float = -2.5
    slope_sd: float = 1.8
    intercept_slope_correlation: float = -0.2
    residual_sd: float = 3.0

    axis: Axis = "session"
    basis: Basis = "ln"
    planned_sessions: int = 12
    days_between_sessions: int = 7
    gap_jitter_days: int = 0
    times_given: TimesGiven = "both"
    start_date: date | None = None
    start_spread_days: int = 0

    leave_after_good: float = 0.0
    good_score: float = 4.0
    leave_after_bad: float = 0.0
    bad_score: float = 20.0
    leave_by_unseen_score: float = 0.0
    leave_for_other_reasons: float = 0.0
    missed_session_rate: float = 0.0
    missing_score_rate: float = 0.0

    late_responder_share: float = 0.0
    late_onset_session: int = 6
    error_correlation: float = 0.0
    clip_to_scale: bool = False
    whole_numbers: bool = False

    therapist_intercept_sd: float = 0.0
    therapist_slope_sd: float = 0.0
    therapist_correlation: float = 0.0
    domains: tuple[str, ...] = ("depression",)
    domain_share_of_skill: float = 0.0

    plan_share: float = 0.0
    plan_from_session: int = 4
    plan_alarm_points: float = 1.0
    plan_effect: float = 0.0
    plan_steps: tuple[InventedStep, ...] = ()

    def __post_init__(self) -> None:
        problems = problems_of(self)
        if problems:
            raise ValueError("This clinic cannot exist: " + " ".join(problems))

    @property
    def intercept_sd(self) -> float:
        """Return the SD of the clients' true starting levels, in points: sqrt(intake_sd² - residual_sd²)."""
        return float((self.intake_sd**2 - self.residual_sd**2) ** 0.5)
