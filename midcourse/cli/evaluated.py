"""From a table that was read to a judgement: people, folds, prediction points, methods."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from midcourse.cli.evaluation_report.result import Evaluated
    from midcourse.course.basis import Axis
    from midcourse.course.observed import Observed
    from midcourse.evaluation.method import Method
    from midcourse.evaluation.run import Run
    from midcourse.evaluation.tasks import TaskSet
    from midcourse.measures import Scale
    from midcourse.signals.predictive_values import PredictiveValues
    from midcourse.tables import Reading

Progress = Callable[[float], None]
FOLDS = 10
NO_SETTING = "its setting was not named"


@dataclass(frozen=True)
class Place:
    """Where the clients of a table were seen, and whether people there acted on signals (ST7).

    Without a `data_set` and its `setting` in words, counts are shown with the file's name and not saved.
    """

    data_set: str | None = None
    setting: str | None = None
    acted_on: bool = False


NOWHERE = Place()


@dataclass(frozen=True)
class Asked:
    """What was asked of an evaluation; without files the folds and the points are made here."""

    methods: tuple["Method", ...]
    folds: Path | None = None
    tasks: Path | None = None
    by_therapist: bool = False
    draws: int = 200
    budget: float = 5.0
    seed: int = 0


@dataclass(frozen=True)
class Split:
    """Who learns and who is asked about: the prediction points, and in words where they come from."""

    tasks: "TaskSet"
    split: str
    points: str


def chosen_methods(names: str | None, among: tuple["Method", ...] = ()) -> tuple["Method", ...]:
    """Return the methods named, commas between them, of `among` or of all; every one where none is named.

    A name may be written as a `slug`. Raises ValueError, listing the names, for one that is not known.
    """
    from midcourse.evaluation.methods import every_method

    known = {slug(method.name): method for method in among or every_method()}
    if names is None:
        return tuple(known.values())
    wanted = dict.fromkeys(slug(name) for name in names.split(",") if name.strip())
    unknown = [name for name in wanted if name not in known]
    if unknown or not wanted:
        raise ValueError(
            f"There is no method {', '.join(map(repr, unknown)) or repr(names)}; there are: {', '.join(known)}."
        )
    return tuple(known[name] for name in wanted)


def slug(name: str) -> str:
    """Return a method's name as one word, for the command line and for file names."""
    kept = "".join(letter if letter.isalnum() else " " for letter in name.lower())
    return "-".join(kept.split())


def evaluated(
    reading: "Reading",
    scale: "Scale",
    asked: Asked,
    place: Place = NOWHERE,
    *,
    running: Progress,
    judging: Progress,
) -> tuple["Run", "Evaluated"]:
    """Run every method on one measure of a table and judge it.

    Raises ValueError, with the mend, where the scores have no clock, the scale has no reliable change,
    nobody can be judged, or the folds or tasks given do not fit the table.
    """
    from midcourse.cli.evaluation_report.result import Evaluated
    from midcourse.evaluation.judge import judge
    from midcourse.evaluation.run import run

    if scale.reliable_change is None:
        raise ValueError(
            f"{scale.title} has no reliable change in force, so nobody can be said to have improved. "
            "Give one with --reliable-change."
        )
    people, axis, untimed = _people(reading, scale.measure)
    split = _split(people, axis, asked)
    found = run(asked.methods, people, scale, axis, split.tasks, progress=running)
    judgement = judge(found, draws=asked.draws, seed=asked.seed, budget=asked.budget, progress=judging)
    scores = sum(len(person.scores) for person in people)
    aside = reading.counts.set_aside
    return found, Evaluated(
        reading.file,
        reading.sha256,
        scale,
        scores,
        aside,
        untimed,
        split.split,
        split.points,
        judgement,
        _right_so_often(found, people, place, reading.file),
    )


def _right_so_often(
    found: "Run", people: "Sequence[Observed]", place: Place, file: str
) -> "PredictiveValues | None":
    """How often each state of our own policy was right; None where it was not run or failed."""
    from midcourse.evaluation.methods import OURS
    from midcourse.evaluation.predictive_values import predictive_values

    ours = [told for told in found.told if told.name == OURS]
    if not ours or ours[0].predictions is None:
        return None
    return predictive_values(
        found,
        people,
        data_set=place.data_set or file,
        setting=place.setting or NO_SETTING,
        acted_on=place.acted_on,
    )


def _people(reading: "Reading", measure: str) -> "tuple[list[Observed], Axis, int]":
    from midcourse.course.observed import choose_axis, observe

    episodes = [episode for episode in reading.episodes if episode.of(measure)]
    axis = choose_axis(episodes, measure)
    if axis is None:
        raise ValueError("Most scores have neither a session number nor a date; give one with --map.")
    found = [observe(episode, measure, axis) for episode in episodes]
    people = [person for person in found if person is not None]
    return people, axis, len(found) - len(people)


def _split(people: "Sequence[Observed]", axis: "Axis", asked: Asked) -> Split:
    from midcourse.evaluation.tasks import default_tasks
    from midcourse.evaluation.tasks_given import read_folds
    from midcourse.evaluation.tasks_placed import tasks_from

    if asked.by_therapist and (asked.folds or asked.tasks):
        raise ValueError("--leave-therapists-out makes its own folds; leave out --folds and --tasks.")
    given = read_folds(asked.folds) if asked.folds else None
    if asked.tasks is not None:
        tasks = tasks_from(asked.tasks, people, axis, given)
        count = len({task.fold for task in tasks.tasks})
        return Split(
            tasks, f"{count} folds as given in {asked.tasks.name}", f"as given in {asked.tasks.name}"
        )
    if given is not None and asked.folds is not None:
        tasks = default_tasks(people, given)
        split = f"{len({task.fold for task in tasks.tasks})} folds as given in {asked.folds.name}"
    else:
        folds, split = _made(people, asked)
        tasks = default_tasks(people, folds)
    return Split(tasks, split, "after 2, 3, 4, 6 and 8 scores")


def _made(people: "Sequence[Observed]", asked: Asked) -> tuple[dict[str, str], str]:
    from midcourse.evaluation.folds import balanced_folds, therapist_folds
    from midcourse.evaluation.tasks import FEWEST_SCORES, judged

    able = len(judged(people))
    if not able:
        raise ValueError(
            f"No client has {FEWEST_SCORES} scores, so nothing can be judged; bring longer courses."
        )
    if asked.by_therapist:
        named = len({person.therapist_id for person in people if person.therapist_id is not None})
        if named < 2:
            raise ValueError(
                f"{named} therapists are named, so none can be left out. Name their column with "
                "--map therapist_id=COLUMN, or leave --leave-therapists-out out."
            )
        count = min(FOLDS, named)
        words = f"{count} folds that keep all clients of a therapist together (seed {asked.seed})"
        return therapist_folds(people, count, asked.seed), words
    count = min(FOLDS, able)
    words = f"{count} folds by client, balanced on total change (seed {asked.seed})"
    return balanced_folds(people, count, asked.seed), words
