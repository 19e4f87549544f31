"""How many pseudo-clients the spread between services supports (ST6)."""

import csv
from collections.abc import Callable
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest

from midcourse.course.spread import between_services

RATES = {
    "recovery": "at_caseness",
    "reliable_recovery": "at_caseness",
    "improvement": "finished_course_treatment",
    "deterioration": "finished_course_treatment",
}


def test_the_spread_between_simulated_services_is_found_again() -> None:
    random = np.random.RandomState(5)
    normal = NormalDist()
    rates = [normal.cdf(z) for z in random.normal(0.0, 0.15, 400)]
    cases = random.randint(100, 900, 400)
    events = random.binomial(cases, rates)
    found = between_services(list(map(float, events)), list(map(float, cases)))
    assert found.sd == pytest.approx(0.15, abs=0.015)
    assert found.pseudo_clients == pytest.approx(1 / found.sd**2)
    assert found.mean_rate == pytest.approx(0.5, abs=0.02)
    assert found.services == 400


def test_services_without_cases_or_with_a_rate_of_0_or_1_are_left_out() -> None:
    events, cases = [0, 500, 300, 0, 100, 700], [0, 1000, 1000, 50, 100, 1000]
    assert between_services(events, cases).services == 3


def test_fewer_than_three_services_are_refused() -> None:
    with pytest.raises(ValueError, match="At least three services"):
        between_services([5, 6], [10, 10])


def test_a_spread_that_chance_explains_gives_no_number() -> None:
    with pytest.raises(ValueError, match="Sampling alone explains"):
        between_services([5, 5, 6], [10, 10, 10])


def test_the_spread_between_english_services_supports_30_to_110_pseudo_clients(
    real_data: Callable[[str], Path],
) -> None:
    with real_data("nhstt_annual_england_providers.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["reporting_period"] == "2024-25"]
    found = {}
    for event, base in RATES.items():
        whole = [r for r in rows if r["org_type"] == "Provider" and r[event] and r[base]]
        cases = [float(r[base]) for r in whole]
        found[event] = round(between_services([float(r[event]) for r in whole], cases).pseudo_clients)
    assert all(30 <= m <= 110 for m in found.values()), found
