"""The model with intake as a covariate (ST1) that a plain invented clinic truly follows."""

from dataclasses import dataclass

from midcourse.simulate.design import ClinicDesign

# With one of these on, the scores are no longer the plain Gaussian mixed model, or those who stay
# are no longer missing at random; each is named with the value it has when it is off.
OFF = {
    "leave_by_unseen_score": 0.0,
    "late_responder_share": 0.0,
    "error_correlation": 0.0,
    "clip_to_scale": False,
    "whole_numbers": False,
    "therapist_intercept_sd": 0.0,
    "therapist_slope_sd": 0.0,
    "plan_effect": 0.0,
}


@dataclass(frozen=True, slots=True)
class GivenIntake:
    """score = (intercept + u0) + (slope + u1)·t + by_intake·c + slope_by_intake·c·t + e, c = intake - centre.

    Points throughout; variances and the covariance are those of u0 and u1 once the intake is known.
    """

    centre: float
    intercept: float
    slope: float
    by_intake: float
    slope_by_intake: float
    intercept_variance: float
    covariance: float
    slope_variance: float
    residual_sd: float


def given_intake(design: ClinicDesign) -> GivenIntake:
    """Return the parameters that a fit to the second and later scores, given the first, should find.

    With T = Cov(u) and the intake y1 = intake_mean + u0 + e1, E(u | y1) = T[:, 0]·c / intake_sd² and
    Cov(u | y1) = T - T[:, 0]·T[0, :] / intake_sd² (conditioning of a normal distribution).
    Raises ValueError, naming the switches, where the clinic does not follow the plain model.
    """
    on = [name for name, off in OFF.items() if getattr(design, name) != off]
    if on:
        raise ValueError(f"Only the plain model has such parameters; switched on: {', '.join(on)}.")
    t00, t11 = design.intercept_sd**2, design.slope_sd**2
    t01 = design.intercept_slope_correlation * design.intercept_sd * design.slope_sd
    # A clinic without any spread at intake learns nothing from it.
    per_point = 1 / design.intake_sd**2 if design.intake_sd else 0.0
    return GivenIntake(
        centre=design.intake_mean,
        intercept=design.intake_mean,
        slope=design.slope_mean,
        by_intake=t00 * per_point,
        slope_by_intake=t01 * per_point,
        intercept_variance=t00 - t00 * t00 * per_point,
        covariance=t01 - t00 * t01 * per_point,
        slope_variance=t11 - t01 * t01 * per_point,
        residual_sd=design.residual_sd,
    )
