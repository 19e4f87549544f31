"""What every Python case says at its end."""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any


def peak_kib() -> int:
    """Return the highest resident memory of this process in KiB (Linux: VmHWM)."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1])
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // 1024 if sys.platform == "darwin" else most


def measured(work: Callable[[], dict[str, Any]], warm: Callable[[], object]) -> None:
    """Do `warm` (lazy imports, first touches), then time `work` and print its cost and what it returns."""
    warm()
    start = process_time()
    facts = work()
    cpu = process_time() - start
    print(json.dumps({"cpu": cpu, "peak_kib": peak_kib(), **facts}))
