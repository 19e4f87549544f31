"""`midcourse score`: item answers in, totals out, with how missing items were handled."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from midcourse.cli.asked import Allow, Map, MeasureName, Strict, TableFile, mapping_of

if TYPE_CHECKING:
    from midcourse.tables import Reading

Out = Annotated[Path | None, typer.Option("--out", help="Write the scores to this CSV file.")]
HEAD = ("client_id", "episode_id", "measure", "session", "day", "score", "n_answered", "missing", "band")


def score(
    table: TableFile,
    out: Out = None,
    measure: MeasureName = None,
    map: Map = None,
    strict: Strict = False,
    allow: Allow = False,
) -> None:
    """Score a table of item answers, or check a table of totals.

    Every score says how many items were answered and whether some were estimated. Safety items are
    never estimated.

    Examples:

      midcourse score answers.csv --out scores.csv

      midcourse score wide.xlsx --measure phq-9
    """
    from midcourse.cli.review import read
    from midcourse.cli.screen import console, plain_table

    reading = read(table, mapping_of(map), measure, None, strict=strict, allow=allow)
    rows = list(_rows(reading))
    if out is not None:
        _write(out, rows)
        return
    screen = console()
    shown = plain_table("", *HEAD)
    for row in rows:
        shown.add_row(*row)
    screen.print(shown)


def _rows(reading: "Reading") -> list[tuple[str, ...]]:
    from midcourse.measures import find

    bands = {measure: find(measure).bands for measure in reading.measures()}
    return [
        (
            episode.client_id,
            episode.episode_id,
            one.measure,
            _number(one.session),
            _number(one.day),
            _number(one.value),
            "" if one.n_answered is None else str(one.n_answered),
            one.missing,
            next((b.label for b in bands[one.measure] if b.lowest <= one.value <= b.highest), ""),
        )
        for episode in reading.episodes
        for one in episode.scores
    ]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def _write(out: Path, rows: list[tuple[str, ...]]) -> None:
    """Write the scores beside the place and move them over, so that nothing is half-written."""
    import csv
    import os

    from midcourse.cli.screen import errors, refuse

    beside = out.with_name(f".{out.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEAD, *rows])
        os.replace(beside, out)
    except OSError as problem:
        beside.unlink(missing_ok=True)
        raise refuse(f"{out} cannot be written: {problem.strerror}. Choose another place.") from None
    errors().print(f"{len(rows)} scores written: {out.resolve()}", markup=False)
