"""Named time bases turn the time since the first score into columns, the same one by one and in bulk."""

from math import log, sqrt

import numpy as np
import pytest

from midcourse.course.basis import Axis, Basis, Bend, parse_basis
from midcourse.course.design import columns

ALL = [
    Basis(bend, axis, q)
    for bend, most in (("ln", 2), ("sqrt", 2), ("linear", 2), ("quadratic", 3))
    for axis in ("session", "week")
    for q in range(1, most + 1)
]


@pytest.mark.parametrize(
    ("bend", "expected"),
    [
        ("ln", (1.0, log(10.0))),
        ("sqrt", (1.0, sqrt(9.0) / 5)),
        ("linear", (1.0, 9 / 25)),
        ("quadratic", (1.0, 9 / 25, (9 / 25) ** 2)),
    ],
)
def test_session_ten_and_week_nine_lie_equally_far_from_the_first_score(
    bend: Bend, expected: tuple[float, ...]
) -> None:
    assert Basis(bend, "session").columns(10.0) == pytest.approx(expected)
    assert Basis(bend, "week").columns(9.0) == pytest.approx(expected)


@pytest.mark.parametrize(("axis", "start"), [("session", 1.0), ("week", 0.0)])
def test_the_first_score_and_anything_before_it_lies_at_the_start(axis: Axis, start: float) -> None:
    for time in (start, start - 3.0):
        assert Basis("ln", axis).columns(time) == (1.0, 0.0)


@pytest.mark.parametrize("basis", ALL, ids=lambda basis: basis.name)
def test_columns_in_bulk_are_the_columns_one_by_one(basis: Basis) -> None:
    times = np.array([0.0, 1.0, 2.0, 2.5, 17.0, 78.3])
    one_by_one = [basis.columns(float(time)) for time in times]
    np.testing.assert_array_almost_equal_nulp(columns(basis, times), np.array(one_by_one), nulp=2)
    assert len(one_by_one[0]) == basis.width


@pytest.mark.parametrize("basis", ALL, ids=lambda basis: basis.name)
def test_a_basis_is_found_again_by_its_name(basis: Basis) -> None:
    assert parse_basis(basis.name) == basis


@pytest.mark.parametrize(
    "name",
    ["", "ln", "ln session", "cubic week, 2 random", "ln month, 2 random", "ln week, two", "ln week, 3"],
)
def test_a_name_that_is_no_basis_is_refused_with_an_example(name: str) -> None:
    with pytest.raises(ValueError, match="'ln session, 2 random'"):
        parse_basis(name)


@pytest.mark.parametrize(("bend", "q"), [("ln", 0), ("ln", 3), ("quadratic", 4)])
def test_more_random_columns_than_there_are_is_refused(bend: Bend, q: int) -> None:
    with pytest.raises(ValueError, match="random columns, not"):
        Basis(bend, "week", q)
