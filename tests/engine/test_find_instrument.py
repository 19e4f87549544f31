"""An instrument is found by any of its names, and what is in force stands on its scale."""

import dataclasses
import subprocess
import sys

import pytest

from midcourse.measures import UnknownInstrument, find, known
from midcourse.measures.item import Cutoff, Evidence, PublishedChange, PublishedCutoff, ReliableChange


@pytest.mark.parametrize(
    ("name", "found"),
    [
        *[(n, "phq-9") for n in ("phq9", "PHQ-9", "Phq_9", "phq 9 total", "Patient Health Questionnaire-9")],
        *[("bdi", "bdi"), ("BDI2", "bdi-ii"), ("bdi_ii", "bdi-ii"), ("BDI-II", "bdi-ii")],
        *[(n, "ham-d-17") for n in ("hamd", "HAMD17", "hdrs", "HAM-D", "HDRS")],
        *[
            ("who", "who-5-raw"),
            ("who5", "who-5"),
            ("gds", "gds-marital"),
            ("das", "das"),
            ("shaps", "shaps"),
        ],
        *[("ecbi", "ecbi-intensity"), ("hads_a", "hads-anxiety"), ("pgi_improvement", "pgi-i")],
        ("midcourse-check-in", "midcourse-check-in"),
    ],
)
def test_names_are_found_whatever_their_case_and_punctuation(name, found):
    assert find(name).id == found


def test_an_unknown_name_is_refused_with_the_nearest_ones():
    with pytest.raises(UnknownInstrument, match="No instrument is called 'phq19'. Did you mean: phq-"):
        find("phq19")


def test_a_name_like_nothing_is_refused_with_all_there_is():
    with pytest.raises(UnknownInstrument) as refused:
        find("%%%")
    assert all(name in str(refused.value) for name in known())


def test_the_scale_carries_what_is_in_force():
    scale = find("phq9").scale
    assert (scale.measure, scale.title, scale.minimum, scale.maximum) == ("phq-9", "PHQ-9", 0, 27)
    assert (scale.reliable_change.points, scale.caseness.value, scale.step) == (6, 10, 1)
    assert scale.validated and not scale.higher_is_better
    gad7 = find("gad7").scale
    assert (gad7.reliable_change.points, gad7.caseness.value) == (4, 8)


def test_numbers_from_memory_and_numbers_for_one_group_are_not_on_the_scale():
    assert find("pswq").scale.reliable_change is None and find("pswq").scale.caseness is None
    assert find("audit-c").scale.caseness is None


def test_our_own_single_items_have_a_scale_without_any_threshold():
    scale = find("wellbeing").scale
    assert not scale.validated and scale.higher_is_better
    assert scale.reliable_change is None and scale.caseness is None


def test_what_has_no_total_has_no_scale():
    with pytest.raises(ValueError, match="Session check-in has no total"):
        _ = find("midcourse-check-in").scale


def test_an_item_is_found_by_id_or_code():
    phq9 = find("phq9")
    assert phq9.item("PHQ9_9") is phq9.item("44260-8") is phq9.items[8]
    with pytest.raises(LookupError, match="GAD-2 has no item 'x'; its items are: gad2-1, gad2-2"):
        find("gad2").item("x")
    with pytest.raises(LookupError, match="none, only the total"):
        find("hamd").item("1")


def change(evidence: Evidence = "S") -> PublishedChange:
    return PublishedChange(ReliableChange(6, "a paper", evidence=evidence), active=True)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda i: {"items": (*i.items, i.items[0])}, "two items have the same id"),
        (lambda i: {"items": i.items[1:]}, "names items that are not there: phq9-1"),
        (lambda i: {"licence": dataclasses.replace(i.licence, may_ship_text=False)}, "licence does not let"),
        (lambda i: {"missing_share": 0.3}, "at most a fifth"),
        (lambda i: {"cutoffs": (PublishedCutoff(Cutoff(9, "?", "M"), True, "?"),)}, "cut-off from memory"),
        (lambda i: {"reliable_changes": (change("M"),)}, "reliable change from memory"),
        (lambda i: {"reliable_changes": (change(), change())}, "more than one reliable change"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(wrong, message):
    phq9 = find("phq9")
    with pytest.raises(ValueError, match=f"phq-9: .*{message}"):
        dataclasses.replace(phq9, **wrong(phq9))


def test_finding_one_instrument_imports_nothing_heavy():
    code = "import sys; from midcourse.measures import find; find('hdrs'); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numpy", "scipy", "difflib"} & set(run.stdout.split())
