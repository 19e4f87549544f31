"""Find the minimum of the criterion: a quasi-Newton descent, then Newton steps, and an honest end.

`theta` is always whole here; `free` says which of its entries may move. There are no bounds at zero:
the criterion depends on L through LL' only, so the sign of a column is free and zero is an inner point.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from midcourse.course.likelihood import Evaluation, Method, evaluate
from midcourse.course.moments import Array, Sums

Mask = NDArray[np.bool_]

# The Newton decrement g'H^-1 g in deviance units is scale free: at 1e-8 the criterion is within
# about 5e-9 of its minimum, whatever the number of clients.
DECREMENT_LIMIT = 1e-8
POLISH_STEPS = 20
STEP = 1e-5  # of the forward differences of the gradient
FLAT = 1e-9  # of the largest curvature: a rotation of a vanished column, with no information and no step
CURVED_DOWN = 1e-6  # of the largest curvature: this much negative curvature makes a saddle, not a minimum
ESCAPE = 0.1  # how far to move off a saddle
FARTHEST = 1e4  # residual SDs; a random effect that large means scores that do not vary within clients
LBFGSB = {"maxiter": 500, "ftol": 1e-13, "gtol": 1e-9}


@dataclass(frozen=True)
class Minimum:
    """Where the search ended: theta, the criterion there, and the Newton decrement (inf at a saddle)."""

    theta: Array
    criterion: float
    decrement: float

    @property
    def converged(self) -> bool:
        """Say whether the decrement is below the limit."""
        return self.decrement < DECREMENT_LIMIT


class Search:
    """The criterion of one set of sums, and how often it was evaluated."""

    def __init__(self, sums: Sums, method: Method, free: Mask) -> None:
        self.sums, self.method, self.free = sums, method, free
        self.evaluations = 0

    def at(self, theta: Array) -> Evaluation:
        """Evaluate the criterion and its gradient."""
        self.evaluations += 1
        return evaluate(self.sums, theta, self.method)

    def descend(self, start: Array, free: Mask) -> Array:
        """Return where L-BFGS-B ends when only `free` entries move and all others are zero."""

        def value(x: Array) -> tuple[float, Array]:
            e = self.at(_filled(free, x))
            return e.criterion / self.sums.n, e.gradient[free] / self.sums.n

        if not free.any():
            return np.zeros(len(free))
        bounds = [(-FARTHEST, FARTHEST)] * int(free.sum())
        found = minimize(value, start[free], jac=True, method="L-BFGS-B", bounds=bounds, options=LBFGSB)
        return _filled(free, found.x)

    def polish(self, theta: Array) -> Minimum:
        """Take Newton steps on the gradient until the decrement is below the limit."""
        decrement = np.inf
        for _ in range(POLISH_STEPS):
            gradient = self.at(theta).gradient[self.free]
            values, vectors = np.linalg.eigh(self._hessian(theta, gradient))
            before, (step, decrement) = decrement, _newton(values, vectors, gradient)
            if decrement < 1e-15 or (decrement < DECREMENT_LIMIT / 100 and decrement > before / 10):
                break
            theta = self._shorten(theta, _filled(self.free, step))
        return Minimum(theta, self.at(theta).criterion, decrement)

    def _hessian(self, theta: Array, gradient: Array) -> Array:
        units = STEP * np.eye(len(theta))[self.free]
        h = np.array([self.at(theta + unit).gradient[self.free] - gradient for unit in units]) / STEP
        return (h + h.T) / 2

    def _shorten(self, theta: Array, step: Array) -> Array:
        """Return theta after the step, halved until the criterion does not rise; at worst theta."""
        here = self.at(theta).criterion
        slack = 1e-13 * abs(here) + 1e-9
        for _ in range(20):
            there = theta + step
            if np.abs(there).max() <= FARTHEST and self.at(there).criterion <= here + slack:
                return there
            step = step / 2
        return theta


def _filled(free: Mask, x: Array) -> Array:
    theta = np.zeros(len(free))
    theta[free] = x
    return theta


def _newton(values: Array, vectors: Array, gradient: Array) -> tuple[Array, float]:
    """Return the Newton step and decrement; off a saddle the step is a push, the decrement infinite."""
    largest = np.abs(values).max()
    keep = np.abs(values) > FLAT * largest
    along = vectors[:, keep].T @ gradient
    step: Array = -vectors[:, keep] @ (along / np.abs(values[keep]))
    if values[0] < -CURVED_DOWN * largest:
        down = -1.0 if vectors[:, 0] @ gradient > 0.0 else 1.0
        return step + down * ESCAPE * vectors[:, 0], np.inf
    return step, float(np.sum(along**2 / np.abs(values[keep])))
