"""What the command prints: progress, problems, tables; errors end with the mend."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

if TYPE_CHECKING:
    from midcourse.tables import Problem, Reading

SHOWN_PROBLEMS = 12


def console() -> Console:
    """Return the screen; where output goes to a file or a pipe, lines are as long as they need."""
    if sys.stdout.isatty():
        return Console()
    return Console(width=400, soft_wrap=True)


def errors() -> Console:
    """Return the screen for messages beside the result."""
    return Console(stderr=True, soft_wrap=True, highlight=False)


@contextmanager
def progress(words: str) -> Iterator[Callable[[float], None]]:
    """Show a bar while the block runs and give it a function that takes the share done, 0 to 1."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task(words, total=1.0)
        yield lambda share: bar.update(task, completed=share)


def refuse(message: str) -> typer.Exit:
    """Print why a file or a request is refused and return the exit (code 2) to raise."""
    errors().print(f"[bold red]Not done.[/] {message}", markup=True)
    return typer.Exit(2)


def refuse_problems(problems: Sequence["Problem"]) -> typer.Exit:
    """Print every problem of a refused file, with line and mend, and return the exit to raise."""
    screen = errors()
    screen.print(f"[bold red]Not read:[/] {len(problems)} problems. Nothing was written.")
    for problem in problems:
        screen.print(f"  {problem}", markup=False)
    return typer.Exit(2)


def say_reading(reading: "Reading") -> None:
    """Print how a file was understood, and what was set aside."""
    screen = errors()
    columns = ", ".join(f"{role} = {column}" for role, column in reading.columns.items())
    counts = reading.counts
    screen.print(f"[bold]{reading.file}[/]: {counts.used:,} scores of {reading.n_clients:,} clients.")
    screen.print(f"  Columns as guessed: {columns}. Correct one with --map role=column.", markup=False)
    for note in reading.notes:
        screen.print(f"  {note}", markup=False)
    if reading.problems:
        screen.print(
            f"  [yellow]Set aside: {counts.set_aside:,} scores, {len(reading.problems)} problems.[/]"
        )
        for problem in reading.problems[:SHOWN_PROBLEMS]:
            screen.print(f"    {problem}", markup=False)
        left = len(reading.problems) - SHOWN_PROBLEMS
        if left > 0:
            screen.print(f"    ... and {left} more; --json and --html list them all.", markup=False)


def plain_table(title: str, *columns: str) -> Table:
    """Return an empty table in the one style that every command uses."""
    table = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
