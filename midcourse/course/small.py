"""Small clinics: integrate over theta and the residual variance instead of plugging them in (ST4)."""

from dataclasses import replace

import numpy as np

from midcourse.course.fit import MixedFit
from midcourse.course.likelihood import evaluate, factor, theta_size
from midcourse.course.moments import Array, Sums

PROPOSALS = 600
DRAWS = 40
SEED = 20260101  # a fixed stream: the same data always give the same course
DEGREES = 5.0  # of the t proposal, so that long tails of theta are reached


def draws(sums: Sums, fit: MixedFit) -> tuple[MixedFit, ...]:
    """Return equally weighted parameter sets drawn from the posterior of theta and sigma2.

    theta has a flat prior on the entries of L and is drawn by importance sampling from a t around
    the optimum; sigma2 given theta is rss / chi2(n - p); beta's uncertainty stays in vcov.
    Source: Gelman, Bayesian Anal 2006;1(3):515, doi 10.1214/06-BA117A (flat priors on SDs).
    """
    random = np.random.RandomState(SEED)
    spread = _spread(sums, fit)
    size = len(fit.theta)
    normal = random.standard_normal((PROPOSALS, size))
    stretch = np.sqrt(DEGREES / random.chisquare(DEGREES, PROPOSALS))
    thetas = fit.theta + (normal * stretch[:, None]) @ spread.T
    found = [evaluate(sums, theta) for theta in thetas]
    distance = (normal * stretch[:, None]) ** 2
    proposal = -(DEGREES + size) / 2 * np.log1p(distance.sum(axis=1) / DEGREES)
    log_weight = np.array([-e.criterion / 2 for e in found]) - proposal
    weight = np.exp(log_weight - log_weight.max())
    edges = (np.arange(DRAWS) + random.uniform()) / DRAWS
    picked = np.minimum(np.searchsorted(np.cumsum(weight / weight.sum()), edges), PROPOSALS - 1)
    nu = sums.n - sums.p
    chi2 = random.chisquare(nu, DRAWS)
    return tuple(
        _draw(fit, thetas[i], found[i].beta, found[i].cxx, found[i].rss / chi2[n], sums.q)
        for n, i in enumerate(picked)
    )


def _spread(sums: Sums, fit: MixedFit) -> Array:
    """A square root of the inverse information about theta, floored where the data say nothing."""
    step = 1e-4
    centre = evaluate(sums, fit.theta).gradient
    unit = np.eye(len(fit.theta))
    hessian = np.array([(evaluate(sums, fit.theta + step * u).gradient - centre) / step for u in unit])
    values, vectors = np.linalg.eigh((hessian + hessian.T) / 4)
    scale = np.maximum(np.abs(fit.theta).max(), 0.1)
    sd = 1.0 / np.sqrt(np.maximum(values, 1.0 / (2.0 * scale) ** 2))
    out: Array = vectors * sd
    return out


def _draw(fit: MixedFit, theta: Array, beta: Array, cxx: Array, sigma2: float, q: int) -> MixedFit:
    low = factor(theta[: theta_size(q)], q)
    return replace(
        fit,
        theta=theta,
        beta=beta,
        sigma2=float(sigma2),
        vcov=np.asarray(sigma2 * np.linalg.inv(cxx)),
        random_cov=sigma2 * low @ low.T,
    )
