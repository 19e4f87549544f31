"""python -m tests.web.on_postgresql [pytest's words]: the application's tests on a private PostgreSQL.

Tests that start programs with a database of their own have run already, on SQLite, and are left out.
"""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.not_run import closing, under_ci
from tests.web.postgresql import cluster, programs

ELSEWHERE = ("-m", "not own_database")


def main(words: list[str]) -> int:
    """Run the tests there and return pytest's exit code; without PostgreSQL say so, and fail under CI."""
    if programs() is None:
        return _not_here()
    with cluster() as address:
        env = {**os.environ, "MIDCOURSE_TEST_DATABASE": address}
        command = [sys.executable, "-m", "pytest", *(words or ["tests/web", "-n", "auto"]), *ELSEWHERE]
        return subprocess.run(command, env=env, check=False).returncode


def _not_here() -> int:
    print("Not run: PostgreSQL is not here. To run them too: sudo apt-get install postgresql")
    if path := os.environ.get("MIDCOURSE_TEST_REPORT"):
        reason = "part: the application on PostgreSQL NEEDS PostgreSQL"
        Path(path).write_text(closing(Counter({reason: 1})) + "\n", "utf-8")
    return int(under_ci())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
