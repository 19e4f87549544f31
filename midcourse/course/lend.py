"""How the numbers of the shipped reference courses come about: fitted ones and assumed ones (ST5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from midcourse.course.basis import Basis
from midcourse.course.expect import expected_course
from midcourse.course.observed import Observed
from midcourse.course.reference import Ends


def fitted_numbers(people: Sequence[Observed], measure: str, basis: Basis) -> dict[str, Any]:
    """Return what a fitted reference states: intake, centre, one parameter set, fingerprint.

    The fit is REML with intake as a covariate, so that intake is used once (ST1). Numbers in points.
    Raises TooFewClients and Unconverged as `expected_course` does.
    """
    course = expected_course(people, measure, basis.axis, basis=basis)
    parameters = course.parts[0][1]
    intake = np.array([person.intake for person in people])
    return {
        "centre": course.centre,
        "intake": {"mean": float(intake.mean()), "sd": float(intake.std(ddof=1))},
        "beta": parameters.beta,
        "random_cov": parameters.random_cov,
        "residual": parameters.residual,
        "clients": course.history["clients"],
        "outcome_scores": course.history["outcome_scores"],
        "fingerprint": course.history["fingerprint"],
    }


@dataclass(frozen=True, slots=True)
class TwoMoments:
    """Mean and SD of a score among many people, in points.

    Raises ValueError where the SD is not above 0.
    """

    mean: float
    sd: float

    def __post_init__(self) -> None:
        if not self.sd > 0:
            raise ValueError(f"An SD must be above 0, not {self.sd!r}.")


def assumed_end(
    first: TwoMoments,
    last: TwoMoments,
    basis: Basis,
    *,
    last_time: float,
    correlation: float,
    residual: float,
) -> Ends:
    """Return one end of an assumed range: a course that has the published first and last mean and SD.

    Published first and last moments do not fix `last_time` (on the basis's axis), the first-last
    `correlation` or the `residual` variance; they are judgements, tagged as such. With f the time
    column at `last_time` and T the covariance of the clients' true starts and slopes,

        T00 = first.sd^2 - residual,  T01 = (correlation first.sd last.sd - T00) / f,
        T11 = (last.sd^2 - residual - T00 - 2 f T01) / f^2,

    and the course given intake is that of a normal distribution conditioned on the first score.
    Raises ValueError where the basis has not two columns or no such course exists.
    """
    if (basis.width, basis.q) != (2, 2):
        raise ValueError("Two published ends can only carry a course with two time columns, both random.")
    f = basis.columns(last_time)[1]
    if f <= 0.0:
        raise ValueError("The last score must come after the first.")
    t00 = first.sd**2 - residual
    t01 = (correlation * first.sd * last.sd - t00) / f
    t11 = (last.sd**2 - residual - t00 - 2 * f * t01) / f**2
    true_start = np.array([t00, t01])
    per_point = true_start / first.sd**2
    random_cov = np.array([[t00, t01], [t01, t11]]) - np.outer(true_start, per_point)
    if residual <= 0.0 or np.linalg.eigvalsh(random_cov)[0] < 0.0:
        raise ValueError(
            f"No course has these ends with a residual variance of {residual:g} and a "
            f"first-last correlation of {correlation:g}."
        )
    beta = np.array([[first.mean, (last.mean - first.mean) / f], per_point])
    return Ends(beta, random_cov, residual)


def implied_last(end: Ends, basis: Basis, intake: TwoMoments, last_time: float) -> TwoMoments:
    """Return the mean and SD that an end of a range implies for the score at `last_time`."""
    f = np.array(basis.columns(last_time))
    z = f[: basis.q]
    by_intake = float(end.beta[1] @ f) * intake.sd
    variance = by_intake**2 + float(z @ end.random_cov @ z) + end.residual
    return TwoMoments(float(end.beta[0] @ f), sqrt(variance))
