"""Which steps were followed by a bent course more often than their like, and how sure that is (ST10).

Per step, against plans in similar situations (same first reason, same state) without it: the difference of
the rates of bent courses, weighed over situations (Mantel, Haenszel 1959, J Natl Cancer Inst 22:719), then
shrunk to zero (`plans.shrink`). People chose these steps, so a difference may be theirs and not the step's:
the wording is "was followed by". Only where lots were drawn between two steps, with both people's agreement,
may it be "led to".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from midcourse.content.say import sentence
from midcourse.plans.outcome import Verdict
from midcourse.plans.shrink import Estimate, shrink
from midcourse.plans.suggest import SAFETY_RULES, Offer
from midcourse.signals.state import State

FEWEST = 10  # plans, and people to compare with, below which nothing is said (ST10, SP6)


@dataclass(frozen=True, slots=True)
class PastPlan:
    """One plan of the past as learning sees it: what was agreed, in which situation, and what became of it.

    `verdict` None says that the client left, or had no two scores before the check. `lots` are the steps
    between which lots were drawn, with both people's agreement. Without `consented` the plan is not used.
    """

    client_id: str
    agreed_on: float
    steps: frozenset[str]
    reason: str | None
    state: State | None
    verdict: Verdict | None
    consented: bool
    lots: frozenset[str] = frozenset()

    @property
    def checked(self) -> bool:
        """Say whether there was anything to hold the plan against."""
        return self.verdict not in (None, "too early")

    @property
    def situation(self) -> tuple[str | None, State | None]:
        """Return what makes two plans alike: the first reason and the state."""
        return self.reason, self.state


@dataclass(frozen=True, slots=True)
class StepRecord:
    """What followed plans with one step, beside like plans without it. Rates run from 0 to 1.

    `bent` of `checked`, and `left` who left or had no scores; `other_bent` of `other_checked` in the same
    situations without the step. `difference` is shrunk, with `low` and `high` holding nine in ten of it;
    None where too few can be compared. `placebo` is how often a plan that does nothing is called bent.
    `by_lot` says that lots decided, which alone allows to say "led to".
    """

    step: str
    bent: int
    checked: int
    left: int
    other_bent: int
    other_checked: int
    placebo: float | None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    by_lot: bool = False

    def in_words(self, language: str = "en") -> str:
        """Return the record in a language; "led to" only where lots decided."""
        counts = {"checked": str(self.checked), "bent": str(self.bent), "left": str(self.left)}
        first = sentence("record-led" if self.by_lot else "record-followed", language, **counts)
        return f"{first} {self._compared(language)} {self._chance(language)}"

    def _compared(self, language: str) -> str:
        if self.difference is None or self.low is None or self.high is None:
            return sentence("record-alone", language)
        numbers = {"difference": self.difference, "low": self.low, "high": self.high}
        shown = {name: f"{100 * value:+.0f}" for name, value in numbers.items()}
        others = {"other_bent": str(self.other_bent), "other_checked": str(self.other_checked)}
        return sentence("record-difference", language, **shown, **others)

    def _chance(self, language: str) -> str:
        if self.placebo is None:
            return sentence("record-chance-not-known", language)
        return sentence("record-chance", language, share=f"{100 * self.placebo:.0f}")


def learn(plans: Iterable[PastPlan], placebo: float | None = None) -> tuple[StepRecord, ...]:
    """Return a record of every step with at least ten past plans, in the order of its id.

    Only consented plans enter, each client once with the first one. `placebo` is the placebo rate (0 to 1).
    """
    first = _first(plans)
    steps = sorted({step for plan in first for step in plan.steps})
    raw = [one for step in steps if (one := _counted(step, first, placebo)) is not None]
    able = [(record, estimate) for record, estimate in raw if estimate is not None]
    shrunk = iter(shrink([estimate for _, estimate in able]))
    return tuple(record if estimate is None else _with(record, *next(shrunk)) for record, estimate in raw)


def _with(record: StepRecord, difference: float, low: float, high: float) -> StepRecord:
    return replace(record, difference=difference, low=low, high=high)


def _first(plans: Iterable[PastPlan]) -> list[PastPlan]:
    """Each client's first plan, of those who agreed to be learned from."""
    found: dict[str, PastPlan] = {}
    for plan in sorted(
        (one for one in plans if one.consented), key=lambda one: (one.client_id, one.agreed_on)
    ):
        found.setdefault(plan.client_id, plan)
    return list(found.values())


def _counted(
    step: str, plans: Sequence[PastPlan], placebo: float | None
) -> tuple[StepRecord, Estimate | None] | None:
    drawn = [one for one in plans if step in one.lots]
    by_lot = _enough(step, drawn)
    used = drawn if by_lot else list(plans)
    having = [one for one in used if step in one.steps]
    if len(having) < FEWEST:
        return None
    alike = {one.situation for one in having}
    others = [one for one in used if step not in one.steps and one.situation in alike and one.checked]
    checked = [one for one in having if one.checked]
    record = StepRecord(
        step, _bent(checked), len(checked), len(having) - len(checked), _bent(others), len(others), placebo,
        by_lot=by_lot,
    )  # fmt: skip
    enough = len(checked) >= FEWEST and len(others) >= FEWEST
    return record, _difference(checked, others) if enough else None


def _enough(step: str, drawn: Sequence[PastPlan]) -> bool:
    checked = [one for one in drawn if one.checked]
    having = sum(step in one.steps for one in checked)
    return min(having, len(checked) - having) >= FEWEST


def _bent(plans: Sequence[PastPlan]) -> int:
    return sum(one.verdict == "bent" for one in plans)


def _difference(having: Sequence[PastPlan], others: Sequence[PastPlan]) -> Estimate | None:
    """Difference of rates and its variance, situation by situation; None where no situation has both."""
    total = weighted = variance = 0.0
    for situation in dict.fromkeys(one.situation for one in having):
        with_it = [one for one in having if one.situation == situation]
        without = [one for one in others if one.situation == situation]
        if not with_it or not without:
            continue
        n, m = len(with_it), len(without)
        weight = n * m / (n + m)
        total += weight
        weighted += weight * (_bent(with_it) / n - _bent(without) / m)
        variance += weight**2 * (_spread(_bent(with_it), n) + _spread(_bent(without), m))
    return None if total == 0.0 else (weighted / total, variance / total**2)


def _spread(k: int, n: int) -> float:
    """The variance of a rate; one added on either side, so that 0 of n is not taken for certain."""
    p = (k + 1.0) / (n + 2.0)
    return p * (1.0 - p) / n


def in_learned_order(offers: Sequence[Offer], records: Iterable[StepRecord]) -> tuple[Offer, ...]:
    """Return the steps on offer with those first that were followed by a bent course more often than their like.

    For a clinic that switched this on; nothing else ever changes the order of suggestions. Safety's steps
    stay first, and steps without a record where they were.
    """
    known = {one.step: one.difference or 0.0 for one in records}
    return tuple(
        sorted(offers, key=lambda one: (one.because not in SAFETY_RULES, -known.get(one.step.id, 0.0)))
    )
