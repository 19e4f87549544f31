"""`midcourse demo`: invent a clinic with known stories, review it, write the page, say where it is."""

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Option("--folder", help="Where the demo's files go.")]


def demo(folder: Folder = Path("midcourse-demo"), seed: Annotated[int, typer.Option("--seed")] = 1) -> None:
    """See midcourse at work on an invented clinic whose truth is known.

    Writes scores.csv, truth.csv and report.html into one folder and prints the caseload.
    """
    from midcourse.cli.caseload import print_caseload, write_page
    from midcourse.cli.review import read, scales_for
    from midcourse.cli.screen import errors, progress, refuse
    from midcourse.review import review_caseload
    from midcourse.simulate import AS_OF, stories, write_clinic

    try:
        folder.mkdir(parents=True, exist_ok=True)
        scores, truth = write_clinic(stories(seed), folder)
    except OSError as problem:
        raise refuse(
            f"{folder} cannot be written: {problem.strerror}. Choose another with --folder."
        ) from None
    errors().print(f"An invented clinic: {scores}. Who these people really are: {truth}.", markup=False)
    reading = read(scores, {}, None, None, strict=False, allow=False)
    with progress("Reviewing") as tell:
        review = review_caseload(
            reading.episodes,
            scales_for(reading, None),
            as_of=float(AS_OF.toordinal()),
            as_of_text=AS_OF.isoformat(),
            progress=tell,
        )
    print_caseload(review, everyone=False)
    write_page(review, folder / "report.html", "an invented clinic")
    errors().print(
        f"Try it on your own table: midcourse review scores.csv --html {folder / 'report.html'}", markup=False
    )
