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

from midcourse.content.say import sentence
from midcourse.plans.frozen import Expected, FrozenForecast
from midcourse.plans.placebo import NORMAL, PlaceboRate

Verdict = Literal["bent", "worse", "no clear change", "too early"]
RULE = "plan-outcome-1"
FEWEST = 2  # scores after the plan


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
    label: str
    rule: str = RULE


def outcome_of(
    frozen: FrozenForecast,
    times: Sequence[float],
    scores: Sequence[float],
    placebo: PlaceboRate | None = None,
    language: str = "en",
) -> PlanOutcome:
    """Return the outcome of scores given at times (on the course's clock) after the plan, up to its check.

    Without a `placebo` rate the normal's 10 % bounds hold, and the sentence says that the rate is not
    known. Raises ValueError where a score is not later than those the forecast has seen.
    """
    if any(time <= frozen.last for time in times):
        raise ValueError("A score that the forecast has seen cannot judge the plan.")
    label = sentence("outcome-label", language)
    if len(scores) < FEWEST:
        early = sentence(f"outcome-early-{len(scores)}", language)
        return PlanOutcome("too early", len(scores), None, None, None, None, placebo, early, label)
    mean = sum(scores) / len(scores)
    # Of an assumed range both ends must agree, so the one nearer to nothing decides.
    z, best = min(((_z(frozen, mean, one), one) for one in frozen.expected(times)), key=_size)
    better = mean - best.mean if frozen.scale.higher_is_better else best.mean - mean
    verdict = _verdict(z, placebo)
    words = (
        sentence("outcome-numbers", language, **_numbers(len(scores), mean, best.mean)),
        sentence(f"outcome-{verdict.replace(' ', '-')}", language),
        by_chance(placebo, language),
    )
    return PlanOutcome(verdict, len(scores), mean, best.mean, better, z, placebo, " ".join(words), label)


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


def _numbers(n: int, mean: float, expected: float) -> dict[str, str]:
    return {"scores": str(n), "mean": f"{mean:.1f}", "expected": f"{expected:.1f}"}


def by_chance(placebo: PlaceboRate | None, language: str = "en") -> str:
    """Return the sentence on how often a course looks bent without any plan; it stands beside every outcome."""
    if placebo is None:
        return sentence("placebo-not-known", language)
    low, high = (f"{100 * one:.0f}" for one in placebo.interval)
    numbers = {"bent": str(placebo.bent), "n": str(placebo.n), "share": f"{100 * placebo.share:.0f}"}
    numbers |= {"low": low, "high": high}
    if placebo.state is None:
        return sentence("placebo-alarm", language, **numbers)
    state = sentence(f"was-{placebo.state.value.replace(' ', '-')}", language)
    return sentence("placebo-state", language, state=state, **numbers)
