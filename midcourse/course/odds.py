"""What the odds of ending without reliable improvement turned out to need, plain numbers saved with a course."""

from dataclasses import dataclass
from math import exp, log

SURE = 1e-4  # chances are held this far from 0 and 1 before their odds are taken


@dataclass(frozen=True, slots=True)
class Odds:
    """Corrected odds of no reliable improvement, learned on held-out forecasts of `clients` people.

        logit p' = a + b logit p

    Where `by_change` is there (below 100 clients, ST13), p' and the rate among the clients at hand at such
    a change each have half a share: logit rate = c0 + c1 d + c2 ln k + c3 d ln k, with d the change so far
    for the worse in points and k the scores after the first. They hold for one reliable change (points).
    Source: Cox 1958, Biometrika 45:562, doi 10.2307/2333203.
    """

    a: float
    b: float
    reliable_change: float
    clients: int
    by_change: tuple[float, float, float, float] | None = None

    def no_improvement(self, chance: float, worse: float, later: int) -> float:
        """Return the chance (0 to 1), from the uncorrected one, change for the worse and scores after the first."""
        p = min(max(chance, SURE), 1.0 - SURE)
        corrected = _chance(self.a + self.b * log(p / (1.0 - p)))
        if self.by_change is None or later < 1:
            return corrected
        c, n = self.by_change, log(later)
        return (corrected + _chance(c[0] + c[1] * worse + c[2] * n + c[3] * worse * n)) / 2


def _chance(log_odds: float) -> float:
    # Beyond this nothing changes, and exp would overflow.
    return 1.0 / (1.0 + exp(-min(max(log_odds, -500.0), 500.0)))
