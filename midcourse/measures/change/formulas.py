"""Six of the seven reliable-change formulas; Hageman and Arrindell's is next door.

Every function takes a person's first and last score in points and says z, the critical value and
the reliable direction. Five are relative to the person's own first score; Hsu-Linn-Lord's and the
growth model's are relative to the group's mean change and say so in their type.
"""

from math import sqrt

from midcourse.measures.change.group import FirstLast
from midcourse.measures.change.result import Formula, GroupChange, OwnChange
from midcourse.measures.change.threshold import difference_error, standard_error

# Two-sided 5 %, as printed in the papers.
CRITICAL = 1.96


def regressed(first: float, *, mean: float, reliability: float) -> float:
    """Return the true score expected behind an observed first score, in points: M + r (first - M).

    Raises nothing. Source: Speer (1992), doi 10.1037/0022-006X.60.3.402.
    """
    return mean + reliability * (first - mean)


def prediction_error(sd: float, reliability: float) -> float:
    """Return the standard error of predicting a second score, in points: SD * sqrt(1 - r^2).

    Raises ValueError unless SD is above 0 and the reliability is at least 0 and below 1.
    Source: Hsu (1989), Behavioral Assessment 11, 459-467.
    """
    standard_error(sd, reliability)
    return sd * sqrt(1 - reliability**2)


def jacobson_truax(
    first: float,
    last: float,
    *,
    sd: float,
    reliability: float,
    higher_is_better: bool,
    critical: float = CRITICAL,
) -> OwnChange:
    """Return the Jacobson-Truax change: z = (last - first) / (sqrt(2) SD sqrt(1 - r)).

    Raises ValueError unless SD is above 0 and the reliability is at least 0 and below 1.
    Source: Jacobson and Truax (1991), doi 10.1037/0022-006X.59.1.12.
    """
    z = (last - first) / difference_error(sd, reliability)
    return OwnChange(formula=Formula.JT, z=z, critical=critical, higher_is_better=higher_is_better)


def edwards_nunnally(
    first: float,
    last: float,
    *,
    mean: float,
    sd: float,
    reliability: float,
    higher_is_better: bool,
    critical: float = CRITICAL,
) -> OwnChange:
    """Return the Edwards-Nunnally change: z = (last - [M + r (first - M)]) / (SD sqrt(1 - r)).

    `mean` and `sd` are of the group's first scores. Raises ValueError as `jacobson_truax` does.
    Source: Speer (1992), doi 10.1037/0022-006X.60.3.402.
    """
    gap = last - regressed(first, mean=mean, reliability=reliability)
    z = gap / standard_error(sd, reliability)
    return OwnChange(formula=Formula.EN, z=z, critical=critical, higher_is_better=higher_is_better)


def gulliksen_lord_novick(
    first: float,
    last: float,
    *,
    mean: float,
    sd: float,
    reliability: float,
    higher_is_better: bool,
    critical: float = CRITICAL,
) -> OwnChange:
    """Return the Gulliksen-Lord-Novick change: z = (last - [M + r (first - M)]) / (SD sqrt(1 - r^2)).

    `mean` and `sd` are of the group's first scores. Raises ValueError as `jacobson_truax` does.
    Source: Hsu (1995), doi 10.1037/0022-006X.63.1.141.
    """
    gap = last - regressed(first, mean=mean, reliability=reliability)
    z = gap / prediction_error(sd, reliability)
    return OwnChange(formula=Formula.GLN, z=z, critical=critical, higher_is_better=higher_is_better)


def nunnally_kotsch(
    first: float,
    last: float,
    *,
    mean: float,
    sd: float,
    reliability: float,
    reliability_last: float,
    higher_is_better: bool,
    critical: float = CRITICAL,
) -> OwnChange:
    """Return the Nunnally-Kotsch change, which allows another reliability at the last score.

    z = (last - [M + r (first - M)]) / sqrt(r^2 SD^2 (1 - r) + SD^2 (1 - r_last)), with M and SD of
    the group's first scores. Raises ValueError as `jacobson_truax` does, for either reliability.
    Source: Nunnally and Kotsch (1983), doi 10.1111/j.2044-8260.1983.tb00582.x.
    """
    gap = last - regressed(first, mean=mean, reliability=reliability)
    from_first = reliability * standard_error(sd, reliability)
    z = gap / sqrt(from_first**2 + standard_error(sd, reliability_last) ** 2)
    return OwnChange(formula=Formula.NK, z=z, critical=critical, higher_is_better=higher_is_better)


def hsu_linn_lord(
    first: float,
    last: float,
    *,
    group: FirstLast,
    reliability: float,
    higher_is_better: bool,
    critical: float = CRITICAL,
) -> GroupChange:
    """Return the Hsu-Linn-Lord change, relative to the group's mean change.

    z = [(last - M_last) - r (first - M_first)] / (SD_first sqrt(1 - r^2)). Never for a signal or a
    service outcome. Raises ValueError as `jacobson_truax` does.
    Source: Hsu (1989), Behavioral Assessment 11, 459-467.
    """
    gap = (last - group.mean_last) - reliability * (first - group.mean_first)
    z = gap / prediction_error(group.sd_first, reliability)
    return GroupChange(formula=Formula.HLL, z=z, critical=critical, higher_is_better=higher_is_better)


def growth_model(
    slope_deviation: float,
    conditional_sd: float,
    *,
    higher_is_better: bool,
    critical: float = CRITICAL,
) -> GroupChange:
    """Return the growth-model change, relative to the group's mean change: z = deviation / SD.

    `slope_deviation` is how far the person's slope lies from the group's (the predicted random
    effect, points per unit of time) and `conditional_sd` its standard deviation given the person's
    scores. Never for a signal or a service outcome. Raises ValueError where that SD is not above 0.
    Source: Raudenbush and Bryk (2002), Hierarchical Linear Models, 2nd edition, Sage.
    """
    if not conditional_sd > 0:
        raise ValueError(f"The slope's conditional SD must be above 0, not {conditional_sd!r}.")
    z = slope_deviation / conditional_sd
    return GroupChange(formula=Formula.HLM, z=z, critical=critical, higher_is_better=higher_is_better)
