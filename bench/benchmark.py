"""python -m bench.benchmark: judge every method on every real data set and write docs/reference/benchmark.md."""

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

from bench.benchmark_page import PAGE, markdown
from midcourse.cli.asked import scale_of
from midcourse.cli.evaluated import Asked, evaluated
from midcourse.cli.evaluation_report.result import Evaluated
from midcourse.cli.review import scales_for
from midcourse.evaluation.methods import every_method
from midcourse.tables import Refused, read_table

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Case:
    """One data set, one measure, as it would be asked for on the command line.

    `reliable` is given where no content file has one, and `why` says where it comes from.
    """

    file: str
    measure: str
    reliable: float | None = None
    by_therapist: bool = False
    why: str = ""

    @property
    def command(self) -> str:
        """Return the same as a command."""
        words = ["midcourse evaluate", self.file, "--measure", self.measure]
        words += ["--reliable-change", f"{self.reliable:g}"] if self.reliable else []
        return " ".join(words + (["--leave-therapists-out"] if self.by_therapist else []))


IMPS = (
    "Given, not published: 1.96 x sqrt(2) x .87 (SD of the first scores here) x sqrt(1 - .80) (assumed) = 1.08, "
    "the next half point."
)
CASES = (
    Case("enrichd_cbt_bdi.csv", "bdi"),
    Case("reframed_phq9_half.csv", "phq-9"),
    Case("reframed_phq9_half.csv", "phq-9", by_therapist=True),
    Case("reframed_phq9_half.csv", "ham-d-17"),
    Case("reisby1977_hdrs.csv", "ham-d-17"),
    Case("beat_the_blues_bdi.csv", "bdi-ii"),
    Case("dia_antidepressant_hamd17.csv", "ham-d-17"),
    Case("dia_antidepressant_hamd17.csv", "ham-d-17", by_therapist=True),
    Case("nimh_schizophrenia_imps79.csv", "imps79", 1.5, why=IMPS),
    Case("claus2020_inpatient_bdi_hamd.csv", "bdi"),
    Case("claus2020_inpatient_bdi_hamd.csv", "ham-d-17"),
    Case("claus2020_inpatient_bdi_hamd.csv", "who-5-raw"),
    Case("bright_group_cbt_bdi2.csv", "bdi-ii"),
    Case("jacobson1989_das_gds.csv", "das", 12, why="Given, to show that two scores are not enough."),
)


def main() -> None:
    """Judge every case that can be judged, say which cannot and why, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.benchmark", description=__doc__)
    parser.add_argument("--bootstrap", type=int, default=200, help="draws of clients (default 200)")
    parser.add_argument("--data", type=Path, default=folder(), help="folder of the data sets")
    parser.add_argument("--out", type=Path, default=PAGE, help=f"the page (default {PAGE})")
    parser.add_argument("--jobs", type=int, default=2, help="data sets judged at a time (default 2)")
    asked = parser.parse_args()
    found, left = [], []
    with ProcessPoolExecutor(asked.jobs) as pool:
        answers = pool.map(judged_or_why, CASES, repeat(asked.data), repeat(asked.bootstrap))
        for case, answer in zip(CASES, answers, strict=True):
            print(
                f"{case.command}: {answer if isinstance(answer, str) else 'judged'}",
                file=sys.stderr,
                flush=True,
            )
            if isinstance(answer, str):
                left.append((case, answer))
            else:
                found.append((case, answer))
    asked.out.write_text(markdown(found, left, asked.bootstrap), "utf-8")
    print(f"Written to {asked.out}.", file=sys.stderr)


def judged_or_why(case: Case, data: Path, draws: int) -> Evaluated | str:
    """Return one case, judged, or why it cannot be."""
    try:
        return judged(case, data, draws)
    except (Refused, ValueError, OSError) as why:
        return str(why)


def folder() -> Path:
    """Return where the data sets are looked for."""
    named = os.environ.get("MIDCOURSE_DATA")
    return Path(named) if named else ROOT.parent / "shared" / "data"


def judged(case: Case, data: Path, draws: int) -> Evaluated:
    """Return one case, judged as the command would.

    Raises Refused, ValueError or OSError, saying why, where it cannot be.
    """
    scale = scale_of(data / case.file, None, case.measure, None, None, None, case.reliable, None, None)
    reading = read_table(data / case.file, measure=case.measure, scale=scale)
    (measure,) = reading.measures()
    asked = Asked(every_method(), by_therapist=case.by_therapist, draws=draws)
    scale = scales_for(reading, scale)[measure]
    return evaluated(reading, scale, asked, running=lambda _: None, judging=lambda _: None)[1]


if __name__ == "__main__":
    main()
