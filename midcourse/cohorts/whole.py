"""Whole reviews of the courses most in need: the one-person path, on clients fetched from the table."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import ibis

from midcourse.cohorts.measure import MeasureCohort
from midcourse.cohorts.one_order import in_order, one_states
from midcourse.cohorts.people import Person, only, people_of
from midcourse.review.caseload import NOT_PLACED
from midcourse.review.one_course import review_course
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
    order = in_order(cohorts)
    people = one_states(cohorts, order, whole.limit)
    pairs = list(zip(order.cohort.tolist(), order.at.tolist(), order.person.tolist(), strict=True))
    for chunk in _chunks(pairs[: whole.limit]):
        found: dict[tuple[int, str, str], Person] = {}
        for number in sorted({n for n, _, _ in chunk}):
            cohort = cohorts[number]
            keys = [_key(cohort, i) for n, i, _ in chunk if n == number]
            rows = only(connection.table(place_of(cohort.scale.measure)), keys)
            found |= {(number, p.observed.client_id, p.episode_id): p for p in people_of(rows)}
        for number, i, person in chunk:
            cohort = cohorts[number]
            course = _reviewed(cohort, found[(number, *_key(cohort, i))], whole.bands, as_of)
            whole.give(replace(course, as_one=people[person].words()) if person in people else course)


def _chunks(pairs: list[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    for start in range(0, len(pairs), CHUNK):
        yield pairs[start : start + CHUNK]


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
