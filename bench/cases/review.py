"""Review a caseload from its file: python -m bench.cases.review FILE.parquet SMALL.parquet.

The course is chosen, fitted and corrected on the same file first, as `midcourse review` does.
"""

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from bench.cases.measured import measured
from midcourse.cohorts import review_table


def review_caseload(path: Path) -> dict[str, Any]:
    """Review every client of a file through the path that `midcourse review` takes for large tables."""
    cohort = review_table(path).measures[0]
    states = Counter(state.value for state in cohort.states())
    return {"clients": states.total(), "states": dict(states)}


if __name__ == "__main__":
    measured(lambda: review_caseload(Path(sys.argv[1])), lambda: review_caseload(Path(sys.argv[2])))
