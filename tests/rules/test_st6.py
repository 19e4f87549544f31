"""Rule ST6: borrowing. Each test is a sentence of the rule.

The numbers of each share are held against the dense formulas by tests/engine/test_borrow.py; the
spread between English services by tests/engine/test_spread.py.
"""

from dataclasses import replace

import pytest

from midcourse.course import choose
from midcourse.course.basis import Basis
from midcourse.course.borrow import CHOICES, borrowed_course, choose_pseudo_clients
from midcourse.course.choose import course_for
from midcourse.course.expect import SMALL
from midcourse.course.forecast import forecast, intake_only, seen
from midcourse.course.reference import PSEUDO_CLIENTS
from midcourse.review.one_course import review_course
from tests.clinics import PHQ_9, clinic
from tests.engine.test_borrow import WRONG, reference


def test_a_reference_joins_a_clinics_own_sums_with_50_pseudo_clients_by_default() -> None:
    assert PSEUDO_CLIENTS == 50
    people = clinic(70, 3)
    assert borrowed_course(people, reference()).parts == borrowed_course(people, reference(), 50).parts


def test_the_more_is_borrowed_the_nearer_a_course_lies_to_the_reference() -> None:
    people = clinic(70, 3)
    slopes = [borrowed_course(people, WRONG, m).parts[0][1].beta[0][1] for m in (0, 10, 50, 1e6)]
    assert slopes == sorted(slopes)
    assert slopes[-1] == pytest.approx(WRONG.ends[0].beta[0][1], abs=1e-2)


def test_from_60_own_clients_the_number_is_chosen_by_leave_clients_out_log_score() -> None:
    assert SMALL == 60
    assert CHOICES == (0, 10, 20, 50, 100, 200)
    m, compared = choose_pseudo_clients(clinic(70, 3), reference(), PHQ_9)
    assert m == min(compared, key=lambda k: compared[k])


@pytest.mark.parametrize(("clients", "asked"), [(59, False), (67, True)])
def test_below_60_nothing_is_chosen(clients: int, asked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[bool] = []

    def chosen(*_: object) -> tuple[float, dict[int, float]]:
        called.append(True)
        return 20.0, {20: 2.0}

    monkeypatch.setattr(choose, "references_for", lambda measure, axis: (reference(),))
    monkeypatch.setattr(choose, "choose_pseudo_clients", chosen)
    found = course_for(clinic(clients, 0), PHQ_9, "session").course
    assert found is not None
    assert bool(called) is asked
    assert found.history["pseudo_clients"] == (20 if asked else 50)


def test_every_forecast_says_how_much_of_its_population_part_is_borrowed_and_what_the_own_scores_removed() -> (
    None
):
    people = clinic(30, 3)
    course = borrowed_course(people, reference())
    start = forecast(course, PHQ_9, intake_only(people[0], course), 6.0)
    later = forecast(course, PHQ_9, seen(course, people[0]), 8.0)
    assert 0 < start.borrowed_share < 1
    assert 0 < later.borrowed_share < 1
    assert start.own_share == 0 < later.own_share < 1
    outlook = review_course(people[0], "1", course, PHQ_9, "session").outlook
    assert outlook is not None
    assert 0 < outlook.borrowed_share < 1
    assert 0 < outlook.own_share < 1


def test_a_reference_on_another_basis_never_joins(monkeypatch: pytest.MonkeyPatch) -> None:
    people = clinic(70, 0)
    alone = course_for(people, PHQ_9, "session", references=False).course
    assert alone is not None
    other = replace(reference(), basis=Basis("linear", "session"))
    monkeypatch.setattr(choose, "references_for", lambda measure, axis: (other,))
    found = course_for(people, PHQ_9, "session").course
    assert found is not None
    assert found.parts == alone.parts


def test_what_is_borrowed_uses_intake_once_as_every_forecasting_model_does() -> None:
    assert borrowed_course(clinic(20, 3), reference()).form == "intake once"
