"""From scores to rows: intake is used once (ST1), and time has a name (ST2)."""

import numpy as np
import pytest

from midcourse.course.basis import Basis, parse_basis
from midcourse.course.design import columns, outcome_rows, sums_of
from midcourse.course.likelihood import evaluate
from midcourse.course.observed import Observed, choose_axis, observe
from midcourse.record import Episode, Score

BASES = [Basis(bend, axis) for bend in ("ln", "sqrt", "linear", "quadratic") for axis in ("session", "week")]
LN = Basis("ln", "session")
PEOPLE = [
    Observed("a", (1.0, 2.0, 4.0), (20.0, 18.0, 11.0)),
    Observed("b", (1.0,), (9.0,)),
    Observed("c", (1.0, 3.0), (14.0, 15.0)),
]


def test_st1_intake_is_a_covariate_and_never_an_outcome():
    rows = outcome_rows(PEOPLE, LN, "intake once", 15.0)
    assert rows.y.tolist() == [18.0, 11.0, 15.0]
    assert rows.w.tolist() == [[1.0, 5.0], [1.0, -1.0]]
    assert rows.client.tolist() == [0, 0, 1]
    assert rows.f[:, 1].tolist() == np.log([2.0, 4.0, 3.0]).tolist()


def test_st1_a_client_with_one_score_adds_no_row_and_is_counted():
    rows = outcome_rows(PEOPLE, LN, "intake once", 15.0)
    assert [person.client_id for person in rows.people] == ["a", "c"]
    assert rows.one_score == 1


def test_st1_the_other_form_takes_every_score_as_outcome_and_no_intake():
    rows = outcome_rows(PEOPLE, LN, "all scores", 15.0)
    assert rows.y.tolist() == [20.0, 18.0, 11.0, 9.0, 14.0, 15.0]
    assert rows.w.tolist() == [[1.0]] * 3
    assert rows.one_score == 0
    assert rows.x().tolist() == rows.f.tolist()


def test_fixed_columns_are_intake_times_time_columns():
    rows = outcome_rows(PEOPLE, LN, "intake once", 15.0)
    ln = float(np.log(2.0))
    assert rows.x()[0].tolist() == [1.0, ln, 5.0, 5.0 * ln]


def test_sums_of_rows_have_the_columns_of_the_basis():
    basis = Basis("quadratic", "session", 2)
    sums = sums_of(outcome_rows(PEOPLE, basis, "intake once", 15.0), basis)
    assert (sums.q, sums.p, sums.n, sums.clients) == (2, 6, 3.0, 2.0)


def test_rows_do_not_depend_on_the_order_of_clients():
    random = np.random.RandomState(1)
    people = [
        Observed(str(i), (1.0, 2.0, 3.0, 5.0), tuple(float(s) for s in random.randint(0, 28, 4)))
        for i in range(30)
    ]
    theta = np.array([1.0, 0.1, 0.3])
    one, other = (
        evaluate(sums_of(outcome_rows(order, LN, "intake once", 15.0), LN), theta)
        for order in (people, people[::-1])
    )
    assert one.criterion == pytest.approx(other.criterion, rel=1e-12)
    assert one.beta == pytest.approx(other.beta, rel=1e-9)


@pytest.mark.parametrize("basis", BASES, ids=[basis.name for basis in BASES])
def test_st2_many_times_give_the_columns_of_each_time(basis):
    times = np.array([0.0, 0.4, 1.0, 1.7, 8.0, 25.0])
    assert columns(basis, times).tolist() == [pytest.approx(basis.columns(time)) for time in times]
    assert columns(basis, times).shape == (6, basis.width)


@pytest.mark.parametrize("basis", BASES, ids=[basis.name for basis in BASES])
def test_st2_time_starts_at_nought_with_the_first_score(basis):
    first = 1.0 if basis.axis == "session" else 0.0
    assert basis.columns(first)[1:] == (0.0,) * (basis.width - 1)


def test_st2_time_is_scaled_by_a_constant_that_is_part_of_the_basis():
    assert Basis("linear", "week").columns(25.0) == (1.0, 1.0)
    assert Basis("sqrt", "week").columns(25.0) == (1.0, 1.0)
    assert Basis("quadratic", "week").columns(50.0) == (1.0, 2.0, 4.0)
    assert Basis("ln", "week").columns(25.0) == (1.0, pytest.approx(np.log(26.0)))


