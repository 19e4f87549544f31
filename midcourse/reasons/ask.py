"""Which question to ask next: the one expected to tell most about which reason would come first.

The belief over reasons starts from what the record already says, exp(points), and is updated by each
answer (Bayes). Someone for whom a reason comes first is taken to answer its questions high more often
than others do; both distributions below are judgement. The next question has the largest expected fall
of entropy: I(q) = H(b) - sum_s p(s) H(b | s). Asking ends when one reason is likely enough and is first
by its points too, or when no question that is left would tell much. Safety and what is not okay are no
part of this: they are always offered.

Source of the criterion: Lindley 1956, Ann Math Stat 27:986, doi 10.1214/aoms/1177728069.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import exp, log

from midcourse.content.say import sentence
from midcourse.reasons.evidence import Evidence
from midcourse.reasons.rank import EARLY, rank
from midcourse.reasons.reason import Question, every_reason
from midcourse.reasons.weigh import TOP, weigh
from midcourse.record import CheckUp

OWN = (0.06, 0.09, 0.15, 0.30, 0.40)  # strength of an answer 0 to 4, where its reason would come first
OTHER = (0.45, 0.25, 0.17, 0.09, 0.04)  # and where another would
SURE = 0.85  # belief in one reason from which on no more is asked
LITTLE = 0.05  # nats: with less to learn from every question that is left, no more is asked
FEWEST = 12  # questions put before asking may end for that, or because it is early
Belief = dict[str, float]


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to ask next, why, and how sure we are so far (0 to 1)."""

    question: Question
    why: str
    sure: float


def next_question(evidence: Evidence, skipped: frozenset[str] = frozenset()) -> Ask | None:
    """Return the question to ask the client next, None when enough is known or none is left.

    `skipped` are questions that were asked and left unanswered; they are not asked again.
    """
    belief = _belief(evidence)
    done = skipped | set(evidence.check_up.client)
    left = {name: one for name, one in _questions(evidence.language).items() if name not in done}
    best, sure = max(belief.items(), key=lambda pair: pair[1])
    if not left or (sure >= SURE and _is_first(best, evidence)):
        return None
    gains = {name: _gain(belief, _asked_for(name)) for name in left}
    name = max(left, key=lambda one: round(gains[one], 12))
    if len(done) >= FEWEST and (gains[name] < LITTLE or _is_first(EARLY, evidence)):
        return None
    titles = [reason.title for reason in every_reason(evidence.language) if reason.id in _asked_for(name)]
    why = sentence("ask-why", evidence.language, titles=" / ".join(titles))
    return Ask(left[name], why, sure)


def _is_first(name: str, evidence: Evidence) -> bool:
    shown = rank(evidence).shown
    return bool(shown) and shown[0].reason.id == name


def _questions(language: str = "en") -> dict[str, Question]:
    reasons = (reason for reason in every_reason(language) if reason.id != EARLY)
    return {one.id: one for reason in reasons for one in reason.client_questions}


def _asked_for(name: str) -> tuple[str, ...]:
    """The reasons whose question this is."""
    return tuple(
        reason.id
        for reason in every_reason()
        if reason.id != EARLY and any(one.id == name for one in reason.client_questions)
    )


def _belief(evidence: Evidence) -> Belief:
    """What the record, the therapist and the own pick say, updated by every answer of the client."""
    silent = replace(evidence, check_up=replace(evidence.check_up, client={}))
    logs = {
        reason.id: weigh(replace(reason, needs_client_statement=False), silent, {}).points
        for reason in every_reason()
        if reason.id != EARLY
    }
    questions = _questions()
    for name, answer in evidence.check_up.client.items():
        if name in questions:
            strength = TOP - answer if questions[name].reverse else answer
            logs = _updated(logs, _asked_for(name), strength)
    highest = max(logs.values())
    weights = {name: exp(value - highest) for name, value in logs.items()}
    total = sum(weights.values())
    return {name: value / total for name, value in weights.items()}


def _updated(logs: Belief, own: tuple[str, ...], strength: int) -> Belief:
    return {name: value + log((OWN if name in own else OTHER)[strength]) for name, value in logs.items()}


def _gain(belief: Belief, own: tuple[str, ...]) -> float:
    """The expected fall of entropy of the belief, in nats."""
    inside = sum(belief[name] for name in own)
    after = 0.0
    for strength in range(TOP + 1):
        chance = inside * OWN[strength] + (1.0 - inside) * OTHER[strength]
        scaled = [
            value * (OWN if name in own else OTHER)[strength] / chance for name, value in belief.items()
        ]
        after += chance * _entropy(scaled)
    return _entropy(list(belief.values())) - after


def _entropy(shares: list[float]) -> float:
    return -sum(share * log(share) for share in shares if share > 0.0)


@dataclass(frozen=True, slots=True)
class Asked:
    """How an adaptive run went: the questions put, in order, and the first reason it ended with."""

    questions: tuple[str, ...]
    first: str | None


def run_through(evidence: Evidence, answers: Mapping[str, int]) -> Asked:
    """Ask adaptively somebody whose answers are known; a question without an answer counts as skipped."""
    given: dict[str, int] = {}
    skipped: set[str] = set()
    order: list[str] = []
    now = replace(evidence, check_up=_with(evidence.check_up, given))
    while (ask := next_question(now, frozenset(skipped))) is not None:
        name = ask.question.id
        order.append(name)
        if name in answers:
            given[name] = answers[name]
            now = replace(evidence, check_up=_with(evidence.check_up, given))
        else:
            skipped.add(name)
    shown = rank(now).shown
    return Asked(tuple(order), shown[0].reason.id if shown else None)


def _with(check_up: CheckUp, given: Mapping[str, int]) -> CheckUp:
    return replace(check_up, client=dict(given))
