"""Did the plan bend the course? The scores after it, held against the forecast frozen when it was made (ST9).

    z = (mean of the scores - mean of their forecasts) / SD of that mean, signed so that negative is better

from the plan up to the plan check, with the SD of the joint forecast. Below the lower bound the course is
bent, above the upper one worse, else there is no clear change. Bounds are set so that a plan that does
nothing is called bent 10 times in 100, and that rate stands beside every outcome. Never against the score
that raised the alarm, the slope before it, or the course expected from intake alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from midcourse.plans.frozen import Expected, FrozenForecast
from midcourse.plans.placebo import NORMAL, PlaceboRate

Verdict = Literal["bent", "worse", "no clear change", "too early"]
RULE = "plan-outcome-1"
FEWEST = 2  # scores after the plan
LABEL = "Not clinically validated."


@dataclass(frozen=True, slots=True)
class PlanOutcome:
    """What became of the course after a plan, with its numbers.

    `scores` counts those after the plan, `mean` and `expected` are their means in points, `better` by how
    many points the course is better than was expected (negative where worse), `z` the same in SDs
    (negative where better); None where it is too early. `sentence` says all of it, the placebo rate too.
    """

    verdict: Verdict
    scores: int
    mean: float | None
    expected: float | None
    better: float | None
    z: float | None
    placebo: PlaceboRate | None
    sentence: str
    rule: str = RULE
    label: str = LABEL


def outcome_of(
    frozen: FrozenForecast,
    times: Sequence[float],
    scores: Sequence[float],
    placebo: PlaceboRate | None = None,
) -> PlanOutcome:
    """Return the outcome of scores given at times (on the course's clock) after the plan, up to its check.

    Without a `placebo` rate the normal's 10 % bounds hold, and the sentence says that the rate is not
    known. Raises ValueError where a score is not later than those the forecast has seen.
    """
    if any(time <= frozen.last for time in times):
        raise ValueError("A score that the forecast has seen cannot judge the plan.")
    if len(scores) < FEWEST:
        return PlanOutcome("too early", len(scores), None, None, None, None, placebo, _early(len(scores)))
    mean = sum(scores) / len(scores)
    # Of an assumed range both ends must agree, so the one nearer to nothing decides.
    z, best = min(((_z(frozen, mean, one), one) for one in frozen.expected(times)), key=_size)
    better = mean - best.mean if frozen.scale.higher_is_better else best.mean - mean
    verdict = _verdict(z, placebo)
    sentence = _sentence(verdict, len(scores), mean, best.mean, placebo)
    return PlanOutcome(verdict, len(scores), mean, best.mean, better, z, placebo, sentence)


def _z(frozen: FrozenForecast, mean: float, expected: Expected) -> float:
    z = (mean - expected.mean) / expected.sd
    return -z if frozen.scale.higher_is_better else z


def _size(pair: tuple[float, Expected]) -> float:
    return abs(pair[0])


def _verdict(z: float, placebo: PlaceboRate | None) -> Verdict:
    lower, upper = (-NORMAL, NORMAL) if placebo is None else (placebo.lower, placebo.upper)
    if z < lower:
        return "bent"
    return "worse" if z > upper else "no clear change"


def _early(scores: int) -> str:
    there = {0: "No score has", 1: "One score has"}[scores]
    return f"{there} come since the plan; two are needed to say anything."


MEANING = {
    "bent": "That is clearly better than was expected without the plan.",
    "worse": "That is clearly worse than was expected without the plan. It is worth looking at together soon.",
    "no clear change": "That is about what was expected without the plan, so no clear change can be seen.",
}


def _sentence(verdict: Verdict, n: int, mean: float, expected: float, placebo: PlaceboRate | None) -> str:
    return (
        f"Since the plan {n} scores averaged {mean:.1f}; {expected:.1f} was expected when it was agreed. "
        f"{MEANING[verdict]} {by_chance(placebo)}"
    )


def by_chance(placebo: PlaceboRate | None) -> str:
    """Return the sentence on how often a course looks bent without any plan; it stands beside every outcome."""
    if placebo is None:
        return "How often a course looks bent without any plan is not known here."
    low, high = placebo.interval
    who = "with a firm signal" if placebo.state is None else f"whose course was {placebo.state}"
    return (
        f"Of {placebo.n} people {who} and who had no plan, {placebo.bent} would have looked better than expected "
        f"too ({100 * placebo.share:.0f} of 100; {100 * low:.0f} to {100 * high:.0f})."
    )
