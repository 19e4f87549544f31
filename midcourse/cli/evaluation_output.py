"""Where the answers of `midcourse evaluate` go: screen, JSON, page, plot, predictions."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from midcourse.cli.evaluation_report.block import Block
from midcourse.cli.evaluation_report.blocks import blocks, silence
from midcourse.cli.evaluation_report.plot import SUFFIXES, write_plot
from midcourse.cli.evaluation_report.words import asked, compared, poor, result
from midcourse.cli.place import beside, cannot_write, check_place, say_written, write_whole
from midcourse.cli.screen import console, errors, print_table, refuse, say
from midcourse.evaluation.methods import OURS

if TYPE_CHECKING:
    from midcourse.cli.evaluation_report.result import Evaluated
    from midcourse.evaluation.run import Run

FOOT = (
    "Not clinically validated: what holds on one table need not hold in another place. "
    "docs/reference/evaluation.md defines every figure."
)


def check_places(
    read: tuple[Path | None, ...],
    html: Path | None,
    plot: Path | None,
    predictions: Path | None,
    right: Path | None = None,
) -> None:
    """End with code 2, before any work, where a file cannot or should not be written."""
    wanted = [place for place in (html, plot, predictions, right) if place is not None]
    if len({os.path.realpath(place) for place in wanted}) < len(wanted):
        raise refuse("Two results would be written to one file. Give each its own name.")
    for place in wanted:
        for table in read:
            if table is not None:
                check_place(place, table)
    if plot is not None and plot.suffix.lower() not in SUFFIXES:
        raise refuse(f"{plot} should end in {', '.join(SUFFIXES)}, for that says what to draw.")


def answer(
    run: "Run",
    found: "Evaluated",
    html: Path | None,
    plot: Path | None,
    predictions: Path | None,
    right: Path | None,
    *,
    json: bool,
    method: str | None,
) -> None:
    """Print the answer and write what was asked for."""
    from midcourse.cli.evaluation_report import page

    if json:
        sys.stdout.write(found.to_json() + "\n")
    else:
        print_evaluation(found)
    if html is not None:
        write_whole(html, page(found))
        say_written("Page", html)
    if plot is not None:
        _draw(found, plot)
    if predictions is not None:
        _predict(run, found, predictions, method)
    if right is not None:
        _write_right(found, right)


def _write_right(found: "Evaluated", place: Path) -> None:
    """Write how often each state was right; end with code 2 where the policy was not judged."""
    if found.right is None:
        raise refuse(f"How often states were right is counted for {OURS}, and it was not judged.")
    write_whole(place, found.right.to_json())
    say_written("How often each state was right", place)


def print_evaluation(found: "Evaluated") -> None:
    """Print the result in a sentence, what was asked, and every table."""
    screen = console()
    for line in filter(None, (result(found), compared(found))):
        say(screen, line, style="bold")
    screen.print()
    for line in asked(found):
        say(screen, line)
    for block in blocks(found):
        _print_block(block)
    last = (*poor(found), *silence(found))
    if last:
        screen.print()
        say(screen, "What is poor, missing or failed", style="bold")
    for line in last:
        say(screen, line, indent=2)
    screen.print()
    say(screen, FOOT)


def _print_block(block: Block) -> None:
    screen = console()
    screen.print()
    say(screen, block.title, style="bold")
    say(screen, block.about)
    print_table("", block.columns, block.rows)
    for note in block.notes:
        say(screen, note)


def _draw(found: "Evaluated", plot: Path) -> None:
    try:
        write_plot(found, plot)
    except ModuleNotFoundError:
        raise refuse("A plot needs matplotlib. Install midcourse[evaluate], or leave --plot out.") from None
    except OSError as problem:
        raise cannot_write(plot, problem) from None
    say_written("Plot", plot)


def _predict(run: "Run", found: "Evaluated", place: Path, method: str | None) -> None:
    """Write one method's predictions, or each one's beside the place under its own name."""
    if method == "each":
        from midcourse.cli.evaluated import slug

        for verdict in found.able:
            _write(run, verdict.name, place.with_name(f"{place.stem}.{slug(verdict.name)}{place.suffix}"))
        return
    name = method or (found.shown.name if found.shown else None)
    if name is None:
        raise refuse("No method made predictions; the reasons stand above.")
    if method is None:
        say(errors(), f"Predictions are those of {name}; another is chosen with --method.")
    _write(run, name, place)


def _write(run: "Run", name: str, place: Path) -> None:
    from midcourse.evaluation.predictions_file import write_predictions

    try:
        with beside(place) as unfinished:
            write_predictions(unfinished, run, name)
    except OSError as problem:
        raise cannot_write(place, problem) from None
    except (KeyError, ValueError) as problem:
        why = f"{name} was not judged." if isinstance(problem, KeyError) else str(problem)
        raise refuse(f"{why} Choose another with --method.") from None
    say_written(f"Predictions of {name}", place)
