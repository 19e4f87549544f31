"""Courses put together by person: one state over all measures, and the order of a caseload (ST7)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from midcourse.review.result import CourseReview
from midcourse.signals.as_one import AsOne, as_one
from midcourse.signals.state import State

# Most in need of attention first (ST7); ties by the odds of reliable improvement, lowest first.
ORDER = {state: rank for rank, state in enumerate(State)}
SAME_ODDS = 9  # decimals: odds that differ by rounding alone are equal, whoever computed them

Person = tuple[str, str]


def person_of(course: CourseReview) -> Person:
    """Return whose course it is: the client and the episode."""
    return course.client_id, course.episode_id


def people_of(courses: Iterable[CourseReview], titles: Mapping[str, str]) -> dict[Person, AsOne]:
    """Return the one state of each person; `titles` names the measures in words."""
    states: dict[Person, dict[str, State]] = defaultdict(dict)
    for course in courses:
        states[person_of(course)][titles[course.measure]] = course.state
    return {person: as_one(of_measures) for person, of_measures in states.items()}


def in_order(courses: Sequence[CourseReview], titles: Mapping[str, str]) -> list[CourseReview]:
    """Return courses by person, the most in need first, each with its person's one state.

    A person stands where the one state puts it, by the lowest odds of the courses in that state; then
    the person's courses follow one another.
    """
    people = people_of(courses, titles)
    odds: dict[Person, float] = {}
    for course in courses:
        person = person_of(course)
        if course.state is people[person].state:
            odds[person] = min(odds.get(person, 1.0), chance(course))

    def key(course: CourseReview) -> tuple[int, float, Person, int, float, str]:
        person = person_of(course)
        own = ORDER[course.state], chance(course), course.measure
        return ORDER[people[person].state], odds[person], person, *own

    told = [replace(course, as_one=people[person_of(course)].words()) for course in courses]
    return sorted(told, key=key)


def chance(course: CourseReview) -> float:
    """Return the odds of reliable improvement a course is ordered by; 1 where none are given."""
    p = course.outlook.p_improvement if course.outlook else None
    return 1.0 if p is None else round(p, SAME_ODDS)
