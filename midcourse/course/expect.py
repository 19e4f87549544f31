"""Fit the course we would expect on one measure, from the scores of many clients (ST1, ST2, ST4)."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from typing import Any

import numpy as np

from midcourse.course.basis import Axis, Basis, Bend
from midcourse.course.course import Course, Form, Matrix, Parameters
from midcourse.course.design import Rows, outcome_rows, sums_of
from midcourse.course.fit import MixedFit, fit_sums
from midcourse.course.moments import Array, Sums
from midcourse.course.observed import Observed
from midcourse.course.small import draws

BENDS: tuple[Bend, ...] = ("ln", "sqrt", "linear")
SMALL = 60  # below this many clients theta is integrated over as well (ST4)
FEWEST = 12  # below this many clients with outcome rows no course is fitted without a reference


class TooFewClients(ValueError):
    """There are too few clients to fit a course, and no reference to borrow from."""


def as_matrix(array: Array) -> Matrix:
    """Return an array as nested tuples of floats."""
    return tuple(tuple(float(v) for v in row) for row in array)


def choose_basis(
    people: Sequence[Observed], axis: Axis, form: Form, centre: float, q: int = 2
) -> tuple[Basis, dict[str, float]]:
    """Return the bend with the highest training likelihood (ML), and each bend's log-likelihood."""
    found = {}
    for bend in BENDS:
        basis = Basis(bend, axis, q)
        fit = fit_sums(sums_of(outcome_rows(people, basis, form, centre), basis), "ML")
        found[bend] = fit.log_likelihood
    best = max(BENDS, key=lambda bend: found[bend])
    return Basis(best, axis, q), {bend: round(value, 4) for bend, value in found.items()}


def parameters_of(fit: MixedFit, width: int, borrowed: Array | None = None) -> Parameters:
    """Return a fit's estimates as a course's parameter set; `width` is the number of time columns."""
    return Parameters(
        beta=as_matrix(fit.beta.reshape(-1, width)),
        beta_cov=as_matrix(fit.vcov),
        random_cov=as_matrix(fit.random_cov),
        residual=float(fit.sigma2),
        borrowed_cov=None if borrowed is None else as_matrix(borrowed),
    )


def expected_course(
    people: Sequence[Observed],
    measure: str,
    axis: Axis,
    *,
    basis: Basis | None = None,
    form: Form = "intake once",
    fewest: int = FEWEST,
) -> Course:
    """Fit the expected course on one measure by REML and return it, uncorrected, with its history.

    Without a `basis` the training likelihood chooses between ln, sqrt and linear time. Below 60
    clients theta is integrated over. Forecasts are recalibrated by `calibrate.calibrated_course`.
    Raises TooFewClients below `fewest` clients with an outcome row, Unconverged where the search
    fails.
    """
    usable = sum(len(person.scores) > 1 for person in people)
    if usable < fewest:
        raise TooFewClients(
            f"{usable} clients have a second score; at least {fewest} are needed to fit a course."
        )
    centre = float(np.mean([person.intake for person in people])) if form == "intake once" else 0.0
    compared: dict[str, float] = {}
    if basis is None:
        basis, compared = choose_basis(people, axis, form, centre)
    rows = outcome_rows(people, basis, form, centre)
    sums = sums_of(rows, basis)
    fit = fit_sums(sums)
    parts = _parts(sums, fit, basis, len(rows.people))
    history = fit_history(rows, fit, basis, compared)
    return Course(measure, basis, form, centre, parts, typical_end(people), history=history)


def _parts(sums: Sums, fit: MixedFit, basis: Basis, clients: int) -> tuple[tuple[float, Parameters], ...]:
    if clients >= SMALL:
        return ((1.0, parameters_of(fit, basis.width)),)
    drawn = draws(sums, fit)
    return tuple((1.0 / len(drawn), parameters_of(draw, basis.width)) for draw in drawn)


def typical_end(people: Sequence[Observed]) -> float:
    """Return the median time of the last score among clients with at least two."""
    return float(np.median([person.times[-1] for person in people if len(person.scores) > 1]))


def fingerprint(people: Sequence[Observed]) -> str:
    """Return the SHA-256 of the times and scores a course was fitted on, whatever the order of clients."""
    one = (repr([(round(t, 6), s) for t, s in zip(p.times, p.scores, strict=True)]) for p in people)
    return hashlib.sha256("\n".join(sorted(one)).encode()).hexdigest()


def fit_history(rows: Rows, fit: MixedFit, basis: Basis, compared: dict[str, float]) -> dict[str, Any]:
    """Return how a fit came about: data, counts, search, criterion, versions."""
    return {
        "basis": basis.name,
        "log_likelihood_by_bend": compared,
        "fingerprint": fingerprint(rows.people),
        "clients": len(rows.people),
        "clients_with_one_score": rows.one_score,
        "outcome_scores": len(rows.y),
        "patterns": fit.patterns,
        "method": fit.method,
        "criterion": fit.criterion,
        "evaluations": fit.evaluations,
        "newton_decrement": fit.decrement,
        "singular": fit.singular,
        "theta_integrated": len(rows.people) < SMALL,
        "versions": {name: version(name) for name in ("midcourse", "numpy", "scipy")},
    }


def without_recalibration(course: Course) -> Course:
    """Return the same course with its plain Gaussian forecasts."""
    return replace(course, recalibration=None)
