"""Which steps are offered: those of the reasons shown, for both sides, with what rules add and hold back."""

from dataclasses import dataclass
from functools import cache

from midcourse import content
from midcourse.plans.step import Step, every_step
from midcourse.plans.triggers import TRIGGERS
from midcourse.reasons.evidence import Evidence
from midcourse.reasons.rank import Ranking

SAFETY_RULES = ("risk", "harm-to-others", "in-danger")
UNHEARD = "relationship"


@dataclass(frozen=True, slots=True)
class StepRule:
    """Steps that are added or held back when something was found or said."""

    id: str
    when: str
    add: tuple[str, ...]
    hold_back: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """One step with why it is offered: a reason's id, or a rule's."""

    step: Step
    because: str


@cache
def every_rule() -> tuple[StepRule, ...]:
    """Return the rules in their order: safety first."""
    rows = content.read("guidance", "step-rules")["rules"]
    return tuple(StepRule(row["id"], row["when"], tuple(row["add"]), tuple(row["hold_back"])) for row in rows)


def suggest(evidence: Evidence, ranking: Ranking) -> tuple[Offer, ...]:
    """Return the steps offered, safety's first, each once."""
    on = [rule for rule in every_rule() if TRIGGERS[rule.id](evidence, ranking)]
    wanted = [(step, rule.id) for rule in on if rule.id in SAFETY_RULES for step in rule.add]
    for one in ranking.shown:
        wanted += [(step, one.reason.id) for step in (*one.reason.client_steps, *one.reason.therapist_steps)]
    wanted += [(step, rule.id) for rule in on if rule.id not in SAFETY_RULES for step in rule.add]
    held = {step for rule in on for step in rule.hold_back} | _never_wait(ranking)
    steps = every_step(evidence.language)
    first: dict[str, str] = {}
    for step, because in wanted:
        if step not in held:
            first.setdefault(step, because)
    return tuple(Offer(steps[step], because) for step, because in first.items())


def _never_wait(ranking: Ranking) -> set[str]:
    """Nobody who feels unheard is told to keep going."""
    unheard = any(one.reason.family == UNHEARD for one in ranking.shown)
    return {"A-C-KEEP-GOING"} if unheard else set()
