"""The application under load, against bare Django views with the same middleware, session, user and template."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.process import Failed
from bench.result import Goal, Line
from midcourse_web.serving.server import gunicorn

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = Path(__file__).parent / "cases" / "web.lua"
GOAL = Goal("at least 60 %", 0.60, larger_is_better=True)
CLIENTS, CHECK_INS = 150, 24
SECONDS, AT_ONCE = 5, 4


@dataclass(frozen=True)
class Load:
    """One run of wrk: requests a second, and how long half and 95 of 100 of them took, in milliseconds."""

    rate: float
    p50: float
    p95: float
    requests: int


def application(runs: int) -> list[Line]:
    """Measure the chart page and the submission of a check-in, each in turn with its bare view."""
    with tempfile.TemporaryDirectory(prefix="mc-bench-") as folder:
        env = {
            **os.environ, "MIDCOURSE_DEMO_HOME": folder, "DJANGO_SETTINGS_MODULE": "bench.web_settings",
            "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        asked = [sys.executable, "-m", "bench.cases.web", str(CLIENTS), str(CHECK_INS * runs)]
        said = subprocess.run(asked, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
        if said.returncode:
            raise Failed(said.stderr.strip().splitlines()[-1])
        ready = json.loads(said.stdout.splitlines()[-1])
        with _served(env) as url:
            return _both(url, ready, Path(folder), runs)


def _both(url: str, ready: dict, folder: Path, runs: int) -> list[Line]:
    ada, listed = ready["ada"], ready["check_ins"]
    each = len(listed) // runs
    lists = []
    for number in range(runs):
        lists.append(folder / f"check-ins-{number}")
        part = listed[number * each : (number + 1) * each]
        lists[-1].write_text("".join(f"{one} {cookie}\n" for one, cookie in part), "utf-8")
    found: dict[str, list[Load]] = {name: [] for name in ("chart", "bare chart", "send", "bare send")}
    wrk(url, "GET", "/me/course/", ada), wrk(url, "GET", "/bare/course/", ada)
    for number in range(runs):
        found["chart"].append(wrk(url, "GET", "/me/course/", ada))
        found["bare chart"].append(wrk(url, "GET", "/bare/course/", ada))
        sent = wrk(url, "POST", "/me/check-in/ID/", "-", lists[number])
        if sent.requests > each:
            raise Failed(f"there were only {each} check-ins to answer, and {sent.requests} were sent")
        found["send"].append(sent)
        found["bare send"].append(wrk(url, "POST", "/bare/answer/", "-", lists[number]))
    return [
        _line("Chart page, signed in", found["chart"], found["bare chart"]),
        _line("Check-in sent, scored and looked at", found["send"], found["bare send"]),
    ]


def _line(title: str, ours: list[Load], bare: list[Load]) -> Line:
    shares = [a.rate / b.rate for a, b in zip(ours, bare, strict=True)]
    share = median(shares)
    return Line(title, _said(ours), f"bare Django {_said(bare)}", f"{share:.0%} of its requests",
                f"{min(shares):.0%} to {max(shares):.0%}", "", GOAL.text, GOAL.verdict(share))  # fmt: skip


def _said(loads: list[Load]) -> str:
    rate, p95 = median(one.rate for one in loads), median(one.p95 for one in loads)
    return f"{rate:.0f} a second, p95 {p95:.0f} ms"


def wrk(
    url: str, how: str, path: str, cookie: str, listed: Path | None = None, seconds: int = SECONDS
) -> Load:
    """Run wrk for some seconds with a few requests at a time. Raises Failed where any answer was an error."""
    command = [
        "wrk",
        "-t1",
        f"-c{AT_ONCE}",
        f"-d{seconds}s",
        "--timeout",
        "30s",
        "-s",
        str(SCRIPT),
        url,
        "--",
    ]
    command += [how, path, cookie, *([str(listed)] if listed else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    figures = [line for line in done.stdout.splitlines() if line.startswith("FIGURES ")]
    if not figures:
        raise Failed(f"wrk: {done.stdout[-300:]}{done.stderr[-300:]}")
    requests, micros, p50, p95, wrong = map(int, figures[0].split()[1:])
    if wrong or not requests:
        raise Failed(f"{wrong} of {requests} answers to {how} {path} were errors")
    return Load(requests / micros * 1e6, p50 / 1000, p95 / 1000, requests)


@contextmanager
def _served(env: dict[str, str]) -> Iterator[str]:
    """Serve as `midcourse serve` does: two processes, one thread each."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    process = subprocess.Popen(gunicorn(port, 2), env=env, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/help-now/")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def _wait(url: str) -> None:
    """Wait until the server has answered a few times, so that both of its processes are warm."""
    end, answered = time.monotonic() + 60, 0
    while answered < 6 and time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=30):
                answered += 1
        except OSError:
            time.sleep(0.2)
