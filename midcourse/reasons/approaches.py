"""Which kinds of therapy are usual for a concern, from the table clinicians own."""

import re
from dataclasses import dataclass
from functools import cache

from midcourse import content


@dataclass(frozen=True, slots=True)
class Approach:
    """The usual approaches for one kind of concern.

    `specific` says that guidelines name particular treatments for it, so that another kind is worth a
    question; for common problems real therapies differ little. `fits` are words that a treatment's
    name would hold.
    """

    id: str
    title: str
    concerns: tuple[str, ...]
    specific: bool
    fits: tuple[str, ...]

    def includes(self, treatment: str) -> bool:
        """Say whether a treatment's name is among the usual ones."""
        words = treatment.lower().replace("/", " ").split()
        return any(
            fit in words if " " not in fit and len(fit) < 5 else fit in treatment.lower() for fit in self.fits
        )


@cache
def every_approach() -> tuple[Approach, ...]:
    """Return the table, in its own order."""
    rows = content.read("guidance", "approaches")["approaches"]
    return tuple(
        Approach(row["id"], row["title"], tuple(row["concerns"]), row["specific"], tuple(row["fits"]))
        for row in rows
    )


def approach_for(concern: str) -> Approach | None:
    """Return the row for a concern as people write it, None where the table has none.

    "OCD (checking)" is the row of "ocd"; where several of its concerns are named, the longest decides.
    """
    wanted = concern.strip().lower()
    named = [(len(name), one) for one in every_approach() for name in one.concerns if holds(wanted, name)]
    longest = max((length for length, _ in named), default=0)
    return next((one for length, one in named if length == longest), None)


def holds(text: str, words: str) -> bool:
    """Say whether a text has these words in it, as whole words, whatever their case."""
    return bool(words.strip()) and re.search(rf"\b{re.escape(words.lower())}\b", text.lower()) is not None


def uses_tasks(treatment: str) -> bool:
    """Say whether a kind of therapy usually has tasks between sessions."""
    words: list[str] = content.read("guidance", "approaches")["tasks_used_in"]
    return any(word in treatment.lower() for word in words)
