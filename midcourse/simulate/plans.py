"""Who makes a plan in an invented clinic, when, with which steps, and what it truly does (by default nothing)."""

from dataclasses import dataclass

import numpy as np

from midcourse.simulate.design import ClinicDesign
from midcourse.simulate.streams import Flags, Floats, Whole, Words, stream


@dataclass(frozen=True, slots=True, eq=False)
class Plans:
    """One entry per client: the session of the plan (0 where none), its steps, and what it truly does.

    `steps` are their names with a space between; `points` is what is added to the score at every later
    session, signed on the measure's own scale.
    """

    session: Whole
    steps: Words
    points: Floats


def plans(design: ClinicDesign, seed: int, scores: Floats, seen: Flags) -> Plans:
    """Return everybody's plan.

    The alarm is the first seen score, from session `plan_from_session` on, that is not at least
    `plan_alarm_points` better than the first score; of those with an alarm `plan_share` make a plan.
    """
    better = scores - scores[:, :1] if design.higher_is_better else scores[:, :1] - scores
    alarm = seen & (better < design.plan_alarm_points)
    alarm[:, : design.plan_from_session - 1] = False
    willing = stream(seed, "plans").uniform(size=len(scores)) < design.plan_share
    made = willing & alarm.any(axis=1)
    session = np.where(made, alarm.argmax(axis=1) + 1, 0).astype(np.int64)
    given = _given(design, seed, scores[np.arange(len(scores)), session - 1]) & made[:, None]
    effect = given @ np.array([one.effect for one in design.plan_steps], dtype=np.float64)
    sign = 1.0 if design.higher_is_better else -1.0
    # Adding 0 turns -0.0 into 0.0, which would otherwise be printed with its sign.
    points = np.where(made, sign * (design.plan_effect + effect), 0.0) + 0.0
    names = np.array([" ".join(np.array(_names(design))[row]) for row in given], dtype="U80")
    return Plans(session, names, points)


def _names(design: ClinicDesign) -> list[str]:
    return [one.name for one in design.plan_steps]


def _given(design: ClinicDesign, seed: int, score: Floats) -> Flags:
    """Say which steps stand in each plan, clients x steps, were every client to make one."""
    drawn = stream(seed, "plan steps").uniform(size=(len(score), len(design.plan_steps)))
    given: Flags = drawn < np.array([one.share for one in design.plan_steps])
    badly = score <= design.bad_score if design.higher_is_better else score >= design.bad_score
    worst = np.array([one.given_to == "worst off" for one in design.plan_steps], dtype=np.bool_)
    return given & (badly[:, None] | ~worst)


def with_plans(courses: Floats, made: Plans) -> Floats:
    """Return the courses, each with its plan's points at every session after the plan."""
    number = np.arange(1, courses.shape[1] + 1)
    after = (made.session[:, None] > 0) & (number > made.session[:, None])
    return courses + made.points[:, None] * after


def kept(made: Plans, still_there: Flags) -> Plans:
    """Return only the plans of those who were still there to make one."""
    return Plans(
        np.where(still_there, made.session, 0),
        np.where(still_there, made.steps, ""),
        np.where(still_there, made.points, 0.0),
    )
