"""Change by growth-model slopes (HLM) in Claus, Scherbaum and Bonnet (2020), doi 10.1159/000505855.

Expected counts: clinicalsignificance 3.0.0.9000 (commit 7b2f20bd), its frozen test output; HAM-D, all four
occasions, random intercept and slope by REML, counted on the 40 clients with occasions 1 and 4.
"""

import csv
import json
from collections import Counter

import numpy as np
import pytest

from midcourse.course.fit import MixedFit, fit_sums
from midcourse.course.moments import sums_of_rows
from midcourse.course.random_effects import RandomEffects, random_effects
from midcourse.measures.change import GroupChange, growth_model
from midcourse.measures.cutoff import Population, crossing, cutoff_c
from midcourse.measures.significance import ClinicalSignificance, Significance
from tests.published.lme4.cases import HERE


@pytest.fixture(scope="module")
def people(real_data) -> dict[str, dict[float, float]]:
    """Return each client's HAM-D by occasion."""
    found: dict[str, dict[float, float]] = {}
    with real_data("claus2020_inpatient_bdi_hamd.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["measure"] == "hamd" and row["score"] not in ("", "NA"):
                found.setdefault(row["client_id"], {})[float(row["time"])] = float(row["score"])
    return found


@pytest.fixture(scope="module")
def fitted(people) -> tuple[MixedFit, RandomEffects]:
    client = np.repeat(np.arange(len(people)), [len(seen) for seen in people.values()])
    time = np.array([t for seen in people.values() for t in seen])
    y = np.array([score for seen in people.values() for score in seen.values()])
    x = np.column_stack([np.ones(len(y)), time])
    fit = fit_sums(sums_of_rows(client, x, x, y))
    return fit, random_effects(fit, client, x, x, y)


@pytest.fixture(scope="module")
def found(people, fitted) -> list[tuple[dict[float, float], GroupChange]]:
    """Return the scores and the change of each of the 40."""
    effects = fitted[1]
    return [
        (seen, growth_model(effects.effects[i, 1], effects.sd[i, 1], higher_is_better=False))
        for i, seen in enumerate(people.values())
        if 1 in seen and 4 in seen
    ]


def test_the_growth_model_itself_is_lme4s(fitted):
    lme4 = json.loads((HERE / "real_claus_hamd_slopes_reml.json").read_text())
    fit = fitted[0]
    assert fit.criterion <= lme4["criterion"] + 1e-6
    assert fit.criterion == pytest.approx(lme4["criterion"], rel=1e-8)
    assert fit.beta == pytest.approx(lme4["beta"], rel=1e-5)


def test_hlm_counts_11_improved_20_unchanged_9_deteriorated_of_40(found):
    counted = Counter(change.direction.value for _, change in found)
    assert counted == {"improved": 11, "unchanged": 20, "deteriorated": 9}


def test_hlm_states_of_clinical_significance_are_10_1_20_9_0(found):
    first = np.array([seen[1] for seen, _ in found])
    cutoff = cutoff_c(Population(float(first.mean()), float(first.std(ddof=1))), Population(8, 8))
    states = Counter(
        ClinicalSignificance(change, crossing(seen[1], seen[4], cutoff, higher_is_better=False)).state
        for seen, change in found
    )
    assert tuple(states[state] for state in Significance) == (10, 1, 20, 9, 0)
