"""`midcourse fit`: fit the expected course of one measure, show it, and save it as readable JSON."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from midcourse.cli.asked import (
    Allow,
    CutOff,
    Direction,
    Map,
    Maximum,
    MeasureName,
    Minimum,
    Reliable,
    Step,
    Strict,
    TableFile,
    mapping_of,
    scale_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from midcourse.course.basis import Axis, Basis
    from midcourse.course.course import Course
    from midcourse.course.observed import Observed
    from midcourse.measures import Scale
    from midcourse.tables import Reading

Out = Annotated[Path | None, typer.Option("--out", help="Save the course here, for `review --course`.")]
BasisName = Annotated[
    str | None,
    typer.Option(
        "--basis", help="A time basis such as 'ln session, 2 random'; chosen by likelihood if not given."
    ),
]
Therapists = Annotated[
    bool, typer.Option("--therapists", help="Also fit clients within therapists, and show what that changes.")
]


def fit(
    table: TableFile,
    measure: MeasureName = None,
    out: Out = None,
    basis: BasisName = None,
    therapists: Therapists = False,
    whole_weeks: Annotated[bool, typer.Option("--whole-weeks", help="Round weeks to whole weeks.")] = False,
    map: Map = None,
    minimum: Minimum = None,
    maximum: Maximum = None,
    direction: Direction = None,
    reliable_change: Reliable = None,
    cutoff: CutOff = None,
    step: Step = None,
    strict: Strict = False,
    allow: Allow = False,
) -> None:
    """Fit the course one would expect on a measure, by REML, and save it.

    Intake enters once, as a covariate; outcome rows start at the second score. Forecasts are corrected
    by cross-fitting from 100 clients on.

    Examples:

      midcourse fit scores.csv --measure phq-9 --out phq9.json

      midcourse review new.csv --course phq9.json
    """
    from midcourse.cli.place import check_place, say_written, write_whole
    from midcourse.cli.review import read, scales_for
    from midcourse.cli.screen import refuse

    check_place(out, table)
    scale = scale_of(table, map, measure, minimum, maximum, direction, reliable_change, cutoff, step)
    reading = read(table, mapping_of(map), measure, scale, strict=strict, allow=allow)
    measures = reading.measures()
    if len(measures) != 1:
        raise refuse(f"The table has {', '.join(measures) or 'no measure'}; choose one with --measure.")
    chosen = _chosen(basis)
    people, axis = people_of(reading, measures[0], chosen, whole_weeks)
    in_force = scales_for(reading, scale)[measures[0]]
    course = _fitted(people, in_force, axis, chosen)
    _show(course, in_force)
    if therapists:
        _show_therapists(people, course)
    if out is not None:
        write_whole(out, course.to_json())
        say_written("Course saved", out)


def people_of(
    reading: "Reading", measure: str, chosen: "Basis | None", whole_weeks: bool
) -> "tuple[list[Observed], Axis]":
    """Return the clients' scores on the basis's clock, or on the one that the scores allow."""
    from midcourse.cli.screen import refuse
    from midcourse.course.observed import choose_axis, observe

    episodes = list(reading.episodes)
    axis = chosen.axis if chosen else choose_axis(episodes, measure)
    if axis is None:
        raise refuse("Most scores have neither a session number nor a date; give one with --map.")
    found = [observe(e, measure, axis, whole_weeks=whole_weeks) for e in episodes]
    return [one for one in found if one is not None], axis


def _chosen(basis: str | None) -> "Basis | None":
    from midcourse.cli.screen import refuse
    from midcourse.course.basis import parse_basis

    try:
        return None if basis is None else parse_basis(basis)
    except ValueError as problem:
        raise refuse(str(problem)) from None


def _fitted(people: "list[Observed]", scale: "Scale", axis: "Axis", basis: "Basis | None") -> "Course":
    from midcourse.cli.screen import progress, refuse
    from midcourse.course.calibrate import calibrated_course
    from midcourse.course.choose import with_rates
    from midcourse.course.expect import expected_course
    from midcourse.signals.learned import spoken, with_limits

    try:
        with progress("Fitting") as tell:
            course = expected_course(people, scale.measure, axis, basis=basis)
            tell(0.3)
            course = calibrated_course(
                course,
                people,
                scale,
                lambda some: expected_course(some, scale.measure, axis, basis=course.basis),
            )
            course = with_rates(course, people, scale)
            tell(0.8)
            return with_limits([spoken(people, course, scale)])[0]
    except ValueError as problem:
        raise refuse(str(problem)) from None


def _show(course: "Course", scale: "Scale") -> None:
    from midcourse.cli.screen import console, print_table, say
    from midcourse.signals.thresholds import in_words

    parameters = course.parts[0][1]
    fixed = ("at the mean intake", "per point of intake")
    random = ("random: level", "random: time", "random: time squared")
    rows = [[name, *_numbers(row)] for name, row in zip(fixed, parameters.beta, strict=False)]
    for name, row in zip(random, parameters.random_cov, strict=False):
        blank = [""] * (course.basis.width - len(row))
        rows.append([f"{name} (variances)", *_numbers(row), *blank])
    title = f"Expected course of {course.measure}, by {course.basis.name}"
    print_table(title, ("", *_columns(course)), rows)
    limits = (in_words(course, scale),) if scale.reliable_change else ()
    for line in (*_came_about(course), *limits):
        say(console(), line)


def _numbers(row: "Iterable[float]") -> list[str]:
    return [f"{value:.4f}" for value in row]


def _came_about(course: "Course") -> tuple[str, str]:
    history = course.history
    singular = ", SINGULAR" if history["singular"] else ""
    corrected = (
        "cross-fitted correction" if course.recalibration else "no correction (fewer than 100 clients)"
    )
    by_bend = ", ".join(f"{bend} {value}" for bend, value in history["log_likelihood_by_bend"].items())
    return (
        f"Residual variance {course.parts[0][1].residual:.4f}; {history['clients']} clients, "
        f"{history['outcome_scores']} later scores, {history['clients_with_one_score']} clients with one score; "
        f"REML criterion {history['criterion']:.4f}, Newton decrement {history['newton_decrement']:.1e}{singular}.",
        f"Forecasts: {corrected}; log-likelihood by time basis: {by_bend or 'only one was asked for'}.",
    )


def _columns(course: "Course") -> tuple[str, ...]:
    return ("level", "time", "time squared")[: course.basis.width]


def _show_therapists(people: "list[Observed]", course: "Course") -> None:
    from midcourse.cli.screen import console, refuse, say
    from midcourse.course.nested import fit_within_therapists

    try:
        nested = fit_within_therapists(people, course)
    except ValueError as problem:
        raise refuse(str(problem)) from None
    say(
        console(),
        f"Clients within {nested.therapists} therapists: SD between therapists {nested.level_sd:.3f} in level, "
        f"{nested.time_sd:.3f} in time; {100 * nested.share:.1f} % of the variance in level between clients; "
        f"REML criterion {nested.fit.criterion:.4f}{', SINGULAR' if nested.fit.singular else ''}.",
    )
