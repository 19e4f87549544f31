"""Run several processes as one: when one cannot run, all stop."""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import FrameType

LOOK_EVERY = 0.2  # seconds
PATIENCE = 20.0  # seconds for answers under way to be finished, before a process is killed
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class Stopped(Exception):
    """Somebody asked for an end: SIGTERM or the keyboard."""


def run_together(commands: Mapping[str, Sequence[str]]) -> str | None:
    """Run every command until one ends or an end is asked for, then stop the rest.

    Returns the name of the one that ended by itself, None where an end was asked for.
    """
    before = {number: signal.signal(number, _stop) for number in (signal.SIGTERM, signal.SIGINT)}
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands.items():
            # A group of its own: the keyboard's interrupt comes to us alone, and we end them in order.
            running[name] = subprocess.Popen(command, process_group=0, preexec_fn=_end_with_us)
        return _first_to_end(running)
    except Stopped:
        return None
    finally:
        for number in before:
            signal.signal(number, signal.SIG_IGN)
        _stop_all(running)
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def _end_with_us() -> None:
    """Where the system can: a child ends too when this process is killed and cannot say so."""
    if sys.platform == "linux":
        with suppress(OSError):
            ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


def _first_to_end(running: Mapping[str, subprocess.Popen[bytes]]) -> str:
    while True:
        for name, process in running.items():
            if process.poll() is not None:
                return name
        time.sleep(LOOK_EVERY)


def _stop_all(running: Mapping[str, subprocess.Popen[bytes]]) -> None:
    for process in running.values():
        if process.poll() is None:
            process.terminate()
    end = time.monotonic() + PATIENCE
    for process in running.values():
        try:
            process.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
