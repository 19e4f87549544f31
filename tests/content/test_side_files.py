"""A language is a side file with the same ids; what nobody has translated falls back, and says so."""

import pytest

from midcourse import content
from midcourse.content import _merged
from midcourse.reasons import every_reason


def test_a_file_in_its_own_language_is_read_as_it_is():
    assert content.read_in("reasons", "stigma", "en") == content.read("reasons", "stigma")


def test_a_missing_text_falls_back_visibly():
    assert all(one.title.startswith(content.FALLBACK) for one in every_reason("xx"))
    assert content.side_file("reasons", "stigma", "xx") is None


def test_a_translated_text_is_taken_by_its_id_and_weights_stay():
    whole = {
        "id": "a",
        "title": "Shame",
        "points": 2,
        "steps": [{"id": "s", "text": "Say"}],
        "sources": ["x"],
    }
    side = {"title": "Vergüenza", "steps": [{"id": "s", "text": "Dilo"}]}
    assert _merged(whole, side) == {
        "id": "a", "title": "Vergüenza", "points": 2, "steps": [{"id": "s", "text": "Dilo"}], "sources": ["x"],
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["reasons", "conduct", "steps", "guidance"])
def test_no_file_claims_to_be_validated_or_reviewed_by_somebody_unnamed(kind):
    for name in content.names(kind):
        raw = content.read(kind, name)
        assert raw["validated"] is False and isinstance(raw["reviewed_by"], str) and raw["check_again_on"]


def test_every_reason_has_a_step_for_both_sides_and_every_step_is_reachable():
    steps = {
        one["id"]: one for name in content.names("steps") for one in content.read("steps", name)["steps"]
    }
    offered = set()
    for reason in every_reason():
        assert {steps[one]["who"] for one in reason.client_steps} == {"client"}
        assert {steps[one]["who"] for one in reason.therapist_steps} == {"therapist"}
        offered |= {*reason.client_steps, *reason.therapist_steps}
    for name in content.names("conduct"):
        raw = content.read("conduct", name)
        offered |= {*raw["client_steps"], *raw["therapist_steps"]}
    for rule in content.read("guidance", "step-rules")["rules"]:
        offered |= set(rule["add"])
    # The conduct lead's step is taken once a client has sent a concern, in the web application.
    assert set(steps) - offered == {"A-S-CONDUCT"}
    assert len(steps) == 99


def test_every_source_that_a_reason_names_is_on_the_list():
    known = {one["id"] for one in content.read("literature", "literature")["sources"]}
    for kind in ("reasons", "conduct"):
        for name in content.names(kind):
            assert set(content.read(kind, name)["sources"]) <= known


def test_a_file_that_is_not_there_is_refused_by_naming_those_that_are():
    with pytest.raises(KeyError, match="no reasons called 'boredom'; there are: alliance-rupture"):
        content.read("reasons", "boredom")
