"""Clients within therapists: the same course with a third level, and how much of it is theirs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from midcourse.course.course import Course
from midcourse.course.design import outcome_rows
from midcourse.course.fit import MixedFit, fit_sums
from midcourse.course.moments import sums_of_rows
from midcourse.course.observed import Observed

FEWEST_THERAPISTS = 5


@dataclass(frozen=True)
class Nested:
    """A three-level fit: SDs between therapists in level and time, in points, and their share.

    `share` is the therapists' part of the variance in level between clients (0 to 1).
    """

    fit: MixedFit
    therapists: int
    level_sd: float
    time_sd: float
    share: float


def fit_within_therapists(people: Sequence[Observed], course: Course) -> Nested:
    """Fit the course's own basis with clients nested in therapists, by REML.

    Clients without a therapist are left out. No therapist is named in the result.
    Raises ValueError with fewer than five therapists.
    """
    known = [person for person in people if person.therapist_id is not None]
    names = sorted({str(person.therapist_id) for person in known})
    if len(names) < FEWEST_THERAPISTS:
        raise ValueError(f"At least {FEWEST_THERAPISTS} therapists are needed; known here: {len(names)}.")
    rows = outcome_rows(known, course.basis, course.form, course.centre)
    code = {name: i for i, name in enumerate(names)}
    therapist = np.array([code[str(person.therapist_id)] for person in rows.people])
    sums = sums_of_rows(rows.client, rows.x(), rows.f[:, : course.basis.q], rows.y, therapist=therapist)
    fit = fit_sums(sums)
    above = np.asarray(fit.therapist_cov)
    level = float(above[0, 0])
    time = float(above[-1, -1]) if len(above) > 1 else 0.0
    share = level / (level + float(fit.random_cov[0, 0])) if level > 0 else 0.0
    return Nested(fit, len(names), level**0.5, time**0.5, share)
