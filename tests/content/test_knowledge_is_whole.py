"""Every id of the clinical design is in the content, with its weights, steps, findings and sources."""

import json
from pathlib import Path

import pytest

from midcourse import content
from midcourse.cli.why_ask import SAFETY
from midcourse.reasons.findings import EVERY

DESIGN = json.loads((Path(__file__).parent / "knowledge_ids.json").read_text("utf-8"))
FILES = {
    raw["id"]: raw
    for kind in ("reasons", "conduct")
    for name in content.names(kind)
    for raw in [content.read(kind, name)]
}
# A point that may not be shown may not be counted: a therapist's results are no evidence here.
NO_EVIDENCE = {"D-TRACK-LOW"}


def asked(side):
    return {one["id"]: one["weight"] for raw in FILES.values() for one in raw.get(side, ())}


def test_the_design_has_the_counts_it_says():
    counts = {name: len(ids) for name, ids in DESIGN.items()}
    assert counts == {
        "reasons": 23, "client_questions": 64, "therapist_questions": 22, "steps": 99, "must_nots": 21, "findings": 36,
        "concerns": 20, "sources": 67, "safety_questions": 4, "per_reason": 23,
    }  # fmt: skip


def test_all_reasons_are_there_and_no_other():
    assert sorted(FILES) == sorted(DESIGN["reasons"])


@pytest.mark.need(
    "S0-19",
    "S0-20",
    "S0-24",
    "S1-25",
    "S1-29",
    "S1-41",
    "S1-65",
    "S2-10",
    "S2-22",
    "S2-83",
    "S3-05",
    "S3-09",
    "S4-04",
    "S4-22",
    by="midcourse why",
)
def test_every_client_item_is_asked():
    # The client's own pick is asked beside the reasons, not within one.
    assert {*asked("client_questions"), "C-PICK"} == set(DESIGN["client_questions"])


def test_every_therapist_item_is_asked():
    assert set(asked("therapist_questions")) == set(DESIGN["therapist_questions"])


@pytest.mark.need("S1-42", "S2-33", "S2-36", by="midcourse why")
def test_every_action_is_a_step():
    steps = [one["id"] for name in content.names("steps") for one in content.read("steps", name)["steps"]]
    assert sorted(steps) == DESIGN["steps"]


def test_every_must_not_is_a_rule():
    rules = [one["id"] for one in content.read("guidance", "must-nots")["rules"]]
    assert sorted(rules) == DESIGN["must_nots"]


def test_every_data_signal_but_one_is_a_finding():
    assert {one.id for one in EVERY} | NO_EVIDENCE == set(DESIGN["findings"])


@pytest.mark.need("S2-62", "S2-63", "S4-12", by="midcourse content show approaches")
def test_every_row_of_the_table_of_approaches_is_there():
    assert [one["title"] for one in content.read("guidance", "approaches")["approaches"]] == DESIGN[
        "concerns"
    ]


def test_every_source_is_on_the_list():
    assert {one["id"] for one in content.read("literature", "literature")["sources"]} >= set(
        DESIGN["sources"]
    )


@pytest.mark.parametrize("name", DESIGN["reasons"])
def test_a_reason_carries_what_the_design_says(name):
    raw, wanted = FILES[name], DESIGN["per_reason"][name]
    assert {one["id"]: one["weight"] for one in raw["client_questions"]} == wanted["client"]
    assert {one["id"]: one["weight"] for one in raw.get("therapist_questions", ())} == wanted["therapist"]
    assert {one["id"]: one["points"] for one in raw.get("findings", ())} == wanted["findings"]
    for field in ("client_steps", "therapist_steps", "sources", "needs"):
        assert raw[field] == wanted[field], field
    assert len(raw["never"]) >= wanted["never"]
    for field in ("definition", "say", "weighing", "counter_note", "escalation", "evidence_note"):
        assert raw[field].strip(), field


def test_safety_questions_keep_their_ids():
    assert set(SAFETY) <= set(DESIGN["safety_questions"])
