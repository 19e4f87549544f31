"""The true courses of invented clients, and the scores that would be seen if everyone stayed."""

import numpy as np

from midcourse.simulate.appointments import elapsed, transformed
from midcourse.simulate.design import ClinicDesign
from midcourse.simulate.people import People
from midcourse.simulate.streams import Floats, Whole, stream


def true_courses(design: ClinicDesign, who: People, day: Whole) -> Floats:
    """Return every client's course without error and before any plan, clients x sessions, in points.

    (intake_mean + u0 + v0) + (slope_mean + u1 + v1)·t, u the client's and v the therapist's effects.
    A late responder's t stays 0 up to the onset session and counts from there.
    """
    since_first = elapsed(design, day)
    onset = min(design.late_onset_session, design.planned_sessions) - 1
    since_onset = np.maximum(since_first - since_first[:, onset : onset + 1], 0.0)
    late = who.late_responder[:, None]
    t = transformed(design, np.where(late, since_onset, since_first))
    level = design.intake_mean + who.intercept + who.therapist_intercept
    slope = design.slope_mean + who.slope + who.therapist_slope
    return level[:, None] + slope[:, None] * t


def errors(design: ClinicDesign, seed: int, day: Whole) -> Floats:
    """Return the error of every score, clients x sessions, in points; its SD is residual_sd.

    corr(e_j, e_k) = error_correlation ** (days between them / days_between_sessions): AR(1) where
    sessions are evenly spaced, its form in continuous time (Ornstein-Uhlenbeck) where they are not.
    Source: Jones and Boadi-Boateng 1991, doi 10.2307/2532504.
    """
    shocks = design.residual_sd * stream(seed, "errors").standard_normal(day.shape)
    if not design.error_correlation:
        return shocks
    kept = design.error_correlation ** (np.diff(day, axis=1) / design.days_between_sessions)
    result = shocks.copy()
    for j in range(1, day.shape[1]):
        carried = kept[:, j - 1]
        result[:, j] = carried * result[:, j - 1] + np.sqrt(1 - carried**2) * shocks[:, j]
    return result


def observed(design: ClinicDesign, scores: Floats) -> Floats:
    """Return scores as the questionnaire can show them: whole, and on its scale, where the switches say."""
    if design.whole_numbers:
        # Adding 0 turns -0.0 into 0.0, which would otherwise be printed with its sign.
        scores = np.rint(scores) + 0.0
    if design.clip_to_scale:
        scores = np.clip(scores, design.minimum, design.maximum)
    return scores
