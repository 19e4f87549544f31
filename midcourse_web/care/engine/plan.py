"""Plans through the engine: frozen on the day both agree, held against that forecast at the check (ST9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from midcourse.course.course import course_from_json
from midcourse.measures.instrument import find
from midcourse.plans.frozen import FrozenForecast, freeze_on_the_day
from midcourse.plans.plan import Plan, PlannedStep, plan_from_json
from midcourse.plans.step import every_step
from midcourse.record import Episode, Score
from midcourse.signals.state import State
from midcourse_web.care.engine.course import Point


@dataclass(frozen=True)
class StepAgreed:
    """One step as two people agreed on it: from the content (`step`) or in their own words."""

    step: str
    words: str
    owner: str
    goal: str
    by: date
    expected: str


@dataclass(frozen=True)
class OutcomeShown:
    """What became of the course after a plan, in one sentence with its numbers."""

    verdict: str
    sentence: str
    label: str


def step_text(step: str, language: str = "en") -> str:
    """Return the words of a step. Raises KeyError where there is no such step."""
    return every_step(language)[step].text


def agreed_plan(
    steps: Sequence[StepAgreed],
    *,
    client_agreed: date,
    therapist_agreed: date,
    check_on: date,
    state: str,
    reason: str,
    measure: str,
    points: Sequence[Point],
    saved_course: str | None,
) -> str:
    """Return the plan as JSON, with the forecast frozen from every score up to and including today's.

    Raises ValueError, in words for the page, where something is missing or a day lies where it cannot.
    """
    agreed_on = max(client_agreed, therapist_agreed)
    plan = Plan(
        steps=tuple(_step(one) for one in steps),
        agreed_by={"client": _day(client_agreed), "therapist": _day(therapist_agreed)},
        check_on=_day(check_on),
        state=State(state) if state else None,
        reason=reason or None,
        forecast=_frozen(measure, points, saved_course, agreed_on),
    )
    return plan.to_json()


def check_steps(steps: Sequence[StepAgreed]) -> None:
    """Raise ValueError, saying what is missing, where a step cannot stand in a plan."""
    for one in steps:
        _step(one)


def outcome(saved_plan: str, episode: str, measure: str, points: Sequence[Point]) -> OutcomeShown | None:
    """Hold the scores after a plan against its frozen forecast; None where no forecast was frozen."""
    found = plan_from_json(saved_plan).outcome(_episode(episode, measure, points))
    return None if found is None else OutcomeShown(found.verdict, found.sentence, found.label)


def _step(one: StepAgreed) -> PlannedStep:
    return PlannedStep(one.step, one.words, one.owner, one.goal, _day(one.by), one.expected)  # type: ignore[arg-type]


def _day(day: date) -> float:
    return float(day.toordinal())


def _episode(episode: str, measure: str, points: Sequence[Point]) -> Episode:
    scores = (Score(measure, one.value, session=one.session, day=_day(one.at.date())) for one in points)
    return Episode(episode, tuple(scores))


def _frozen(measure: str, points: Sequence[Point], saved: str | None, on: date) -> FrozenForecast | None:
    if saved is None or not points:
        return None
    course = course_from_json(saved)
    episode = _episode("1", measure, [one for one in points if one.at.date() <= on])
    try:
        return freeze_on_the_day(course, find(measure).scale, episode, _day(on))
    except ValueError:
        # No score on the course's clock: the plan holds, and nothing is said of its outcome later.
        return None
