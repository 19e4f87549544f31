"""Hageman and Arrindell's formula: one person's true change, and shares of a group that changed."""

from dataclasses import dataclass
from math import erf, sqrt

from midcourse.measures.change.group import FirstLast
from midcourse.measures.change.result import Direction, Formula, OwnChange, direction_of
from midcourse.measures.change.threshold import standard_error

# A risk of 5 % of calling one person wrongly, one-sided: not the 1.96 of the other formulas.
CRITICAL = 1.65


def reliability_at(sd: float, error: float) -> float:
    """Return the reliability of scores with this spread: (SD^2 - SEM^2) / SD^2, both in points.

    The standard error of measurement is taken to be the same everywhere; the spread is not.
    Raises ValueError where the spread is no larger than the error, so that no reliability is left.
    Source: Hageman and Arrindell (1999), doi 10.1016/S0005-7967(99)00032-7.
    """
    if not sd > error:
        raise ValueError(
            f"Scores that spread by {sd:.3g} points cannot be told from measurement error "
            f"of {error:.3g} points."
        )
    return (sd**2 - error**2) / sd**2


@dataclass(frozen=True, slots=True)
class HagemanArrindell:
    """A group's terms of the Hageman-Arrindell formula, and what follows from them.

    `error` is SD_first sqrt(1 - r) in points; `reliability_last` and `reliability_of_change` follow
    from the spread of the last scores and of the changes. Made by `hageman_arrindell_terms`.
    """

    group: FirstLast
    error: float
    reliability_last: float
    reliability_of_change: float
    higher_is_better: bool

    def change(self, first: float, last: float, *, critical: float = CRITICAL) -> OwnChange:
        """Return one person's change, its size drawn to the group's as far as it is unreliable.

        z = [(last - first) r_dd + (M_last - M_first)(1 - r_dd)] / (sqrt(r_dd) sqrt(2) SEM), tested
        against no change of one's own. Raises ValueError where `critical` is not above 0.
        Source: Hageman and Arrindell (1999), doi 10.1016/S0005-7967(99)00032-7.
        """
        r = self.reliability_of_change
        estimate = (last - first) * r + self.group.mean_change * (1 - r)
        return OwnChange(
            formula=Formula.HA,
            z=estimate / (sqrt(r) * sqrt(2) * self.error),
            critical=critical,
            higher_is_better=self.higher_is_better,
        )

    def crossing(self, first: float, last: float, cutoff: float, *, critical: float = CRITICAL) -> Direction:
        """Return which way a person's true last score crossed a true-score cut-off, if it did.

        z = [M_last + (last - M_last) r_last - cutoff] / (sqrt(r_last) SEM) has to lie beyond the
        critical value on the side the first score was not on. A first score on the cut-off is on
        the clinical side. Raises nothing.
        Source: Hageman and Arrindell (1999), doi 10.1016/S0005-7967(99)00032-7.
        """
        r = self.reliability_last
        true_last = self.group.mean_last + (last - self.group.mean_last) * r
        z = (true_last - cutoff) / (sqrt(r) * self.error)
        side = direction_of(z, critical, higher_is_better=self.higher_is_better)
        was_clinical = first <= cutoff if self.higher_is_better else first >= cutoff
        came_from = Direction.IMPROVED if was_clinical else Direction.DETERIORATED
        return side if side is came_from else Direction.UNCHANGED

    def share_changed(self) -> float:
        """Return the estimated share of the group (0 to 1) whose true change is for the better.

        Phi(mean change for the better / (SD of change sqrt(r_dd))). Raises nothing.
        Source: Hageman and Arrindell (1999), doi 10.1016/S0005-7967(99)00032-7.
        """
        spread = sqrt(self.group.variance_of_change * self.reliability_of_change)
        return _share_better(self.group.mean_change, spread, self.higher_is_better)

    def share_functional(self, cutoff: float) -> float:
        """Return the estimated share of the group (0 to 1) whose true last score passed a cut-off.

        Phi(distance of M_last beyond the true-score cut-off / (SD_last sqrt(r_last))).
        Raises nothing. Source: Hageman and Arrindell (1999), doi 10.1016/S0005-7967(99)00032-7.
        """
        spread = self.group.sd_last * sqrt(self.reliability_last)
        return _share_better(self.group.mean_last - cutoff, spread, self.higher_is_better)


def hageman_arrindell_terms(
    group: FirstLast, *, reliability: float, higher_is_better: bool
) -> HagemanArrindell:
    """Return a group's terms of the Hageman-Arrindell formula.

    r_dd = (s1^2 r1 + s2^2 r2 - 2 s1 s2 r12) / (s1^2 + s2^2 - 2 s1 s2 r12), r_k = (s_k^2 - SEM^2) /
    s_k^2, SEM = s1 sqrt(1 - r). Raises ValueError where the last scores or the changes spread no
    more than measurement error does, or where the reliability is below 0, 0, or 1 or above.
    Source: Hageman and Arrindell (1999), doi 10.1016/S0005-7967(99)00032-7.
    """
    error = standard_error(group.sd_first, reliability)
    variance = group.variance_of_change
    # Each of the two scores brings its own error variance, so r_dd is one minus their share.
    of_change = reliability_at(sqrt(max(variance, 0.0)), sqrt(2) * error)
    reliability_at(group.sd_first, error)
    return HagemanArrindell(group, error, reliability_at(group.sd_last, error), of_change, higher_is_better)


def _share_better(distance: float, spread: float, higher_is_better: bool) -> float:
    """Return Phi of a distance in spreads, counted so that better is positive."""
    better = distance if higher_is_better else -distance
    return 0.5 * (1 + erf(better / spread / sqrt(2)))
