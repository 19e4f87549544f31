"""The benchmark as a page: docs/reference/benchmark.md, every figure of every method on every data set."""

import platform
import re
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from midcourse.cli.evaluation_report.block import Block
from midcourse.cli.evaluation_report.blocks import blocks, silence
from midcourse.cli.evaluation_report.cells import cell
from midcourse.cli.evaluation_report.result import Evaluated
from midcourse.cli.evaluation_report.words import asked, compared, poor, result
from midcourse.evaluation.methods import every_method

PAGE = Path("docs/reference/benchmark.md")
PACKAGES = ("midcourse", "numpy", "scipy", "scikit-learn")

START = """\
# Benchmark: which signals can be trusted?

Every method of `midcourse evaluate` on every open data set that fits, by the rules of
[evaluation.md](evaluation.md), the poor results too. Written by one command; change the code, not this page:

    MIDCOURSE_DATA=/path/to/folder .venv/bin/python -m bench.benchmark{draws}

[data.md](data.md) says where each data set comes from and how to obtain it. These are past courses of other
people in other places; nothing here is a clinical validation.
"""


class Command(Protocol):
    """What a case says of itself."""

    @property
    def command(self) -> str:
        """Return the command that does the same."""

    @property
    def why(self) -> str:
        """Return where a reliable change that was given comes from, or nothing."""


def markdown(
    found: Sequence[tuple[Command, Evaluated]], left: Sequence[tuple[Command, str]], draws: int
) -> str:
    """Return the page."""
    start = START.format(draws="" if draws == 200 else f" --bootstrap {draws}")
    parts = [start, *_made_with(), *_overview(found), *_left_out(left), *_sets(found)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).rstrip() + "\n"


def methods_line() -> str:
    """Return the line that names every method; a test holds that the page was made with today's list."""
    return "Methods, in order: " + "; ".join(method.name for method in every_method()) + "."


def _made_with() -> Iterator[str]:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    yield f"Made on {date.today().isoformat()} with Python {platform.python_version()}, {packages}.\n"
    yield f"{methods_line()}\n"
    yield from (f"- **{method.name}**: {method.source}" for method in every_method())
    yield ""


def _overview(found: Sequence[tuple[Command, Evaluated]]) -> Iterator[str]:
    yield "## At a glance\n"
    yield (
        "AUC and log loss of the probability of ending without reliable improvement, for the plain change so far "
        "and for the method that stands for all; *difference* is the second minus the first, in log loss.\n"
    )
    head = ("data set", "clients", "ended so", "AUC, change", "AUC, method", "log loss, change")
    yield from _lines((*head, "log loss, method", "difference"), [_glance(*one) for one in found])
    yield ""


def _glance(case: Command, found: Evaluated) -> tuple[str, ...]:
    bar, shown, judgement = found.bar, found.shown, found.judgement
    known = {(d.figure, d.method, d.other): d.difference for d in judgement.differences}
    pair = [v.figures if v is not None else {} for v in (bar, shown)]
    names = ("log_loss", shown.name if shown else "", bar.name if bar else "")
    return (
        case.command.removeprefix("midcourse evaluate "),
        f"{judgement.clients:,}",
        f"{judgement.events:,}",
        *(cell(figures.get("auc")) for figures in pair),
        *(cell(figures.get("log_loss")) for figures in pair),
        cell(known.get(names)),
    )


def _left_out(left: Sequence[tuple[Command, str]]) -> Iterator[str]:
    if left:
        yield "## What does not fit\n"
        yield from (f"- `{case.command}`: {' '.join(why.split())}" for case, why in left)
        yield ""


def _sets(found: Sequence[tuple[Command, Evaluated]]) -> Iterator[str]:
    for case, one in found:
        yield f"## {case.command.removeprefix('midcourse evaluate ')}\n"
        yield f"    {case.command} --bootstrap {one.judgement.draws} --seed {one.judgement.seed}\n"
        yield f"{result(one)} {compared(one)}\n"
        yield from (f"- {line}" for line in (*asked(one), *filter(None, (case.why,))))
        yield f"- SHA-256 of the table: `{one.sha256}`.\n"
        for block in blocks(one):
            yield from _block(block)
        yield from (f"- Poor, missing or failed: {line}" for line in (*poor(one), *silence(one)))
        yield ""


def _block(block: Block) -> Iterator[str]:
    yield f"**{block.title}** {block.about}\n"
    yield from _lines(block.columns, block.rows)
    yield "".join(f"\n{note.replace('*', chr(92) + '*')}  " for note in block.notes).rstrip() + "\n"


def _lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    yield from (f"| {' | '.join(row).replace('*', chr(92) + '*')} |" for row in rows)
