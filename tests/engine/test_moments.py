"""Sums of rows: what they hold, that they add, and what they refuse."""

import numpy as np
import pytest

from midcourse.course.fit import fit_sums
from midcourse.course.joined import join
from midcourse.course.likelihood import evaluate
from midcourse.course.moments import (
    PatternProducts,
    PersonProducts,
    Sums,
    scaled_sums,
    sums_of_rows,
    weighted_sums,
)
from tests.engine.mixed_model_by_definition import Invented, invented

THETA = np.array([0.9, -0.2, 0.4])


def criterion(sums: Sums) -> float:
    theta = THETA if sums.cells is None else np.append(THETA, 0.5 * THETA)
    return evaluate(sums, theta).criterion


def three_clients(**options) -> Sums:
    """Two clients measured at sessions 1 and 2, one at session 1 only; a random intercept."""
    client = np.array([0, 0, 1, 1, 2])
    z = np.ones((5, 1))
    x = np.column_stack([np.ones(5), [1.0, 2.0, 1.0, 2.0, 1.0]])
    return sums_of_rows(client, x, z, np.array([10.0, 8.0, 12.0, 12.0, 20.0]), **options)


def test_the_sums_of_three_clients_can_be_worked_out_by_hand():
    sums = three_clients(share_patterns=True)
    order = np.argsort(sums.g[:, 0, 0])
    assert (sums.q, sums.p, sums.n, sums.clients) == (1, 2, 5.0, 3.0)
    assert sums.g[order, 0, 0].tolist() == [1.0, 2.0]
    assert sums.count[order].tolist() == [1.0, 2.0]
    assert sums.total.tolist() == [[5.0, 7.0, 62.0], [7.0, 11.0, 82.0], [62.0, 82.0, 852.0]]
    # r = (2, 3, 18), (2, 3, 24) share a pattern; r = (1, 1, 20) stands alone.
    alone = sums.products.cross(np.array([0.0, 1.0])[np.argsort(order)][:, None, None])
    assert alone.tolist() == [[8.0, 12.0, 84.0], [12.0, 18.0, 126.0], [84.0, 126.0, 900.0]]


def test_a_weight_counts_clients_rows_and_products():
    sums = three_clients(weight=np.array([1.0, 0.5, 2.0]), share_patterns=True)
    order = np.argsort(sums.g[:, 0, 0])
    assert (sums.n, sums.clients) == (5.0, 3.5)
    assert sums.count[order].tolist() == [2.0, 1.5]
    assert sums.total[2, 2] == 100 + 64 + 0.5 * 288 + 2 * 400


def test_cells_hold_first_sums_per_therapist_and_pattern():
    sums = three_clients(therapist=np.array([7, 7, 3]), share_patterns=True)
    cells = sums.cells
    assert cells is not None
    # Therapists are numbered by their id: 3 comes first, with the client of one score.
    assert cells.starts.tolist() == [0, 1]
    assert cells.therapist.tolist() == [0, 1]
    assert cells.count.tolist() == [1.0, 2.0]
    assert cells.r[:, 0, :].tolist() == [[1.0, 1.0, 20.0], [4.0, 6.0, 42.0]]


def test_patterns_are_shared_where_that_saves_work():
    assert isinstance(invented(1, clients=400).sums().products, PatternProducts)
    assert isinstance(invented(1, clients=400, shared=False).sums().products, PersonProducts)


def test_rows_of_one_client_that_stand_apart_are_refused():
    with pytest.raises(ValueError, match="must stand together; sort by client"):
        sums_of_rows(np.array([0, 1, 0]), np.ones((3, 1)), np.ones((3, 1)), np.array([1.0, 2.0, 4.0]))


def test_no_rows_are_refused():
    with pytest.raises(ValueError, match="There are no rows"):
        sums_of_rows(np.array([], dtype=int), np.ones((0, 1)), np.ones((0, 1)), np.array([]))


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize("where", ["x", "z", "y"])
def test_a_number_that_is_not_finite_is_refused(where, bad):
    parts = {"x": np.ones((3, 1)), "z": np.ones((3, 1)), "y": np.array([1.0, 2.0, 4.0])}
    parts[where].flat[1] = bad
    with pytest.raises(ValueError, match="finite number"):
        sums_of_rows(np.array([0, 0, 1]), parts["x"], parts["z"], parts["y"])


