"""One total on one measure on one occasion."""

from dataclasses import dataclass
from math import isfinite
from typing import Literal

# How missing items were handled; every result carries it.
Handling = Literal["complete", "prorated", "given as a total"]


@dataclass(frozen=True, slots=True)
class Score:
    """One total on one measure on one occasion.

    `value` is in the measure's own points. `session` is the attended-session number (the first
    score's session need not be 1; the course counts from it). `day` is days since any fixed origin
    shared by the whole episode: a proleptic ordinal where dates were given, else the table's own
    count of days. At least one of the two should be present for a course to be expected.

    Raises ValueError where the value or a time is not a finite number.
    """

    measure: str
    value: float
    session: float | None = None
    day: float | None = None
    n_answered: int | None = None
    missing: Handling = "given as a total"

    def __post_init__(self) -> None:
        if not isfinite(self.value):
            raise ValueError(f"A score must be a finite number, not {self.value!r}.")
        if self.session is not None and not isfinite(self.session):
            raise ValueError(f"A session must be a finite number, not {self.session!r}.")
        if self.day is not None and not isfinite(self.day):
            raise ValueError(f"A day must be a finite number, not {self.day!r}.")
