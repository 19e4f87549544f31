"""Run one command as a process of its own and say what it cost, inside and as a whole."""

import json
import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from typing import Any


class Failed(RuntimeError):
    """The process did not end well; the message is the last line it said."""


@dataclass(frozen=True)
class Cost:
    """`inside`: what the process measured itself, imports excluded; `whole`: the command, start to end.

    All in CPU seconds (user and system, all threads) except `wall`. `peak` is the highest resident
    memory in MiB, `said` the whole line of JSON.
    """

    inside: float
    whole: float
    wall: float
    peak: float
    said: dict[str, Any]


def run(command: list[str]) -> Cost:
    """Run a command whose last line of output is JSON with `cpu` (seconds) and `peak_kib`.

    Raises Failed where it stops with an error.
    """
    quiet = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=out, stderr=err, env=quiet)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        if child.returncode:
            raise Failed((err.read().strip().splitlines() or ["no message"])[-1])
        lines = out.read().strip().splitlines()
    said = json.loads(lines[-1]) if lines else {"cpu": used.ru_utime + used.ru_stime, "peak_kib": 0}
    return Cost(said["cpu"], used.ru_utime + used.ru_stime, wall, said["peak_kib"] / 1024, said)


def alternating(commands: dict[str, list[str]], runs: int) -> dict[str, list[Cost]]:
    """Run several commands in turn, `runs` rounds, so that all of them meet the same machine."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            costs[name].append(run(command))
    return costs
