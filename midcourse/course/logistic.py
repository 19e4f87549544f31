"""Logistic regression pulled towards a prior: with few clients the prior speaks, with many the data."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from midcourse.course.moments import Array

ITERATIONS = 100
TOLERANCE = 1e-10
INTERCEPT_PRECISION = 0.5  # as if half a client were known beforehand, so that no rate is exactly 0 or 1


@dataclass(frozen=True)
class Line:
    """A fitted logistic line: P = 1 / (1 + exp(-(coefficients . (1, (x - centre) / width))))."""

    coefficients: Array
    centre: Array
    width: Array

    def log_odds(self, x: Array) -> Array:
        """Return the log odds at each row of x."""
        return np.asarray(_design(x, self.centre, self.width) @ self.coefficients)

    def probability(self, x: Array) -> Array:
        """Return the chance at each row of x."""
        return np.asarray(expit(self.log_odds(x)))


def _design(x: Array, centre: Array, width: Array) -> Array:
    return np.column_stack([np.ones(len(x)), (x - centre) / width])


def fitted_line(
    x: Array, event: NDArray[np.bool_], weight: Array, precision: Array | float, offset: Array | None = None
) -> Line:
    """Return the logistic line of an event on the columns of x with the highest posterior density.

    Each coefficient, per SD of its column, has a normal prior around zero with the given precision
    (number or one per column); the intercept a weak one around the rate. With an `offset` (log odds
    known beforehand, one per row) the line is the correction to it, pulled towards none.
    Source: le Cessie, van Houwelingen 1992, Appl Stat 41:191, doi 10.2307/2347628 (ridge, logistic).
    """
    centre = np.average(x, axis=0, weights=weight)
    width = np.sqrt(np.average((x - centre) ** 2, axis=0, weights=weight))
    width = np.where(width > 1e-9, width, 1.0)
    prior = np.zeros(x.shape[1] + 1)
    if offset is None:
        offset = np.zeros(len(x))
        prior[0] = logit((weight @ event + 0.5) / (weight.sum() + 1.0))
    pull = np.append(INTERCEPT_PRECISION, np.broadcast_to(precision, x.shape[1]))
    columns = _design(x, centre, width)
    return Line(_maximum(columns, event, weight, pull, prior, offset), centre, width)


def _maximum(
    x: Array, event: NDArray[np.bool_], weight: Array, pull: Array, prior: Array, offset: Array
) -> Array:
    """Newton's method; the curvature is bounded below by the prior's, so that it always exists."""
    at = prior.copy()
    for _ in range(ITERATIONS):
        p = expit(offset + x @ at)
        gradient = x.T @ (weight * (event - p)) - pull * (at - prior)
        curvature = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(pull)
        step = np.linalg.solve(curvature, gradient)
        # A step of more than a few log odds would leave the region in which the curvature holds.
        step *= min(1.0, 2.0 / (np.abs(x @ step).max() + 1e-12))
        at = at + step
        if float(gradient @ step) < TOLERANCE:
            break
    return at
