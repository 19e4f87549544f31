"""What shall we try next, together? Steps, plans, and whether a plan bent the course.

The door for a program that keeps plans: freeze a forecast on the day (`freeze_on_the_day`), keep a `Plan`
as JSON, ask `Plan.outcome` at its check, and later `learn` which steps were followed by a better course.
"""

from midcourse.plans.frozen import FrozenForecast, freeze_on_the_day, frozen_from_json
from midcourse.plans.outcome import PlanOutcome, Verdict
from midcourse.plans.placebo import PlaceboRate, PlaceboRates, placebo_from_json
from midcourse.plans.plan import Plan, PlannedStep, plan_from_json

__all__ = [
    "FrozenForecast",
    "PlaceboRate",
    "PlaceboRates",
    "Plan",
    "PlanOutcome",
    "PlannedStep",
    "Verdict",
    "freeze_on_the_day",
    "frozen_from_json",
    "placebo_from_json",
    "plan_from_json",
]
