"""Steps that a client, a therapist or a clinic can take, read from the files that clinicians own."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from midcourse import content

Who = Literal["client", "therapist", "clinic"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step somebody can take. Not clinically validated."""

    id: str
    who: Who
    text: str
    sources: tuple[str, ...] = ()


@cache
def every_step(language: str = "en") -> dict[str, Step]:
    """Return every step by id; texts fall back to English, visibly, where none is given."""
    found = {}
    for family in content.names("steps"):
        for raw in content.read_in("steps", family, language)["steps"]:
            found[raw["id"]] = Step(raw["id"], raw["who"], raw["text"], tuple(raw.get("sources", ())))
    return found


@cache
def conduct_steps() -> frozenset[str]:
    """Return the ids of the steps that belong to the client's private page, and to no plan."""
    return frozenset(raw["id"] for raw in content.read("steps", "conduct")["steps"])
