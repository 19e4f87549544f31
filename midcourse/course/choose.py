"""Which expected course a measure gets from the clients at hand: own, borrowed, or none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from midcourse.course.basis import Axis
from midcourse.course.borrow import borrowed_course, choose_pseudo_clients
from midcourse.course.calibrate import calibrated_course
from midcourse.course.course import Course
from midcourse.course.expect import FEWEST, SMALL, TooFewClients, expected_course
from midcourse.course.fit import Unconverged
from midcourse.course.learn_odds import odds_by_change
from midcourse.course.observed import Observed
from midcourse.course.reference import PSEUDO_CLIENTS, Reference, references_for
from midcourse.measures.scale import Scale

ENOUGH_WITHOUT_ASSUMED = 30  # own clients from which assumed numbers do more harm than good


@dataclass(frozen=True)
class Chosen:
    """The course in force for a measure, or why there is none."""

    course: Course | None
    why: str


def course_for(people: Sequence[Observed], scale: Scale, axis: Axis, *, references: bool = True) -> Chosen:
    """Return the expected course of a measure for a table's clients.

    From 60 clients with a second score the clinic's own fit, joined by as many pseudo-clients of a
    reference on the same basis as held-out log score favours. Below that a fitted reference lends 50
    pseudo-clients; an assumed one only below 30 clients, since it silences firm signals. Without
    either: the own fit with theta integrated over, and below 12 clients none. Below 100 clients nothing is
    corrected, and the rates by change so far have a half share in the chances (ST13).
    """
    chosen = _chosen(people, scale, axis, references)
    if chosen.course is None:
        return chosen
    return replace(chosen, course=with_rates(chosen.course, people, scale))


def with_rates(course: Course, people: Sequence[Observed], scale: Scale) -> Course:
    """Return the course with the rates by change so far, where it learned no correction and rests on no assumption."""
    if course.assumed_range or course.recalibration is not None:
        return course
    # In order of id, as fits are, so that the answer does not depend on the order of the file's rows.
    ordered = sorted(people, key=lambda person: person.client_id)
    return replace(course, odds=odds_by_change(ordered, scale))


def _chosen(people: Sequence[Observed], scale: Scale, axis: Axis, references: bool) -> Chosen:
    # In order of id, so that the answer does not depend on the order of the file's rows.
    people = sorted(people, key=lambda person: person.client_id)
    usable = [person for person in people if len(person.scores) > 1]
    lenders = references_for(scale.measure, axis) if references else ()
    try:
        if len(usable) >= SMALL:
            return _own(people, scale, axis, lenders)
        lending = [r for r in lenders if not r.assumed or len(usable) < ENOUGH_WITHOUT_ASSUMED]
        if lending:
            course = borrowed_course(people, lending[0])
            return Chosen(course, _borrowed_words(len(usable), lending[0], PSEUDO_CLIENTS))
        course = expected_course(people, scale.measure, axis)
        return Chosen(course, f"Fitted to the {len(usable)} clients of this table; with so few, "
                      "the uncertainty of the fit itself is part of every band.")  # fmt: skip
    except TooFewClients:
        return Chosen(None, f"No course can be expected from {len(usable)} clients with a second "
                      f"score (at least {FEWEST} are needed) and no reference fits this measure "
                      f"by {axis}.")  # fmt: skip
    except (Unconverged, ValueError) as problem:
        return Chosen(None, _why_not(usable, problem))


def _why_not(usable: Sequence[Observed], problem: Exception) -> str:
    """A trial's before and after is the usual reason that nothing can be fitted, and deserves plain words."""
    if len({time for person in usable for time in person.times[1:]}) == 1:
        return (
            "No course can be expected: all later scores stand at one time, and a course needs at least "
            "two such times. Change since the first score is still judged."
        )
    return str(problem)


def _own(people: Sequence[Observed], scale: Scale, axis: Axis, lenders: tuple[Reference, ...]) -> Chosen:
    course = expected_course(people, scale.measure, axis)
    # A reference fitted to these very clients would count them twice.
    own_data = course.history["fingerprint"]
    same = [
        r for r in lenders if r.basis == course.basis and not r.assumed and own_data not in r.fingerprints
    ]
    m = 0.0
    if same:
        m, compared = choose_pseudo_clients(people, same[0], scale)
        if m > 0:
            course = borrowed_course(people, same[0], m)
        history = dict(course.history) | {"log_score_by_pseudo_clients": compared}
        course = replace(course, history=history)
    basis = course.basis

    def refit(some: Sequence[Observed]) -> Course:
        if m > 0:
            return borrowed_course(some, same[0], m)
        return expected_course(some, scale.measure, axis, basis=basis)

    course = calibrated_course(course, people, scale, refit)
    usable = sum(len(person.scores) > 1 for person in people)
    if m > 0:
        return Chosen(course, _borrowed_words(usable, same[0], m))
    return Chosen(course, f"Fitted to the {usable} clients of this table who have a second score.")


def _borrowed_words(clients: int, reference: Reference, m: float) -> str:
    return (
        f"Fitted to {clients} clients of this table together with {m:g} pseudo-clients of the "
        f"reference {reference.name} ({reference.setting})."
    )
