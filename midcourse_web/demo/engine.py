"""What the engine invents: a clinic of sixty with known stories, and the course expected there.

It runs as a process of its own: simulating and fitting load what the web process never loads.
"""

import csv
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

COMMAND = (sys.executable, "-c", "from midcourse.cli import main; main()")
MEASURE = "phq-9"


@dataclass(frozen=True)
class Told:
    """One session of one invented client: its number, its day, the total on the PHQ-9."""

    session: int
    day: date
    total: int


@dataclass(frozen=True)
class Invented:
    """The sessions of each client by id, dated up to yesterday, and the saved course with its reason."""

    sessions: dict[str, list[Told]]
    course: str
    clients: int


def invent(folder: Path, today: date) -> Invented:
    """Let the engine invent its clinic in a folder and fit what is expected there; takes some seconds."""
    _run("demo", "--folder", str(folder))
    _run("fit", str(folder / "scores.csv"), "--out", str(folder / "course.json"))
    with (folder / "scores.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["score"]]
    newest = max(date.fromisoformat(row["date"]) for row in rows)
    shift = today - timedelta(days=1) - newest
    sessions: dict[str, list[Told]] = defaultdict(list)
    for row in rows:
        day = date.fromisoformat(row["date"]) + shift
        sessions[row["client_id"]].append(Told(int(row["session"]), day, round(float(row["score"]))))
    return Invented(dict(sessions), (folder / "course.json").read_text("utf-8"), len(sessions))


def _run(*words: str) -> None:
    done = subprocess.run([*COMMAND, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"midcourse {words[0]} failed: {done.stderr[-2000:]}")
