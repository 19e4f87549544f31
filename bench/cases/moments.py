"""The sums of a fit, without the fit: python -m bench.cases.moments FILE.parquet SMALL.parquet."""

import sys
from pathlib import Path
from typing import Any

from bench.cases.fit import sums_from_parquet
from bench.cases.measured import measured


def moments(path: Path) -> dict[str, Any]:
    """Reduce a file to the sums of a two-level fit."""
    sums = sums_from_parquet(path, 2)
    return {"rows": int(sums.n), "clients": int(sums.clients), "patterns": len(sums.g)}


if __name__ == "__main__":
    measured(lambda: moments(Path(sys.argv[1])), lambda: moments(Path(sys.argv[2])))
