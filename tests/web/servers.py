"""Servers that are really started, on a port of this machine that nobody else has."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError

START_WITHIN = 120.0  # seconds; the demonstration lives through months of therapy first, on a busy machine


@dataclass
class Served:
    """A server that runs: its process, its address, and the file of what it says."""

    process: subprocess.Popen[bytes]
    url: str
    said: Path

    def words(self) -> str:
        """Return what it has said so far."""
        return self.said.read_text("utf-8")

    def children(self, what: str) -> list[int]:
        """Return the ids of its own processes whose command line holds a word."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(one) for one in listed if what in Path(f"/proc/{one}/cmdline").read_text()]

    def stop(self) -> int:
        """Ask it to end, and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def serving(folder: Path, *words: str, **environment: str) -> Iterator[Served]:
    """Run `python -m midcourse_web serve` with a folder as its home until the block ends."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    port, said = free_port(), folder / "said.txt"
    command = [sys.executable, "-m", "midcourse_web", "serve", "--port", str(port), *words]
    env = {**os.environ, "MIDCOURSE_HOME": str(folder / "home"), "PYTHONUNBUFFERED": "1", **environment}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    with said.open("wb") as file:
        process = subprocess.Popen(command, env=env, stdout=file, stderr=subprocess.STDOUT)
    served = Served(process, f"http://127.0.0.1:{port}", said)
    try:
        _wait(served)
        yield served
    finally:
        if process.poll() is None:
            served.stop()


def _wait(served: Served) -> None:
    end = time.monotonic() + START_WITHIN
    while time.monotonic() < end:
        if served.process.poll() is not None:
            raise AssertionError(f"it ended with {served.process.returncode}: {served.words()}")
        try:
            if status(served.url + "/help-now/") in (200, 301):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"it did not answer in time: {served.words()}")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        return None


def status(url: str) -> int:
    """Return the status an address answers with, redirects not followed."""
    try:
        with urllib.request.build_opener(_NoRedirect).open(url, timeout=20) as answer:
            return int(answer.status)
    except HTTPError as answer:
        return answer.code
