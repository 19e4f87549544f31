"""Learn what the odds of ending without reliable improvement need, from clients whose ends are known."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit

from midcourse.course.logistic import fitted_line
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.course.odds import SURE, Odds
from midcourse.measures.scale import Scale

PULL = 10.0  # as if so many clients said that the odds are right as they are
FEWEST_BY_CHANGE = 10  # clients with three scores; below that not even a rate can be told
PRECISION = np.array([1.0, 4.0, 4.0])  # of change, ln k and their product, per SD: clients who speak for none


def learned_line(p: Array, event: NDArray[np.bool_], weight: Array) -> tuple[float, float]:
    """Return a and b of logit p' = a + b logit p by weighted logistic regression, pulled towards 0 and 1.

    Source: Cox 1958, Biometrika 45:562, doi 10.2307/2333203.
    """
    x = logit(np.clip(p, SURE, 1.0 - SURE))

    def loss(at: Array) -> tuple[float, Array]:
        eta = at[0] + at[1] * x
        gap = weight * (expit(eta) - event)
        value = float(weight @ (np.logaddexp(0.0, eta) - event * eta))
        pull = PULL * (at - np.array([0.0, 1.0]))
        gradient = np.array([gap.sum(), gap @ x]) + pull
        return value + float(pull @ (at - np.array([0.0, 1.0]))) / 2, gradient

    found = minimize(loss, np.array([0.0, 1.0]), jac=True, method="L-BFGS-B")
    return float(found.x[0]), float(max(found.x[1], 0.0))


def early_weight(person: NDArray[np.intp], later: Array) -> Array:
    """Return a weight for each point: proportional to 1/k, so that early points count, and 1 per client."""
    _, number = np.unique(person, return_inverse=True)
    weight = 1.0 / np.maximum(later, 1.0)
    return np.asarray(weight / np.bincount(number, weight)[number])


def odds_by_change(people: Sequence[Observed], scale: Scale) -> Odds | None:
    """Return odds that rest half on the rates by change so far, for clinics too small to correct anything.

    None without a reliable change in force, or under 10 clients with three scores.
    """
    some = [person for person in people if len(person.scores) > 2]
    if scale.reliable_change is None or len(some) < FEWEST_BY_CHANGE:
        return None
    rows = np.array(
        [
            (number, k, scale.worsening(one.intake, one.scores[k]), _ended_without(one, scale))
            for number, one in enumerate(some)
            for k in range(1, len(one.scores) - 1)
        ]
    )
    person, later, worse, event = rows.T
    columns = np.column_stack([worse, np.log(later), worse * np.log(later)])
    line = fitted_line(columns, event > 0, early_weight(person.astype(np.intp), later), PRECISION)
    slopes = line.coefficients[1:] / line.width
    start = line.coefficients[0] - float(slopes @ line.centre)
    by_change = (float(start), *(float(one) for one in slopes))
    return Odds(0.0, 1.0, scale.reliable_change.points, len(some), by_change)  # type: ignore[arg-type]


def _ended_without(person: Observed, scale: Scale) -> bool:
    return not scale.is_reliable_improvement(person.intake, person.scores[-1])
