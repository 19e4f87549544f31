"""What a reliable-change formula says about one person, and what the change is relative to."""

from dataclasses import dataclass, field
from enum import StrEnum
from math import isfinite
from typing import ClassVar


class Formula(StrEnum):
    """The seven reliable-change formulas, by their usual short names."""

    JT = "JT"
    """Jacobson and Truax."""
    EN = "EN"
    """Edwards and Nunnally, as reformulated by Speer."""
    GLN = "GLN"
    """Gulliksen, Lord and Novick."""
    NK = "NK"
    """Nunnally and Kotsch."""
    HA = "HA"
    """Hageman and Arrindell."""
    HLL = "HLL"
    """Hsu, Linn and Lord."""
    HLM = "HLM"
    """The growth-model slope."""


class RelativeTo(StrEnum):
    """What a change is measured against."""

    OWN_FIRST_SCORE = "own first score"
    GROUP_MEAN_CHANGE = "the group's mean change"


class Direction(StrEnum):
    """Which way a person changed, if at all."""

    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    DETERIORATED = "deteriorated"


GROUP_RELATIVE = frozenset({Formula.HLL, Formula.HLM})


def direction_of(z: float, critical: float, *, higher_is_better: bool) -> Direction:
    """Return the direction of a z that must lie strictly beyond a critical value to count."""
    better = z if higher_is_better else -z
    if better > critical:
        return Direction.IMPROVED
    return Direction.DETERIORATED if better < -critical else Direction.UNCHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """What the two kinds of change have in common.

    `z` is in standard errors and keeps the sign of the points (last minus first); `critical` is
    positive; `direction` counts only where z lies strictly beyond it.

    Raises ValueError where z is not a number, the critical value is not positive, or the formula
    belongs to the other kind of change.
    """

    formula: Formula
    z: float
    critical: float
    higher_is_better: bool
    relative_to: RelativeTo = field(init=False)
    direction: Direction = field(init=False)
    _kind: ClassVar[RelativeTo]

    def __post_init__(self) -> None:
        if not isfinite(self.z):
            raise ValueError(f"{self.formula}: z must be a finite number, not {self.z!r}.")
        if not self.critical > 0:
            raise ValueError(f"{self.formula}: the critical value must be above 0.")
        if (self.formula in GROUP_RELATIVE) is (self._kind is RelativeTo.OWN_FIRST_SCORE):
            raise ValueError(f"{self.formula} does not measure change against {self._kind}.")
        way = direction_of(self.z, self.critical, higher_is_better=self.higher_is_better)
        object.__setattr__(self, "relative_to", self._kind)
        object.__setattr__(self, "direction", way)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChange(_Change):
    """A change against the person's own first score: the only kind a signal may rest on."""

    _kind: ClassVar[RelativeTo] = RelativeTo.OWN_FIRST_SCORE


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChange(_Change):
    """A change against the group's mean change: for research tables, never for a signal."""

    _kind: ClassVar[RelativeTo] = RelativeTo.GROUP_MEAN_CHANGE


Change = OwnChange | GroupChange


class RelativeToGroupError(ValueError):
    """A change against the group's mean was offered where only a person's own change may stand."""


def own_change(change: Change) -> OwnChange:
    """Return the change unaltered if it may carry a signal or a service outcome.

    A person who improved as much as the others do has z = 0 under Hsu-Linn-Lord and the growth
    model; calling that "unchanged" to the person, or in a service's figures, would be false.

    Raises RelativeToGroupError for those two.
    """
    if isinstance(change, GroupChange):
        raise RelativeToGroupError(
            f"{change.formula} measures change relative to {change.relative_to}, so it cannot be "
            "used for a signal or a service outcome; use JT."
        )
    return change
