"""The committed numbers are lme4's: the inputs are unchanged and the definition agrees with them."""

import hashlib
import json

import pytest

from tests.published.lme4 import cases, dense, inputs

RECORDED = json.loads((cases.HERE / "inputs.json").read_text())
AT_1E4 = [name for name, facts in RECORDED.items() if name in inputs.LARGE and facts["rows"] < 100_000]


@pytest.mark.parametrize("name", inputs.SMALL)
def test_small_inputs_are_committed_as_their_seed_makes_them(name: str) -> None:
    committed = (cases.HERE / "inputs" / f"{name}.csv").read_bytes()
    assert inputs.csv_bytes(inputs.table(name)) == committed
    assert hashlib.sha256(committed).hexdigest() == RECORDED[name]["sha256"]


@pytest.mark.parametrize("name", AT_1E4)
def test_large_inputs_come_back_from_their_seed(name: str) -> None:
    assert len(cases.columns_of(name)["y"]) == RECORDED[name]["rows"]


@pytest.mark.parametrize("name", cases.specs())
def test_lme4_was_given_the_input_that_is_recorded(name: str) -> None:
    found = json.loads((cases.HERE / f"{name}.json").read_text())
    assert found["input_sha256"] == RECORDED[found["input"]]["sha256"]
    assert found["reml"] == cases.specs()[name]["reml"]


@pytest.mark.parametrize("name", cases.names())
def test_the_definition_gives_lme4s_criterion_at_every_recorded_theta(name: str) -> None:
    case = cases.case(name)
    for point in case.lme4["criterion_at"]:
        assert dense.criterion(case, point["theta"]) == pytest.approx(point["criterion"], rel=1e-11)
