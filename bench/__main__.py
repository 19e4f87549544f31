"""make bench: measure every claim, print the table and write docs/reference/benchmarks.md."""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Callable

from bench.evaluation_measures import evaluation
from bench.measures import (
    caseload_review,
    fit_against_lme4,
    import_against_python,
    moments_against_scan,
    one_forecast,
)
from bench.page import PAGE, machine, markdown
from bench.process import Failed
from bench.result import Line
from bench.web_measures import application


def main() -> None:
    """Run the benchmarks that this machine can run, and say which it could not."""
    asked = arguments()
    size = "1e4" if asked.quick else "1e5"
    judged = not asked.quick
    plan: list[tuple[str, Callable[[], list[Line]]]] = []
    if shutil.which("Rscript"):
        plan += [
            ("two levels against lme4", lambda: fit_against_lme4(f"d_{size}", 2, asked.runs, judged)),
            (
                "three levels against lme4",
                lambda: fit_against_lme4(f"therapists_{size}", 3, asked.slow, judged),
            ),
        ]
        if asked.million:
            plan.append(("a million clients against lme4", lambda: fit_against_lme4("d_1e6", 2, 1)))
    plan += [
        ("sums against a bare scan", lambda: moments_against_scan(f"d_{size}", asked.runs, judged)),
        ("review of a caseload", lambda: caseload_review(f"d_{size}", asked.runs)),
        ("import", lambda: import_against_python(asked.runs)),
        ("one forecast", lambda: one_forecast(asked.runs)),
        *([("the application", lambda: application(min(asked.runs, 3)))] if shutil.which("wrk") else []),
        ("evaluation", lambda: evaluation(asked.slow, 100 if asked.quick else None)),
    ]
    lines, missing = measured(plan)
    runs = (
        f"Medians of {asked.runs} runs; of {asked.slow} for the three-level fit and the evaluation, "
        "of 1 for a million clients."
    )
    page = markdown(lines, missing, [*machine(r_version()), runs])
    print(page.split("\n## ")[0])
    if asked.quick:
        print(f"A quick run is not written to {PAGE}.")
    else:
        PAGE.write_text(page, "utf-8")
        print(f"Written to {PAGE}.")


def arguments() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10,000 clients instead of 100,000")
    parser.add_argument(
        "--million", action="store_true", help="also fit a million clients (lme4 takes 6 GiB)"
    )
    parser.add_argument("--runs", type=int, default=5, help="runs of each comparison (default 5)")
    parser.add_argument(
        "--slow", type=int, default=1, help="runs of lme4's three-level fit and of the evaluation (default 1)"
    )
    return parser.parse_args()


def measured(plan: list[tuple[str, Callable[[], list[Line]]]]) -> tuple[list[Line], list[str]]:
    """Measure one claim after another; one that cannot run is named and the rest goes on."""
    lines, missing = [], []
    for name, work in plan:
        print(f"Measuring {name} ...", file=sys.stderr)
        try:
            lines += work()
        except Failed as why:
            missing.append(f"{name} ({why})")
    return lines, missing


def r_version() -> str | None:
    """Return the versions of R and lme4 and how R reads its file, or None without R."""
    if shutil.which("Rscript") is None:
        return None
    ask = (
        "fast <- requireNamespace('data.table', quietly = TRUE); cat('R', as.character(getRversion()), "
        "', lme4', as.character(packageVersion('lme4')), ', file read by', "
        "if (fast) 'data.table::fread' else 'read.csv')"
    )
    said = subprocess.run(["Rscript", "-e", ask], capture_output=True, text=True)
    return said.stdout.replace(" ,", ",") + "." if said.returncode == 0 else None


if __name__ == "__main__":
    main()
