"""Options that several commands share, and how they become what the engine takes."""

from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from midcourse.measures import Scale

TableFile = Annotated[Path, typer.Argument(help="A table of scores: CSV, Excel (.xlsx) or Parquet.")]
Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="ROLE=COLUMN",
        help="Correct a guessed column, for example --map client_id=PatNo. May be given several times.",
    ),
]
MeasureName = Annotated[
    str | None, typer.Option("--measure", help="The measure, where the file does not say, or only this one.")
]
Minimum = Annotated[float | None, typer.Option("--min", help="Lowest score of a measure we do not know.")]
Maximum = Annotated[float | None, typer.Option("--max", help="Highest score of a measure we do not know.")]
Direction = Annotated[
    str | None,
    typer.Option(
        "--direction",
        metavar="WHICH",
        help="Of a measure we do not know: higher-is-worse (taken where not given) or higher-is-better.",
    ),
]
Reliable = Annotated[
    float | None, typer.Option("--reliable-change", help="Points from which a change counts as reliable.")
]
CutOff = Annotated[float | None, typer.Option("--cutoff", help="Score at which a person counts as a case.")]
Step = Annotated[
    float | None, typer.Option("--step", help="Smallest difference between two scores; 1 where not given.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse the file for any row with a problem.")]
Allow = Annotated[bool, typer.Option("--allow", help="Keep odd rows where the model can use them.")]

GIVEN = "given on the command line"
MOST_SCORES = 10_000  # a forecast holds a probability for each
DIRECTIONS = ("higher-is-worse", "lower-is-better", "higher-is-better", "lower-is-worse")


def mapping_of(pairs: list[str] | None) -> dict[str, str]:
    """Return role-to-column pairs from ``role=column`` words.

    Raises typer.BadParameter where a word has no equals sign.
    """
    found = {}
    for pair in pairs or []:
        role, equals, column = pair.partition("=")
        if not equals:
            raise typer.BadParameter(f"{pair!r} is not ROLE=COLUMN, for example client_id=PatNo.")
        found[role.strip()] = column.strip()
    return found


def scale_of(
    table: Path,
    map: list[str] | None,
    measure: str | None,
    minimum: float | None,
    maximum: float | None,
    direction: str | None,
    reliable: float | None,
    cutoff: float | None,
    step: float | None,
) -> "Scale | None":
    """Return the scale that the bare options describe, or None where none was asked for.

    With a measure we know, the options replace its numbers in force and the rest stays. Without
    --measure they describe the one measure that the table's measure column names, if it is one.
    Raises typer.BadParameter, with the mend, where they describe no scale.
    """
    from midcourse.measures import Cutoff, ReliableChange

    numbers = (minimum, maximum, reliable, cutoff, step)
    if direction is None and all(number is None for number in numbers):
        return None
    _check(direction, reliable, [number for number in numbers if number is not None])
    if measure is None:
        from midcourse.tables.named import only_measure

        measure = only_measure(table, mapping_of(map))
    changed: dict[str, Any] = {"minimum": minimum, "maximum": maximum, "step": step}
    if direction is not None:
        changed["higher_is_better"] = direction in DIRECTIONS[2:]
    if reliable is not None:
        changed["reliable_change"] = ReliableChange(reliable, GIVEN)
    if cutoff is not None:
        changed["caseness"] = Cutoff(cutoff, GIVEN)
    return _scale(measure, {name: value for name, value in changed.items() if value is not None})


def _check(direction: str | None, reliable: float | None, numbers: list[float]) -> None:
    if direction is not None and direction not in DIRECTIONS:
        raise typer.BadParameter(f"--direction is {DIRECTIONS[0]} or {DIRECTIONS[2]}, not {direction!r}.")
    if not all(isfinite(number) for number in numbers):
        raise typer.BadParameter("--min, --max, --reliable-change, --cutoff and --step are ordinary numbers.")
    if reliable is not None and reliable <= 0:
        raise typer.BadParameter(f"--reliable-change is above 0, not {reliable:g}.")


def _scale(measure: str | None, changed: dict[str, Any]) -> "Scale":
    from dataclasses import replace

    from midcourse.measures import Scale, UnknownInstrument, find

    try:
        base = find(measure).scale if measure is not None else None
    except UnknownInstrument:
        base = None
    try:
        scale = replace(base, **changed) if base is not None else Scale(**_named(measure), **changed)
    except TypeError:
        raise typer.BadParameter("A measure we do not know needs both --min and --max.") from None
    except ValueError as problem:
        raise typer.BadParameter(f"{problem} See --min, --max and --step.") from None
    if base is not None and scale.higher_is_better != base.higher_is_better:
        raise typer.BadParameter(f"{base.title} runs the other way; leave --direction out.")
    if (scale.maximum - scale.minimum) / scale.step > MOST_SCORES:
        raise typer.BadParameter(
            f"From --min to --max are more than {MOST_SCORES:,} steps; give a larger --step."
        )
    return scale


def _named(measure: str | None) -> dict[str, Any]:
    name = measure or "score"
    return {"measure": name, "title": name}
