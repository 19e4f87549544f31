"""`midcourse demo`: invent a clinic with known stories, review it, write the page, say where it is."""

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Option("--folder", help="Where the demo's files go.")]


Seed = Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same clinic.")]


def demo(folder: Folder = Path("midcourse-demo"), seed: Seed = 1) -> None:
    """See midcourse at work on an invented clinic whose truth is known.

    Writes scores.csv, truth.csv and report.html into one folder and prints the caseload.

    Example:

      midcourse demo --folder somewhere --seed 7
    """
    from midcourse.cli.caseload import print_caseload, write_page
    from midcourse.cli.place import cannot_write, check_folder
    from midcourse.cli.review import read, scales_for
    from midcourse.cli.screen import errors, progress, say
    from midcourse.review import review_caseload
    from midcourse.simulate import AS_OF, stories, write_clinic

    check_folder(folder)
    try:
        scores, truth = write_clinic(stories(seed), folder)
    except OSError as problem:
        raise cannot_write(folder, problem) from None
    say(errors(), f"An invented clinic: {scores}. Who these people really are: {truth}.")
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
    say(errors(), "Open that page in a browser. Then try it on a table of your own:")
    say(errors(), "midcourse review scores.csv --html report.html", indent=2)
