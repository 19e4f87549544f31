"""What makes an invented clinic impossible, said in whole sentences and all at once."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from midcourse.simulate.design import ClinicDesign

LOWEST = {
    "n_clients": 1,
    "n_therapists": 1,
    "age_low": 0,
    "planned_sessions": 1,
    "days_between_sessions": 1,
    "gap_jitter_days": 0,
    "start_spread_days": 0,
    "late_onset_session": 2,
    "plan_from_session": 2,
    "intake_sd": 0,
    "slope_sd": 0,
    "residual_sd": 0,
    "therapist_intercept_sd": 0,
    "therapist_slope_sd": 0,
}
CORRELATIONS = ("intercept_slope_correlation", "therapist_correlation")
SHARES = (
    "leave_after_good",
    "leave_after_bad",
    "leave_by_unseen_score",
    "leave_for_other_reasons",
    "late_responder_share",
    "domain_share_of_skill",
    "plan_share",
)
# A rate of 1 would mean that nobody ever comes again, or that an error never changes.
RATES = ("missed_session_rate", "missing_score_rate", "error_correlation")
CHOICES = {
    "axis": ("session", "week"),
    "basis": ("ln", "sqrt", "linear"),
    "times_given": ("both", "session", "day"),
}


def problems_of(design: "ClinicDesign") -> list[str]:
    """Return one sentence per thing that makes the design impossible; none where it is sound."""
    # The later rules compare numbers, so they wait until every field is of its kind.
    kinds = [*_numbers(design), *_words(design)]
    return kinds or [*_ranges(design), *_relations(design), *_switches(design)]


def _numbers(design: "ClinicDesign") -> Iterator[str]:
    for field in fields(design):
        value = getattr(design, field.name)
        if type(field.default) is int and type(value) is not int:
            yield f"{field.name} must be a whole number, not {value!r}."
        elif type(field.default) is float and not _is_finite(value):
            yield f"{field.name} must be a finite number, not {value!r}."
        elif type(field.default) is bool and type(value) is not bool:
            yield f"{field.name} must be True or False, not {value!r}."


def _is_finite(value: object) -> bool:
    return isinstance(value, int | float) and type(value) is not bool and isfinite(value)


def _words(design: "ClinicDesign") -> Iterator[str]:
    for name, choices in CHOICES.items():
        if getattr(design, name) not in choices:
            yield f"{name} must be one of {', '.join(choices)}, not {getattr(design, name)!r}."
    if not _is_name(design.measure):
        yield f"measure must be a measure's name, not {design.measure!r}."
    start: object = design.start_date
    if not isinstance(start, date | None):
        yield f"start_date must be a date or None, not {start!r}."
    domains: object = design.domains
    if not isinstance(domains, tuple) or not domains or not all(map(_is_name, domains)):
        yield f"domains must be a tuple of problem names, such as ('depression',), not {domains!r}."
    elif len(set(domains)) < len(domains):
        yield f"domains must name each problem once, not {domains!r}."


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _ranges(design: "ClinicDesign") -> Iterator[str]:
    for name, lowest in LOWEST.items():
        if getattr(design, name) < lowest:
            yield f"{name} must be at least {lowest}, not {getattr(design, name)}."
    for name in CORRELATIONS:
        if not -1 <= getattr(design, name) <= 1:
            yield f"{name} must lie between -1 and 1, not {getattr(design, name)}."
    for name in SHARES:
        if not 0 <= getattr(design, name) <= 1:
            yield f"{name} must lie between 0 and 1, not {getattr(design, name)}."
    for name in RATES:
        if not 0 <= getattr(design, name) < 1:
            yield f"{name} must be 0 or more and below 1, not {getattr(design, name)}."


def _relations(design: "ClinicDesign") -> Iterator[str]:
    if design.age_high < design.age_low:
        yield "age_high must not be below age_low."
    if not design.minimum < design.maximum:
        yield "minimum must be below maximum."
    if not design.minimum <= design.intake_mean <= design.maximum:
        yield "intake_mean must lie on the measure's scale."
    if design.intake_sd < design.residual_sd:
        yield "intake_sd must be at least residual_sd, because the intake has its error in it."
    if design.gap_jitter_days >= design.days_between_sessions:
        yield "gap_jitter_days must be below days_between_sessions, so that days only go forward."
    if design.higher_is_better != (design.good_score > design.bad_score):
        yield "good_score and bad_score must stand as the measure's direction (higher_is_better) says."


def _switches(design: "ClinicDesign") -> Iterator[str]:
    if design.whole_numbers and (design.minimum % 1 or design.maximum % 1):
        yield "whole_numbers needs a minimum and a maximum that are whole."
    if design.late_responder_share and design.late_onset_session > design.planned_sessions:
        yield "late_onset_session must not come after planned_sessions."
    if design.plan_share and design.plan_from_session > design.planned_sessions:
        yield "plan_from_session must not come after planned_sessions."
    if design.plan_effect and not design.plan_share:
        yield "plan_effect needs a plan_share above 0."
    yield from _steps(design)


def _steps(design: "ClinicDesign") -> Iterator[str]:
    if design.plan_steps and not design.plan_share:
        yield "plan_steps need a plan_share above 0."
    names = [step.name for step in design.plan_steps]
    if len(set(names)) < len(names) or not all(name and " " not in name for name in names):
        yield "plan_steps must each have a name of their own without spaces."
    if not all(0 <= step.share <= 1 and isfinite(step.effect) for step in design.plan_steps):
        yield "each of plan_steps must have a share between 0 and 1 and a finite effect."
