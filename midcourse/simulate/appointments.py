"""When the sessions of an invented clinic are, and at which of them a score is given."""

import numpy as np

from midcourse.simulate.design import ClinicDesign
from midcourse.simulate.streams import Flags, Floats, Whole, stream


def days(design: ClinicDesign, seed: int) -> Whole:
    """Return the day of every planned session, clients x sessions; the first is day 0.

    A missed session lets the days go on and leaves the number of the next session as it was.
    """
    shape = (design.n_clients, design.planned_sessions - 1)
    usual, jitter = design.days_between_sessions, design.gap_jitter_days
    gaps = stream(seed, "gaps").randint(usual - jitter, usual + jitter + 1, shape, dtype=np.int64)
    come = stream(seed, "missed sessions").geometric(1 - design.missed_session_rate, shape)
    first = np.zeros((design.n_clients, 1), dtype=np.int64)
    return np.hstack([first, np.cumsum(gaps + usual * (come - 1), axis=1, dtype=np.int64)])


def scored(design: ClinicDesign, seed: int) -> Flags:
    """Say at which planned sessions the questionnaire is filled in, clients x sessions.

    The first always is, because it is the intake.
    """
    shape = (design.n_clients, design.planned_sessions)
    filled = stream(seed, "missing scores").uniform(size=shape) >= design.missing_score_rate
    filled[:, 0] = True
    return filled


def elapsed(design: ClinicDesign, day: Whole) -> Floats:
    """Return the time since the first score on the design's axis: sessions, or weeks."""
    if design.axis == "week":
        return day / 7.0
    return np.broadcast_to(np.arange(day.shape[1], dtype=np.float64), day.shape)


def transformed(design: ClinicDesign, since_first: Floats) -> Floats:
    """Return t of the model: ln(1 + x), sqrt(x) or x, x being sessions or weeks since the first score."""
    if design.basis == "ln":
        return np.log(1.0 + since_first)
    return np.sqrt(since_first) if design.basis == "sqrt" else since_first
