"""Stretches of a scale on which scores vary about as much everywhere: near the best end they crowd.

A score is first turned into its distance from the best end, d >= 0 in points; then

    plain: d,   root: 2 sqrt(d + 1),   log: ln(d + 1) times a constant,

so that a step of the scale near d = 3 is about one unit on each. Which one is used is chosen by the
training likelihood, with the Jacobian. Source: Bartlett 1947, Biometrics 3:39, doi 10.2307/3001536.
"""

from typing import Literal

import numpy as np

from midcourse.course.moments import Array
from midcourse.measures.scale import Scale

Stretch = Literal["plain", "root", "log"]
STRETCHES: tuple[Stretch, ...] = ("plain", "root", "log")
LOG_UNIT = 4.0


def distance(scale: Scale, scores: Array) -> Array:
    """Return how far scores lie from the best end of the scale, in steps (not below 0)."""
    away = scale.maximum - scores if scale.higher_is_better else scores - scale.minimum
    return np.asarray(np.maximum(away, 0.0) / scale.step)


def stretched(steps: Array, stretch: Stretch) -> Array:
    """Return distances from the best end, in steps (above -1), on a stretch; increasing."""
    if stretch == "plain":
        return np.asarray(steps, dtype=float)
    root = np.maximum(steps, -1.0 + 1e-9) + 1.0
    return np.asarray(2.0 * np.sqrt(root) if stretch == "root" else LOG_UNIT * np.log(root))


def log_jacobian(steps: Array, stretch: Stretch) -> float:
    """Return the sum of ln(d stretched / d step): what compares likelihoods across stretches."""
    if stretch == "plain":
        return 0.0
    logs = np.log(steps + 1.0)
    each = -0.5 * logs if stretch == "root" else np.log(LOG_UNIT) - logs
    return float(each.sum())
