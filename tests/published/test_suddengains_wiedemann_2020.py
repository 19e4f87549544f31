"""Sudden gains as in Wiedemann, Thew, Stott and Ehlers (2020), doi 10.1371/journal.pone.0230276.

Expected figures: the suddengains package's own tests (commit e964e74e). Its 43 people are an example
data set and are treated as simulated.
"""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from midcourse.measures.change import difference_error, mean_and_sd, reliable_points, standard_error
from midcourse.measures.sudden_gains import (
    Criteria,
    Kind,
    critical_t,
    is_sudden,
    sudden_changes,
    summarise,
)

SEVEN = Criteria(points=7)


@pytest.fixture
def bdi(real_data: Callable[[str], Path]) -> dict[str, dict[int, float]]:
    people: dict[str, dict[int, float]] = {}
    with real_data("example_sgdata_bdi_rq.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["measure"] == "bdi":
                people.setdefault(row["client_id"], {})[int(row["time"])] = float(row["score"])
    return people


@pytest.fixture
def gains(bdi):
    return {
        client: sudden_changes(
            [scores.get(session) for session in range(1, 13)], SEVEN, higher_is_better=False
        )
        for client, scores in bdi.items()
    }


def test_the_first_criterion_follows_from_the_spread_at_intake(bdi):
    _, sd = mean_and_sd([scores[0] for scores in bdi.values() if 0 in scores])
    assert sd == pytest.approx(6.396073, abs=5e-7)
    assert standard_error(sd, 0.931) == pytest.approx(1.680111, abs=5e-7)
    assert difference_error(sd, 0.931) == pytest.approx(2.376036, abs=5e-7)
    # The package's 4.65703 is 1.96 times that.
    assert reliable_points(sd, 0.931) == pytest.approx(4.65703, abs=5e-6)


def test_the_first_criterion_follows_from_a_published_spread():
    assert standard_error(10.5, 0.961) == pytest.approx(2.073584, abs=5e-7)
    assert difference_error(10.5, 0.961) == pytest.approx(2.93249, abs=5e-6)
    assert reliable_points(10.5, 0.961) == pytest.approx(5.747681, abs=5e-7)


def percent(share: float | None) -> float:
    assert share is not None
    return round(100 * share, 2)


def test_by_gain_there_are_24_of_them_and_4_are_reversed(gains):
    found = summarise(gains)
    assert (found.n_changes, found.n_reversed) == (24, 4)
    assert percent(found.share_reversed) == 16.67
    assert percent(found.share_from_people_with_several) == 70.83
    mean, sd = found.magnitude
    assert (round(mean, 2), round(sd, 2)) == (11, 3.43)


def test_by_person_15_of_43_have_gains_and_8_have_several(gains):
    found = summarise(gains)
    assert (found.n_people, found.n_people_with, found.n_people_with_several) == (43, 15, 8)
    assert percent(found.share_of_people) == 34.88
    assert percent(found.share_of_people_with_several) == 18.6
    assert found.n_first_reversed == 3
    assert percent(found.share_first_reversed) == 20
    mean, sd = found.first_magnitude
    assert (round(mean, 2), round(sd, 2)) == (11.4, 3.98)


_ = None
# Six sessions; then whether the second, third and fourth interval is a sudden gain.
GAIN_TABLE = [
    ((28, 19, 23, 12, 13, _), (False, False, None)),
    ((28, 19, 23, 11, 12, _), (False, True, None)),
    ((28, 19, _, 12, 13, _), (None, None, None)),
    ((28, 19, 23, 12, 13, _), (False, False, None)),
    ((28, 19, 23, 12, 14, _), (False, False, None)),
    ((28, 19, _, 12, 13, _), (None, None, None)),
    ((28, 19, 23, 11, 12, _), (False, True, None)),
    ((28, 25, 28, 11, 12, _), (False, True, None)),
    ((28, 26, 28, 11, 12, _), (False, True, None)),
    ((_, 26, 28, _, 12, 11), (None, None, None)),
    ((35, 37, 23, 23, 24, 21), (True, False, False)),
    ((35, 37, 34, 24, 24, 21), (False, True, False)),
    ((35, 37, 34, 34, 24, 21), (False, False, True)),
    ((35, 37, 34, 37, 37, 37), (False, False, False)),
]
LOSS_TABLE = [
    ((10, 11, 12, 30, 28, 33), (False, True, False)),
    ((10, 11, 12, 10, 28, 33), (False, False, True)),
    ((10, 11, 30, 30, 28, 33), (True, False, False)),
    ((35, 37, 34, 23, 24, 21), (False, False, False)),
]


@pytest.mark.parametrize(("scores", "expected"), GAIN_TABLE)
def test_the_truth_table_of_sudden_gains_holds(scores, expected):
    found = tuple(is_sudden(scores, before, SEVEN, higher_is_better=False) for before in (1, 2, 3))
    assert found == expected


@pytest.mark.parametrize(("scores", "expected"), LOSS_TABLE)
def test_the_truth_table_of_sudden_losses_holds(scores, expected):
    found = tuple(
        is_sudden(scores, before, SEVEN, higher_is_better=False, kind=Kind.LOSS) for before in (1, 2, 3)
    )
    assert found == expected


@pytest.mark.parametrize(("df", "printed"), [(4, 2.776), (3, 3.182), (2, 4.303)])
def test_critical_values_are_those_of_every_t_table(df, printed):
    assert round(critical_t(0.05, df), 3) == printed
