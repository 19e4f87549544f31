"""Tools: what they ask, what an entry says as evidence, and what a log shows."""

import pytest

from midcourse.plans.tools import (
    Field,
    ToolEvidence,
    every_tool,
    evidence_of_entries,
    find_tool,
    pattern_of,
)
from midcourse.reasons import every_reason


def test_every_tool_names_reasons_that_there_are_and_asks_something():
    known = {one.id for one in every_reason()}
    assert len(every_tool()) == 15
    for tool in every_tool():
        assert set(tool.reasons) <= known and tool.reasons
        assert tool.fields
        assert len({one.id for one in tool.fields}) == len(tool.fields)


def test_every_tool_is_there_in_spanish_without_a_word_of_english():
    texts = [tool.title + tool.text + tool.say for tool in every_tool("es")]
    texts += [field.text for tool in every_tool("es") for field in tool.fields]
    texts += [one.text for tool in every_tool("es") for field in tool.fields for one in field.options]
    assert [text for text in texts if "[English]" in text] == []
    assert find_tool("sleep", "es").title == "El sueño"


def test_an_unknown_tool_is_named_with_those_there_are():
    with pytest.raises(KeyError, match="no tool 'yoga'; there are: expectations"):
        find_tool("yoga")


def test_withdrawal_is_spoken_of_before_anything_is_asked_about_drinking():
    assert "do not stop all at once" in find_tool("alcohol").say


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("scale", (0, 10, None, ""), (11, -1, "5")),
        ("choice", ("a", ""), ("b",)),
        ("yes-no", ("yes", "no", None), ("maybe",)),
        ("text", ("anything",), ()),
    ],
)
def test_only_what_can_be_an_answer_is_one(kind, good, bad):
    from midcourse.plans.tools import Choice

    field = Field("f", "Text", kind, options=(Choice("a", "A"),))
    assert all(field.accepts(value) for value in good)
    assert not any(field.accepts(value) for value in bad)


def test_an_answer_is_said_in_words():
    sleep = find_tool("sleep").fields[0]
    assert (sleep.words("3"), sleep.words("9"), sleep.words(None)) == ("Nearly every day", "", "")
    readiness = find_tool("readiness").fields[1]
    assert readiness.words(4) == "4 / 10"
    assert find_tool("sleep").fields[1].words("at ten") == "at ten"


def test_nothing_said_is_no_evidence():
    assert evidence_of_entries([]) == ToolEvidence()
    assert evidence_of_entries([("readiness", {"readiness-change": "less work"})]) == ToolEvidence()


def test_what_was_said_last_counts():
    entries = [
        ("readiness", {"readiness-importance": 2}),
        ("readiness", {"readiness-importance": 8, "readiness-sure": 1}),
        ("sleep", {"sleep-bad": "3"}),
        ("support-map", {"support-map-level": 2}),
        ("preferences", {"preferences-wish": "more structure", "preferences-met": "no"}),
        ("expectations", {"expectations-talked": "yes"}),
        ("alcohol", {"alcohol-screen": 6}),
        ("past-events", {"past-events-screen": 4}),
    ]
    assert evidence_of_entries(entries) == ToolEvidence(
        readiness=8,
        wishes=(("more structure", True, False),),
        support_lowest=True,
        sleep=1.0,
        orientation_done=True,
        screens=(("audit-c", 6.0), ("pc-ptsd-5", 4.0)),
    )


def test_a_wish_of_which_she_has_not_said_whether_it_is_met_is_left_open():
    found = evidence_of_entries([("preferences", {"preferences-wish": "fewer tasks"})])
    assert found.wishes == (("fewer tasks", True, None),)


def test_a_log_shows_a_pattern_only_from_four_entries_and_where_half_agree():
    log = find_tool("trigger-log")
    entries = [
        {"trigger-log-time": "evening", "trigger-log-where": "home"},
        {"trigger-log-time": "evening", "trigger-log-where": "work"},
        {"trigger-log-time": "morning", "trigger-log-where": "out"},
    ]
    assert pattern_of(log, entries) == ()
    entries.append({"trigger-log-time": "evening", "trigger-log-where": ""})
    assert pattern_of(log, entries) == (("Time of day", "Evening", 3, 4),)
