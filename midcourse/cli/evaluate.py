"""`midcourse evaluate`: which way of noticing that a therapy is not working can be trusted, and how far."""

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
from midcourse.cli.review import read, scales_for

if TYPE_CHECKING:
    from midcourse.cli.evaluated import Asked, Place
    from midcourse.cli.evaluation_report.result import Evaluated
    from midcourse.evaluation.method import Method
    from midcourse.evaluation.run import Run
    from midcourse.measures import Scale
    from midcourse.tables import Reading

Json = Annotated[bool, typer.Option("--json", help="Print everything as JSON instead of tables.")]
Html = Annotated[Path | None, typer.Option("--html", help="Write one page that a clinician can read.")]
Plot = Annotated[
    Path | None,
    typer.Option("--plot", help="Draw calibration, ROC and lead time: a file ending in .svg, .png or .pdf."),
]
Folds = Annotated[
    Path | None,
    typer.Option("--folds", help="A CSV with client_id and fold; ten balanced folds if not given."),
]
Tasks = Annotated[
    Path | None,
    typer.Option(
        "--tasks",
        help="A CSV with client_id, k, fold, time_k, next_time, horizon: the points to predict at, "
        "k scores after intake seen, times since intake.",
    ),
]
Out = Annotated[
    Path | None, typer.Option("--predictions", help="Write what --method predicted at every point as CSV.")
]
Named = Annotated[
    str | None,
    typer.Option(
        "--method",
        help="Whose predictions to write: a name, or 'each' for a file per method (out.NAME.csv); "
        "midcourse's own if not given, and without it the method with the smallest log loss.",
    ),
]
Chosen = Annotated[
    str | None, typer.Option("--methods", help="Judge only these, commas between them; all if not given.")
]
Therapists = Annotated[
    bool, typer.Option("--leave-therapists-out", help="Keep all clients of a therapist in one fold.")
]
Draws = Annotated[int, typer.Option("--bootstrap", min=20, help="Draws of clients for the intervals.")]
Budget = Annotated[
    float, typer.Option("--budget", help="Alerts per 100 scored sessions at which methods are compared.")
]
DataSet = Annotated[
    str | None,
    typer.Option("--data-set", help="What to call this table beside how often its signals were right."),
]
Setting = Annotated[
    str | None,
    typer.Option("--setting", help="Who was seen there, in words: 'CBT for depression, one clinic'."),
]
ActedOn = Annotated[
    bool,
    typer.Option(
        "--acted-on",
        help="People acted on these signals: then a right one can look wrong, and is not quoted.",
    ),
]
Right = Annotated[
    Path | None,
    typer.Option(
        "--predictive-values",
        help="Write how often each state was right, as JSON for `midcourse review`; needs --data-set, --setting.",
    ),
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same folds and intervals.")]


def evaluate(
    table: TableFile,
    html: Html = None,
    json: Json = False,
    plot: Plot = None,
    folds: Folds = None,
    tasks: Tasks = None,
    predictions: Out = None,
    method: Named = None,
    methods: Chosen = None,
    leave_therapists_out: Therapists = False,
    bootstrap: Draws = 200,
    budget: Budget = 5.0,
    seed: Seed = 0,
    data_set: DataSet = None,
    setting: Setting = None,
    acted_on: ActedOn = False,
    predictive_values: Right = None,
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
    """Judge ways of noticing that a therapy is not working, on a table of finished courses.

    Every method learns from some clients and is asked about others. Judged is who ended without reliable
    improvement, and how far off forecasts were: AUC, calibration, CRPS, bands, alerts and lead time,
    each with its interval. docs/reference/evaluation.md defines every figure.

    Examples:

      midcourse evaluate scores.csv --html report.html

      midcourse evaluate scores.csv --measure phq-9 --methods change,logistic,midcourse --bootstrap 1000

      midcourse evaluate das.csv --measure das --direction higher-is-better --reliable-change 12

      midcourse evaluate scores.csv --folds folds.csv --tasks tasks.csv --predictions out.csv

      midcourse evaluate old.csv --data-set 'Our clinic' --setting 'CBT, 2019 to 2024' --predictive-values right.json
    """
    from midcourse.cli.evaluated import Asked, Place
    from midcourse.cli.evaluation_output import answer, check_places

    _check(budget, method, predictions, predictive_values, named=bool(data_set and setting))
    check_places((table, folds, tasks), html, plot, predictions, predictive_values)
    scale = scale_of(table, map, measure, minimum, maximum, direction, reliable_change, cutoff, step)
    chosen, wanted = _methods(methods, method)
    asked = Asked(chosen, folds, tasks, leave_therapists_out, bootstrap, budget, seed)
    reading = read(table, mapping_of(map), measure, scale, strict=strict, allow=allow)
    run, found = _evaluated(reading, scale, asked, Place(data_set, setting, acted_on))
    answer(run, found, html, plot, predictions, predictive_values, json=json, method=wanted)


def _check(
    budget: float, method: str | None, predictions: Path | None, right: Path | None, *, named: bool
) -> None:
    from midcourse.cli.screen import refuse

    if not budget > 0:
        raise refuse(f"--budget is above 0, not {budget:g}.")
    if method is not None and predictions is None:
        raise refuse("--method says whose predictions to write; give --predictions too.")
    if right is not None and not named:
        raise refuse(
            "--predictive-values needs --data-set and --setting: a figure from nowhere says nothing to anybody."
        )


def _methods(names: str | None, method: str | None) -> "tuple[tuple[Method, ...], str | None]":
    """The methods to judge, and the one of them whose predictions are wanted."""
    from midcourse.cli.evaluated import chosen_methods
    from midcourse.cli.screen import refuse

    try:
        chosen = chosen_methods(names)
        return chosen, method if method in (None, "each") else chosen_methods(method, chosen)[0].name
    except ValueError as problem:
        raise refuse(str(problem)) from None


def _one_scale(reading: "Reading", scale: "Scale | None") -> "Scale":
    from midcourse.cli.screen import refuse

    measures = reading.measures()
    if len(measures) != 1:
        raise refuse(f"The table has {', '.join(measures) or 'no measure'}; choose one with --measure.")
    return scales_for(reading, scale)[measures[0]]


def _evaluated(
    reading: "Reading", given: "Scale | None", asked: "Asked", place: "Place"
) -> "tuple[Run, Evaluated]":
    """Ask and judge under one bar; end with code 2 and the mend where it cannot be done."""
    from midcourse.cli.evaluated import evaluated
    from midcourse.cli.screen import counted, progress, refuse

    scale = _one_scale(reading, given)
    try:
        with progress(f"Asking {counted(len(asked.methods), 'method')} and judging") as tell:
            return evaluated(
                reading,
                scale,
                asked,
                place,
                running=lambda share: tell(0.95 * share),
                judging=lambda share: tell(0.95 + 0.05 * share),
            )
    except ValueError as problem:
        raise refuse(str(problem)) from None
