"""Review a caseload from its file: python -m bench.cases.review FILE.parquet SMALL.parquet.

The course is fitted on the same file first, as `midcourse review` does without a reference.
"""

import sys
from pathlib import Path
from typing import Any

from bench.cases.measured import measured


def review_caseload(path: Path) -> dict[str, Any]:
    """Review every client of a file through the rooms that `midcourse review` uses for large tables."""
    raise NotImplementedError("midcourse.cohorts has no review yet")


if __name__ == "__main__":
    measured(lambda: review_caseload(Path(sys.argv[1])), lambda: review_caseload(Path(sys.argv[2])))
