"""A plan: steps both chose, who does what by when, and the day on which it is held against its forecast."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import floor
from typing import Any, Literal, get_args

from midcourse.plans.frozen import FrozenForecast, frozen_from_json
from midcourse.plans.outcome import PlanOutcome, outcome_of
from midcourse.plans.placebo import PlaceboRates
from midcourse.plans.step import conduct_steps, every_step
from midcourse.record import Episode
from midcourse.signals.state import State

Owner = Literal["client", "therapist", "both"]
Person = Literal["client", "therapist"]
BOTH: tuple[Person, ...] = ("client", "therapist")
MOST = 4  # steps in one plan; more are seldom done (judgement)


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step as two people agreed on it.

    `step` is the id of a step on offer, or "" for one in their own words; `words` is what they wrote
    down. `goal` is the goal it serves (its id or its words), `by` the day it should be done (same count
    as `Score.day`), `expected` the effect they hope for, in words. Raises ValueError where something is
    missing, nobody knows the step, or it belongs to the client's private page.
    """

    step: str
    words: str
    owner: Owner
    goal: str
    by: float
    expected: str

    def __post_init__(self) -> None:
        if self.owner not in get_args(Owner):
            raise ValueError(f"A step belongs to the client, the therapist or both, not {self.owner!r}.")
        missing = [name for name in ("words", "goal", "expected") if not getattr(self, name).strip()]
        if missing:
            raise ValueError(f"Every step of a plan needs {', '.join(missing)}; write it in a few words.")
        if self.step and self.step not in every_step():
            raise ValueError(f"There is no step {self.step!r}; leave the id empty for a step in own words.")
        # A plan is read by both, and what is not okay is the client's alone.
        if self.step in conduct_steps():
            raise ValueError("A step of the client's private page is never part of a shared plan.")


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps that client and therapist agreed on, with the day of the plan check and the frozen forecast.

    `agreed_by` holds the day on which each of the two said yes; the plan holds from the later one.
    `state` is the course's at that time and `reason` the id of the reason that came first, both for
    learning which steps help. `forecast` is None where no course could be expected; then no outcome is
    ever given. Raises ValueError where one of the two has not agreed, no step or more than four are
    named, or a day lies where it cannot.
    """

    steps: tuple[PlannedStep, ...]
    agreed_by: Mapping[Person, float]
    check_on: float
    state: State | None = None
    reason: str | None = None
    forecast: FrozenForecast | None = None

    def __post_init__(self) -> None:
        if set(self.agreed_by) != set(BOTH):
            raise ValueError("A plan holds when both have agreed: the client and the therapist, nobody else.")
        if not 1 <= len(self.steps) <= MOST:
            raise ValueError(f"A plan has 1 to {MOST} steps, not {len(self.steps)}.")
        named = [one.step for one in self.steps if one.step]
        if len(set(named)) < len(named):
            raise ValueError("A step stands in a plan once.")
        if not self.check_on > self.agreed_on:
            raise ValueError("The plan check comes after the day on which the plan was agreed.")
        if any(not self.agreed_on <= one.by <= self.check_on for one in self.steps):
            raise ValueError("Every step is due between the day of the plan and its check.")

    @property
    def agreed_on(self) -> float:
        """Return the day from which the plan holds: when the second of the two agreed."""
        return max(self.agreed_by.values())

    def of(self, owner: Owner) -> tuple[PlannedStep, ...]:
        """Return the steps of one owner, in their order."""
        return tuple(one for one in self.steps if one.owner == owner)

    def outcome(
        self, episode: Episode, rates: PlaceboRates | None = None, language: str = "en"
    ) -> PlanOutcome | None:
        """Return the outcome at the plan check, None where no forecast was frozen.

        Counted are scores from the day after the plan up to the day of the check; scores without a day
        are not. Raises ValueError where `rates` are of another measure.
        """
        if self.forecast is None:
            return None
        measure = self.forecast.scale.measure
        if rates is not None and rates.measure != measure:
            raise ValueError(f"These placebo rates are of {rates.measure}, and the forecast of {measure}.")
        later = [
            (time, score.value)
            for score in episode.of(measure)
            if score.day is not None
            and floor(self.agreed_on) < floor(score.day) <= floor(self.check_on)
            and (time := self.forecast.time_of(score)) is not None
            and time > self.forecast.last
        ]
        later.sort()
        placebo = None if rates is None else rates.of(self.state)
        times, scores = [time for time, _ in later], [score for _, score in later]
        return outcome_of(self.forecast, times, scores, placebo, language)

    def to_json(self) -> str:
        """Return the plan as JSON; `plan_from_json` reads it back unchanged."""
        frozen = None if self.forecast is None else json.loads(self.forecast.to_json())
        steps = [asdict(one) for one in self.steps]
        state = None if self.state is None else self.state.value
        raw = {"steps": steps, "agreed_by": dict(self.agreed_by), "check_on": self.check_on}
        return json.dumps(raw | {"state": state, "reason": self.reason, "forecast": frozen})


def plan_from_json(text: str) -> Plan:
    """Return the plan saved by `Plan.to_json`. Raises ValueError where the text is not one."""
    try:
        raw: dict[str, Any] = json.loads(text)
        steps = tuple(PlannedStep(**one) for one in raw.pop("steps"))
        frozen, state = raw.pop("forecast"), raw.pop("state")
        forecast = None if frozen is None else frozen_from_json(json.dumps(frozen))
        return Plan(steps, state=None if state is None else State(state), forecast=forecast, **raw)
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise ValueError(f"This is not a saved plan: {problem}.") from problem
