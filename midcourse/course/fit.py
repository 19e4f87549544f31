"""Fit a linear mixed model from its sums: search, polish, and refuse what has not converged."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from midcourse.course.likelihood import Evaluation, Method, evaluate, factor, theta_size
from midcourse.course.moments import Array, Sums, scaled_sums

# The Newton decrement g'H^-1 g in deviance units is scale free: at 1e-8 the criterion is within
# about 5e-9 of its minimum, whatever the number of clients.
DECREMENT_LIMIT = 1e-8
SINGULAR_BELOW = 1e-4  # of a relative SD, in standardised columns; lme4's isSingular uses the same
POLISH_STEPS = 12


class Unconverged(ValueError):
    """The search did not reach a minimum, so the fit is refused rather than shown."""


@dataclass(frozen=True)
class MixedFit:
    """A fitted linear mixed model and how it came about.

    `theta` is the relative covariance factor (client level, then therapist level, column by column);
    `random_cov` and `therapist_cov` are in points squared; `vcov` is that of beta; `decrement` is the
    Newton decrement in deviance units at the end; `singular` says that some random direction is zero.
    """

    theta: Array
    beta: Array
    vcov: Array
    sigma2: float
    random_cov: Array
    therapist_cov: Array | None
    criterion: float
    method: Method
    singular: bool
    decrement: float
    evaluations: int
    n: float
    clients: float
    patterns: int
    hessian: Array

    @property
    def log_likelihood(self) -> float:
        """Return the (restricted) log-likelihood, -criterion / 2."""
        return -self.criterion / 2

    @property
    def aic(self) -> float:
        """Return Akaike's criterion, counting fixed effects, theta and the residual variance."""
        return self.criterion + 2 * (len(self.beta) + len(self.theta) + 1)


class _Search:
    """The criterion in standardised columns with some entries of theta held at zero."""

    def __init__(self, sums: Sums, method: Method, free: NDArray[np.bool_]) -> None:
        self.sums, self.method, self.free = sums, method, free
        self.evaluations = 0

    def at(self, x: Array) -> Evaluation:
        self.evaluations += 1
        theta = np.zeros(len(self.free))
        theta[self.free] = x
        return evaluate(self.sums, theta, self.method)

    def value(self, x: Array) -> tuple[float, Array]:
        e = self.at(x)
        return e.criterion / self.sums.n, e.gradient[self.free] / self.sums.n

    def hessian(self, x: Array, gradient: Array) -> Array:
        step = 1e-5
        columns = [
            (self.at(x + step * unit).gradient[self.free] - gradient) / step
            for unit in np.eye(len(x))
        ]
        h = np.array(columns)
        return (h + h.T) / 2

    def polish(self, x: Array) -> tuple[Array, float, Array]:
        """Take Newton steps on the gradient until the decrement is below the limit."""
        decrement, hessian = np.inf, np.eye(len(x))
        for _ in range(POLISH_STEPS):
            gradient = self.at(x).gradient[self.free]
            hessian = self.hessian(x, gradient)
            values, vectors = np.linalg.eigh(hessian)
            # Flat directions (a rotation of a vanished column) carry no information and no step.
            keep = np.abs(values) > 1e-9 * np.abs(values).max()
            along = vectors[:, keep].T @ gradient
            before, decrement = decrement, float(np.sum(along**2 / np.abs(values[keep])))
            if decrement < 1e-15 or (decrement < DECREMENT_LIMIT / 100 and decrement > before / 10):
                break
            x = self._shorten(x, -vectors[:, keep] @ (along / np.abs(values[keep])))
        return x, decrement, hessian

    def _shorten(self, x: Array, step: Array) -> Array:
        here = self.at(x).criterion
        slack = 1e-13 * abs(here) + 1e-9
        for _ in range(20):
            if self.at(x + step).criterion <= here + slack:
                return x + step
            step = step / 2
        return x


def _free_mask(q: int, sums: Sums, therapist_q: int | None) -> NDArray[np.bool_]:
    free = np.ones(theta_size(q), dtype=bool)
    if sums.cells is None:
        return free
    columns, rows = np.triu_indices(q)
    inside = rows < (q if therapist_q is None else therapist_q)
    return np.concatenate([free, inside])


def _without(free: NDArray[np.bool_], q: int, level: int, column: int) -> NDArray[np.bool_]:
    """Hold one random column of one level at zero: its row and its column of the factor."""
    columns, rows = np.triu_indices(q)
    out = free.copy()
    block = slice(level * theta_size(q), (level + 1) * theta_size(q))
    out[block] &= (rows != column) & (columns != column)
    return out


