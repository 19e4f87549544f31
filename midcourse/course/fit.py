"""Fit a linear mixed model from its sums: search, polish, and refuse what has not converged."""

from dataclasses import dataclass

import numpy as np

from midcourse.course.likelihood import Method
from midcourse.course.moments import Array, Sums, scaled_sums
from midcourse.course.search import DECREMENT_LIMIT, Mask, Minimum, Search
from midcourse.course.woodbury import factor, theta_of, theta_size

SINGULAR_BELOW = 1e-4  # of a relative SD, in standardised columns; lme4's isSingular uses the same
NEARLY_VANISHED = 1e-2  # of a relative SD: below it, exactly zero is tried as well
FULL_RANK = 1e-10  # of the largest eigenvalue of X'X in standardised columns


class Unconverged(ValueError):
    """The search did not reach a minimum, so the fit is refused rather than shown."""


@dataclass(frozen=True)
class MixedFit:
    """A fitted linear mixed model and how it came about.

    `theta` is the relative covariance factor (client level, then therapist level, column by column),
    of which `covariance_parameters` entries were estimated; `random_cov` and `therapist_cov` are in
    points squared; `vcov` is that of beta; `decrement` is the Newton decrement in deviance units at the
    end; `singular` says that some random direction has no variance.
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
    covariance_parameters: int

    @property
    def log_likelihood(self) -> float:
        """Return the (restricted) log-likelihood, -criterion / 2."""
        return -self.criterion / 2

    @property
    def aic(self) -> float:
        """Return Akaike's criterion, counting fixed effects, estimated theta and the residual variance."""
        return self.criterion + 2 * (len(self.beta) + self.covariance_parameters + 1)


def fit_sums(sums: Sums, method: Method = "REML", *, therapist_q: int | None = None) -> MixedFit:
    """Fit the model by ML or REML and return it with its history.

    `therapist_q` keeps only the first so many random columns at the therapist level (default: all).
    The criterion is lme4's (see `likelihood`). Singular fits are reported; where a random column
    vanishes, exact zeros are tried and the best kept.
    Raises Unconverged where the Newton decrement stays above 1e-8, ValueError where there are too
    few rows, the fixed columns are not of full rank, or they explain every score exactly.
    """
    if sums.n <= sums.p:
        raise ValueError(f"{sums.n:g} scores cannot carry {sums.p} fixed effects; add clients.")
    z = np.sqrt(np.maximum(np.einsum("k,kaa->a", sums.count, sums.g) / sums.n, 1e-300))
    x = np.sqrt(np.maximum(np.diag(sums.total) / sums.n, 1e-300))
    x[-1] = 1.0
    scaled = scaled_sums(sums, z, x)
    _check_columns(scaled)
    search = Search(scaled, method, _free(sums, therapist_q))
    try:
        best = _best(search)
    except np.linalg.LinAlgError as error:
        raise Unconverged(f"The fit did not converge ({error}); no forecast is made from it.") from error
    if not best.converged:
        raise Unconverged(
            f"The fit did not converge (Newton decrement {best.decrement:.1e}, limit {DECREMENT_LIMIT:g}). "
            "Fewer random columns or more clients may help; no forecast is made from it."
        )
    return _result(search, best, z, x)


def _check_columns(sums: Sums) -> None:
    p = sums.p
    xx, xy, yy = sums.total[:p, :p], sums.total[:p, p], sums.total[p, p]
    values = np.linalg.eigvalsh(xx / sums.n)
    if values[0] < FULL_RANK * values[-1]:
        raise ValueError(
            "The fixed columns say the same thing twice (not of full rank); leave one of them out."
        )
    if yy - xy @ np.linalg.solve(xx, xy) <= 1e-12 * yy:
        raise ValueError("The fixed columns explain every score exactly; there is nothing left to fit.")


def _free(sums: Sums, therapist_q: int | None) -> Mask:
    """Return which entries of theta the model has: all, or fewer columns at the therapist level."""
    q = sums.q
    own = np.ones(theta_size(q), dtype=bool)
    if sums.cells is None:
        return own
    _, rows = np.triu_indices(q)
    return np.append(own, rows < (q if therapist_q is None else therapist_q))


def _best(search: Search) -> Minimum:
    """Search with everything free, then from each nearly vanished column held at exactly zero."""
    q = search.sums.q
    start = _start(q, search.free)
    best = search.polish(search.descend(start, search.free))
    for held in _candidates(search.free, best.theta, q):
        tried = search.polish(search.descend(start, held))
        better = tried.criterion < best.criterion - 1e-10 * abs(best.criterion)
        rescued = not best.converged and tried.criterion <= best.criterion + 1e-6
        if tried.converged and (better or rescued):
            best = tried
    return best


def _start(q: int, free: Mask) -> Array:
    one = theta_of(np.diag(np.where(np.arange(q) == 0, 1.0, 0.5)))
    levels = [one, one * 0.3][: len(free) // len(one)]
    return np.where(free, np.concatenate(levels), 0.0)


def _candidates(free: Mask, theta: Array, q: int) -> list[Mask]:
    """Return masks that hold one nearly vanished random column of one level at zero."""
    columns, rows = np.triu_indices(q)
    m = theta_size(q)
    out = []
    for level in range(0, len(theta), m):
        sd = np.sqrt((factor(theta[level : level + m], q) ** 2).sum(axis=1))
        for column in np.flatnonzero((sd > 0.0) & (sd < NEARLY_VANISHED)):
            held = free.copy()
            held[level : level + m] &= (rows != column) & (columns != column)
            out.append(held)
    return out


def _result(search: Search, best: Minimum, z: Array, x: Array) -> MixedFit:
    """Take the minimum back from standardised columns to the ones given."""
    sums, method = search.sums, search.method
    at = search.at(best.theta)
    lows = _upright(best.theta, sums.q)
    free = _upright(search.free.astype(float), sums.q)
    raw = [low / z[:, None] for low in lows]
    p = sums.p
    return MixedFit(
        theta=np.concatenate([theta_of(low) for low in raw]),
        beta=at.beta / x[:p],
        vcov=at.sigma2 * np.linalg.inv(at.cxx) / np.outer(x[:p], x[:p]),
        sigma2=at.sigma2,
        random_cov=at.sigma2 * raw[0] @ raw[0].T,
        therapist_cov=at.sigma2 * raw[1] @ raw[1].T if len(raw) > 1 else None,
        criterion=at.criterion + (2.0 * float(np.log(x[:p]).sum()) if method == "REML" else 0.0),
        method=method,
        singular=any(_vanished(low, mask) for low, mask in zip(lows, free, strict=True)),
        decrement=best.decrement,
        evaluations=search.evaluations,
        n=sums.n,
        clients=sums.clients,
        patterns=len(sums.g),
        covariance_parameters=int(search.free.sum()),
    )


def _upright(theta: Array, q: int) -> list[Array]:
    """Return the factor of each level with a diagonal that is not negative."""
    m = theta_size(q)
    lows = [factor(theta[i : i + m], q) for i in range(0, len(theta), m)]
    return [low * np.where(np.diag(low) < 0.0, -1.0, 1.0) for low in lows]


def _vanished(low: Array, free: Array) -> bool:
    return bool(np.any((np.abs(np.diag(low)) < SINGULAR_BELOW) & (np.diag(free) > 0.0)))
