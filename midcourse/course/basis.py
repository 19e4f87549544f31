"""Named time bases: how a course bends over sessions or weeks (ST2).

Each basis turns the time since the first score into columns for the fixed and the random part. Its
name is part of a course's identity: courses on different bases are never mixed or converted. Time is
scaled by a fixed constant so that fits are well conditioned.
"""

from dataclasses import dataclass
from math import log, sqrt
from typing import Literal

Axis = Literal["session", "week"]
Bend = Literal["ln", "sqrt", "linear", "quadratic"]

# Fixed units: about a long therapy's length, so that columns run from 0 to about 1 (ln: to about 3).
SQRT_UNIT = 5.0
LINEAR_UNIT = 25.0


@dataclass(frozen=True, slots=True)
class Basis:
    """A named time basis with `q` random columns (the first q of its columns).

    The axis is attended sessions (the first score's session counts as 1) or weeks since the first
    score. With e = session - 1 or weeks: ln is ln(1 + e), sqrt is sqrt(e)/5, linear is e/25, and
    quadratic has both e/25 and its square.

    Raises ValueError for more random columns than the basis has.
    """

    bend: Bend
    axis: Axis
    q: int = 2

    def __post_init__(self) -> None:
        if not 1 <= self.q <= self.width:
            raise ValueError(f"A {self.bend} basis has 1 to {self.width} random columns, not {self.q}.")

    @property
    def width(self) -> int:
        """Return how many columns the fixed part has."""
        return 3 if self.bend == "quadratic" else 2

    @property
    def name(self) -> str:
        """Return the name that identifies the basis, for example ``ln session, 2 random``."""
        return f"{self.bend} {self.axis}, {self.q} random"

    def columns(self, time: float) -> tuple[float, ...]:
        """Return the columns at a time on the basis's axis (session >= 1, or weeks >= 0)."""
        elapsed = max(time - 1.0 if self.axis == "session" else time, 0.0)
        if self.bend == "ln":
            return (1.0, log(1.0 + elapsed))
        if self.bend == "sqrt":
            return (1.0, sqrt(elapsed) / SQRT_UNIT)
        scaled = elapsed / LINEAR_UNIT
        return (1.0, scaled) if self.bend == "linear" else (1.0, scaled, scaled * scaled)


def parse_basis(name: str) -> Basis:
    """Return the basis of a name such as ``ln session, 2 random``.

    Raises ValueError, naming the bends and axes there are, for any other name.
    """
    try:
        bend, axis, random = name.replace(",", "").split()[:3]
        if bend in ("ln", "sqrt", "linear", "quadratic") and axis in ("session", "week"):
            return Basis(bend, axis, int(random))  # type: ignore[arg-type]
    except ValueError:
        pass
    raise ValueError(
        f"no time basis called {name!r}; write ln, sqrt, linear or quadratic, then session or week, "
        "then the number of random columns, for example 'ln session, 2 random'"
    )
