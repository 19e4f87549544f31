"""Thirty couples before and after marital therapy: Jacobson et al. (1989), doi 10.1016/0005-7967(89)90076-4.

DAS (higher is better) and GDS (lower is better), as tabled in Jacobson and Truax (1991).
"""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from midcourse.measures.change import Direction, changes, first_and_last
from midcourse.measures.cutoff import Population, cutoff_a, is_functional


@pytest.fixture
def couples(real_data: Callable[[str], Path]) -> dict[str, list[tuple[float, float]]]:
    seen: dict[tuple[str, str], dict[str, float]] = {}
    with real_data("jacobson1989_das_gds.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            seen.setdefault((row["measure"], row["client_id"]), {})[row["time"]] = float(row["score"])
    return {
        wanted: [
            (scores["pre"], scores["post"])
            for (measure, _), scores in seen.items()
            if measure == wanted and len(scores) == 2
        ]
        for wanted in ("das", "gds")
    }


TABLE = [("das", 30, 81.583, 11.826, 98.050, 19.242), ("gds", 26, 69.154, 6.102, 59.308, 8.690)]


@pytest.mark.parametrize(("measure", "n", "m1", "sd1", "m2", "sd2"), TABLE)
def test_means_and_spreads_are_as_printed(couples, measure, n, m1, sd1, m2, sd2):
    group = first_and_last(couples[measure])
    assert group.n == n
    found = (group.mean_first, group.sd_first, group.mean_last, group.sd_last)
    assert [round(value, 3) for value in found] == [m1, sd1, m2, sd2]


@pytest.mark.parametrize(("measure", "higher"), [("das", True), ("gds", False)])
def test_the_two_directions_are_read_as_what_they_are(couples, measure, higher):
    # The group gets better on both measures, up on one and down on the other.
    pairs = couples[measure]
    right = changes("JT", pairs, reliability=0.88, higher_is_better=higher)
    wrong = changes("JT", pairs, reliability=0.88, higher_is_better=not higher)
    better = sum(change.direction is Direction.IMPROVED for change in right)
    assert better > len(pairs) / 2
    assert better == sum(change.direction is Direction.DETERIORATED for change in wrong)


def test_cut_off_a_lies_beyond_the_first_scores_on_the_better_side(couples):
    for measure, higher in (("das", True), ("gds", False)):
        group = first_and_last(couples[measure])
        cutoff = cutoff_a(Population(group.mean_first, group.sd_first), higher_is_better=higher)
        assert is_functional(cutoff + (1 if higher else -1), cutoff, higher_is_better=higher)
        assert not is_functional(group.mean_first, cutoff, higher_is_better=higher)
