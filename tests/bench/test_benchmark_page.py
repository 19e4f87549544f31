"""The benchmark page was made by the methods and the data sets of today; its figures are not held."""

import re

import pytest

from bench.benchmark import CASES, Case
from bench.benchmark_page import PAGE, markdown, methods_line
from midcourse.evaluation.methods import OURS, every_method
from tests.report.evaluations import evaluation, full, refusing

AGAIN = "run: python -m bench.benchmark"


@pytest.fixture(scope="module")
def page(root) -> str:
    return (root / PAGE).read_text("utf-8")


def test_the_page_was_made_by_the_current_list_of_methods(page, root):
    assert methods_line() in page, AGAIN
    for method in every_method():
        said = f"- **{method.name}**: {method.source}" in page
        assert said or (method.name == OURS and older(page, root)), AGAIN


def older(page, root):
    """Whether the page is about an older version of our rule, and the list of limits says so."""
    made = re.search(r"^- \*\*midcourse\*\*: midcourse, rule (\S+)$", page, re.MULTILINE)
    limits = " ".join((root / "docs/limitations.md").read_text("utf-8").split())
    return made is not None and f"`docs/reference/benchmark.md` was made with `{made[1]}`" in limits


def test_every_data_set_is_on_the_page_with_its_command_or_why_it_does_not_fit(page):
    for case in CASES:
        assert case.command in page, AGAIN


def test_the_tables_are_those_that_the_page_of_data_sets_names(page, root):
    known = set(re.findall("[0-9a-f]{64}", (root / "docs" / "reference" / "data.md").read_text("utf-8")))
    assert set(re.findall("SHA-256 of the table: `([0-9a-f]{64})`", page)) <= known


def test_a_case_is_written_as_its_command():
    case = Case("a.csv", "m", 1.5, by_therapist=True)
    assert case.command == "midcourse evaluate a.csv --measure m --reliable-change 1.5 --leave-therapists-out"


def test_a_page_holds_every_table_the_poor_results_and_what_failed():
    done, broken = Case("a.csv", "m", why="Given."), Case("b.csv", "n")
    text = markdown([(done, full()), (done, evaluation((refusing(),)))], [(broken, "too\nshort")], 500)
    assert "-m bench.benchmark --bootstrap 500\n" in text
    assert "- `midcourse evaluate b.csv --measure n`: too short" in text
    assert "**Who will end without reliable improvement?**" in text
    assert "- Given." in text
    assert "- Poor, missing or failed: refusing failed: fold" in text
    head = next(line for line in text.splitlines() if line.startswith("| data set |"))
    row = next(line for line in text.splitlines() if line.startswith("| a.csv --measure m |"))
    assert head.count("|") == row.count("|")
    assert re.search(r"\| midcourse \| .*\]\\\*", text), "a star is not taken for emphasis"
