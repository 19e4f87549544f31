"""The clients that evaluations are measured on: ENRICHD where it is present, else an invented clinic.

Both sides read the same file: client_id, time (weeks or sessions on the course's clock), score, fold.
"""

import csv
import os
from dataclasses import dataclass
from pathlib import Path

from bench.awkward_clinic import people_of
from midcourse.course.observed import Observed, choose_axis, observe
from midcourse.evaluation.folds import balanced_folds
from midcourse.evaluation.tasks import judged
from midcourse.measures import find
from midcourse.simulate import AWKWARD, simulate
from midcourse.tables import read_table

FOLDER = Path("build/bench")
DATA = Path(os.environ.get("MIDCOURSE_DATA", "../shared/data"))


@dataclass(frozen=True)
class Prepared:
    """A file that both sides read, and what the scale is: highest score, reliable change, clock."""

    title: str
    file: Path
    maximum: float
    reliable: float
    axis: str

    def arguments(self) -> tuple[object, ...]:
        """Return what each side is told on its command line."""
        return self.file, self.maximum, self.reliable, self.axis


def prepare_evaluation(clients: int | None = None) -> Prepared:
    """Write the file and return it; `clients` keeps only the first so many who can be judged."""
    real = DATA / "enrichd_cbt_bdi.csv"
    if real.exists():
        episodes = list(read_table(real, measure="bdi").episodes)
        axis = choose_axis(episodes, "bdi") or "week"
        seen = [observe(episode, "bdi", axis) for episode in episodes]
        return _written("ENRICHD", [p for p in seen if p is not None], 63, _reliable("bdi"), axis, clients)
    return _written("an invented clinic", people_of(simulate(AWKWARD, 1)), 27, 6, "session", clients)


def _reliable(measure: str) -> float:
    change = find(measure).scale.reliable_change
    assert change is not None
    return change.points


def _written(
    title: str, people: list[Observed], maximum: float, reliable: float, axis: str, clients: int | None
) -> Prepared:
    kept = judged(people)[:clients]
    folds = balanced_folds(kept)
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / "evaluation.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out)
        lines.writerow(("client_id", "time", "score", "fold"))
        for p in kept:
            lines.writerows(
                (p.client_id, t, y, folds[p.client_id]) for t, y in zip(p.times, p.scores, strict=True)
            )
    return Prepared(f"{title}, {len(kept)} clients", file, maximum, reliable, axis)
