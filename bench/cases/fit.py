"""Our side of the fit: python -m bench.cases.fit FILE.parquet 2|3 [SMALL.parquet to warm up on]."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from bench.cases.measured import measured
from midcourse.course.fit import fit_sums
from midcourse.course.moments import Sums, sums_of_rows


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
    """Return the sums of a file whose rows of one client stand together, sessions in order."""
    names = ["client_id", "session", "score"] + ["therapist_id"] * (levels == 3)
    read = pq.read_table(path, columns=names)
    client, session, score = (read[name].to_numpy() for name in names[:3])
    first = np.r_[True, client[1:] != client[:-1]]
    number = np.cumsum(first) - 1
    later = ~first
    intake = score[first][number][later]
    t = np.log(session[later])
    x = np.column_stack([np.ones_like(t), intake, t, intake * t])
    therapist = read["therapist_id"].to_numpy()[first] if levels == 3 else None
    return sums_of_rows(number[later], x, x[:, [0, 2]], score[later].astype(float), therapist=therapist)


if __name__ == "__main__":
    file, level = Path(sys.argv[1]), int(sys.argv[2])
    measured(lambda: fit_from_parquet(file, level), lambda: fit_from_parquet(Path(sys.argv[3]), level))
