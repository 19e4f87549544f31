"""Evaluations of methods whose worth is known, for the tests of the evaluation's tables and page."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from midcourse.cli.evaluation_report.result import Evaluated
from midcourse.course.observed import Observed
from midcourse.evaluation.folds import balanced_folds
from midcourse.evaluation.judge import judge
from midcourse.evaluation.method import Asked, Method, Predictions
from midcourse.evaluation.run import run
from midcourse.evaluation.tasks import default_tasks
from tests.evaluation.judge_parts import SCALE, LearnedTold, Oracle, Told, change, constant, course, wandering

PEOPLE = tuple(wandering(150, seed=3))


def against(name: str = "against") -> Told:
    """Say the opposite of the change so far, and be sure of it."""

    def answer(asked: Sequence[Asked], people: Sequence[Observed]) -> Predictions:
        worse = np.array([one.seen.scores[-1] - one.seen.intake for one in asked])
        p = np.clip(0.5 - worse / 10, 0.02, 0.98)
        return Predictions(p, p**3, -worse, worse < 0)

    return Told(answer, name)


class Refusing(Told):
    """A method that learns nothing from anybody."""

    def learn(self, people: object, scale: object, axis: object) -> LearnedTold:
        raise ValueError("there are <too> few clients")


def refusing(name: str = "refusing") -> Refusing:
    return Refusing(lambda asked, people: (_ for _ in ()).throw(AssertionError), name)


def quiet_at_first(name: str = "quiet") -> Told:
    """Say the change so far, but nothing after two scores."""
    told = change(name)

    def answer(asked: Sequence[Asked], people: Sequence[Observed]) -> Predictions:
        said = told.answer(asked, people)
        risk = np.where([len(one.seen.scores) > 2 for one in asked], said.risk, np.nan)
        return replace(said, risk=risk)

    return Told(answer, name)


def evaluation(methods: Sequence[Method], people: Sequence[Observed] = PEOPLE, **told: object) -> Evaluated:
    """Judge methods on invented people, as the command does."""
    tasks = default_tasks(people, balanced_folds(people, 5))
    found = judge(run(methods, people, SCALE, "session", tasks), draws=40)
    about = {"set_aside": 0, "untimed": 0, "split": "5 folds", "points": "after 2, 3, 4, 6 and 8 scores"}
    scores = sum(len(person.scores) for person in people)
    return Evaluated("a<b>.csv", "0" * 64, SCALE, scores, **{**about, **told}, judgement=found)  # type: ignore[arg-type]


@cache
def full() -> Evaluated:
    """An evaluation with a perfect method of ours, and methods that are poor, silent, constant or failed."""
    methods = (
        change(),
        against("poor & <sure>"),
        constant(0.4, "always"),
        quiet_at_first(),
        refusing(),
        Oracle(PEOPLE, name="midcourse"),
    )
    return evaluation(methods, set_aside=3, untimed=1)


def nobody_changes() -> Evaluated:
    """An evaluation in which nobody improves."""
    people = [course(f"c{i}", 10, 11, 10, 12 + i % 2, 10) for i in range(40)]
    return evaluation((change(), constant()), people)
