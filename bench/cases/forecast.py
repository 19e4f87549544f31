"""Forecasts for one client in plain Python, from the running sums: python -m bench.cases.forecast."""

import sys
from time import process_time
from typing import Any

from bench.cases.measured import measured
from midcourse.course.basis import Basis
from midcourse.course.course import Course, Parameters
from midcourse.course.forecast import Forecast, forecast, seen
from midcourse.course.observed import Observed
from midcourse.measures.scale import Cutoff, ReliableChange, Scale

TIMES = 2000
# Invented numbers of a plausible size; the arithmetic takes as long whatever they are.
PARAMETERS = Parameters(
    beta=((12.0, -2.0), (0.8, -0.15)),
    beta_cov=(
        (0.04, -0.01, 0.0, 0.0),
        (-0.01, 0.02, 0.0, 0.0),
        (0.0, 0.0, 0.003, -0.001),
        (0.0, 0.0, -0.001, 0.002),
    ),
    random_cov=((9.0, -0.8), (-0.8, 2.0)),
    residual=10.0,
)
COURSE = Course("phq9", Basis("ln", "session"), "intake once", 15.0, ((1.0, PARAMETERS),), 12.0)
SCALE = Scale(
    "phq9", "PHQ-9", 0, 27, reliable_change=ReliableChange(6, "invented"), caseness=Cutoff(10, "invented")
)
CLIENT = Observed("c", (1.0, 2.0, 3.0, 4.0, 5.0, 6.0), (18.0, 17.0, 15.0, 16.0, 13.0, 12.0))


def statements(found: Forecast) -> tuple[object, ...]:
    """Return what a screen shows: mean, interval and the chances of three events."""
    predictive = found.predictive
    return (
        predictive.mean(),
        predictive.interval(0.8),
        predictive.reliable_improvement(18.0),
        predictive.reliable_deterioration(18.0),
        predictive.below_caseness(),
    )


def one_forecast() -> dict[str, Any]:
    """Return microseconds for a forecast, and for a forecast with all that is said from it."""
    so_far = seen(COURSE, CLIENT)
    start = process_time()
    for _ in range(TIMES):
        forecast(COURSE, SCALE, so_far, 10.0)
    middle = process_time()
    for _ in range(TIMES):
        statements(forecast(COURSE, SCALE, so_far, 10.0))
    end = process_time()
    heavy = [name for name in ("numpy", "scipy") if name in sys.modules]
    return {
        "forecast_us": (middle - start) / TIMES * 1e6,
        "with_us": (end - middle) / TIMES * 1e6,
        "loaded": heavy,
    }


if __name__ == "__main__":
    measured(one_forecast, one_forecast)
