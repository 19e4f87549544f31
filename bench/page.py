"""The table as a page: docs/reference/benchmarks.md."""

import os
import platform
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from bench.result import Line

PAGE = Path("docs/reference/benchmarks.md")
HEADER = ("what", "midcourse", "against", "result", "lowest to highest run", "whole command", "goal", "")

HOW = """
## How to read it

- **Ratios, not seconds.** Both sides run in turn on the same machine in the same run; each result is the
  median of its runs' ratios. On another machine the seconds differ and the ratios about hold.
- **CPU seconds, measured inside the process**, user and system, all threads, reading the file included;
  imports and R's just-in-time compiler are warmed up before the clock starts, on both sides. *Whole command*
  is the same ratio with starting the program and importing included.
- **Memory** is the highest resident memory of the whole process, libraries included. Python with numpy, scipy
  and pyarrow takes about 105 MiB before it reads a row, more than an eighth of lme4 at 100,000 clients: the
  goal of 1/8 can only be met on larger tables, which is what `--million` shows.
- One thread of linear algebra on both sides. lme4 is called as its manual shows, with default settings.
- **lme4 is given less to do**: its CSV holds only the rows of the model, intake already beside each score;
  our Parquet file holds every score, and intake is found from it. (R here cannot read Parquet.)
- A comparison is refused unless both fits have the same rows and the same minimum.
- **The plain script of the baselines is given less to do** than `midcourse evaluate`: chances at the fixed points,
  no forecast distributions, no alerts, no differences; the same folds and as many draws. The comparison is refused
  unless clients, methods and the AUC of the plain change are the same. It runs on ENRICHD where that is present.
- All other clients are invented, from a seed (`tests/published/lme4/inputs.py`); `d` has every session measured,
  `therapists` nests 50 clients in each therapist; 2 to 20 sessions, 8 on average.
- **The application** runs as `midcourse serve` runs it (two processes, one thread each, SQLite, every commit on
  the disk) under wrk, 4 requests at a time, each page in turn with a bare Django view: the same middleware, session
  and signed-in user; for the chart also the same template, filled from what is there already. The bare view of a
  sent check-in only sends the browser on: it looks at nothing and writes nothing, so this row says what
  validating, the safety rule, four short transactions on the disk, scoring and a forecast cost together.
  Requests a second depend on what else the machine does; the share does much less.

## Repeat it

    sudo apt-get install r-cran-lme4 r-cran-data.table wrk
    make bench                                  # a few minutes
    .venv/bin/python -m bench --quick           # 10,000 clients, under a minute
    .venv/bin/python -m bench --million         # also a million clients, 6 GiB and some minutes more
"""


def markdown(lines: Sequence[Line], missing: Sequence[str], facts: Sequence[str]) -> str:
    """Return the page."""
    rows = [HEADER, ("---",) * len(HEADER), *(cells(line) for line in lines)]
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    told = "\n".join(f"- {fact}" for fact in [*facts, *(f"Not measured: {why}" for why in missing)])
    return f"# Benchmarks\n\nWritten by `make bench`; change the code, not this page.\n\n{table}\n\n{told}\n{HOW}"


def cells(line: Line) -> tuple[str, ...]:
    """Return a line's cells in the order of the header."""
    return (
        line.title,
        line.ours,
        line.other,
        line.measure,
        line.spread,
        line.whole,
        line.goal,
        line.verdict,
    )


def machine(r: str | None) -> list[str]:
    """Return what the numbers were made on and with."""
    names = (
        "midcourse",
        "numpy",
        "scipy",
        "duckdb",
        "pyarrow",
        "ibis-framework",
        "scikit-learn",
        "statsmodels",
    )
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    return [
        f"Measured on {date.today().isoformat()}: {processor()}, {os.cpu_count()} cores, {platform.system()}.",
        f"Python {platform.python_version()}, {versions}.",
        r or "No R with lme4 was found, so nothing was compared with it.",
    ]


def processor() -> str:
    """Return the processor's name as the system gives it."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        named = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        if named:
            return named[0].partition(":")[2].strip()
    return platform.processor() or platform.machine()
