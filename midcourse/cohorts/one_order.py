"""The order of a large caseload: people by their one state, their courses together (`review.people`)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from midcourse.cohorts.measure import MeasureCohort
from midcourse.cohorts.states import CODES
from midcourse.review.people import SAME_ODDS
from midcourse.signals.as_one import URGENCY, AsOne, as_one

URGENT = np.array([URGENCY.index(state) for state in CODES])
BY_URGENCY = np.array([CODES.index(state) for state in URGENCY])


@dataclass(frozen=True)
class Ordered:
    """Every course as (cohort, position), most in need first; `person` numbers whose course each is."""

    cohort: NDArray[np.intp]
    at: NDArray[np.intp]
    person: NDArray[np.intp]


def in_order(cohorts: Sequence[MeasureCohort]) -> Ordered:
    """Return the courses of all measures in the order of `review_caseload`.

    By the person's one state, the lowest odds among the courses in it, client and episode; then the
    person's courses by state, odds and measure.
    """
    if not cohorts:
        nobody = np.zeros(0, dtype=np.intp)
        return Ordered(nobody, nobody, nobody)
    state = np.concatenate([one.state for one in cohorts])
    chance = np.round(np.concatenate([one.chance() for one in cohorts]), SAME_ODDS)
    names = [one.scale.measure for one in cohorts]
    measure = np.argsort(np.argsort(names))
    cohort = np.repeat(np.arange(len(cohorts)), [len(one.state) for one in cohorts])
    at = np.concatenate([np.arange(len(one.state)) for one in cohorts])
    # Numbered in order of client and episode, so that the number is the last tie-break too.
    keys = sorted({key for one in cohorts for key in _keys(one)})
    numbers = {key: number for number, key in enumerate(keys)}
    person = np.array([numbers[key] for one in cohorts for key in _keys(one)], dtype=np.intp)
    most = np.full(len(keys), len(URGENCY))
    np.minimum.at(most, person, URGENT[state])
    decides = URGENT[state] == most[person]
    odds = np.full(len(keys), np.inf)
    np.minimum.at(odds, person[decides], chance[decides])
    first = BY_URGENCY[most]
    order = np.lexsort((measure[cohort], chance, state, person, odds[person], first[person]))
    return Ordered(cohort[order], at[order], person[order])


def _keys(one: MeasureCohort) -> list[tuple[str, str]]:
    return list(zip(one.clients.client_id, one.clients.episode_id, strict=True))


def one_states(cohorts: Sequence[MeasureCohort], ordered: Ordered, limit: int | None) -> dict[int, AsOne]:
    """Return the one state of each person among the first `limit` courses, from all courses."""
    if len(cohorts) < 2:
        return {}
    wanted = np.isin(ordered.person, ordered.person[:limit])
    found: dict[int, dict[str, int]] = {}
    for number, i, person in zip(
        *(part[wanted].tolist() for part in (ordered.cohort, ordered.at, ordered.person)), strict=True
    ):
        found.setdefault(person, {})[cohorts[number].scale.title] = int(cohorts[number].state[i])
    return {
        person: as_one({name: CODES[code] for name, code in _as_reviewed(states, cohorts)})
        for person, states in found.items()
    }


def _as_reviewed(states: dict[str, int], cohorts: Sequence[MeasureCohort]) -> list[tuple[str, int]]:
    """A person's states in the order in which the measures were reviewed, as in `review.people`."""
    return [(one.scale.title, states[one.scale.title]) for one in cohorts if one.scale.title in states]
