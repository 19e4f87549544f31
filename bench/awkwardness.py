"""Which awkwardness breaks what: judge midcourse in invented clinics, one switch at a time (ST11).

python -m bench.awkwardness writes docs/reference/awkwardness.md.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.awkward_errors import Result
from bench.awkward_figures import Judged, judged
from bench.awkward_page import PAGE, page
from bench.awkward_switches import SWITCHES

SAVED = Path("build/bench/awkwardness.json")


def main(given: Sequence[str] | None = None) -> None:
    """Judge every clinic, or take the figures of the last run, and write the page."""
    asked = arguments().parse_args(given)
    if not asked.saved:
        judge_all(asked)
    told = json.loads(SAVED.read_text("utf-8"))
    results = [
        Result(switch, tuple(Judged(**one) for one in told["figures"][switch.title])) for switch in SWITCHES
    ]
    PAGE.write_text(page(results, told["asked"]), "utf-8")
    print(f"Written to {PAGE}.")


def arguments() -> argparse.ArgumentParser:
    """Return what can be asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.awkwardness", description=__doc__)
    parser.add_argument("--clients", type=int, default=400, help="clients of each clinic (default 400)")
    parser.add_argument("--repeats", type=int, default=3, help="clinics for each switch (default 3)")
    parser.add_argument("--folds", type=int, default=5, help="balanced folds by client (default 5)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first clinic (default 1)")
    parser.add_argument("--jobs", type=int, default=2, help="clinics judged at a time (default 2)")
    parser.add_argument("--saved", action="store_true", help=f"write the page from {SAVED} again")
    return parser


def judge_all(asked: argparse.Namespace) -> None:
    """Judge the clinics of all switches, seed by seed, and keep their figures in a file."""
    # Small matrices: more threads only wait for one another.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    facts = {name: getattr(asked, name) for name in ("clients", "repeats", "folds", "seed")}
    found: dict[str, list[dict[str, Any]]] = {switch.title: [] for switch in SWITCHES}
    SAVED.parent.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(asked.jobs) as pool:
        for number in range(asked.repeats):
            seeds = [asked.seed + number] * len(SWITCHES)
            same = [[value] * len(SWITCHES) for value in (asked.clients, asked.folds)]
            for switch, one in zip(
                SWITCHES, pool.map(judged, SWITCHES, same[0], seeds, same[1]), strict=True
            ):
                found[switch.title].append(asdict(one))
                print(f"Repeat {number + 1} of {asked.repeats}: {switch.title}", file=sys.stderr)
            done = json.dumps({"asked": facts | {"repeats": number + 1}, "figures": found})
            SAVED.write_text(done, "utf-8")


if __name__ == "__main__":
    main()
