"""Clients within therapists: the third level is found where there is one, and nobody is named."""

from dataclasses import asdict, replace

import numpy as np
import pytest

from midcourse.course.basis import Basis
from midcourse.course.expect import expected_course
from midcourse.course.nested import FEWEST_THERAPISTS, fit_within_therapists
from midcourse.course.observed import Observed


def clinic(between: float, therapists: int = 20, q: int = 2):
    """120 clients whose therapists differ by `between` points in level; everyone has five scores."""
    random = np.random.RandomState(3)
    skill = between * random.standard_normal(therapists)
    people = []
    for i in range(120):
        level = 12 + skill[i % therapists] + 2 * random.standard_normal()
        later = [level - 2 * np.log(t) + 1.5 * random.standard_normal() for t in range(2, 6)]
        scores = (15.0 + i % 3, *map(float, later))
        people.append(Observed(f"c{i}", (1.0, 2.0, 3.0, 4.0, 5.0), scores, f"Dr {i % therapists}"))
    return people, expected_course(people, "low", "session", basis=Basis("ln", "session", q))


def test_the_spread_between_therapists_is_found_where_there_is_one():
    found = fit_within_therapists(*clinic(2.0))
    assert found.therapists == 20
    assert 1.0 < found.level_sd < 3.5
    assert 0.0 < found.share < 1.0
    assert found.time_sd >= 0.0


def test_the_share_is_the_therapists_part_of_the_variance_in_level():
    found = fit_within_therapists(*clinic(2.0))
    clients = found.fit.random_cov[0, 0]
    assert found.share == pytest.approx(found.level_sd**2 / (found.level_sd**2 + clients))


def test_a_random_level_alone_has_no_spread_in_time():
    found = fit_within_therapists(*clinic(2.0, q=1))
    assert found.time_sd == 0.0
    assert found.level_sd > 1.0


def test_where_therapists_are_alike_the_fit_is_no_better_than_without_them():
    people, course = clinic(0.0)
    found = fit_within_therapists(people, course)
    assert found.share < 0.1
    assert found.fit.criterion <= course.history["criterion"] + 1e-6


def test_clients_without_a_therapist_are_left_out():
    people, course = clinic(2.0)
    some = [replace(person, therapist_id=None) for person in people[:20]] + people[20:]
    assert fit_within_therapists(some, course).fit.criterion == pytest.approx(
        fit_within_therapists(people[20:], course).fit.criterion
    )


@pytest.mark.parametrize("therapists", [1, FEWEST_THERAPISTS - 1])
def test_fewer_than_five_therapists_are_refused(therapists):
    with pytest.raises(ValueError, match=f"At least 5 therapists are needed; known here: {therapists}"):
        fit_within_therapists(*clinic(1.0, therapists))


def test_five_therapists_are_enough_and_none_is_named_in_the_result():
    found = fit_within_therapists(*clinic(1.0, FEWEST_THERAPISTS))
    assert found.therapists == 5
    assert "Dr" not in str(asdict(found))
