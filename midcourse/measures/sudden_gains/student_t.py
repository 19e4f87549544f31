"""Critical values of Student's t for the few degrees of freedom the third criterion can have."""

from functools import cache
from math import atan, pi, sqrt


@cache
def critical_t(alpha: float, df: int) -> float:
    """Return the two-sided critical value of Student's t, for 2, 3 or 4 degrees of freedom.

    Those are all that two or three scores on either side can have; their distribution functions
    are elementary and are inverted by halving. Raises KeyError for other degrees of freedom.
    Source: Student (1908), doi 10.1093/biomet/6.1.1.
    """
    below = _T_DISTRIBUTION[df]
    low, high = 0.0, 1.0
    while below(high) < 1 - alpha / 2:
        low, high = high, 2 * high
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if below(middle) < 1 - alpha / 2 else (low, middle)
    return high


def _t2(t: float) -> float:
    return 0.5 + t / (2 * sqrt(2 + t * t))


def _t3(t: float) -> float:
    u = t / sqrt(3)
    return 0.5 + (u / (1 + u * u) + atan(u)) / pi


def _t4(t: float) -> float:
    u = t / sqrt(4 + t * t)
    return 0.5 + 0.75 * (u - u**3 / 3)


_T_DISTRIBUTION = {2: _t2, 3: _t3, 4: _t4}
