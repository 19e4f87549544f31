"""Let a young clinic borrow from a reference, and say how much (ST6)."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from midcourse.course.batch import at_most_many, forecast_many
from midcourse.course.calibrate import folds_of
from midcourse.course.course import Course, Parameters
from midcourse.course.design import outcome_rows, sums_of
from midcourse.course.expect import SMALL, fit_history, parameters_of, typical_end
from midcourse.course.fit import MixedFit, fit_sums
from midcourse.course.joined import join
from midcourse.course.likelihood import information
from midcourse.course.moments import Array, Sums
from midcourse.course.observed import Observed
from midcourse.course.pairs import pairs_of
from midcourse.course.reference import PSEUDO_CLIENTS, Reference, reference_course
from midcourse.course.small import draws
from midcourse.measures.scale import Scale

CHOICES = (0, 10, 20, 50, 100, 200)
FOLDS = 10


def borrowed_course(
    people: Sequence[Observed],
    reference: Reference,
    pseudo_clients: float = PSEUDO_CLIENTS,
    *,
    integrate: bool = True,
) -> Course:
    """Fit a clinic's own clients together with `pseudo_clients` of a reference.

    Both ends of an assumed range are fitted and kept apart. Below 60 own clients theta is integrated
    over, unless `integrate` is False (to compare many fits quickly). With no own client that has a
    second score, the reference alone is returned.
    """
    if not any(len(person.scores) > 1 for person in people):
        return reference_course(reference, pseudo_clients or PSEUDO_CLIENTS)
    basis, centre = reference.basis, reference.centre
    rows = outcome_rows(people, basis, "intake once", centre)
    own = sums_of(rows, basis)
    fits = [_end(own, reference, pseudo_clients, end) for end in range(len(reference.ends))]
    plug_in = reference.assumed or not integrate
    parts = [
        part for fit, sums, ref in fits for part in _parameter_sets(fit, sums, ref, basis.width, plug_in)
    ]
    history = fit_history(rows, fits[0][0], basis, {})
    history |= {"reference": reference.name, "pseudo_clients": pseudo_clients}
    history["theta_integrated"] = len(parts) > len(fits)
    return Course(
        measure=reference.measure,
        basis=basis,
        form="intake once",
        centre=centre,
        parts=tuple((1.0 / len(parts), part) for part in parts),
        horizon=typical_end(people) if len(rows.people) >= SMALL else reference.last_time,
        assumed_range=reference.assumed and pseudo_clients > 0,
        age_range=reference.age_range,
        history=history,
    )


def _end(
    own: Sums, reference: Reference, pseudo_clients: float, end: int
) -> tuple[MixedFit, Sums, Sums | None]:
    if pseudo_clients == 0:
        return fit_sums(own), own, None
    lent = reference.expected_sums(pseudo_clients, end)
    together = join(own, lent)
    return fit_sums(together), together, lent


def _parameter_sets(
    fit: MixedFit, sums: Sums, lent: Sums | None, width: int, plug_in: bool
) -> list[Parameters]:
    own_clients = sums.clients - (lent.clients if lent is not None else 0.0)
    sets = (fit,) if plug_in or own_clients >= SMALL else draws(sums, fit)
    return [parameters_of(one, width, _borrowed(one, lent)) for one in sets]


def _borrowed(fit: MixedFit, lent: Sums | None) -> Array:
    return np.zeros_like(fit.vcov) if lent is None else borrowed_part(fit, lent)


def borrowed_part(fit: MixedFit, lent: Sums) -> Array:
    """Return the part of beta's covariance that the lent sums account for: vcov C_ref vcov / sigma2."""
    return np.asarray(fit.vcov @ information(lent, fit.theta) @ fit.vcov / fit.sigma2)


def choose_pseudo_clients(
    people: Sequence[Observed], reference: Reference, scale: Scale
) -> tuple[float, dict[int, float]]:
    """Return the number of pseudo-clients with the best leave-clients-out log score, and all scores.

    The score is the mean over clients of the mean -ln P(observed score) of their later scores.
    """
    found = {m: _held_out(people, reference, scale, m) for m in CHOICES}
    best = min(CHOICES, key=lambda m: found[m])
    return float(best), {m: round(value, 5) for m, value in found.items()}


def _held_out(people: Sequence[Observed], reference: Reference, scale: Scale, m: int) -> float:
    usable = [person for person in people if len(person.scores) > 1]
    fold = folds_of(len(usable), FOLDS, seed=len(usable))
    scores = []
    for number in range(FOLDS):
        inside = [p for p, f in zip(usable, fold, strict=True) if f != number]
        outside = [p for p, f in zip(usable, fold, strict=True) if f == number]
        scores.append(log_scores(borrowed_course(inside, reference, m, integrate=False), outside, scale))
    return float(np.concatenate(scores).mean())


def log_scores(course: Course, people: Sequence[Observed], scale: Scale) -> Array:
    """Return each client's mean -ln P(observed score) over every prediction point."""
    plain = replace(course, recalibration=None)
    pairs = pairs_of(people, plain)
    found = forecast_many(plain, pairs.seen, pairs.time)
    value = scale.minimum + np.round((pairs.target - scale.minimum) / scale.step) * scale.step
    value = np.clip(value, scale.minimum, scale.maximum)
    high = at_most_many(plain, scale, found, value)
    low = at_most_many(plain, scale, found, value - scale.step)
    loss = -np.log(np.maximum(high - low, 1e-12))
    count = np.bincount(pairs.person)
    sums = np.bincount(pairs.person, weights=loss)
    return np.asarray(sums[count > 0] / count[count > 0])
