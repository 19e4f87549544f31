"""Tiny methods and courses for the tests of the judge."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from midcourse.course.basis import Axis
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.evaluation.method import Asked, Predictions, deterioration, no_improvement, values_of
from midcourse.measures.scale import ReliableChange, Scale

SCALE = Scale("bdi", "BDI", 0, 20, reliable_change=ReliableChange(5, "test"))


def course(name: str, *scores: float, therapist: str | None = None) -> Observed:
    """Return a client with a score at every session from the first on."""
    return Observed(
        name, tuple(float(i + 1) for i in range(len(scores))), tuple(map(float, scores)), therapist
    )


def wandering(clients: int, seed: int = 0, shortest: int = 4) -> list[Observed]:
    """Return clients whose scores fall by a drift of their own, with whole-number noise."""
    draw = np.random.RandomState(seed)
    people = []
    for number in range(clients):
        length, drift = draw.randint(shortest, 12), draw.normal(1.0, 1.0)
        scores = 13 - drift * np.arange(length) + draw.normal(0, 2, length)
        people.append(course(f"c{number}", *np.clip(np.round(scores), 0, 20)))
    return people


@dataclass(frozen=True)
class Told:
    """A method that answers through a function of the questions, after a look at the training clients."""

    answer: Callable[[Sequence[Asked], Sequence[Observed]], Predictions]
    name: str = "told"
    source: str = "test"

    def learn(self, people: Sequence[Observed], scale: Scale, axis: Axis) -> "LearnedTold":
        return LearnedTold(self.answer, list(people))


@dataclass(frozen=True)
class LearnedTold:
    """Told, with the training clients."""

    answer: Callable[[Sequence[Asked], Sequence[Observed]], Predictions]
    people: list[Observed]

    def predict(self, asked: Sequence[Asked]) -> Predictions:
        return self.answer(asked, self.people)


def always(p: float, asked: Sequence[Asked]) -> Predictions:
    """Say the same chance of everybody, alerting nobody."""
    same = np.full(len(asked), p)
    return Predictions(same, same.copy(), same.copy(), np.zeros(len(asked), dtype=bool))


def constant(p: float = 0.3, name: str = "constant") -> Told:
    return Told(lambda asked, people: always(p, asked), name)


def base_rate(scale: Scale = SCALE, name: str = "base rate") -> Told:
    """Say of everybody how many of the training clients did not improve."""

    def answer(asked: Sequence[Asked], people: Sequence[Observed]) -> Predictions:
        ends = np.array([(p.scores[0], p.scores[-1]) for p in people if len(p.scores) > 3])
        return always(float(no_improvement(scale, ends[:, 0], ends[:, 1]).mean()), asked)

    return Told(answer, name)


def change(name: str = "change") -> Told:
    """Say the change so far."""

    def answer(asked: Sequence[Asked], people: Sequence[Observed]) -> Predictions:
        worse = np.array([one.seen.scores[-1] - one.seen.intake for one in asked])
        p = 1.0 / (1.0 + np.exp(-(worse + 5) / 3))
        return Predictions(p, p**3, worse, worse >= 0)

    return Told(answer, name)


def sure(scores: Array, scale: Scale = SCALE) -> Array:
    """Return distributions that are certain of each score."""
    return (values_of(scale) >= scores[:, None] - 1e-9).astype(float)


@dataclass
class Oracle:
    """A method that knows everything, because it was given the whole record beforehand."""

    people: Sequence[Observed]
    scale: Scale = SCALE
    name: str = "oracle"
    source: str = "test"
    asked_about: list[Asked] = field(default_factory=list)

    def learn(self, people: Sequence[Observed], scale: Scale, axis: Axis) -> "Oracle":
        return self

    def predict(self, asked: Sequence[Asked]) -> Predictions:
        self.asked_about.extend(asked)
        known = {person.client_id: person for person in self.people}
        rows = [(one, known[one.seen.client_id]) for one in asked]
        first = np.array([person.intake for _, person in rows])
        last = np.array([person.scores[-1] for _, person in rows])
        following = np.array([person.scores[len(one.seen.scores)] for one, person in rows])
        bad = no_improvement(self.scale, first, last)
        worse = deterioration(self.scale, first, last)
        return Predictions(
            bad.astype(float),
            worse.astype(float),
            bad.astype(float),
            bad,
            sure(following, self.scale),
            sure(last, self.scale),
        )
