"""Rule SD4: words. Each test is a sentence of the rule, on what the engine says of any record.

`midcourse content check` holds every content file to the same words (tests/content/check).
"""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from midcourse.content.readability import too_hard
from midcourse.plans.frozen import freeze
from midcourse.plans.outcome import outcome_of
from midcourse.plans.step import every_step
from midcourse.reasons import Situation, every_reason
from midcourse.record import CheckUp
from midcourse.review.client import private_questions, review_for_client
from midcourse.review.explanation import Explanation
from midcourse.review.shared import review_together
from midcourse.review.therapist import review_for_therapist
from tests.engine.any_record import ANSWERS, CONCERNS, SECRETS, SITUATIONS, VIEWS
from tests.engine.known_course import COURSE, LOW, scores_of

some = settings(max_examples=60, deadline=None)
NEVER = ("resistan", "non-complian", "noncomplian", "unmotivated")
BLAME = ("your fault", "you failed", "you did not try", "try harder", "you must", "you should have")
DIAGNOSIS = re.compile(r"\byou (?:have|suffer from|are) (?:depress|ptsd|ocd|bipolar|an addict|an alcoholic)")
PROMISE = ("will help you", "will get better", "guarantee", "we promise", "cure")
MEDICINE = re.compile(
    r"\b(?:start|stop|take|increase|reduce|raise|lower|double) (?:your|the|a) (?:dose|medic|pill|tablet)"
)


def texts(found: Explanation) -> Iterator[str]:
    yield from (found.safety_sentence, found.plan, found.label, found.right, *found.choices)
    for reason in found.reasons:
        yield from (reason.title, reason.say, *(part.sentence for part in reason.parts))
    yield from (step.text for step in found.steps if step.who == "client")
    yield from (sentence for _, sentence in found.findings)


def own_words() -> list[str]:
    """Every text that a client can read whatever is said: questions, reasons, steps."""
    said = [one.text for reason in every_reason() for one in reason.client_questions]
    said += [word for reason in every_reason() for word in (reason.title, reason.say)]
    said += [step.text for step in every_step().values() if step.who == "client"]
    return [*said, *(one["text"] for one in private_questions())]


def wrong(text: str) -> list[str]:
    low = text.lower().replace("never your fault", "").replace("not your fault", "")
    found = [word for word in (*NEVER, *BLAME, *PROMISE) if re.search(rf"\b{word}", low)]
    return found + [match.group() for one in (DIAGNOSIS, MEDICINE) if (match := one.search(low))]


# A name, such as a reason's, is no sentence, and the formula is about sentences.
@pytest.mark.parametrize("text", [one for one in own_words() if one.rstrip()[-1] in ".?!"])
def test_every_text_of_hers_is_plain_about_grade_6_to_8_by_a_formula(text: str) -> None:
    assert too_hard(text, "en") is None


@pytest.mark.parametrize("text", own_words())
def test_no_blame_no_diagnosis_no_promise_no_medication_advice(text: str) -> None:
    # Asking not to stop alone is the one thing that may be said about stopping.
    assert wrong(text.replace("Please do not stop or change medicine on your own.", "")) == []


@pytest.mark.parametrize(
    "bad",
    [
        "You are resistant.", "You must come.", "It was your fault.", "You have depression.", "This will help you.",
        "Stop your medicine.", "Increase the dose.", "She is non-compliant.",
    ],
)  # fmt: skip
def test_the_words_looked_for_would_be_found(bad: str) -> None:
    assert wrong(bad)


@some
@given(ANSWERS, SECRETS, VIEWS, CONCERNS, SITUATIONS)
def test_those_words_are_nowhere_that_a_client_can_see(
    said: dict[str, int], secret: dict[str, int], views: dict[str, int], concerns: dict, situation: Situation
) -> None:
    check_up = CheckUp({**said, **secret}, views, released=frozenset(views), conduct=concerns)
    for make in (review_for_client, review_together):
        for text in texts(make(check_up, situation).explanation):
            assert not [word for word in NEVER if word in text.lower()]


@some
@given(ANSWERS, SITUATIONS)
def test_what_is_not_validated_is_labelled_so_for_every_audience(
    said: dict[str, int], situation: Situation
) -> None:
    for make in (review_for_client, review_for_therapist, review_together):
        assert make(CheckUp(said), situation).explanation.label.startswith("Not clinically validated")


def test_an_outcome_of_a_plan_is_labelled_and_promises_nothing() -> None:
    frozen = freeze(COURSE, LOW, scores_of(15.0, 15.0, 15.0))
    for score in (2.0, 13.0, 26.0):
        found = outcome_of(frozen, (4.0, 5.0), (score, score))
        assert found.label == "Not clinically validated."
        assert wrong(found.sentence) == [] and too_hard(found.sentence, "en") is None
