"""`midcourse score`: item answers in, totals out, with how missing items were handled."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from midcourse.cli.asked import (
    Allow,
    Direction,
    Map,
    Maximum,
    MeasureName,
    Minimum,
    Step,
    Strict,
    TableFile,
    mapping_of,
    scale_of,
)

if TYPE_CHECKING:
    from midcourse.measures.item import Band
    from midcourse.tables import Reading

Out = Annotated[Path | None, typer.Option("--out", help="Write the scores to this CSV file.")]
HEAD = ("client_id", "episode_id", "measure", "session", "day", "score", "n_answered", "missing", "band")


def score(
    table: TableFile,
    out: Out = None,
    measure: MeasureName = None,
    map: Map = None,
    minimum: Minimum = None,
    maximum: Maximum = None,
    direction: Direction = None,
    step: Step = None,
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
    from midcourse.cli.place import check_place, say_written, write_whole
    from midcourse.cli.review import read
    from midcourse.cli.screen import counted, print_table

    check_place(out, table)
    scale = scale_of(table, map, measure, minimum, maximum, direction, None, None, step)
    reading = read(table, mapping_of(map), measure, scale, strict=strict, allow=allow)
    rows = list(_rows(reading))
    if out is None:
        print_table("", HEAD, rows)
        return
    write_whole(out, _text(rows))
    say_written(f"{counted(len(rows), 'score')} written", out)


def _rows(reading: "Reading") -> list[tuple[str, ...]]:
    bands = {measure: _bands(measure) for measure in reading.measures()}
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


def _bands(measure: str) -> "tuple[Band, ...]":
    from midcourse.measures import UnknownInstrument, find

    try:
        return find(measure).bands
    except UnknownInstrument:  # described with --min and --max
        return ()


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def _text(rows: list[tuple[str, ...]]) -> str:
    import csv
    from io import StringIO

    text = StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([HEAD, *rows])
    return text.getvalue()
