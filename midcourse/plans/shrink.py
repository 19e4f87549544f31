"""Differences shrunk to zero with one variance shared by all of them, integrated over (ST10).

    d_s ~ N(delta_s, v_s),   delta_s ~ N(0, tau^2),   tau ~ |N(0, 0.1^2)|

Plugging in one tau would be too sure of few steps, and 0 as soon as they happen to agree. Source: Gelman
2006, Bayesian Anal 1:515, doi 10.1214/06-BA117A (half-normal and half-t priors on the SD of few groups).
"""

from collections.abc import Sequence
from math import exp, log, sqrt
from statistics import NormalDist

SPREAD = 0.1  # scale of the prior on tau: steps differ by some 10 of 100 (judgement)
TAUS = tuple(0.005 * i for i in range(1, 81))  # up to four scales, where the prior ends
HOLD = 0.9  # of the difference lies in the interval that is given
STANDARD = NormalDist()
Estimate = tuple[float, float]  # a difference and its variance


def shrink(estimates: Sequence[Estimate]) -> list[tuple[float, float, float]]:
    """Return each difference shrunk to zero with its interval, tau integrated over (see the top)."""
    logs = [
        -0.5 * (tau / SPREAD) ** 2
        + sum(-0.5 * log(v + tau * tau) - 0.5 * d * d / (v + tau * tau) for d, v in estimates)
        for tau in TAUS
    ]
    highest = max(logs)
    weights = [exp(one - highest) for one in logs]
    total = sum(weights)
    chances = [one / total for one in weights]
    return [_posterior(d, v, chances) for d, v in estimates]


def _posterior(d: float, v: float, chances: Sequence[float]) -> tuple[float, float, float]:
    parts = [
        (p, d * t * t / (v + t * t), sqrt(v * t * t / (v + t * t)))
        for p, t in zip(chances, TAUS, strict=True)
    ]
    mean = sum(p * m for p, m, _ in parts)
    return mean, _quantile((1 - HOLD) / 2, parts), _quantile((1 + HOLD) / 2, parts)


def _quantile(level: float, parts: Sequence[tuple[float, float, float]]) -> float:
    """A quantile of a mixture of normals, by halving."""
    low, high = -1.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        if sum(p * STANDARD.cdf((middle - m) / s) for p, m, s in parts) < level:
            low = middle
        else:
            high = middle
    return (low + high) / 2
