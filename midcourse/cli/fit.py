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
    from midcourse.course.basis import Axis
    from midcourse.course.course import Course
    from midcourse.course.observed import Observed
    from midcourse.measures import Scale

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
    direction: Direction = "higher-is-worse",
    reliable_change: Reliable = None,
    cutoff: CutOff = None,
    step: Step = 1.0,
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
    from midcourse.cli.review import read, scales_for
    from midcourse.cli.screen import refuse
    from midcourse.course.observed import choose_axis, observe

    scale = scale_of(measure, minimum, maximum, direction, reliable_change, cutoff, step)
    reading = read(table, mapping_of(map), measure, scale, strict=strict, allow=allow)
    measures = reading.measures()
    if len(measures) != 1:
        raise refuse(f"The table has {', '.join(measures) or 'no measure'}; choose one with --measure.")
    episodes = list(reading.episodes)
    axis = choose_axis(episodes, measures[0])
    if axis is None:
        raise refuse("Most scores have neither a session number nor a date; give one with --map.")
    found = [observe(e, measures[0], axis, whole_weeks=whole_weeks) for e in episodes]
    people = [one for one in found if one is not None]
    course = _fitted(people, scales_for(reading, scale)[measures[0]], axis, basis)
    _show(course)
    if therapists:
        _show_therapists(people, course)
    if out is not None:
        _save(course, out)


def _fitted(people: "list[Observed]", scale: "Scale", axis: "Axis", basis: str | None) -> "Course":
    from midcourse.cli.screen import progress, refuse
    from midcourse.course.basis import parse_basis
    from midcourse.course.calibrate import calibrated_course
    from midcourse.course.expect import expected_course

    try:
        chosen = parse_basis(basis) if basis is not None else None
        with progress("Fitting") as tell:
            course = expected_course(people, scale.measure, axis, basis=chosen)
            tell(0.3)
            return calibrated_course(
                course,
                people,
                scale,
                lambda some: expected_course(some, scale.measure, axis, basis=course.basis),
            )
    except ValueError as problem:
        raise refuse(str(problem)) from None


def _show(course: "Course") -> None:
    from midcourse.cli.screen import console, plain_table

    screen = console()
    history = course.history
    parameters = course.parts[0][1]
    table = plain_table(f"Expected course of {course.measure}, by {course.basis.name}", "", *_columns(course))
    names = ("at the mean intake", "per point of intake")
    for name, row in zip(names, parameters.beta, strict=False):
        table.add_row(name, *(f"{value:.4f}" for value in row))
    for name, row in zip(
        ("random: level", "random: time", "random: time squared"), parameters.random_cov, strict=False
    ):
        table.add_row(f"{name} (variances)", *(f"{value:.4f}" for value in row))
    screen.print(table)
    screen.print(
        f"Residual variance {parameters.residual:.4f}; {history['clients']} clients, "
        f"{history['outcome_scores']} later scores, {history['clients_with_one_score']} clients with one score; "
        f"REML criterion {history['criterion']:.4f}, Newton decrement {history['newton_decrement']:.1e}"
        f"{', SINGULAR' if history['singular'] else ''}."
    )
    corrected = (
        "cross-fitted correction" if course.recalibration else "no correction (fewer than 100 clients)"
    )
    screen.print(
        f"Forecasts: {corrected}; log-likelihoods by bend: {history['log_likelihood_by_bend'] or 'one basis'}."
    )


def _columns(course: "Course") -> tuple[str, ...]:
    return ("level", "time", "time squared")[: course.basis.width]


def _show_therapists(people: "list[Observed]", course: "Course") -> None:
    from midcourse.cli.screen import console, refuse
    from midcourse.course.nested import fit_within_therapists

    try:
        nested = fit_within_therapists(people, course)
    except ValueError as problem:
        raise refuse(str(problem)) from None
    console().print(
        f"Clients within {nested.therapists} therapists: SD between therapists {nested.level_sd:.3f} in level, "
        f"{nested.time_sd:.3f} in time; {100 * nested.share:.1f} % of the variance in level between clients; "
        f"REML criterion {nested.fit.criterion:.4f}{', SINGULAR' if nested.fit.singular else ''}."
    )


def _save(course: "Course", out: Path) -> None:
    import os

    from midcourse.cli.screen import errors, refuse

    beside = out.with_name(f".{out.name}.part")
    try:
        beside.write_text(course.to_json(), "utf-8")
        os.replace(beside, out)
    except OSError as problem:
        beside.unlink(missing_ok=True)
        raise refuse(f"{out} cannot be written: {problem.strerror}. Choose another place.") from None
    errors().print(f"Course saved: {out.resolve()}", markup=False)
