"""Rule SR6: levels, not one bell. Each test is a sentence of the rule, as far as the engine goes.

"Not safe right now", "new or higher" and "unchanged since it was last discussed" need what was done about
an answer; they live in the application (midcourse_web/care/policies/levels.py) and are held by tests/web.
"""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from midcourse.cli.app import app
from midcourse.measures import find, has_safety_item, safety_answers
from midcourse.reasons import CourseSeen, Situation
from midcourse.record import CheckUp, History, SafetyAnswers
from midcourse.review.client import review_for_client
from midcourse.review.shared import review_together
from midcourse.review.therapist import review_for_therapist
from midcourse.signals.state import State
from tests.engine.any_record import ANSWERS, CONCERNS, SITUATIONS, VIEWS

some = settings(max_examples=60, deadline=None)
PHQ_9 = find("phq-9").scale
POSITIVE = st.sampled_from(
    [
        SafetyAnswers(self_harm=1),
        SafetyAnswers(self_harm=3, item9=0),
        SafetyAnswers(item9=1),
        SafetyAnswers(self_harm=0, item9=3),
        SafetyAnswers(harm_to_others="yes"),
        SafetyAnswers(somebody_hurt="yes"),
    ]
)


@some
@given(ANSWERS, VIEWS, CONCERNS, POSITIVE, SITUATIONS)
def test_a_risk_answer_always_comes_first(
    said: dict[str, int], views: dict[str, int], concerns: dict, safety: SafetyAnswers, situation: Situation
) -> None:
    check_up = CheckUp(said, views, conduct=concerns, safety=safety)
    for make in (review_for_client, review_for_therapist):
        found = make(check_up, situation).explanation
        assert found.safety == "same-day" and found.safety_sentence
        assert found.steps[0].id == "A-C-CRISIS"
        assert "A-C-KEEP-GOING" not in {one.id for one in found.steps}


@some
@given(ANSWERS, POSITIVE, SITUATIONS)
def test_on_course_never_hides_risk(
    said: dict[str, int], safety: SafetyAnswers, situation: Situation
) -> None:
    """A good course rules nothing out: risk stands beside it, before all else."""
    on = CourseSeen("phq-9", (18.0, 14.0, 11.0, 9.0), PHQ_9, (State.ON_COURSE, State.ON_COURSE))
    good = replace(situation, courses=(on,))
    assert review_for_client(CheckUp(said, safety=safety), good).explanation.safety == "same-day"


def test_a_skipped_safety_item_shows_as_skipped_and_not_as_0() -> None:
    phq = find("phq-9")
    (skipped,), (zero,) = (safety_answers(phq, {"phq9-9": value}) for value in (None, 0))
    assert (skipped.status, skipped.value) == ("skipped", None)
    assert (zero.status, zero.value) == ("negative", 0)


@pytest.mark.parametrize("item9", [None, 0])
def test_reliable_worsening_asks_the_therapist_to_ask_about_risk_even_when_item_9_is_0(
    item9: int | None,
) -> None:
    worse = Situation(History(), (CourseSeen("phq-9", (10.0, 12.0, 18.0), PHQ_9),))
    check_up = CheckUp(safety=SafetyAnswers(item9=item9))
    for make in (review_for_client, review_for_therapist, review_together):
        found = make(check_up, worse).explanation
        assert found.safety == "ask" and "A-T-RISK" in {one.id for one in found.steps}
    sentence = review_for_therapist(check_up, worse).explanation.safety_sentence
    assert "item 9 is 0" in sentence


def test_without_worsening_nothing_is_asked_of_her() -> None:
    steady = Situation(History(), (CourseSeen("phq-9", (10.0, 12.0, 15.0), PHQ_9),))
    assert review_for_therapist(CheckUp(), steady).explanation.safety == "none"


def test_a_battery_with_no_safety_item_is_known_to_be_blind() -> None:
    assert not has_safety_item([find("gad-7"), find("phq-8")])
    assert has_safety_item([find("gad-7"), find("phq-9")])


def test_on_course_never_appears_without_risk_beside_it(tmp_path: Path) -> None:
    """A table of totals holds no safety answer, so screen and page say that nothing was looked at."""
    table, page = tmp_path / "scores.csv", tmp_path / "page.html"
    rows = [f"a,phq-9,{session},{score}" for session, score in enumerate((18, 15, 12, 11), 1)]
    table.write_text("\n".join(["client_id,measure,session,score", *rows]))
    shown = CliRunner().invoke(app, ["review", str(table), "--html", str(page)])
    assert "on course" in shown.stdout
    assert "no state says that somebody is safe" in " ".join(shown.stdout.split())
    assert "does not look at answers about risk or safety" in page.read_text()
