"""What we expect next for one client: plain Python, a few dozen microseconds, no library loaded."""

from dataclasses import dataclass

from midcourse.course.course import Course, Matrix, Parameters
from midcourse.course.observed import Observed
from midcourse.course.predictive import Predictive
from midcourse.course.recalibration import Own
from midcourse.measures.scale import Scale

Vector = list[float]
FLAT = 1e-9  # sum of squares of a time column below which no slope can be told


@dataclass(frozen=True, slots=True)
class Seen:
    """The running sums of the scores seen so far: one update per new session.

    With z the random and f the fixed time columns of each outcome row: g = sum z z', h = sum z f',
    s = sum z y, n rows. `intake` is the first score, `last` the time of the last one, `latest` its score.
    """

    intake: float
    last: float
    n: int
    g: list[Vector]
    h: list[Vector]
    s: Vector
    latest: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """The forecast of one client's score at one time.

    `mean` and `sd` are the uncorrected Gaussian's, in points, from the first parameter set;
    `predictive` is the distribution every statement is made from. `borrowed_share` is the share of
    the population part that rests on a reference; `own_share` the share of the variance removed by
    the client's own scores (ST6), both 0 to 1.
    """

    time: float
    mean: float
    sd: float
    predictive: Predictive
    borrowed_share: float
    own_share: float


def seen(course: Course, observed: Observed) -> Seen:
    """Return the running sums of a client's outcome rows under a course's form (ST1)."""
    basis = course.basis
    q, c = basis.q, basis.width
    g = [[0.0] * q for _ in range(q)]
    h = [[0.0] * c for _ in range(q)]
    s = [0.0] * q
    first = 1 if course.form == "intake once" else 0
    for time, score in zip(observed.times[first:], observed.scores[first:], strict=True):
        f = basis.columns(time)
        for a in range(q):
            fa = f[a]
            s[a] += fa * score
            ga, ha = g[a], h[a]
            for b in range(q):
                ga[b] += fa * f[b]
            for b in range(c):
                ha[b] += fa * f[b]
    return Seen(
        observed.intake, observed.times[-1], len(observed.times) - first, g, h, s, observed.scores[-1]
    )


def own_of(course: Course, so_far: Seen, mean: float) -> Own:
    """Return what a correction knows of the client's own scores, from their running sums.

    Under the form "all scores" nothing is known before the first score: all is as forecast (`mean`).
    """
    extra = 1 if course.form == "intake once" else 0  # intake stands at 0 in every later time column
    rows = so_far.n + extra
    if rows == 0:
        return Own(mean, mean, mean, 0.0, 0)
    total = so_far.s[0] + extra * so_far.intake
    slope = 0.0
    if course.basis.q > 1:
        x, xx = so_far.h[0][1], so_far.h[1][1]
        around = xx - x * x / rows
        slope = (so_far.s[1] - x * total / rows) / around if around > FLAT else 0.0
    return Own(so_far.intake, so_far.latest, total / rows, slope, rows - 1)


def kernel(psi: Matrix, g: list[Vector], residual: float) -> list[Vector]:
    """Return K = (Psi^-1 + G / sigma2)^-1 = Psi (I + G Psi / sigma2)^-1; Psi is never inverted."""
    q = len(psi)
    if q == 1:
        return [[psi[0][0] / (1.0 + g[0][0] * psi[0][0] / residual)]]
    m = [
        [(1.0 if i == j else 0.0) + sum(g[i][k] * psi[k][j] for k in range(q)) / residual for j in range(q)]
        for i in range(q)
    ]
    if q == 2:
        (a, b), (c, d) = m
        det = a * d - b * c
        inverse = [[d / det, -b / det], [-c / det, a / det]]
    else:
        inverse = _inverse(m)
    return [[sum(psi[i][k] * inverse[k][j] for k in range(q)) for j in range(q)] for i in range(q)]


def _inverse(m: list[Vector]) -> list[Vector]:
    """Gauss-Jordan elimination with row exchange, for three random columns."""
    q = len(m)
    work = [row[:] + [1.0 if i == j else 0.0 for j in range(q)] for i, row in enumerate(m)]
    for i in range(q):
        pivot = max(range(i, q), key=lambda r: abs(work[r][i]))
        work[i], work[pivot] = work[pivot], work[i]
        work[i] = [value / work[i][i] for value in work[i]]
        for r in range(q):
            if r != i:
                factor = work[r][i]
                work[r] = [x - factor * y for x, y in zip(work[r], work[i], strict=True)]
    return [row[q:] for row in work]


