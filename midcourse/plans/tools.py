"""Tools for finding a direction: what each asks, what an entry says as evidence, and what a log shows.

Read from the files that clinicians own. Not clinically validated.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from midcourse import content

Kind = Literal["text", "long", "scale", "choice", "yes-no", "day", "instrument"]
Value = str | int | None
HIGHEST = 10  # of a scale, from 0
LOWEST_SUPPORT = 2  # a rating of 0 to 2 of 10 is the lowest band (judgement)
WORST_SLEEP = 3  # "nearly every day"
FEWEST = 4  # entries of a log before it is said to show anything (judgement)
MOST_OFTEN = 0.5  # share of entries from which one answer is named


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen, or one end of a scale."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a tool asks. `evidence` names what its answer counts as in the next check-up, if anything."""

    id: str
    text: str
    kind: Kind
    evidence: str = ""
    instrument: str = ""
    options: tuple[Choice, ...] = ()

    def words(self, value: Value) -> str:
        """Return an answer in words, empty where there is none."""
        if value is None or value == "":
            return ""
        if self.kind == "choice":
            return next((one.text for one in self.options if one.id == str(value)), "")
        return f"{value} / {HIGHEST}" if self.kind == "scale" else str(value)

    def accepts(self, value: Value) -> bool:
        """Say whether this can be an answer; nothing is always one."""
        if value is None or value == "":
            return True
        if self.kind == "scale":
            return isinstance(value, int) and 0 <= value <= HIGHEST
        if self.kind == "choice":
            return any(one.id == str(value) for one in self.options)
        return value in ("yes", "no") if self.kind == "yes-no" else True


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool. `say` must be read first; `repeated` ones are logs with many entries."""

    id: str
    order: int
    title: str
    text: str
    fields: tuple[Field, ...]
    reasons: tuple[str, ...]
    repeated: bool
    grade: str
    version: str
    say: str = ""


@dataclass(frozen=True, slots=True)
class ToolEvidence:
    """What a client's entries say about the record; None where they say nothing.

    `readiness` runs 0 to 10; `wishes` are (about, strong, met); `sleep` is a share of the highest option;
    `screens` are totals by instrument.
    """

    readiness: int | None = None
    wishes: tuple[tuple[str, bool, bool | None], ...] = ()
    support_lowest: bool | None = None
    sleep: float | None = None
    orientation_done: bool | None = None
    screens: tuple[tuple[str, float], ...] = ()


@cache
def every_tool(language: str = "en") -> tuple[Tool, ...]:
    """Return every tool in its order; texts fall back to English, visibly, where none is given."""
    raw = (content.read_in("tools", name, language) for name in content.names("tools"))
    return tuple(sorted((_tool(one) for one in raw), key=lambda one: one.order))


def find_tool(name: str, language: str = "en") -> Tool:
    """Return one tool by id. Raises KeyError, naming what there is, where there is none."""
    for one in every_tool(language):
        if one.id == name:
            return one
    raise KeyError(f"There is no tool {name!r}; there are: {', '.join(t.id for t in every_tool())}.")


def evidence_of_entries(entries: Iterable[tuple[str, Mapping[str, Value]]]) -> ToolEvidence:
    """Return what entries (tool, values), oldest first, say; the newest one that says something counts."""
    said: dict[str, Any] = {}
    screens: dict[str, float] = {}
    for name, values in entries:
        for field in find_tool(name).fields:
            value = values.get(field.id)
            if not field.evidence or value in (None, ""):
                continue
            if field.evidence == "screen":
                screens[field.instrument] = float(value or 0)
            else:
                said[field.evidence] = value
    wish = said.get("wish")
    support, sleep = said.get("support"), said.get("sleep")
    return ToolEvidence(
        readiness=said.get("readiness"),
        wishes=((str(wish), True, _yes(said.get("met"))),) if wish else (),
        support_lowest=None if support is None else int(support) <= LOWEST_SUPPORT,
        sleep=None if sleep is None else int(sleep) / WORST_SLEEP,
        orientation_done=_yes(said.get("orientation")),
        screens=tuple(sorted(screens.items())),
    )


def pattern_of(tool: Tool, entries: Sequence[Mapping[str, Value]]) -> tuple[tuple[str, str, int, int], ...]:
    """Return what a log shows: (field, most frequent answer, how many, of how many), in words.

    Only choices are counted, from four entries on, and only where one answer makes up half of them.
    """
    if len(entries) < FEWEST:
        return ()
    found = []
    for field in tool.fields:
        if field.kind != "choice":
            continue
        counted = Counter(str(value) for one in entries if (value := one.get(field.id)) not in (None, ""))
        if counted and (top := counted.most_common(1)[0])[1] >= MOST_OFTEN * len(entries):
            found.append((field.text, field.words(top[0]), top[1], len(entries)))
    return tuple(found)


def _yes(value: Value) -> bool | None:
    return None if value is None else value == "yes"


def _tool(raw: dict[str, Any]) -> Tool:
    names = ("id", "order", "title", "text", "repeated", "grade", "version")
    return Tool(
        fields=tuple(_field(one) for one in raw["fields"]),
        reasons=tuple(raw["reasons"]),
        say=raw.get("say", ""),
        **{name: raw[name] for name in names},
    )


def _field(raw: dict[str, Any]) -> Field:
    options = tuple(Choice(one["id"], one["text"]) for one in raw.get("options", ()))
    rest = {name: raw[name] for name in ("id", "text", "kind", "evidence", "instrument") if name in raw}
    return Field(options=options, **rest)
