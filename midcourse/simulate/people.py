"""Who comes to an invented clinic: clients, their true courses' parts, and their therapists."""

from dataclasses import dataclass

import numpy as np

from midcourse.simulate.design import ClinicDesign
from midcourse.simulate.streams import Flags, Floats, Whole, stream


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """One entry per client: random effects in points, places in the lists, years, days."""

    intercept: Floats
    slope: Floats
    therapist: Whole
    domain: Whole
    therapist_intercept: Floats
    therapist_slope: Floats
    late_responder: Flags
    age: Whole
    start_day: Whole


def people(design: ClinicDesign, seed: int) -> People:
    """Return the clients of a clinic, each with a therapist, a problem domain and random effects."""
    n = design.n_clients
    normal = stream(seed, "people").standard_normal((n, 2))
    effects = _pairs(normal, design.intercept_sd, design.slope_sd, design.intercept_slope_correlation)
    therapist = _place(seed, "therapist of client", design.n_therapists, n)
    domain = _place(seed, "domain of client", len(design.domains), n)
    skill = therapist_skill(design, seed)[therapist, domain]
    return People(
        intercept=effects[:, 0],
        slope=effects[:, 1],
        therapist=therapist,
        domain=domain,
        therapist_intercept=skill[:, 0],
        therapist_slope=skill[:, 1],
        late_responder=stream(seed, "late responders").uniform(size=n) < design.late_responder_share,
        age=design.age_low + _place(seed, "ages", design.age_high - design.age_low + 1, n),
        start_day=_place(seed, "starts", design.start_spread_days + 1, n),
    )


def therapist_skill(design: ClinicDesign, seed: int) -> Floats:
    """Return skill by therapist, domain and (intercept, slope): n_therapists x domains x 2, in points.

    skill = sqrt(1 - s)·general + sqrt(s)·of this domain, s = domain_share_of_skill, so that the
    variance in each domain stays therapist_intercept_sd² and therapist_slope_sd² whatever s is.
    """
    normal = stream(seed, "therapists").standard_normal((design.n_therapists, 1 + len(design.domains), 2))
    effects = _pairs(
        normal,
        design.therapist_intercept_sd,
        design.therapist_slope_sd,
        design.therapist_correlation,
    )
    share = design.domain_share_of_skill
    skill: Floats = np.sqrt(1 - share) * effects[:, :1] + np.sqrt(share) * effects[:, 1:]
    # Adding 0 turns -0.0 into 0.0, which would otherwise be printed with its sign.
    return skill + 0.0


def _pairs(normal: Floats, first_sd: float, second_sd: float, correlation: float) -> Floats:
    """Give independent standard normal pairs (last axis) these SDs and this correlation."""
    first, second = normal[..., 0], normal[..., 1]
    mixed = correlation * first + np.sqrt(1 - correlation**2) * second
    return np.stack([first_sd * first, second_sd * mixed], axis=-1)


def _place(seed: int, ingredient: str, size: int, n: int) -> Whole:
    return stream(seed, ingredient).randint(0, size, n, dtype=np.int64)
