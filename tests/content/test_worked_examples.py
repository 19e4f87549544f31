"""Every worked example in the files comes out as it says."""

import pytest

from midcourse.measures import score
from tests.content.every import EVERY

EXAMPLES = [(one, example) for one in EVERY for example in one.examples]


@pytest.mark.parametrize(("instrument", "example"), EXAMPLES, ids=[f"{o.id}: {e.title}" for o, e in EXAMPLES])
def test_a_worked_example_comes_out(instrument, example):
    scored = score(instrument, example.answers)
    total = scored.total
    assert (total.value if total else None) == example.score
    assert (total.missing if total else "complete") == example.missing
    assert {name: scored.subscale(name).value for name in example.subscales} == example.subscales


def test_everything_that_can_be_scored_has_an_example():
    lacking = [one.id for one in EVERY if one.items and (one.total or one.subscales) and not one.examples]
    assert lacking == []
