"""Options that several commands share, and how they become what the engine takes."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    str, typer.Option("--direction", help="Which way is worse: higher-is-worse or higher-is-better.")
]
Reliable = Annotated[
    float | None, typer.Option("--reliable-change", help="Points from which a change counts as reliable.")
]
CutOff = Annotated[float | None, typer.Option("--cutoff", help="Score at which a person counts as a case.")]
Step = Annotated[float, typer.Option("--step", help="Smallest difference between two scores of the measure.")]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse the file for any row with a problem.")]
Allow = Annotated[bool, typer.Option("--allow", help="Keep odd rows where the model can use them.")]

DIRECTIONS = ("higher-is-worse", "higher-is-better")


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
    measure: str | None,
    minimum: float | None,
    maximum: float | None,
    direction: str,
    reliable: float | None,
    cutoff: float | None,
    step: float,
) -> "Scale | None":
    """Return the scale that the bare options describe, or None where none was asked for.

    With a measure we know, the options replace its numbers in force and the rest stays.
    Raises typer.BadParameter where an end is missing or the direction is not one of two words.
    """
    if direction not in DIRECTIONS:
        raise typer.BadParameter(f"--direction is {' or '.join(DIRECTIONS)}, not {direction!r}.")
    if minimum is None and maximum is None and reliable is None and cutoff is None:
        return None
    return _asked_scale(measure, minimum, maximum, direction == DIRECTIONS[1], reliable, cutoff, step)


def _asked_scale(
    measure: str | None,
    minimum: float | None,
    maximum: float | None,
    better: bool,
    reliable: float | None,
    cutoff: float | None,
    step: float,
) -> "Scale":
    from dataclasses import replace

    from midcourse.measures import Cutoff, ReliableChange, Scale, UnknownInstrument, find

    base: Scale | None = None
    if measure is not None:
        try:
            base = find(measure).scale
        except UnknownInstrument:
            base = None
    if base is None:
        if minimum is None or maximum is None:
            raise typer.BadParameter("A measure we do not know needs both --min and --max.")
        name = measure or "score"
        base = Scale(name, name, minimum, maximum, better, step=step)
    low = base.minimum if minimum is None else minimum
    high = base.maximum if maximum is None else maximum
    base = replace(base, minimum=low, maximum=high)
    if reliable is not None:
        base = replace(base, reliable_change=ReliableChange(reliable, "given on the command line"))
    if cutoff is not None:
        base = replace(base, caseness=Cutoff(cutoff, "given on the command line"))
    return base
