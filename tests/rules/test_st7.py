"""Rule ST7: signals and the alert budget. Each test is a sentence of the rule.

What each state rests on is held by tests/engine/test_signals.py, one person's many measures by
tests/engine/test_as_one.py, and the sentence of predictive values by tests/engine/test_how_often_right.py.
"""

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from midcourse.course.choose import course_for
from midcourse.course.observed import Observed
from midcourse.evaluation.folds import balanced_folds
from midcourse.evaluation.judge import judge
from midcourse.evaluation.method import Asked
from midcourse.evaluation.methods.policy import Policy
from midcourse.evaluation.run import run
from midcourse.evaluation.tasks import default_tasks
from midcourse.evaluation.verdict import Judgement
from midcourse.review import review_caseload
from midcourse.review.one_course import review_course
from midcourse.signals import decide
from midcourse.signals.as_one import is_alert
from midcourse.signals.budget import alerts_of, sessions_of, thresholds_for
from midcourse.signals.budget_of_people import rate_of_people
from midcourse.signals.how_often_right import right_so_often
from midcourse.signals.learned import spoken, with_limits
from midcourse.signals.predictive_values import BANDS, FEWEST, PredictiveValue, PredictiveValues
from midcourse.signals.state import State
from midcourse.signals.two_stage import ALERT_BUDGET, RULE_VERSION, SOFT_BUDGET, Thresholds
from tests.clinics import PHQ_9, clinic
from tests.engine.known_course import COURSE, LOW

OFF, ON, SOFT, WORSE = State.OFF_COURSE, State.ON_COURSE, State.DRIFTING, State.RELIABLY_WORSE
PEOPLE = clinic(150, 3, clip_to_scale=True, whole_numbers=True)
TABLE = PredictiveValues(
    "ENRICHD", "CBT after a heart attack", False, "low", 6.0, RULE_VERSION, 557, (14.0, 19.0),
    (PredictiveValue(OFF, 4, "high", 41, 62), PredictiveValue(ON, 4, "high", 12, 80)),
)  # fmt: skip


@pytest.fixture(scope="module")
def judged() -> Judgement:
    tasks = default_tasks(PEOPLE, balanced_folds(PEOPLE, 3))
    return judge(run([Policy()], PEOPLE, PHQ_9, "session", tasks), draws=40)


def test_a_course_has_one_of_eight_states() -> None:
    assert {str(state) for state in State} == {
        "on course", "drifting", "off course", "reliably worse", "reached goal", "too early",
        "no recent data", "not computed",
    }  # fmt: skip


def test_drifting_comes_early_and_off_course_later() -> None:
    """After two scores a high chance is soft; only at a third can it be firm."""
    person = Observed("a", (1.0, 2.0, 3.0), (15.0, 17.0, 17.0))
    assert [decide(person.up_to(k), COURSE, LOW).state for k in (1, 2, 3)] == [State.TOO_EARLY, SOFT, OFF]


@pytest.mark.parametrize(
    ("history", "alert"),
    [
        ([ON, OFF], True),
        ([ON, WORSE], True),
        ([SOFT, OFF], True),  # soft to firm counts
        ([OFF, OFF], False),  # staying does not
        ([OFF, WORSE], False),
        ([OFF, SOFT, OFF], False),
        ([OFF, SOFT, ON, OFF], True),  # coming back counts after two scores out
        ([ON, SOFT], False),
    ],
)
def test_an_alert_is_a_change_into_off_course_or_reliably_worse(history: list[State], alert: bool) -> None:
    assert is_alert(history) is alert
    on = np.array([state in (OFF, WORSE) for state in history])
    assert alerts_of(np.zeros(len(on)), on)[-1] == alert  # the judge counts the same way


def test_the_budget_is_alerts_per_100_scored_sessions_past_too_early(judged: Judgement) -> None:
    alerts = judged.of("midcourse").published
    assert alerts is not None and alerts.per_100.value is not None
    past_too_early = sum(max(len(one.scores) - 3, 0) for one in PEOPLE if len(one.scores) > 3)
    # Sessions after the first score with two later ones; who has no room to improve is not computed.
    assert alerts.sessions <= past_too_early
    assert ALERT_BUDGET == 5.0


def test_a_persons_session_counts_once_however_many_measures_fire() -> None:
    people = [(f"c{i}", 15.0, [15.0 + (i % 9 > 5) * 7] * 5) for i in range(60)]
    rows = [(n, t, first, y) for n, (_, first, ys) in enumerate(people) for t, y in enumerate(ys)]
    person, time, first, latest = np.array(rows).T
    one = sessions_of(
        [name for name, *_ in people], person.astype(np.intp), time, first, latest, np.zeros(len(rows)), LOW
    )
    never = Thresholds(0.9, 0.9)
    assert rate_of_people([one, one], [never, never]) == rate_of_people([one], [never]) > 0


