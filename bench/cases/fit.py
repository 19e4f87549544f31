"""Our side of the fit: python -m bench.cases.fit FILE.parquet 2|3 SMALL.parquet (to warm up on)."""

import sys
from pathlib import Path
from typing import Any

from bench.cases.measured import measured
from midcourse.cohorts import course_sums
from midcourse.course.basis import Basis
from midcourse.course.fit import fit_sums
from midcourse.course.moments import Sums

BASIS = Basis("ln", "session")


def fit_from_parquet(path: Path, levels: int) -> dict[str, Any]:
    """Read every score, take the first as intake, and fit the rest by REML."""
    fit = fit_sums(sums_from_parquet(path, levels))
    return {
        "criterion": fit.criterion,
        "rows": int(fit.n),
        "evaluations": fit.evaluations,
        "patterns": fit.patterns,
    }


def sums_from_parquet(path: Path, levels: int) -> Sums:
    """Return the sums of a fit, checked against the ends of the PHQ-9."""
    therapists = {"therapist_id": "therapist_id"} if levels == 3 else {}
    return course_sums(path, BASIS, columns=therapists, minimum=0, maximum=27)


if __name__ == "__main__":
    file, level = Path(sys.argv[1]), int(sys.argv[2])
    measured(lambda: fit_from_parquet(file, level), lambda: fit_from_parquet(Path(sys.argv[3]), level))
