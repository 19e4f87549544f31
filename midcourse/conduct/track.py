"""What is not okay: any yes opens a track of its own, beside no ranking, shown to the client alone.

No finding from the record ever opens it. It never says that something happened: only that it is not okay
if it did, and which ways are open.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from midcourse import content
from midcourse.content.say import sentence
from midcourse.record.check_up import CheckUp

GRAVE = ("C-BND-1", "C-BND-3")  # never a step of talking to them; the law may have a say
UNSURE = ("not sure", "rather not say")
ABANDONED = "C-ETH-3"
LIMITED = ("A-C-LEGAL",)  # offered where the answer was grave
GENTLE = ("A-C-OTHER-PERSON", "A-C-RECORD", "A-C-LICENSE", "A-C-STOP-OK")


@dataclass(frozen=True, slots=True)
class Concern:
    """One kind of thing that is not okay, with the words of the questions that opened it."""

    id: str
    title: str
    say: str
    points: float
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One way that is open, in words, and whose step it is."""

    id: str
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class ConductTrack:
    """The client-only answer: what was said, and the ways that are open. `gentle` where nothing was a yes."""

    concerns: tuple[Concern, ...]
    options: tuple[Option, ...]
    gentle: bool
    grave: bool


@cache
def every_question(language: str = "en") -> tuple[dict[str, Any], ...]:
    """Return every question of the private page as a plain dict, in order."""
    files = [content.read_in("conduct", name, language) for name in content.names("conduct")]
    return tuple(
        one for raw in sorted(files, key=lambda raw: raw["order"]) for one in raw["client_questions"]
    )


def conduct_track(check_up: CheckUp, language: str = "en") -> ConductTrack | None:
    """Return the track where an answer opens it, else None."""
    said = {name: word for name, word in check_up.conduct.items() if word == "yes" or word in UNSURE}
    if not said:
        return None
    files = [content.read_in("conduct", name, language) for name in content.names("conduct")]
    opened = [raw for raw in files if any(one["id"] in said for one in raw["client_questions"])]
    concerns = [_concern(raw, said, language) for raw in opened]
    gentle = "yes" not in said.values()
    grave = any(said.get(name) == "yes" for name in GRAVE)
    wanted = [step for raw in opened for step in raw["client_steps"]]
    if said.get(ABANDONED) == "yes":
        wanted = ["A-S-CONTINUITY", "A-C-BRIDGE", *wanted]
    if gentle:
        wanted = [step for step in wanted if step in GENTLE]
    kept = [step for step in dict.fromkeys(wanted) if grave or step not in LIMITED]
    ordered = tuple(sorted(concerns, key=lambda one: -one.points))
    return ConductTrack(ordered, tuple(_option(step, language) for step in kept), gentle, grave)


def _concern(raw: dict[str, Any], said: dict[str, Any], language: str) -> Concern:
    asked = [one for one in raw["client_questions"] if one["id"] in said]
    points = sum(float(one["weight"]) for one in asked if said[one["id"]] == "yes")
    quoted = tuple(_quoted(said[one["id"]], one["text"], language) for one in asked)
    return Concern(raw["id"], raw["title"], raw["say"], points, quoted)


def _quoted(answer: str, text: str, language: str) -> str:
    word = sentence(f"word-{answer.replace(' ', '-')}", language)
    return sentence("you-answered", language, answer=word, text=text)


def _option(step: str, language: str) -> Option:
    found = _texts(language)[step]
    return Option(step, found["who"], found["text"])


@cache
def _texts(language: str) -> dict[str, dict[str, Any]]:
    files = [content.read_in("steps", family, language) for family in content.names("steps")]
    return {one["id"]: one for raw in files for one in raw["steps"]}