def covariates(course: Course, intake: float) -> tuple[float, ...]:
    """Return the client's covariates: 1, and intake minus its centre where the form has it."""
    return (1.0, intake - course.centre) if course.form == "intake once" else (1.0,)


@dataclass(frozen=True, slots=True)
class _Moments:
    mean: float
    variance: float
    without_own: float
    borrowed: float


def _moments(parameters: Parameters, w: tuple[float, ...], so_far: Seen, f: tuple[float, ...]) -> _Moments:
    """Mean and variance of one future score under one parameter set."""
    psi, residual = parameters.random_cov, parameters.residual
    q, c = len(psi), len(f)
    z = f[:q]
    a = [sum(wu * row[j] for wu, row in zip(w, parameters.beta, strict=True)) for j in range(c)]
    mean = sum(x * y for x, y in zip(f, a, strict=True))
    prior = sum(z[i] * psi[i][j] * z[j] for i in range(q) for j in range(q))
    if so_far.n == 0:
        d = [wu * fj for wu in w for fj in f]
        spread, borrowed = _parameter_part(parameters, d)
        return _Moments(mean, residual + prior + spread, residual + prior + spread, borrowed)
    k = kernel(psi, so_far.g, residual)
    kz = [sum(k[i][j] * z[j] for j in range(q)) for i in range(q)]
    h = so_far.h
    left = [so_far.s[i] - sum(h[i][j] * a[j] for j in range(c)) for i in range(q)]
    mean += sum(kz[i] * left[i] for i in range(q)) / residual
    g = [f[j] - sum(h[i][j] * kz[i] for i in range(q)) / residual for j in range(c)]
    spread, borrowed = _parameter_part(parameters, [wu * gj for wu in w for gj in g])
    own = sum(kz[i] * z[i] for i in range(q))
    before, _ = _parameter_part(parameters, [wu * fj for wu in w for fj in f])
    return _Moments(mean, residual + own + spread, residual + prior + before, borrowed)


def _parameter_part(parameters: Parameters, d: Vector) -> tuple[float, float]:
    """d'vcov(beta)d, and the share of it that is borrowed from a reference (ST4, ST6)."""
    total = _quadratic(d, parameters.beta_cov)
    if parameters.borrowed_cov is None or total <= 0.0:
        return total, 0.0
    return total, min(max(_quadratic(d, parameters.borrowed_cov) / total, 0.0), 1.0)


def _quadratic(d: Vector, matrix: Matrix) -> float:
    return sum(x * sum(m * y for m, y in zip(row, d, strict=True)) for x, row in zip(d, matrix, strict=True))


def forecast(course: Course, scale: Scale, so_far: Seen, time: float) -> Forecast:
    """Return the forecast of the score at a time on the course's axis.

        m = f'a + z'K r / sigma2,  var = sigma2 + z'K z + d'vcov(beta)d,  d = w (x) (f - H'K z / sigma2)

    `so_far` with no outcome rows gives the forecast from intake alone.
    """
    f = course.basis.columns(time)
    w = covariates(course, so_far.intake)
    found = [(weight, _moments(p, w, so_far, f)) for weight, p in course.parts]
    parts = tuple((weight, m.mean, m.variance**0.5) for weight, m in found)
    first = found[0][1]
    recalibration = course.recalibration
    if recalibration is not None:
        ahead = time - so_far.last
        parts = tuple(
            (weight, *recalibration.corrected(mean, sd, ahead, own_of(course, so_far, mean)))
            for weight, mean, sd in parts
        )
    return Forecast(
        time=time,
        mean=first.mean,
        sd=first.variance**0.5,
        predictive=Predictive(scale, parts, recalibration),
        borrowed_share=first.borrowed,
        own_share=max(0.0, 1.0 - first.variance / first.without_own),
    )


def posterior(course: Course, so_far: Seen) -> tuple[list[Vector], float]:
    """Return the covariance of the client's random effects given the scores seen, and sigma2.

    Both are in points squared and come from the first parameter set.
    """
    parameters = course.parts[0][1]
    return kernel(parameters.random_cov, so_far.g, parameters.residual), parameters.residual


def intake_only(observed: Observed, course: Course) -> Seen:
    """Return the running sums as they stood after the first score: nothing seen but intake."""
    return seen(course, observed.up_to(1))
