"""`midcourse placebo`: how often a plan that does nothing would look as if it had helped (ST9)."""

from collections.abc import Sequence
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
    from midcourse.plans import PlaceboRates

Out = Annotated[Path | None, typer.Option("--out", help="Save the rates here as JSON.")]
DataSet = Annotated[str | None, typer.Option("--data-set", help="What to call this table beside its rates.")]
Setting = Annotated[
    str,
    typer.Option(
        "--setting", help="Who was seen there, in words: 'CBT for depression, nobody acted on signals'."
    ),
]
Folds = Annotated[int, typer.Option("--folds", min=2, help="Groups of people; each is judged by the others.")]


def placebo(
    table: TableFile,
    out: Out = None,
    data_set: DataSet = None,
    setting: Setting = "its setting was not named",
    folds: Folds = 10,
    measure: MeasureName = None,
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
    """Count how often a plan that does nothing would look as if it had helped.

    Take finished courses of people who had no plan. Each person gets an invented plan at the first score in
    a state, and the scores up to its check are held against the forecast frozen then, by a course learned on
    other people. The bounds are set so that one in ten looks better than expected; the rate stands beside
    every outcome of a real plan.

    Example:

      midcourse placebo scores.csv --measure phq-9 --setting "CBT for depression" --out placebo.json
    """
    from midcourse.cli.fit import people_of
    from midcourse.cli.place import check_place, say_written, write_whole
    from midcourse.cli.review import read, scales_for
    from midcourse.cli.screen import progress, refuse
    from midcourse.evaluation.placebo import invented_plans, placebo_rates

    check_place(out, table)
    scale = scale_of(table, map, measure, minimum, maximum, direction, reliable_change, cutoff, step)
    reading = read(table, mapping_of(map), measure, scale, strict=strict, allow=allow)
    followed = _one(reading.measures())
    people, axis = people_of(reading, followed, None, False)
    in_force = scales_for(reading, scale)[followed]
    try:
        with progress("Inventing plans") as tell:
            plans = invented_plans(people, in_force, axis, folds=folds, progress=tell)
        found = placebo_rates(plans, in_force, data_set=data_set or table.name, setting=setting)
    except ValueError as problem:
        raise refuse(str(problem)) from None
    _show(found)
    if out is not None:
        write_whole(out, found.to_json())
        say_written("Placebo rates saved", out)


def _show(found: "PlaceboRates") -> None:
    from midcourse.cli.screen import console, print_table, say
    from midcourse.plans.placebo import FEWEST

    rows = [
        (
            one.state.value if one.state else "first alarm",
            str(one.n),
            f"{one.lower:.2f} to {one.upper:.2f}",
            f"{100 * one.share:.1f} ({100 * one.interval[0]:.1f} to {100 * one.interval[1]:.1f})",
            f"{100 * one.worse / one.n:.1f}",
        )
        for one in found.rates
    ]
    columns = ("plan made when", "people", "bounds (SD)", "% bent by chance", "% worse by chance")
    print_table(f"{found.measure}: plans that do nothing ({found.data_set}, {found.setting})", columns, rows)
    say(
        console(),
        f"Counted on people who had no part in setting the bounds. States with under {FEWEST} people borrow "
        "the bounds of all first alarms. Not clinically validated.",
    )


def _one(measures: Sequence[str]) -> str:
    from midcourse.cli.screen import refuse

    if len(measures) != 1:
        raise refuse(f"The table has {', '.join(measures) or 'no measure'}; choose one with --measure.")
    return measures[0]
