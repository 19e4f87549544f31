"""What every test may use, and what no test may do: reach the network, or skip in silence."""

import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.not_run import ABSENT, NEEDS, pytest_sessionfinish, pytest_terminal_summary, under_ci
from tests.web.postgresql import programs

__all__ = ["pytest_sessionfinish", "pytest_terminal_summary"]

ROOT = Path(__file__).resolve().parent.parent

# No deadline: a busy machine is not a fault. Under CI the same inputs every time, so that a change is
# never failed by luck; on a person's machine new ones each time, so that luck still finds faults.
hypothesis.settings.register_profile("midcourse", deadline=None, derandomize=under_ci())
# Many more inputs, for an evening: pytest tests/generative --hypothesis-profile=long
hypothesis.settings.register_profile("long", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("midcourse")


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def real_data() -> Callable[[str], Path]:
    """Return a function from a file's name to its path, skipping the test where the file is absent."""

    def find(name: str) -> Path:
        named = os.environ.get("MIDCOURSE_DATA")
        folders = [Path(named)] if named else []
        for folder in [*folders, ROOT.parent / "shared" / "data"]:
            if (folder / name).is_file():
                return folder / name
        pytest.skip(f"{ABSENT}: {name} (docs/reference/data.md says how to obtain it)")

    return find


# Tools that are not Python packages: a test marked `needs("Chromium")` runs where Chromium is.


@cache
def is_here(tool: str) -> bool:
    """Say whether a tool of NEEDS is on this machine."""
    if tool == "PostgreSQL":
        # Debian keeps its programs off the path.
        return programs() is not None
    if tool != "R with lme4":
        return shutil.which(tool.lower()) is not None
    if shutil.which("Rscript") is None:
        return False
    asked = "stopifnot(requireNamespace('lme4'), requireNamespace('jsonlite'))"
    return subprocess.run(["Rscript", "-e", asked], capture_output=True, check=False).returncode == 0


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test that needs a tool this machine does not have."""
    for mark in item.iter_markers("needs"):
        tool = mark.args[0]
        if tool not in NEEDS:
            pytest.fail(f"tests/not_run.py does not know the tool {tool!r}")
        if not is_here(tool):
            pytest.skip(f"NEEDS {tool}")


# Sockets stay closed; `@pytest.mark.loopback` opens those to this machine for one test.

_loopback_is_open = False
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def _guard(method: str) -> Callable[..., Any]:
    real = getattr(socket.socket, method)

    def guarded(self: socket.socket, *arguments: Any) -> Any:
        # The address comes last in connect, connect_ex and sendto.
        address = arguments[-1]
        to_this_machine = isinstance(address, tuple) and address[0] in _LOOPBACK
        if self.family == socket.AF_UNIX or (to_this_machine and _loopback_is_open):
            return real(self, *arguments)
        raise AssertionError(f"A test tried to reach {address!r}; sockets are closed in tests.")

    return guarded


for _method in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, _method, _guard(_method))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Open loopback for the whole of a marked test, with the fixtures that it shares with others."""
    global _loopback_is_open
    _loopback_is_open = item.get_closest_marker("loopback") is not None
    try:
        return (yield)
    finally:
        _loopback_is_open = False
