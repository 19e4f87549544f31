"""Which expected course a table gets: its own, a borrowed one, or none, with the reason in words."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from midcourse.course import choose
from midcourse.course.basis import Basis
from midcourse.course.choose import course_for
from midcourse.course.course import Course
from midcourse.course.fit import Unconverged
from midcourse.course.observed import Observed
from midcourse.course.reference import PARTS, Reference, read_reference
from midcourse.measures.scale import Scale
from tests.clinics import PHQ_9, clinic
from tests.engine.test_borrow import reference

BDI = Scale("bdi", "BDI", 0, 63)


def lend(monkeypatch: pytest.MonkeyPatch, *lenders: Reference) -> None:
    monkeypatch.setattr(choose, "references_for", lambda measure, axis: lenders)


def test_a_large_clinic_with_no_reference_gets_its_own_corrected_fit() -> None:
    chosen = course_for(clinic(110, 3), BDI, "session")
    assert chosen.course is not None and chosen.course.recalibration is not None
    assert chosen.why == "Fitted to the 110 clients of this table who have a second score."
    assert "log_score_by_pseudo_clients" not in chosen.course.history


def test_a_middling_clinic_borrows_as_much_as_held_out_scores_favour(monkeypatch: pytest.MonkeyPatch) -> None:
    lend(monkeypatch, reference())
    chosen = course_for(clinic(110, 0), PHQ_9, "session")
    assert chosen.course is not None and chosen.course.recalibration is not None
    m = chosen.course.history["pseudo_clients"]
    assert m > 0
    assert f"Fitted to 110 clients of this table together with {m:g} pseudo-clients" in chosen.why
    assert set(chosen.course.history["log_score_by_pseudo_clients"]) == {0, 10, 20, 50, 100, 200}


def test_a_clinic_that_a_reference_does_not_fit_keeps_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    lend(monkeypatch, reference())
    monkeypatch.setattr(choose, "choose_pseudo_clients", lambda *_: (0.0, {0: 2.0, 50: 3.0}))
    chosen = course_for(clinic(70, 0), PHQ_9, "session")
    assert chosen.course is not None
    assert chosen.course.history["log_score_by_pseudo_clients"] == {0: 2.0, 50: 3.0}
    assert "reference" not in chosen.course.history
    assert chosen.why.startswith("Fitted to the 70 clients")


def test_another_basis_or_the_very_same_clients_are_never_borrowed_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people = clinic(70, 0)
    own = course_for(people, PHQ_9, "session", references=False).course
    assert own is not None
    tag = {"kind": "fitted", "source": "x", "command": "y", "fingerprint": own.history["fingerprint"]}
    other_basis = replace(reference(), basis=Basis("linear", "session"))
    same_people = replace(reference(), tags=dict.fromkeys(PARTS, tag))
    assumed = read_reference("phq-9-nhs-session")
    lend(monkeypatch, other_basis, same_people, assumed)
    chosen = course_for(people, PHQ_9, "session").course
    assert chosen is not None
    assert chosen.parts == own.parts


def test_a_small_clinic_borrows_fifty_pseudo_clients_of_a_fitted_reference(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lend(monkeypatch, reference())
    chosen = course_for(clinic(40, 5), PHQ_9, "session")
    assert chosen.course is not None
    assert chosen.course.history["pseudo_clients"] == 50
    assert "40 clients of this table together with 50 pseudo-clients of the reference true" in chosen.why


@pytest.mark.parametrize(("clients", "assumed"), [(5, True), (29, True), (30, False)])
def test_assumed_numbers_are_only_used_where_there_are_few_own_clients(clients: int, assumed: bool) -> None:
    chosen = course_for(clinic(clients, 5), PHQ_9, "session")
    assert chosen.course is not None
    assert chosen.course.assumed_range is assumed


def test_a_small_clinic_without_a_reference_has_its_own_uncertainty_in_every_band() -> None:
    chosen = course_for(clinic(20, 5), BDI, "session")
    assert chosen.course is not None
    assert len(chosen.course.parts) > 1
    assert "the uncertainty of the fit itself is part of every band" in chosen.why


def test_a_handful_of_clients_and_no_reference_give_no_course_and_the_reason() -> None:
    chosen = course_for(clinic(5, 5), BDI, "session")
    assert chosen.course is None
    assert chosen.why == (
        "No course can be expected from 5 clients with a second score (at least 12 are needed) "
        "and no reference fits this measure by session."
    )


def test_references_can_be_left_out() -> None:
    assert course_for(clinic(5, 5), PHQ_9, "session", references=False).course is None


@pytest.mark.parametrize("problem", [Unconverged("no minimum"), ValueError("not of full rank")])
def test_a_fit_that_is_refused_is_no_course_and_says_why(
    monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def refuse(*_: object, **__: object) -> Course:
        raise problem

    monkeypatch.setattr(choose, "expected_course", refuse)
    chosen = course_for(clinic(80, 5), BDI, "session")
    assert (chosen.course, chosen.why) == (None, str(problem))


def test_the_course_does_not_depend_on_the_order_of_people() -> None:
    people: Sequence[Observed] = clinic(20, 5)
    one, two = (course_for(some, BDI, "session").course for some in (people, people[::-1]))
    assert one is not None and two is not None
    assert one.parts == two.parts


@pytest.mark.parametrize("clients", [20, 70])
def test_before_and_after_alone_give_no_course_and_plain_words(clients: int) -> None:
    people = [person.up_to(2) for person in clinic(clients, 5)]
    chosen = course_for(people, BDI, "session")
    assert chosen.course is None
    assert chosen.why.startswith("No course can be expected: all later scores stand at one time")
