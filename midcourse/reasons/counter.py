"""What speaks against a reason: one small test per id of the content files."""

from collections.abc import Callable, Mapping

from midcourse.reasons.approaches import uses_tasks
from midcourse.reasons.evidence import Evidence
from midcourse.reasons.findings.course import sessions_so_far

Test = Callable[[Evidence, Mapping[str, float]], bool]
GOOD = 3  # "a lot" or more
AGREED = 8.0  # of 10
LATELY = 8.0  # weeks
STRONG = 3.0  # points of another reason
FEW = 4  # sessions


def _high_and_said_so(one: Evidence, others: Mapping[str, float]) -> bool:
    asked = [one.answer("C-ALL-1"), one.answer("C-ALL-2")]
    return one.has("D-ALL-HIGH") and all(value is not None and value >= GOOD for value in asked)


def _agree(one: Evidence, others: Mapping[str, float]) -> bool:
    goals = one.history.goals
    both = () if goals is None else (goals.client, goals.therapist)
    return bool(both) and all(rating is not None and rating >= AGREED for rating in both)


def _oriented(one: Evidence, others: Mapping[str, float]) -> bool:
    return one.history.orientation_done is True and one.answer("C-EXP-1") in (0, 1)


def _no_tasks(one: Evidence, others: Mapping[str, float]) -> bool:
    tasks, treatment = one.history.homework, one.history.treatment
    return tasks is not None and tasks.wanted is False and bool(treatment) and not uses_tasks(treatment)


def _covered(one: Evidence, others: Mapping[str, float]) -> bool:
    return one.history.calendar is not None and one.history.calendar.leave_covered


def _reviewed(one: Evidence, others: Mapping[str, float]) -> bool:
    note = one.history.medication
    weeks = None if note is None else note.weeks_since_review
    return weeks is not None and weeks <= LATELY


def _trauma_work(one: Evidence, others: Mapping[str, float]) -> bool:
    return one.history.trauma_work is True and not one.has("D-NOT", "D-FLAT", "D-WORSE")


def _direction(one: Evidence, others: Mapping[str, float]) -> bool:
    return max(others.get("alliance-rupture", 0.0), others.get("goal-disagreement", 0.0)) >= STRONG


TESTS: Mapping[str, Test] = {
    "not-on-course": lambda one, others: one.has("D-NOT", "D-WORSE"),
    "alliance-high-and-said-so": _high_and_said_so,
    "both-agree-on-goals": _agree,
    "orientation-done": _oriented,
    "tasks-not-part": _no_tasks,
    "planned-leave-with-cover": _covered,
    "specialist-supervision": lambda one, others: one.history.specialist_supervision is True,
    "under-four-sessions": lambda one, others: 0 < sessions_so_far(one.situation) < FEW,
    "direction-in-doubt": _direction,
    "trauma-work-on-course": _trauma_work,
    "reviewed-lately": _reviewed,
}
