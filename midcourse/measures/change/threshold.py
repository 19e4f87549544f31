"""From a measure's spread and reliability to the smallest change that is called reliable."""

from collections.abc import Sequence
from math import ceil, isfinite, sqrt

from midcourse.measures.change.group import mean_and_sd
from midcourse.measures.scale import ReliableChange

# A clinic's own spread is taken seriously from this many intakes on; below it the published value
# is the better guess (the SD of 200 is known to about 5 %).
ENOUGH_INTAKES = 200

# A raw value this close above a whole number is that number with rounding noise on it.
_NOISE = 9


def standard_error(sd: float, reliability: float) -> float:
    """Return the standard error of measurement, in points: SD * sqrt(1 - r).

    Raises ValueError unless SD is above 0 and the reliability is at least 0 and below 1.
    Source: Jacobson and Truax (1991), doi 10.1037/0022-006X.59.1.12.
    """
    if not (isfinite(sd) and sd > 0):
        raise ValueError(f"The standard deviation must be above 0, not {sd!r}.")
    if not 0 <= reliability < 1:
        raise ValueError(f"The reliability must be at least 0 and below 1, not {reliability!r}.")
    return sd * sqrt(1 - reliability)


def difference_error(sd: float, reliability: float) -> float:
    """Return the standard error of a difference between two scores: sqrt(2) * SD * sqrt(1 - r).

    In points. Raises ValueError as `standard_error` does.
    Source: Jacobson and Truax (1991), doi 10.1037/0022-006X.59.1.12.
    """
    return sqrt(2) * standard_error(sd, reliability)


def reliable_points(sd: float, reliability: float, *, z: float = 1.96) -> float:
    """Return the reliable-change value before rounding, in points: z * sqrt(2) * SD * sqrt(1 - r).

    z is 1.96 for 95 % and 1.645 for 90 % confidence. Raises ValueError as `standard_error` does,
    and where z is not above 0.
    Source: Jacobson and Truax (1991), doi 10.1037/0022-006X.59.1.12.
    """
    if not z > 0:
        raise ValueError(f"z must be above 0, not {z!r}.")
    return z * difference_error(sd, reliability)


def reliable_change(
    *,
    sd: float,
    reliability: float,
    reliability_kind: str,
    sample: str,
    source: str,
    z: float = 1.96,
    whole_points: bool = True,
    evidence: str = "S",
) -> ReliableChange:
    """Return a reliable change with everything that went into it (ST12).

    `points` is z * sqrt(2) * SD * sqrt(1 - r), rounded up to whole points unless told otherwise,
    and a change counts from `points` on (>=). Raises ValueError as `reliable_points` does.
    Source: Jacobson and Truax (1991), doi 10.1037/0022-006X.59.1.12.
    """
    raw = reliable_points(sd, reliability, z=z)
    return ReliableChange(
        points=float(ceil(round(raw, _NOISE))) if whole_points else raw,
        source=source,
        z=z,
        reliability=reliability,
        reliability_kind=reliability_kind,
        sd=sd,
        sample=sample,
        evidence=evidence,
    )


def clinics_own_reliable_change(
    intakes: Sequence[float],
    *,
    reliability: float,
    reliability_kind: str,
    z: float = 1.96,
    whole_points: bool = True,
) -> ReliableChange:
    """Return the reliable change from a clinic's own first scores, one per client, in points.

    Only the spread is the clinic's; the reliability has to be brought along and its kind named.
    Raises ValueError under 200 intakes, or as `reliable_change` does.
    Source: Jacobson and Truax (1991), doi 10.1037/0022-006X.59.1.12.
    """
    n = len(intakes)
    if n < ENOUGH_INTAKES:
        raise ValueError(
            f"{n} intakes are too few for a reliable change of one's own: it takes at least "
            f"{ENOUGH_INTAKES}. Keep the published value until then."
        )
    return reliable_change(
        sd=mean_and_sd(intakes)[1],
        reliability=reliability,
        reliability_kind=reliability_kind,
        sample=f"this clinic's own {n} intakes",
        source="computed here from the clinic's own intakes (Jacobson and Truax 1991)",
        z=z,
        whole_points=whole_points,
        evidence="computed",
    )
