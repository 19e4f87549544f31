"""An invented clinic as an evaluation sees it: people, scale, prediction points, and how all would have ended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from midcourse.course.basis import Axis
from midcourse.course.moments import Array
from midcourse.course.observed import Observed
from midcourse.evaluation.folds import balanced_folds
from midcourse.evaluation.tasks import FIXED, Task, TaskSet, default_tasks
from midcourse.measures.scale import Cutoff, ReliableChange, Scale
from midcourse.simulate import ClinicDesign, SimulatedClinic, Truth, simulate

# Without clipping the invented scores have no ends, and the scale must not put any in their way.
FAR = 40.0
STAYING: dict[str, Any] = {
    "leave_after_good": 0.0,
    "leave_after_bad": 0.0,
    "leave_by_unseen_score": 0.0,
    "leave_for_other_reasons": 0.0,
    "missing_score_rate": 0.0,
}


@dataclass(frozen=True)
class PlannedEnd:
    """The score every client would have given at the planned end, and when, in the order of the clients."""

    truth: Truth
    score: Array
    time: Array


def clock_of(design: ClinicDesign) -> Axis:
    """Return the clock the table allows: sessions wherever it numbers them (ST2)."""
    return "week" if design.times_given == "day" else "session"


def scale_of(design: ClinicDesign) -> Scale:
    """Return the PHQ-9 with ends that lie where the invented scores end, far away without clipping."""
    away = 0.0 if design.clip_to_scale else FAR
    return Scale(
        design.measure,
        "PHQ-9, invented",
        design.minimum - away,
        design.maximum + away,
        reliable_change=ReliableChange(6, "assumed for the invented clinics"),
        caseness=Cutoff(10, "Kroenke, Spitzer, Williams 2001, doi 10.1046/j.1525-1497.2001.016009606.x"),
    )


def people_of(clinic: SimulatedClinic) -> list[Observed]:
    """Return the clients on the clock of their table."""
    table = clinic.scores
    times = table["session"] if clock_of(clinic.design) == "session" else table["day"] / 7.0
    names, starts = np.unique(table["client_id"], return_index=True)
    return [
        Observed(str(name), tuple(map(float, time)), tuple(map(float, score)))
        for name, time, score in zip(
            names, np.split(times, starts[1:]), np.split(table["score"], starts[1:]), strict=True
        )
    ]


def planned_end(design: ClinicDesign, seed: int) -> PlannedEnd:
    """Return how everyone would have ended had nobody left: same people, same errors, same plans' draws.

    Every ingredient has a stream of its own, so turning off the leaving moves nothing else. The true
    courses are those of the truth file (where a plan has an effect, someone who left may now make one).
    """
    stayed = simulate(replace(design, **STAYING), seed)
    people = people_of(stayed)
    return PlannedEnd(
        stayed.truth,
        np.array([person.scores[-1] for person in people]),
        np.array([person.times[-1] for person in people]),
    )


def all_folds(people: Sequence[Observed], folds: int, seed: int) -> dict[str, str]:
    """Return balanced folds, and one in turn for clients too short to be judged by their last score."""
    found = balanced_folds(people, folds, seed)
    short = [person.client_id for person in people if person.client_id not in found]
    return found | {name: str(place % folds + 1) for place, name in enumerate(short)}


def points_of_both(people: Sequence[Observed], end: PlannedEnd, folds: dict[str, str]) -> tuple[TaskSet, int]:
    """Return the default prediction points, then those asked for the planned end, and where these begin.

    For the planned end everyone is asked about who has given so many scores, whether or not she comes
    again: nobody at work knows who will. One set for both, so that every method learns once.
    """
    default = default_tasks(people, folds)
    asked = [
        task
        for person, time in zip(people, end.time.tolist(), strict=True)
        for task in _to_the_end(person, folds[person.client_id], time)
    ]
    return replace(default, tasks=default.tasks + tuple(asked)), len(default.tasks)


def _to_the_end(person: Observed, fold: str, end: float) -> list[Task]:
    following = (*person.times[1:], end)
    return [
        Task(person.client_id, k, fold, following[k], end)
        for k in FIXED
        if k < len(person.scores) and person.times[k] < end
    ]
