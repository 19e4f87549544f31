"""Whole reviews of the courses most in need: the one-person path, on clients fetched from the table."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import ibis
import numpy as np

from midcourse.cohorts.measure import MeasureCohort
from midcourse.cohorts.people import Person, only, people_of
from midcourse.review.caseload import NOT_PLACED
from midcourse.review.one_course import review_course
from midcourse.review.people import SAME_ODDS
from midcourse.review.result import CourseReview
from midcourse.signals.silence import silence_of

CHUNK = 5_000  # clients fetched at once, so that any number passes through little memory


@dataclass(frozen=True)
class Whole:
    """Hand each whole review to `give`, most in need first, at most `limit` of them (None: all)."""

    give: Callable[[CourseReview], None]
    limit: int | None = None
    bands: bool = False


def place_of(measure: str) -> str:
    """Return the name of the table that holds one measure's scores on the course's clock."""
    return f"placed {measure}"


def give_whole(
    connection: ibis.BaseBackend, cohorts: Sequence[MeasureCohort], whole: Whole, as_of: float | None
) -> None:
    """Review the courses most in need one by one, in the order of `review_caseload`."""
    order = list(_order(cohorts))[: whole.limit]
    for start in range(0, len(order), CHUNK):
        chunk = order[start : start + CHUNK]
        found: dict[tuple[int, str, str], Person] = {}
        for number, cohort in enumerate(cohorts):
            keys = [_key(cohort, i) for n, i in chunk if n == number]
            if keys:
                rows = only(connection.table(place_of(cohort.scale.measure)), keys)
                found |= {(number, p.observed.client_id, p.episode_id): p for p in people_of(rows)}
        for number, i in chunk:
            cohort = cohorts[number]
            whole.give(_reviewed(cohort, found[(number, *_key(cohort, i))], whole.bands, as_of))


def _order(cohorts: Sequence[MeasureCohort]) -> Iterator[tuple[int, int]]:
    """Every course as (cohort, position), by state, then odds, then id, then measure."""
    if not cohorts:
        return
    state = np.concatenate([cohort.state for cohort in cohorts])
    chance = np.round(np.concatenate([cohort.chance() for cohort in cohorts]), SAME_ODDS)
    ids = np.array([name for cohort in cohorts for name in cohort.clients.client_id])
    number = np.repeat(np.arange(len(cohorts)), [len(cohort.state) for cohort in cohorts])
    at = np.concatenate([np.arange(len(cohort.state)) for cohort in cohorts])
    for i in np.lexsort((number, ids, chance, state)):
        yield int(number[i]), int(at[i])


def _key(cohort: MeasureCohort, i: int) -> tuple[str, str]:
    return cohort.clients.client_id[i], cohort.clients.episode_id[i]


def _reviewed(cohort: MeasureCohort, person: Person, bands: bool, as_of: float | None) -> CourseReview:
    return review_course(
        person.observed,
        person.episode_id,
        cohort.course if person.placed else None,
        cohort.scale,
        cohort.axis if person.placed else "score",
        silence=silence_of(person.days, as_of, person.ended),
        age=person.age,
        notes=() if person.placed else (NOT_PLACED,),
        bands=bands,
    )