def _start(q: int, free: NDArray[np.bool_]) -> Array:
    columns, rows = np.triu_indices(q)
    one = np.where(columns == rows, np.where(rows == 0, 1.0, 0.5), 0.0)
    levels = [one, one * 0.3][: len(free) // len(one)]
    out: Array = np.concatenate(levels)[free]
    return out


def _minimum(search: _Search, q: int) -> tuple[Array, float, Array]:
    start = _start(q, search.free)
    if len(start) == 0:
        return start, 0.0, np.zeros((0, 0))
    found = minimize(
        search.value, start, jac=True, method="L-BFGS-B", options={"maxiter": 500, "ftol": 1e-13, "gtol": 1e-9}
    )
    return search.polish(found.x)


def fit_sums(sums: Sums, method: Method = "REML", *, therapist_q: int | None = None) -> MixedFit:
    """Fit the model by ML or REML and return it with its history.

    `therapist_q` keeps only the first so many random columns at the therapist level (default: all).
    The criterion is lme4's (see `likelihood`). Singular fits are reported; where a random column
    vanishes, exact zeros are tried and the best kept.
    Raises Unconverged where the Newton decrement stays above 1e-8, ValueError where there are too
    few rows or the fixed columns are not of full rank.
    """
    if sums.n <= sums.p:
        raise ValueError(f"{sums.n:g} scores cannot carry {sums.p} fixed effects; add clients.")
    z = np.sqrt(np.maximum(np.einsum("k,kaa->a", sums.count, sums.g) / sums.n, 1e-300))
    x = np.sqrt(np.maximum(np.diag(sums.total) / sums.n, 1e-300))
    x[-1] = 1.0
    scaled = scaled_sums(sums, z, x)
    _check_rank(scaled)
    q = sums.q
    free = _free_mask(q, sums, therapist_q)
    search, best = _best(scaled, method, free, q)
    return _result(sums, search, best, z, x, method)


def _check_rank(sums: Sums) -> None:
    p = sums.p
    values = np.linalg.eigvalsh(sums.total[:p, :p] / sums.n)
    if values[0] < 1e-10 * values[-1]:
        raise ValueError(
            "The fixed columns say the same thing twice (not of full rank); leave one of them out."
        )


Minimum = tuple[Array, float, Array]


def _best(sums: Sums, method: Method, free: NDArray[np.bool_], q: int) -> tuple[_Search, Minimum]:
    """Search with everything free, then with each nearly vanished column held at exactly zero."""
    search = _Search(sums, method, free)
    found = _minimum(search, q)
    best, value = (search, found), search.at(found[0]).criterion
    for mask in _candidates(search, found[0], q):
        other = _Search(sums, method, mask)
        other.evaluations = best[0].evaluations
        tried = _minimum(other, q)
        here = other.at(tried[0]).criterion
        search.evaluations = other.evaluations
        if here < value - 1e-10 * abs(value) or (best[1][1] > DECREMENT_LIMIT and here <= value + 1e-6):
            best, value = (other, tried), here
    best[0].evaluations = search.evaluations
    return best


def _candidates(search: _Search, x: Array, q: int) -> list[NDArray[np.bool_]]:
    theta = np.zeros(len(search.free))
    theta[search.free] = x
    out = []
    for level in range(len(theta) // theta_size(q)):
        block = slice(level * theta_size(q), (level + 1) * theta_size(q))
        sd = np.sqrt((factor(theta[block], q) ** 2).sum(axis=1))
        out += [_without(search.free, q, level, c) for c in range(q) if 0 < sd[c] < 1e-2]
    return out


def _result(
    sums: Sums, search: _Search, found: Minimum, z: Array, x: Array, method: Method
) -> MixedFit:
    point, decrement, hessian = found
    if not decrement < DECREMENT_LIMIT:
        raise Unconverged(
            f"The fit did not converge (Newton decrement {decrement:.1e}, limit {DECREMENT_LIMIT:g}). "
            "Fewer random columns or more clients may help; no forecast is made from it."
        )
    at = search.at(point)
    theta = np.zeros(len(search.free))
    theta[search.free] = point
    q, m = sums.q, theta_size(sums.q)
    lows = [factor(theta[i : i + m], q) for i in range(0, len(theta), m)]
    lows = [low * np.where(np.diag(low) < 0, -1.0, 1.0) for low in lows]
    singular = any(np.any(np.abs(np.diag(low)) < SINGULAR_BELOW) for low in lows)
    raw = [low / z[:, None] for low in lows]
    p = sums.p
    criterion = at.criterion + (2.0 * float(np.log(x[:p]).sum()) if method == "REML" else 0.0)
    columns, rows = np.triu_indices(q)
    return MixedFit(
        theta=np.concatenate([low[rows, columns] for low in raw]),
        beta=at.beta / x[:p],
        vcov=at.sigma2 * np.linalg.inv(at.cxx) / np.outer(x[:p], x[:p]),
        sigma2=at.sigma2,
        random_cov=at.sigma2 * raw[0] @ raw[0].T,
        therapist_cov=at.sigma2 * raw[1] @ raw[1].T if len(raw) > 1 else None,
        criterion=criterion,
        method=method,
        singular=bool(singular),
        decrement=decrement,
        evaluations=search.evaluations,
        n=sums.n,
        clients=sums.clients,
        patterns=len(sums.g),
        hessian=hessian,
    )
