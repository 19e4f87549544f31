"""Every (seen so far, later score) pair of many clients."""

import numpy as np
import pytest

from midcourse.course.basis import Basis
from midcourse.course.course import Course, Form, Parameters
from midcourse.course.forecast import seen
from midcourse.course.observed import Observed
from midcourse.course.pairs import pairs_of

PEOPLE = [
    Observed("a", (1.0, 2.0, 4.0, 5.0), (16.0, 15.0, 12.0, 9.0)),
    Observed("one", (1.0,), (8.0,)),
    Observed("b", (1.0, 3.0), (20.0, 22.0)),
]


def course(form: Form) -> Course:
    m = 2 if form == "intake once" else 1
    none = ((0.0,) * (2 * m),) * (2 * m)
    parameters = Parameters(((14.0, -2.0),) * m, none, ((8.0, -1.0), (-1.0, 3.0)), 9.0)
    return Course("phq-9", Basis("ln", "session"), form, 14.0, ((1.0, parameters),), 12.0)


def test_with_intake_once_n_later_scores_give_n_next_pairs_and_one_fewer_last_pairs() -> None:
    pairs = pairs_of(PEOPLE, course("intake once"))
    assert list(pairs.kind) == [0, 0, 0, 1, 1, 0]
    assert list(pairs.person) == [0, 0, 0, 0, 0, 2]
    assert list(pairs.k) == [0, 1, 2, 0, 1, 0]
    assert list(pairs.target) == [15.0, 12.0, 9.0, 9.0, 9.0, 22.0]
    assert list(pairs.time) == [2.0, 4.0, 5.0, 5.0, 5.0, 3.0]
    assert list(pairs.intake) == [16.0] * 5 + [20.0]


def test_with_all_scores_as_outcomes_the_first_is_one_of_them() -> None:
    pairs = pairs_of(PEOPLE, course("all scores"))
    assert list(pairs.target[pairs.kind == 0]) == [16.0, 15.0, 12.0, 9.0, 8.0, 20.0, 22.0]
    assert (pairs.kind == 1).sum() == 3 + 0 + 1


@pytest.mark.parametrize("form", ["intake once", "all scores"])
def test_what_was_seen_in_each_pair_is_what_plain_python_had_seen(form: Form) -> None:
    one = course(form)
    pairs = pairs_of(PEOPLE, one)
    first = 1 if form == "intake once" else 0
    for row in range(len(pairs.k)):
        count = int(pairs.k[row]) + first
        if count == 0:
            assert pairs.seen.n[row] == 0
            continue
        slow = seen(one, PEOPLE[pairs.person[row]].up_to(count))
        assert (pairs.seen.intake[row], pairs.seen.last[row], pairs.seen.n[row]) == (
            slow.intake,
            slow.last,
            slow.n,
        )
        np.testing.assert_allclose(pairs.seen.g[row], slow.g)
        np.testing.assert_allclose(pairs.seen.h[row], slow.h)
        np.testing.assert_allclose(pairs.seen.s[row], slow.s)


def test_only_some_pairs_may_be_kept() -> None:
    pairs = pairs_of(PEOPLE, course("intake once"))
    last = pairs.where(pairs.kind == 1)
    assert list(last.target) == [9.0, 9.0]
    assert last.seen.g.shape == (2, 2, 2)
    assert list(last.seen.last) == [1.0, 2.0]