@pytest.mark.parametrize("weight", [0.0, -1.0, np.nan, np.inf])
def test_a_weight_that_is_not_above_zero_is_refused(weight):
    with pytest.raises(ValueError, match="weight must be a number above 0"):
        three_clients(weight=np.array([1.0, weight, 1.0]))


@pytest.mark.parametrize("share", [True, False])
@pytest.mark.parametrize("therapists", [0, 3])
def test_an_integer_weight_is_that_many_copies_of_every_client(share, therapists):
    data = invented(4, therapists=therapists)
    everybody = list(range(14))
    copies = data.picked(everybody * 3)
    weighted = weighted_sums(data.sums(share), 3.0)
    assert criterion(weighted) == pytest.approx(criterion(copies.sums(share)), rel=1e-12)
    assert (weighted.n, weighted.clients) == (len(copies.y), 42.0)


def shifted(data: Invented, by: int) -> Invented:
    assert data.therapist is not None
    return Invented(data.client, data.x, data.z, data.y, data.weight, data.therapist + by)


@pytest.mark.parametrize("shares", [(True, True), (True, False), (False, False)])
def test_the_sums_of_two_sources_joined_are_the_sums_of_both(shares):
    data = invented(6, weighted=True)
    first, second = data.picked(list(range(5))), data.picked(list(range(5, 14)))
    joined = join(first.sums(shares[0]), second.sums(shares[1]))
    whole = data.sums()
    assert criterion(joined) == pytest.approx(criterion(whole), rel=1e-12)
    assert evaluate(joined, THETA).gradient == pytest.approx(evaluate(whole, THETA).gradient, rel=1e-9)
    assert fit_sums(joined).beta == pytest.approx(fit_sums(whole).beta, rel=1e-7)
    assert criterion(weighted_sums(joined, 2.0)) == pytest.approx(
        criterion(weighted_sums(whole, 2.0)), rel=1e-12
    )


def test_sources_with_therapists_join_with_their_therapists():
    first, second = invented(6, therapists=2), shifted(invented(7, therapists=3), 10)
    assert first.therapist is not None and second.therapist is not None
    whole = sums_of_rows(
        np.append(first.client, second.client + 14),
        np.concatenate([first.x, second.x]),
        np.concatenate([first.z, second.z]),
        np.append(first.y, second.y),
        therapist=np.append(first.therapist, second.therapist),
    )
    for share in (True, False):
        joined = join(first.sums(share), second.sums(True))
        assert criterion(joined) == pytest.approx(criterion(whole), rel=1e-12)


def test_sources_that_disagree_about_therapists_are_not_joined():
    with pytest.raises(ValueError, match="Only one of the two sources has therapists"):
        join(invented(1, therapists=2).sums(), invented(2).sums())
    with pytest.raises(ValueError, match="Only one of the two sources has therapists"):
        join(invented(1).sums(), invented(2, therapists=2).sums())


def test_sums_of_different_columns_are_not_joined():
    with pytest.raises(ValueError, match="same fixed and random columns"):
        join(invented(1, q=1).sums(), invented(1, q=2).sums())


@pytest.mark.parametrize("share", [True, False])
@pytest.mark.parametrize("therapists", [0, 3])
def test_dividing_the_sums_is_dividing_the_columns(share, therapists):
    data = invented(8, therapists=therapists)
    z, x = np.array([2.0, 0.1]), np.array([1.0, 3.0, 20.0, 0.5, 7.0])
    ours = scaled_sums(data.sums(share), z, x)
    divided = Invented(
        data.client, data.x / x[:-1], data.z / z, data.y / x[-1], data.weight, data.therapist
    ).sums(share)
    assert criterion(ours) == pytest.approx(criterion(divided), rel=1e-11)
