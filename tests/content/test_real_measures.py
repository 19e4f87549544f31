"""The measures of the real data sets resolve, and their scores are where they can be."""

import csv

import pytest

from midcourse.measures import find

# File, and the scores known to be impossible in it.
FILES = {
    "beat_the_blues_bdi.csv": 0,
    "bright_group_cbt_bdi2.csv": 0,
    "claus2020_inpatient_bdi_hamd.csv": 0,
    "dia_antidepressant_hamd17.csv": 0,
    "enrichd_cbt_bdi.csv": 0,
    "jacobson1989_das_gds.csv": 0,
    "nimh_schizophrenia_imps79.csv": 0,
    "reframed_phq9_half.csv": 1,
    "reisby1977_hdrs.csv": 0,
}


@pytest.mark.parametrize(("name", "impossible"), FILES.items(), ids=FILES)
def test_real_scores_are_in_range(real_data, name, impossible):
    with real_data(name).open(newline="", encoding="utf-8") as file:
        rows = [(row["measure"], float(row["score"])) for row in csv.DictReader(file) if row["score"]]
    outside = []
    for measure, value in rows:
        total = find(measure).total
        if not total.minimum <= value <= total.maximum:
            outside.append((measure, value))
    assert len(outside) == impossible
    assert all(measure == "phq9" and value < 0 for measure, value in outside)


@pytest.mark.parametrize(("measure", "better"), [("shaps", "bdi"), ("hamd", "bdi")])
def test_claus_2020_measures_point_the_same_way_as_the_bdi(real_data, measure, better):
    with real_data("claus2020_inpatient_bdi_hamd.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["score"]]
    at = {(row["client_id"], row["occasion"], row["measure"]): float(row["score"]) for row in rows}
    pairs = [(v, at[c, o, better]) for (c, o, m), v in at.items() if m == measure and (c, o, better) in at]
    assert _correlation(pairs) > 0.5
    assert find(measure).higher_is_better == find(better).higher_is_better


def _correlation(pairs):
    from statistics import correlation

    return correlation(*zip(*pairs, strict=True))