@pytest.mark.parametrize("basis", [*BASES, Basis("ln", "week", 1), Basis("quadratic", "session", 3)])
def test_st2_the_name_of_a_basis_is_its_identity(basis):
    assert parse_basis(basis.name) == basis


def test_st2_bases_that_differ_have_different_names():
    assert len({basis.name for basis in BASES}) == len(BASES)


@pytest.mark.parametrize(
    "name", ["", "ln", "cubic session, 2 random", "ln month, 2 random", "ln week, 3 random", "ln week, two"]
)
def test_st2_a_basis_without_a_name_we_know_is_refused_with_the_names_there_are(name):
    with pytest.raises(ValueError, match="write ln, sqrt, linear or quadratic, then session or week"):
        parse_basis(name)


@pytest.mark.parametrize(("bend", "q"), [("ln", 0), ("ln", 3), ("quadratic", 4)])
def test_st2_a_basis_has_no_more_random_columns_than_columns(bend, q):
    with pytest.raises(ValueError, match="random columns"):
        Basis(bend, "session", q)


def episode(*scores: Score, ended: float | None = None) -> Episode:
    return Episode("a", scores, therapist_id="t", ended=ended)


def phq9(value: float, session: float | None = None, day: float | None = None) -> Score:
    return Score("phq-9", value, session=session, day=day)


def test_st2_session_numbers_are_used_when_19_of_20_scores_have_one():
    some = [phq9(10, session=float(i), day=7.0 * i) for i in range(19)]
    assert choose_axis([episode(*some, phq9(10, day=200.0))], "phq-9") == "session"
    assert choose_axis([episode(*some[1:], phq9(9, day=1.0), phq9(10, day=200.0))], "phq-9") == "week"


def test_st2_too_few_sessions_and_too_few_dates_are_no_clock():
    assert choose_axis([episode(phq9(10, session=1.0), phq9(9, day=3.0))], "phq-9") is None
    assert choose_axis([episode(phq9(10, session=1.0))], "gad-7") is None


def test_st2_the_first_score_is_session_1_or_week_0():
    later = episode(phq9(20, session=4.0, day=70.0), phq9(15, session=6.0, day=91.0))
    by_session, by_week = observe(later, "phq-9", "session"), observe(later, "phq-9", "week")
    assert by_session is not None and by_week is not None
    assert by_session.times == (1.0, 3.0)
    assert by_week.times == (0.0, 3.0)
    assert by_session.intake == 20.0
    assert by_session.therapist_id == "t"


def test_st2_scores_stand_in_the_order_of_the_clock():
    mixed = observe(episode(phq9(12, session=5.0), phq9(20, session=2.0)), "phq-9", "session")
    assert mixed is not None
    assert (mixed.times, mixed.scores) == ((1.0, 4.0), (20.0, 12.0))
    assert mixed.up_to(1) == Observed("a", (1.0,), (20.0,), "t")


def test_st2_weeks_may_be_rounded_to_share_patterns():
    scores = episode(phq9(20, day=3.0), phq9(15, day=11.0))
    exact, rounded = (observe(scores, "phq-9", "week", whole_weeks=whole) for whole in (False, True))
    assert exact is not None and rounded is not None
    assert exact.times == (0.0, pytest.approx(8 / 7))
    assert rounded.times == (0.0, 1.0)


def test_st2_follow_up_after_therapy_has_ended_is_not_a_session():
    scores = (phq9(20, session=1.0, day=0.0), phq9(15, session=2.0, day=7.0), phq9(3, session=3.0, day=100.0))
    seen = observe(episode(*scores, ended=30.0), "phq-9", "session")
    assert seen is not None
    assert seen.scores == (20.0, 15.0)


def test_st2_a_score_without_a_time_on_the_clock_is_left_out():
    seen = observe(episode(phq9(20, session=1.0), phq9(15, day=7.0)), "phq-9", "session")
    assert seen is not None
    assert seen.scores == (20.0,)
    assert observe(episode(phq9(20, session=1.0)), "phq-9", "week") is None
