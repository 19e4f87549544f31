"""Who is judged together: folds by client, alike in how much their clients changed (ST8, ST13)."""

from collections.abc import Sequence

import numpy as np

from midcourse.course.observed import Observed
from midcourse.evaluation.tasks import first_courses, judged

FOLDS = 10


def total_change(person: Observed) -> float:
    """Return the last score minus the first, in points."""
    return person.scores[-1] - person.scores[0]


def random_folds(people: Sequence[Observed], folds: int = FOLDS, seed: int = 0) -> dict[str, str]:
    """Return plain random folds of everyone who can be judged, for showing what they do wrong.

    With them a constant predictor (the base rate of the other folds) runs against its own fold's rate
    and its pooled AUC falls below one half. Raises ValueError as `balanced_folds` does.
    """
    asked = _enough(people, folds)
    order = np.random.RandomState(seed).permutation(len(asked))
    return {asked[place].client_id: str(number % folds + 1) for number, place in enumerate(order)}


def balanced_folds(people: Sequence[Observed], folds: int = FOLDS, seed: int = 0) -> dict[str, str]:
    """Return a fold ("1" to the number of folds) for every client who can be judged.

    Clients are sorted by total change and dealt in blocks of one client per fold: in a shuffled order,
    then back in the same order reversed, so that every fold gets as much change as the next.
    Raises ValueError with fewer than two folds or fewer clients than folds.
    """
    asked = _enough(people, folds)
    draw = np.random.RandomState(seed)
    # Shuffled before the (stable) sort, so that ties do not keep the order of the file.
    shuffled = [asked[place] for place in draw.permutation(len(asked))]
    ordered = sorted(shuffled, key=total_change)
    found: dict[str, str] = {}
    order = np.arange(folds)
    for start in range(0, len(ordered), folds):
        order = draw.permutation(folds) if start // folds % 2 == 0 else order[::-1]
        block = ordered[start : start + folds]
        found |= {person.client_id: str(order[place] + 1) for place, person in enumerate(block)}
    return found


def therapist_folds(people: Sequence[Observed], folds: int = FOLDS, seed: int = 0) -> dict[str, str]:
    """Return folds that keep all clients of a therapist together (leave-therapists-out).

    A client's therapist is that of the first course. Therapists with most clients are placed first,
    each into the fold with the fewest clients so far and, among these, the one whose clients changed
    most for the lower; clients without a therapist are placed one by one. Clients with few scores get a
    fold too, so that nothing is learned about a therapist who is left out.
    Raises ValueError with fewer therapists than folds or fewer than two folds.
    """
    groups: dict[object, list[Observed]] = {}
    for person in first_courses(people).values():
        alone = ("no therapist", person.client_id)
        groups.setdefault(alone if person.therapist_id is None else person.therapist_id, []).append(person)
    named = sum(isinstance(key, str) for key in groups)
    if not 2 <= folds <= named:
        raise ValueError(f"{named} therapists are named; they cannot be split into {folds} folds.")
    keys = list(groups)
    shuffled = [keys[place] for place in np.random.RandomState(seed).permutation(len(keys))]
    size, change = [0] * folds, [0.0] * folds
    found: dict[str, str] = {}
    for key in sorted(shuffled, key=lambda key: -len(groups[key])):
        place = min(range(folds), key=lambda fold: (size[fold], change[fold]))
        size[place] += len(groups[key])
        change[place] += sum(map(total_change, groups[key]))
        found |= {person.client_id: str(place + 1) for person in groups[key]}
    return found


def _enough(people: Sequence[Observed], folds: int) -> list[Observed]:
    asked = judged(people)
    if not 2 <= folds <= len(asked):
        raise ValueError(f"{len(asked)} clients with enough scores cannot be split into {folds} folds.")
    return asked
