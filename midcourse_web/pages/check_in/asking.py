"""Questions as a page shows them, and answers as a page sends them. No queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from midcourse_web.care.engine.instruments import Question, Questionnaire
from midcourse_web.care.engine.kinds import about_the_work_together

SKIPPED = "skip"
Answers = dict[str, int | None]


class Unreadable(ValueError):
    """An answer was sent that is no answer."""


@dataclass(frozen=True)
class Asked:
    """The page of questions: everything at once, or one question with the others carried along.

    `at` counts from 0; None is everything on one page. `carried` are (name, value) of answers given to
    questions that are not on this page. `missing` names questions without an answer.
    """

    shown: Sequence[dict[str, Any]]
    at: int | None
    total: int
    carried: Sequence[tuple[str, str]] = ()
    missing: frozenset[str] = frozenset()
    wrong: str = ""
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """The number of this question, from 1."""
        return (self.at or 0) + 1

    @property
    def is_last(self) -> bool:
        """Whether this is the last question."""
        return self.at is None or self.at + 1 >= self.total


def ask(
    forms: Sequence[Questionnaire],
    given: Mapping[str, str],
    at: int | None = None,
    missing: frozenset[str] = frozenset(),
    wrong: str = "",
) -> Asked:
    """Return what a page needs to ask these questionnaires, with the answers given so far."""
    every = [question.id for form in forms for question in form.questions]
    here = set(every if at is None else every[at : at + 1])
    hidden = _private(given)
    shown = [_form(form, given, here, hidden) for form in forms]
    carried = [(name, given[name]) for name in every if name in given and name not in here]
    carried += [("private", name) for name in every if name in hidden and name not in here]
    return Asked([one for one in shown if one["questions"]], at, len(every), carried, missing, wrong)


def _private(given: Mapping[str, str]) -> frozenset[str]:
    """Items she keeps from her therapist; a page sends that name once for each."""
    every = given.getlist("private") if hasattr(given, "getlist") else []
    return frozenset(every)


def _form(
    form: Questionnaire, given: Mapping[str, str], here: set[str], hidden: frozenset[str]
) -> dict[str, Any]:
    return {
        "id": form.id,
        "title": form.title,
        "language": form.language,
        "stem": form.stem,
        "credit": form.credit,
        "validated": form.validated,
        "questions": [
            _question(one, given)
            | {"may_be_private": about_the_work_together(form.id), "private": one.id in hidden}
            for one in form.questions
            if one.id in here
        ],
    }


def _question(question: Question, given: Mapping[str, str]) -> dict[str, Any]:
    answer = given.get(question.id)
    return {
        "id": question.id,
        "text": question.text,
        "safety": question.safety,
        "choices": [
            {"value": one.value, "label": one.label, "chosen": answer == str(one.value)}
            for one in question.choices
        ],
        "lowest": question.lowest,
        "highest": question.highest,
        "typed": "" if answer in (None, SKIPPED) else answer,
        "skipped": answer == SKIPPED,
    }


def unanswered(forms: Sequence[Questionnaire], post: Mapping[str, str]) -> frozenset[str]:
    """Return the questions that were neither answered nor skipped."""
    every = (question.id for form in forms for question in form.questions)
    return frozenset(name for name in every if not post.get(name))


def answers_in(form: Questionnaire, post: Mapping[str, str]) -> Answers:
    """Return the answers of one questionnaire; skipped ones are None. Raises Unreadable."""
    found: Answers = {}
    for question in form.questions:
        text = post.get(question.id, "").strip()
        if text in ("", SKIPPED):
            found[question.id] = None
        elif text.lstrip("-").isdigit():
            found[question.id] = int(text)
        else:
            raise Unreadable(_("One answer could not be read. Please choose it again."))
    return found


def given_by(answers: Mapping[str, int | None]) -> dict[str, str]:
    """Return stored answers as a page would have sent them, to be put right."""
    return {name: SKIPPED if value is None else str(value) for name, value in answers.items()}
