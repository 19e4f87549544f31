"""One client's own line given the scores seen: what all her future scores share."""

from collections.abc import Sequence

from midcourse.course.course import Course, Matrix, Parameters
from midcourse.course.forecast import Seen, covariates, kernel


def own_line(course: Course, parameters: Parameters, so_far: Seen) -> tuple[tuple[float, ...], Matrix, float]:
    """Return mean and covariance of the client's own line given the scores seen, and sigma2.

        gamma = a + K (s - H a) / sigma2,   Cov(gamma) = K + M Cov(a) M',   M = I - K H / sigma2

    with a = w'beta, on the basis's columns. f'gamma has the mean of `forecast` before correction, and
    f_s'Cov(gamma) f_t is the covariance of two future scores at different times, in points squared.
    """
    psi, residual = parameters.random_cov, parameters.residual
    q, c = len(psi), course.basis.width
    w = covariates(course, so_far.intake)
    a = [sum(wu * row[j] for wu, row in zip(w, parameters.beta, strict=True)) for j in range(c)]
    k = kernel(psi, so_far.g, residual)
    left = [so_far.s[i] - sum(so_far.h[i][j] * a[j] for j in range(c)) for i in range(q)]
    mean = [a[j] + (_times(k[j], left) / residual if j < q else 0.0) for j in range(c)]
    m = [
        [
            (i == j) - (_times(k[i], [row[j] for row in so_far.h]) / residual if i < q else 0.0)
            for j in range(c)
        ]
        for i in range(c)
    ]
    # Each row of d is w (x) the same row of M, so that d vcov(beta) d' = M Cov(a) M'.
    d = [[wu * mj for wu in w for mj in row] for row in m]
    beta_cov = parameters.beta_cov
    cov = [
        [
            _times(d[i], [_times(row, d[j]) for row in beta_cov]) + (k[i][j] if i < q and j < q else 0.0)
            for j in range(c)
        ]
        for i in range(c)
    ]
    return tuple(mean), tuple(map(tuple, cov)), residual


def _times(left: Sequence[float], right: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(left, right, strict=True))
