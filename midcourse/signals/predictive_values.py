"""What states were worth elsewhere: of the clients in a state, how many ended without reliable improvement (ST7)."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import sqrt
from typing import Any, Literal, get_args

from midcourse.signals.state import State

Third = Literal["low", "middle", "high"]
THIRDS: tuple[Third, ...] = get_args(Third)
BANDS = (2, 3, 4, 6, 9)  # about the same number of scores: 2, 3, 4 to 5, 6 to 8, 9 and more
FEWEST = 20  # with fewer clients nothing is said (ST7)
Z = 1.959963984540054  # 95 %, two-sided


def share_interval(k: int, n: int) -> tuple[float, float]:
    """Return the 95 % score interval of k of n, 0 to 1.

    (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n). Source: Wilson 1927, J Am Stat Assoc 22:209,
    doi 10.1080/01621459.1927.10502953. Raises ZeroDivisionError where nobody was seen.
    """
    p, more = k / n, Z * Z / n
    half = Z * sqrt(p * (1.0 - p) / n + more / (4.0 * n))
    low, high = ((p + more / 2.0 + side) / (1.0 + more) for side in (-half, half))
    return max(low, 0.0), min(high, 1.0)


@dataclass(frozen=True, slots=True)
class PredictiveValue:
    """Of `n` held-out clients in `state` at about the same number of scores, `k` ended without reliable improvement.

    `scores_from` is the smallest number of scores of the band, the first score counted; `third` says
    where their first scores lie among all first scores. A client counts once, however many scores of
    the band had the state. `state` None stands for all clients seen then, whatever was said of them.
    Raises ValueError for counts, bands or thirds that cannot be.
    """

    state: State | None
    scores_from: int
    third: Third
    k: int
    n: int

    def __post_init__(self) -> None:
        if not 0 <= self.k <= self.n:
            raise ValueError(f"{self.k} of {self.n} clients cannot be.")
        if self.scores_from not in BANDS or self.third not in THIRDS:
            raise ValueError(f"There is no band from {self.scores_from} scores, or no {self.third} third.")

    @property
    def known(self) -> bool:
        """Say whether there are enough clients to say anything."""
        return self.n >= FEWEST

    @property
    def share(self) -> float:
        """Return k / n, 0 to 1. Raises ZeroDivisionError where nobody was seen."""
        return self.k / self.n

    @property
    def interval(self) -> tuple[float, float]:
        """Return the 95 % score interval of the share, 0 to 1. Raises ZeroDivisionError where nobody was seen."""
        return share_interval(self.k, self.n)


@dataclass(frozen=True, slots=True)
class PredictiveValues:
    """The predictive values of one rule's states on one data set; never joined with those of another.

    `data_set` and `setting` say in words where clients were seen; `acted_on` whether people there acted
    on the signals, which makes right ones look wrong. `measure` and `reliable_change` (points) say what
    was counted, `rule` which version made the states. `cuts` are first scores in points: up to the first
    is the low third, up to the second the middle one. Raises ValueError where cuts fall or a value
    stands twice.
    """

    data_set: str
    setting: str
    acted_on: bool
    measure: str
    reliable_change: float | None
    rule: str
    clients: int
    cuts: tuple[float, float]
    values: tuple[PredictiveValue, ...]

    def __post_init__(self) -> None:
        if not self.data_set or not self.setting:
            raise ValueError("Name the data set and its setting; a figure from nowhere says nothing.")
        if self.cuts[0] > self.cuts[1]:
            raise ValueError("The cut between low and middle cannot lie above that between middle and high.")
        if len({(one.state, one.scores_from, one.third) for one in self.values}) < len(self.values):
            raise ValueError("One state has two values in the same band and third.")

    def third_of(self, intake: float) -> Third:
        """Return which third of the first scores a first score lies in."""
        return third_of(intake, self.cuts)

    def of(self, state: State | None, n_scores: int, third: Third) -> PredictiveValue:
        """Return the value for clients like this; 0 of 0 where none was seen.

        Raises ValueError for fewer than 2 scores.
        """
        start = band_of(n_scores)
        found = (
            one for one in self.values if (one.state, one.scores_from, one.third) == (state, start, third)
        )
        return next(found, PredictiveValue(state, start, third, 0, 0))

    def to_json(self) -> str:
        """Return the table as readable JSON; `predictive_values_from_json` reads it back unchanged."""
        return json.dumps(asdict(self), indent=1, allow_nan=False)


def third_of(intake: float, cuts: tuple[float, float]) -> Third:
    """Return the third that a first score lies in, given the highest of the low and of the middle third."""
    if intake <= cuts[0]:
        return "low"
    return "middle" if intake <= cuts[1] else "high"


def band_of(n_scores: int) -> int:
    """Return the smallest number of scores of the band that `n_scores` (the first counted) lies in.

    Raises ValueError for fewer than 2 scores.
    """
    if n_scores < BANDS[0]:
        raise ValueError("With fewer than two scores there is no change to speak of.")
    return max(start for start in BANDS if start <= n_scores)


def predictive_values_from_json(text: str) -> PredictiveValues:
    """Return the table saved by `PredictiveValues.to_json`.

    Raises ValueError where the text is no such table.
    """
    try:
        raw = json.loads(text)
        values = tuple(_value(one) for one in raw.pop("values"))
        low, high = raw.pop("cuts")
        if not isinstance(raw["acted_on"], bool):
            raise ValueError("acted_on is neither true nor false")
        return PredictiveValues(cuts=(float(low), float(high)), values=values, **raw)
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise ValueError(f"This is not a saved table of predictive values: {problem}.") from problem


def _value(raw: Mapping[str, Any]) -> PredictiveValue:
    return PredictiveValue(**{**raw, "state": None if raw["state"] is None else State(raw["state"])})
