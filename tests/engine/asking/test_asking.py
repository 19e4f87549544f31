"""Asking as little as it takes: the same first reason as the full set, with far fewer questions."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from midcourse.cli.why import _known, _scales
from midcourse.reasons import CourseSeen, Situation, every_reason, evidence_of, rank
from midcourse.reasons.ask import OTHER, OWN, next_question, run_through
from midcourse.record import CheckUp, History
from midcourse.review.situation import situation_of
from midcourse.tables.answers_file import answers_of

VIGNETTES = json.loads((Path(__file__).parents[2] / "vignettes" / "vignettes.json").read_text())["vignettes"]
EMPTY = evidence_of(CheckUp(), Situation(History()))


def evidence(vignette):
    found = answers_of(vignette, *_known())
    situation = situation_of(found.episode, _scales(found.episode), found.history)
    return evidence_of(found.check_up, situation), found.check_up.client


def first(ranking):
    return ranking.shown[0].reason.id if ranking.shown else None


@pytest.mark.parametrize("vignette", VIGNETTES, ids=[one["id"] for one in VIGNETTES])
def test_few_questions_reach_the_same_first_reason_as_all_of_them(vignette):
    one, answers = evidence(vignette)
    assert run_through(one, answers).first == first(rank(one))


def test_on_the_vignettes_about_five_questions_do_the_work_of_fifty_six():
    asked = [len(run_through(*evidence(one)).questions) for one in VIGNETTES]
    full = {question.id for reason in every_reason() for question in reason.client_questions}
    assert len(full) == 56
    assert sum(asked) / len(asked) < 6
    assert max(asked) <= 12


def test_nothing_is_asked_twice_and_every_question_says_why():
    run = run_through(EMPTY, {})
    assert len(set(run.questions)) == len(run.questions) >= 12
    assert run.first is None
    ask = next_question(EMPTY)
    assert ask is not None and ask.why.startswith("To see whether this plays a part: ") and 0 < ask.sure < 1


def test_a_high_answer_leads_to_its_own_reason():
    answers = {"C-HW-1": 4, "C-HW-2": 4, "C-HW-3": 0}
    everything_else = {
        question.id: 4 if question.reverse else 0
        for reason in every_reason()
        for question in reason.client_questions
        if question.id not in answers
    }
    run = run_through(EMPTY, everything_else | answers)
    assert run.first == "homework-barriers"


def test_what_was_skipped_is_not_asked_again():
    ask = next_question(EMPTY)
    again = next_question(EMPTY, frozenset({ask.question.id}))
    assert again.question.id != ask.question.id


def test_nobody_is_asked_when_every_question_was_put():
    every = frozenset(question.id for reason in every_reason() for question in reason.client_questions)
    assert next_question(EMPTY, every) is None


def test_an_answer_shared_with_the_early_reason_counts_once():
    one = replace(EMPTY, check_up=CheckUp(client={"C-EXP-3": 4}))
    assert next_question(one).question.id != "C-EXP-3"


def test_an_answer_that_is_no_question_of_a_reason_changes_nothing():
    one = replace(EMPTY, check_up=CheckUp(client={"C-OTHER": 4}))
    assert next_question(one).question == next_question(EMPTY).question


def test_both_answer_models_are_distributions():
    assert sum(OWN) == pytest.approx(1.0) and sum(OTHER) == pytest.approx(1.0)


def test_scores_without_a_scale_do_not_stop_the_asking():
    one = evidence_of(CheckUp(), Situation(History(), (CourseSeen("own scale", (3.0, 4.0)),)))
    assert next_question(one) is not None
