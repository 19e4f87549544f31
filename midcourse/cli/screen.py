"""What the command prints: progress, problems, tables; errors end with the mend.

A terminal gets words wrapped to its width, colours and bars. A pipe or a file gets plain lines, as
long as they need, without a space at their end. Ids and paths are never read as markup.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from midcourse.cohorts import CohortReview
    from midcourse.tables import Problem, Reading

SHOWN_PROBLEMS = 12

# A cell of somebody's table may hold anything; these would move a terminal's cursor or change its colours.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def console() -> Console:
    """Return the screen for results."""
    return _console(sys.stdout.isatty(), stderr=False)


def errors() -> Console:
    """Return the screen for messages beside the result."""
    return _console(sys.stderr.isatty(), stderr=True)


def _console(terminal: bool, *, stderr: bool) -> Console:
    return Console(stderr=stderr, soft_wrap=not terminal, highlight=False, emoji=False, markup=False)


def visible(words: str) -> str:
    """Return words with control characters written out, so that nothing acts on the terminal."""
    return _CONTROL.sub(lambda found: repr(found[0])[1:-1], words)


def say(screen: Console, words: str, *, indent: int = 0, style: str = "") -> None:
    """Print one paragraph; on a terminal it is wrapped between words and keeps its indent."""
    text = Text(visible(words), style)
    if screen.soft_wrap:
        screen.print(Text(" " * indent) + text)
    else:
        screen.print(Padding(text, (0, 0, 0, indent)))


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, for example ``1 problem`` or ``1,200 problems``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


@contextmanager
def progress(words: str) -> Iterator[Callable[[float], None]]:
    """Show a bar while the block runs and give it a function that takes the share done, 0 to 1.

    There is no bar where messages do not go to a terminal.
    """
    if not sys.stderr.isatty():
        yield lambda share: None
        return
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=errors(),
        transient=True,
    )
    with bar:
        task = bar.add_task(visible(words), total=1.0)
        yield lambda share: bar.update(task, completed=share)


def refuse(message: str) -> typer.Exit:
    """Print why a file or a request is refused and return the exit (code 2) to raise."""
    errors().print(Text.assemble(("Not done.", "bold red"), f" {visible(message)}"))
    return typer.Exit(2)


def refuse_problems(problems: Sequence["Problem"]) -> typer.Exit:
    """Print every problem of a refused file, with line and mend, and return the exit to raise."""
    screen = errors()
    found = f" {counted(len(problems), 'problem')}. Nothing was written."
    screen.print(Text.assemble(("Not read:", "bold red"), found))
    for problem in problems:
        say(screen, str(problem), indent=2)
    if len(problems) > SHOWN_PROBLEMS:  # the first line may have left the screen
        kinds = Counter(problem.kind for problem in problems)
        by_kind = ", ".join(f"{kind} {count:,}" for kind, count in kinds.most_common())
        say(screen, f"In all {counted(len(problems), 'problem')}: {by_kind}.")
    return typer.Exit(2)


def say_reading(reading: "Reading") -> None:
    """Print how a file was understood, and what was set aside."""
    screen = errors()
    columns = ", ".join(f"{role} = {column}" for role, column in reading.columns.items())
    counts = reading.counts
    found = f": {counted(counts.used, 'score')} of {counted(reading.n_clients, 'client')}."
    screen.print(Text.assemble((visible(reading.file), "bold"), found))
    say(screen, f"Columns as guessed: {columns}. Correct one with --map role=column.", indent=2)
    for note in reading.notes:
        say(screen, note, indent=2)
    _say_problems(reading.problems, counts.set_aside)


def _say_problems(problems: Sequence["Problem"], set_aside: int) -> None:
    if not problems:
        return
    screen = errors()
    aside = f"{counted(set_aside, 'score')}, {counted(len(problems), 'problem')}"
    say(screen, f"Set aside: {aside}.", indent=2, style="yellow")
    for problem in problems[:SHOWN_PROBLEMS]:
        say(screen, str(problem), indent=4)
    left = len(problems) - SHOWN_PROBLEMS
    if left > 0:
        say(screen, f"... and {left:,} more; review lists them all with --json or --html.", indent=4)


def say_cohort(name: str, found: "CohortReview") -> None:
    """Print how a large table was understood, and what was set aside."""
    screen = errors()
    columns = ", ".join(f"{role} = {column}" for role, column in found.columns.items())
    screen.print(Text.assemble((visible(name), "bold"), f": {counted(found.counted.used, 'score')}."))
    say(screen, f"Columns as guessed: {columns}. Correct one with --map role=column.", indent=2)
    for note in (*found.notes, *found.counted.notes()):
        say(screen, note, indent=2)
    _say_problems(found.counted.problems, found.counted.set_aside)


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str | Text]]) -> None:
    """Print a table in the one style that every command uses; cells are shown as they are given."""
    screen = console()
    cells = [[_cell(cell) for cell in row] for row in rows]
    if screen.soft_wrap:
        lines = ([title] if title else []) + _aligned(columns, cells)
        screen.print(Text("\n".join(lines)), soft_wrap=True)
        return
    table = Table(title=title or None, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for line in cells:
        table.add_row(*line)
    screen.print(table)


def _cell(cell: str | Text) -> Text:
    return cell if isinstance(cell, Text) else Text(visible(cell))


def _aligned(columns: Sequence[str], rows: Sequence[Sequence[Text]]) -> list[str]:
    """Lines whose columns stand under each other, without a space at their end."""
    lines = [list(columns), *([cell.plain for cell in row] for row in rows)]
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    return [
        "  ".join(
            word + " " * (width - cell_len(word)) for word, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    ]
