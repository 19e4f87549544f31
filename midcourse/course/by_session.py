"""The chance of getting there by a session, at any measured session on the way (ST3)."""

from collections.abc import Callable, Sequence
from itertools import product
from math import exp, sqrt
from statistics import NormalDist

from midcourse.course.course import Course
from midcourse.course.forecast import Seen, forecast, posterior
from midcourse.course.predictive import Predictive, normal_cdf
from midcourse.measures.scale import Scale

STANDARD = NormalDist()
REACH, STEP = 5.0, 0.5  # trapezoid over +-5 SD: errors far below a thousandth for smooth products

Event = Callable[[Predictive], float | None]


def probability_by(
    course: Course, scale: Scale, so_far: Seen, times: Sequence[float], event: Event
) -> float | None:
    """Return the chance that an event happens at one or more of the given times.

    `event` turns a predictive distribution into the chance at one time (None where undefined); it
    must be a statement about one end of the scale. The scores at different times share the client's
    random effects u; given u they are independent, so

        P(by h) = 1 - E_u prod_j (1 - P(event at t_j | u)),

    with each time's chance kept as the corrected distribution gives it (a Gaussian copula). The
    first parameter set carries the dependence. "At session h" is another, smaller quantity.
    """
    chances = [event(forecast(course, scale, so_far, time).predictive) for time in times]
    if any(chance is None for chance in chances):
        return None
    known = [min(max(float(chance or 0.0), 1e-9), 1.0 - 1e-9) for chance in chances]
    limits = [STANDARD.inv_cdf(1.0 - chance) for chance in known]
    loadings = [_loading(course, so_far, time) for time in times]
    total = weight_sum = 0.0
    for point in product(_grid(), repeat=course.basis.q):
        weight = exp(-0.5 * sum(x * x for x in point))
        none = 1.0
        for limit, (load, rest) in zip(limits, loadings, strict=True):
            shared = sum(x * y for x, y in zip(load, point, strict=True))
            none *= normal_cdf((limit - shared) / rest)
        total += weight * none
        weight_sum += weight
    return 1.0 - total / weight_sum


def _grid() -> list[float]:
    return [STEP * i for i in range(-int(REACH / STEP), int(REACH / STEP) + 1)]


def _loading(course: Course, so_far: Seen, time: float) -> tuple[list[float], float]:
    """How a standardised score depends on standard-normal u, and the SD that is its own."""
    kernel, residual = posterior(course, so_far)
    q = course.basis.q
    z = course.basis.columns(time)[:q]
    root = _cholesky(kernel)
    shared = [sum(z[i] * root[i][j] for i in range(q)) for j in range(q)]
    sd = sqrt(residual + sum(x * x for x in shared))
    return [x / sd for x in shared], sqrt(residual) / sd


def _cholesky(matrix: list[list[float]]) -> list[list[float]]:
    """A lower factor of a small, possibly singular covariance."""
    q = len(matrix)
    low = [[0.0] * q for _ in range(q)]
    for i in range(q):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(low[i][k] * low[j][k] for k in range(j))
            if i == j:
                low[i][i] = sqrt(max(rest, 0.0))
            elif low[j][j] > 0.0:
                low[i][j] = rest / low[j][j]
    return low
