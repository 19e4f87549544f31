"""Who makes a plan in an invented clinic, when, and what it truly does (by default nothing)."""

import numpy as np

from midcourse.simulate.design import ClinicDesign
from midcourse.simulate.streams import Flags, Floats, Whole, stream


def plan_sessions(design: ClinicDesign, seed: int, scores: Floats, seen: Flags) -> Whole:
    """Return the number of the session at which each client makes a plan, 0 where there is none.

    The alarm is the first seen score, from session `plan_from_session` on, that is not at least
    `plan_alarm_points` better than the first score; of those with an alarm `plan_share` make a plan.
    """
    better = scores - scores[:, :1] if design.higher_is_better else scores[:, :1] - scores
    alarm = seen & (better < design.plan_alarm_points)
    alarm[:, : design.plan_from_session - 1] = False
    willing = stream(seed, "plans").uniform(size=len(scores)) < design.plan_share
    return np.where(willing & alarm.any(axis=1), alarm.argmax(axis=1) + 1, 0).astype(np.int64)


def with_plans(design: ClinicDesign, courses: Floats, plan_session: Whole) -> Floats:
    """Return the courses, each `plan_effect` points better at every session after its plan."""
    number = np.arange(1, courses.shape[1] + 1)
    after = (plan_session[:, None] > 0) & (number > plan_session[:, None])
    points = design.plan_effect if design.higher_is_better else -design.plan_effect
    return courses + points * after