def test_soft_notices_have_their_own_count() -> None:
    assert SOFT_BUDGET != ALERT_BUDGET
    held = spoken(PEOPLE, course_for(PEOPLE, PHQ_9, "session", references=False).course, PHQ_9).sessions  # type: ignore[arg-type]
    assert held is not None
    few, many = thresholds_for(held, 5.0, 3.0), thresholds_for(held, 5.0, 9.0)
    assert many.soft < few.soft


def test_risk_never_counts_against_the_budget_nor_is_held_back_by_it(root: Path) -> None:
    """Nothing that decides a state or counts an alert knows of safety answers, and safety knows no signal."""
    signals, safety = root / "midcourse" / "signals", root / "midcourse" / "measures" / "safety.py"
    for path in signals.glob("*.py"):
        assert not [name for name in _imports(path) if "safety" in name or "conduct" in name], path
    assert not [name for name in _imports(safety) if "signals" in name or "review" in name]


def _imports(path: Path) -> list[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)] + [
        alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names
    ]


def test_thresholds_are_set_on_training_folds() -> None:
    """The limits of a fold do not move when only the clients asked about end otherwise."""
    some = PEOPLE[:60]
    one = Policy().learn(some, PHQ_9, "session")
    asked = [Asked(PEOPLE[70].up_to(3), 4.0, 6.0)]
    one.predict(asked)
    again = Policy().learn(some, PHQ_9, "session")
    assert one.course is not None and again.course is not None
    assert one.course.limits == again.course.limits is not None


def test_the_rate_reached_on_held_out_clients_is_reported_with_its_interval(judged: Judgement) -> None:
    rate = judged.of("midcourse").published
    assert rate is not None
    low, value, high = rate.per_100.low, rate.per_100.value, rate.per_100.high
    assert low is not None and value is not None and high is not None
    assert low <= value <= high
    assert low - 1.5 < ALERT_BUDGET < high + 1.5  # 150 clients settle a rate no better


def test_each_signal_states_its_numbers_in_one_sentence_with_its_rules_version() -> None:
    person = Observed("a", (1.0, 2.0, 3.0), (15.0, 17.0, 17.0))
    signal = decide(person, COURSE, LOW)
    assert signal.rule == RULE_VERSION
    said = review_course(person, "1", COURSE, LOW, "session").sentence
    for number in ("17", "15", f"about {100 * signal.now.no_improvement:.0f}"):  # type: ignore[union-attr]
        assert number in said
    assert review_caseload([], {}).rule_version == RULE_VERSION


def test_and_how_often_such_a_signal_was_right_beside_people_with_no_signal() -> None:
    """Same state, about the same number of scores, same third of intake; k of n with 95 % interval."""
    assert right_so_often(OFF, 4, "high", TABLE) == (
        "Of 62 people like this (about 4 scores in, starting high) 41 (66 of 100; 54 to 77) ended without "
        "reliable improvement, against 12 of 80 (15 of 100; 9 to 24) with no signal. "
        "From: ENRICHD, CBT after a heart attack."
    )
    assert right_so_often(OFF, 5, "high", TABLE).startswith("Of 62 people")  # 4 to 5 scores are one band
    assert BANDS == (2, 3, 4, 6, 9)


def test_below_20_it_says_not_known_yet() -> None:
    assert FEWEST == 20
    few = replace(TABLE, values=(PredictiveValue(OFF, 4, "high", 10, 19),))
    assert "not known yet" in right_so_often(OFF, 4, "high", few)
    assert "10" not in right_so_often(OFF, 4, "high", few)


def test_figures_from_a_clinic_where_people_act_on_signals_are_kept_apart() -> None:
    said = right_so_often(OFF, 4, "high", replace(TABLE, acted_on=True))
    assert "41" not in said
    assert "can look wrong" in said


def test_thresholds_are_never_learned_again_from_acted_on_signals() -> None:
    """A course that has its limits keeps them, whoever is reviewed with it afterwards."""
    course = course_for(PEOPLE[:80], PHQ_9, "session", references=False).course
    assert course is not None
    learned = with_limits([spoken(PEOPLE[:80], course, PHQ_9)])[0]
    assert learned.limits is not None
    later = with_limits([spoken(PEOPLE[80:], learned, PHQ_9)])[0]
    assert later.limits == learned.limits
