"""Service figures of NHS Talking Therapies in England, 2017-18 to 2024-25, from their own counts.

NHS England data under the Open Government Licence v3.0, as collected in bennettoxford/nhstt
(commit f65c91ba).
"""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from midcourse.measures.talking_therapies import ServiceCounts

# Year, finished, not at caseness; recovery, improvement, reliable recovery, deterioration: n and %;
# no reliable change: %.
TABLE = [
    ("2017-18", 554709, 36767, 263295, 50.8, 368518, 66.4, 250395, 48.3, 32931, 5.9, 26.6),
    ("2018-19", 582556, 35706, 284810, 52.1, 392662, 67.4, 270763, 49.5, 33660, 5.8, 25.7),
    ("2019-20", 606192, 36054, 291371, 51.1, 406118, 67.0, 276261, 48.5, 35316, 5.8, 26.2),
    ("2020-21", 634649, 37267, 306990, 51.4, 433327, 68.3, 291091, 48.7, 34535, 5.4, 24.9),
    ("2021-22", 664087, 38168, 313919, 50.2, 444555, 66.9, 296070, 47.3, 38267, 5.8, 25.6),
    ("2022-23", 672193, 37805, 316251, 49.9, 446968, 66.5, 297186, 46.8, 39919, 5.9, 26.0),
    ("2023-24", 671648, 37164, 318013, 50.1, 448634, 66.8, 298780, 47.1, 39870, 5.9, 26.0),
    ("2024-25", 670419, 35234, 321061, 50.5, 452284, 67.5, 301815, 47.5, 39157, 5.8, 25.4),
]


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_every_percentage_of_the_annual_table_follows_from_its_counts(row):
    _, finished, below, rec, rec_pc, imp, imp_pc, rel, rel_pc, det, det_pc, _ = row
    counts = ServiceCounts(finished, below, rec, imp, rel, det, no_reliable_change=0)
    assert round(counts.recovery_percent, 1) == rec_pc
    assert round(counts.improvement_percent, 1) == imp_pc
    assert round(counts.reliable_recovery_percent, 1) == rel_pc
    assert round(counts.deterioration_percent, 1) == det_pc


PUBLISHED = {
    "recovery_pct": "recovery_percent",
    "improvement_pct": "improvement_percent",
    "reliable_recovery_pct": "reliable_recovery_percent",
    "deterioration_pct": "deterioration_percent",
    "no_reliable_change_pct": "no_reliable_change_percent",
}


@pytest.fixture
def england(real_data: Callable[[str], Path]) -> dict[str, dict[str, str]]:
    with real_data("nhstt_annual_england_providers.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["org_type"] == "England"]
    return {row["reporting_period"]: row for row in rows}


def counts_of(row: dict[str, str]) -> ServiceCounts:
    names = (
        "finished_course_treatment",
        "not_at_caseness",
        "recovery",
        "improvement",
        "reliable_recovery",
        "deterioration",
        "no_reliable_change",
    )
    return ServiceCounts(*(int(float(row[name])) for name in names))


def test_every_percentage_of_the_published_file_follows_from_its_counts(england):
    assert sorted(england) == [row[0] for row in TABLE]
    for row in england.values():
        for published, ours in PUBLISHED.items():
            found = getattr(counts_of(row), ours)
            assert round(found, 1) == float(row[published])


def test_no_reliable_change_is_as_in_the_annual_table(england):
    for row in TABLE:
        found = counts_of(england[row[0]]).no_reliable_change_percent
        assert round(found, 1) == row[-1]
