"""What a check-up holds, as a typed thing between the sealed text and the pages."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

HIGHEST = 4
STEPS = ("felt", "safety", "danger", "picks", "questions", "done")


@dataclass(frozen=True)
class Held:
    """One check-up so far. `felt` is how much therapy helps, 0 (not at all) to 4 (very much).

    `step` is where she is. `self_harm` runs 0 to 3; `in_danger` is yes, no or rather not say.
    """

    step: str = STEPS[0]
    felt: int | None = None
    answers: Mapping[str, int] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    picks: tuple[str, ...] = ()
    dismissed: tuple[str, ...] = ()
    self_harm: int | None = None
    in_danger: str | None = None
    something_else: str = ""

    @property
    def not_working(self) -> bool:
        """Whether she feels that therapy helps little or not at all."""
        return self.felt is not None and self.felt <= 1

    def answered(self, question: str, value: int | None) -> "Held":
        """Return the check-up with one more answer; None means skipped."""
        if value is None:
            return replace(self, skipped=(*self.skipped, question))
        if not 0 <= value <= HIGHEST:
            raise ValueError(f"An answer runs from 0 to {HIGHEST}.")
        return replace(self, answers={**self.answers, question: value})

    def to_json(self) -> str:
        """Return it as JSON."""
        return json.dumps(asdict(self))


def held_from(text: str) -> Held:
    """Return what `Held.to_json` wrote."""
    raw: dict[str, Any] = json.loads(text)
    tuples = {name: tuple(raw[name]) for name in ("skipped", "picks", "dismissed")}
    return Held(**(raw | tuples))
