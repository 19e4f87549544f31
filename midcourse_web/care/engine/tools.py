"""Tools for a direction, as pages ask them."""

from collections.abc import Mapping, Sequence
from typing import Any

from midcourse.plans.tools import Field, Tool, ToolEvidence, evidence_of_entries, pattern_of
from midcourse.plans.tools import every_tool as engine_tools
from midcourse.plans.tools import find_tool as engine_tool

__all__ = ["Field", "Tool", "evidence_of", "lines", "pattern", "tool", "tools", "tools_for"]


def tools(language: str) -> tuple[Tool, ...]:
    """Return every tool, in order."""
    return engine_tools(language)


def tool(name: str, language: str) -> Tool:
    """Return one tool. Raises KeyError where there is none."""
    return engine_tool(name, language)


def tools_for(reasons: Sequence[str], language: str) -> tuple[Tool, ...]:
    """Return the tools that go with any of these reasons, in order."""
    return tuple(one for one in engine_tools(language) if set(one.reasons) & set(reasons))


def evidence_of(entries: Sequence[tuple[str, Mapping[str, Any]]]) -> ToolEvidence:
    """Return what entries say, the newest counting."""
    return evidence_of_entries(entries)


def lines(name: str, values: Mapping[str, Any], language: str) -> tuple[tuple[str, str], ...]:
    """Return one entry as (question, answer in words), with what was left open left out."""
    one = engine_tool(name, language)
    return tuple((field.text, words) for field in one.fields if (words := field.words(values.get(field.id))))


def pattern(
    name: str, entries: Sequence[Mapping[str, Any]], language: str
) -> tuple[tuple[str, str, int, int], ...]:
    """Return what a log shows: (question, answer, how many, of how many)."""
    return pattern_of(engine_tool(name, language), entries)
