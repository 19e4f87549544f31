"""How often a plan that does nothing would look as if it had helped, and the bounds set on that (ST9).

The numbers come from clients who had the same state and no plan (`evaluation.placebo` learns them);
deciding about one person only reads them.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

from midcourse.signals.predictive_values import share_interval
from midcourse.signals.state import State

TARGET = 0.10  # of plans that do nothing are called bent, and as many worse (ST9)
NORMAL = 1.2815515655446004  # the normal's 10 % bound, where no placebo was counted
FEWEST = 40  # clients a bound rests on at least; with fewer, those of all alarms are used


@dataclass(frozen=True, slots=True)
class PlaceboRate:
    """Of `n` clients in `state` without a plan, `bent` and `worse` would have been called so.

    `lower` and `upper` are the bounds in SDs (negative is better than forecast). The counts are
    cross-fitted: each client is held against bounds and forecasts that did not know her. `state` None
    stands for the first alarm, whichever it was. Raises ValueError for counts or bounds that cannot be.
    """

    state: State | None
    lower: float
    upper: float
    bent: int
    worse: int
    n: int

    def __post_init__(self) -> None:
        if self.n < 1 or min(self.bent, self.worse) < 0 or self.bent + self.worse > self.n:
            raise ValueError(f"{self.bent} bent and {self.worse} worse of {self.n} cannot be.")
        if not self.lower < self.upper:
            raise ValueError("The lower bound must lie below the upper one.")

    @property
    def share(self) -> float:
        """Return how often a plan that does nothing is called bent, 0 to 1."""
        return self.bent / self.n

    @property
    def interval(self) -> tuple[float, float]:
        """Return the 95 % score interval of that share, 0 to 1 (Wilson 1927)."""
        return share_interval(self.bent, self.n)


@dataclass(frozen=True, slots=True)
class PlaceboRates:
    """The placebo rates of one measure on one data set, by the state in which the plan would be made.

    `setting` says in words where these clients were seen; `rule` which version of signals made the states.
    """

    measure: str
    data_set: str
    setting: str
    rule: str
    clients: int
    rates: tuple[PlaceboRate, ...]

    def of(self, state: State | None) -> PlaceboRate | None:
        """Return the rate for plans made in a state, that of all first alarms where too few were seen."""
        known = {one.state: one for one in self.rates if one.n >= FEWEST}
        return known.get(state) or known.get(None)

    def to_json(self) -> str:
        """Return the rates as readable JSON; `placebo_from_json` reads them back unchanged."""
        return json.dumps(asdict(self), indent=1)


def placebo_from_json(text: str) -> PlaceboRates:
    """Return the rates saved by `PlaceboRates.to_json`. Raises ValueError where the text holds none."""
    try:
        raw: dict[str, Any] = json.loads(text)
        rates = tuple(_rate(one) for one in raw.pop("rates"))
        return PlaceboRates(rates=rates, **raw)
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise ValueError(f"These are no saved placebo rates: {problem}.") from problem


def _rate(raw: dict[str, Any]) -> PlaceboRate:
    return PlaceboRate(**{**raw, "state": None if raw["state"] is None else State(raw["state"])})
