"""The hazard log names tests that exist, claims nothing that is only planned, and says that nobody signed it."""

import re

import pytest

from tests.docs.hazards import (
    LIKELIHOODS,
    MATRIX,
    SEVERITIES,
    WHERE,
    hazards,
    held_by,
    initial,
    is_open,
    is_there,
    rating,
    residual,
    whole,
)
from tests.docs.hazards_page import PAGE, page

EVERY = hazards()
FIELDS = {
    "id", "name", "causes", "effect", "severity", "likelihood", "residual_severity", "residual_likelihood", "controls",
}  # fmt: skip


def ids(hazard):
    return hazard["id"]


def test_there_are_at_least_25_and_their_ids_run_on():
    assert len(EVERY) >= 25
    assert [one["id"] for one in EVERY] == [f"H-{number:02}" for number in range(1, len(EVERY) + 1)]


@pytest.mark.parametrize("hazard", EVERY, ids=ids)
def test_every_hazard_is_whole(hazard):
    assert set(hazard) == FIELDS
    assert hazard["causes"] and hazard["controls"] and hazard["effect"].endswith(".")
    for control in hazard["controls"]:
        assert set(control) == {"text", "rule", "where", "tests"} and control["where"] in WHERE
        assert control["text"].endswith(".")


@pytest.mark.parametrize("hazard", EVERY, ids=ids)
def test_every_test_that_is_named_exists(hazard):
    assert [name for name in held_by(hazard) if not is_there(name)] == []


@pytest.mark.parametrize(
    "name",
    [
        "tests/docs/test_hazards.py::test_nowhere",
        "tests/docs/nowhere.py::test_every_hazard_is_whole",
        "tests/docs/hazards.py::rating",
    ],
)
def test_a_test_that_does_not_exist_is_found_out(name):
    assert not is_there(name)


@pytest.mark.parametrize("hazard", EVERY, ids=ids)
def test_a_risk_is_lowered_only_by_a_control_that_a_test_holds(hazard):
    assert residual(hazard) <= initial(hazard)
    assert SEVERITIES.index(hazard["residual_severity"]) <= SEVERITIES.index(hazard["severity"])
    assert LIKELIHOODS.index(hazard["residual_likelihood"]) <= LIKELIHOODS.index(hazard["likelihood"])
    same = (hazard["severity"], hazard["likelihood"]) == (
        hazard["residual_severity"],
        hazard["residual_likelihood"],
    )
    assert same or held_by(hazard)


@pytest.mark.parametrize("hazard", EVERY, ids=ids)
def test_a_control_of_the_deployer_is_not_said_to_be_tested_here(hazard):
    assert not any(control["tests"] for control in hazard["controls"] if control["where"] == "deployer")


def test_the_matrix_rises_with_severity_and_with_likelihood():
    assert (rating("minor", "very low"), rating("catastrophic", "very high")) == (1, 5)
    rows = [MATRIX[name] for name in LIKELIHOODS]
    assert all(list(row) == sorted(row) for row in rows)
    assert all(list(column) == sorted(column) for column in zip(*rows, strict=True))


def test_what_is_not_built_stands_open():
    planned = [one for one in EVERY if any(not control["tests"] for control in one["controls"])]
    assert planned and all(is_open(one) for one in planned)


def test_every_rule_on_risk_and_on_privacy_has_a_hazard():
    named = {control["rule"] for one in EVERY for control in one["controls"]}
    assert {f"SR{number}" for number in range(1, 8)} <= named
    assert {f"SP{number}" for number in range(1, 10)} <= named
    assert {"SD1", "SD3", "SD4"} <= named


def test_nobody_has_signed_and_the_page_says_so():
    assert whole()["clinical_safety_officer"] == whole()["reviewed_by"] == ""
    assert "nobody has signed it" in page() and "Signed by: nobody." in page()


def test_the_page_is_up_to_date():
    assert PAGE.read_text("utf-8") == page(), "run: python -m tests.docs.hazards_page"


def test_intended_use_says_what_it_is_not_for():
    text = (PAGE.parent / "intended-use.md").read_text("utf-8")
    assert "## Not for" in text and "no clinical safety officer has signed" in " ".join(text.split()).lower()
    assert re.search(r"not a\s+medical device", text)
