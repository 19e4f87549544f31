"""Everything drawn for an invented clinic, as matrices of clients x planned sessions."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from midcourse.simulate.appointments import days, scored
from midcourse.simulate.courses import errors, observed, true_courses
from midcourse.simulate.design import ClinicDesign
from midcourse.simulate.leaving import leaving
from midcourse.simulate.people import People, people
from midcourse.simulate.plans import Plans, kept, plans, with_plans
from midcourse.simulate.streams import Flags, Floats, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A whole clinic before it is split into what is seen and what is true.

    `seen` marks the scores that reach the table; `day` counts from each client's first score.
    """

    design: ClinicDesign
    seed: int
    who: People
    day: Whole
    courses: Floats
    scores: Floats
    seen: Flags
    plan: Plans
    sessions_attended: Whole
    reason: npt.NDArray[np.str_]
    story: npt.NDArray[np.str_]


def draw(design: ClinicDesign, seed: int) -> Drawn:
    """Draw a clinic: people, days, courses and errors, then plans, then who leaves."""
    who, day, filled = people(design, seed), days(design, seed), scored(design, seed)
    plain, error = true_courses(design, who, day), errors(design, seed, day)
    planned = plans(design, seed, observed(design, plain + error), filled)
    scores = observed(design, with_plans(plain, planned) + error)
    left = leaving(design, seed, scores, filled)
    # Who left before the alarm never made the plan, and the truth must not say so.
    made = kept(planned, planned.session <= left.sessions_attended)
    return Drawn(
        design=design,
        seed=seed,
        who=who,
        day=day,
        courses=with_plans(plain, made),
        scores=scores,
        seen=filled & (np.arange(day.shape[1]) < left.sessions_attended[:, None]),
        plan=made,
        sessions_attended=left.sessions_attended,
        reason=left.reason,
        story=np.full(design.n_clients, "", dtype="U40"),
    )
