"""Every public noun of the rooms people read about is defined in GLOSSARY.md."""

import ast
import re

import pytest

ROOMS = ("record", "places", "measures", "signals", "review")
# Section by section, what the design calls by a name of its own.
NOUNS = """
Episode, Session, Check-in, Instrument, Answer sheet, Score, Reliable change, Caseness, Expected course,
Forecast, Signal, Finding, Evidence, Reason, Step, Plan, Plan check, Plan outcome, Review, Joint review,
Caseload, Cohort, Track record, Match, Hand-over, Cover, Receiver, Concern, Release, Outbox,
on course, drifting, off course, reliably worse, reached goal, too early, no recent data, not computed
"""


@pytest.fixture(scope="module")
def defined(root) -> set[str]:
    text = (root / "GLOSSARY.md").read_text("utf-8")
    return {" ".join(term.split()).lower() for term in re.findall(r"\*\*([^*]+)\*\*", text)}


def _is_error(node: ast.ClassDef) -> bool:
    return any(ast.unparse(base).endswith(("Error", "Exception")) for base in node.bases)


def _words(class_name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", class_name).lower()


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_class_is_in_the_glossary(root, room, defined):
    classes = {
        _words(node.name)
        for path in (root / "midcourse" / room).rglob("*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not _is_error(node)
    }
    assert classes - defined == set()


def test_every_noun_of_the_design_is_in_the_glossary(defined):
    nouns = {" ".join(noun.split()).lower() for noun in NOUNS.split(",")}
    assert nouns - defined == set()


def test_every_state_is_in_the_glossary(defined):
    from midcourse.signals.state import State

    assert {state.value for state in State} <= defined
