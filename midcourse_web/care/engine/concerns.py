"""Areas of concern in plain words, and kinds of therapy, from the engine's content."""

from functools import cache

from midcourse import content
from midcourse_web.care.engine.spoken import spoken


def concerns() -> tuple[tuple[str, str], ...]:
    """Return (word of the record, plain words) of every area that the table of approaches knows."""
    return _concerns(spoken())


@cache
def _concerns(language: str) -> tuple[tuple[str, str], ...]:
    rows = content.read_in("guidance", "approaches", language)["approaches"]
    found: dict[str, str] = {}
    shared = [row["concerns"][0] for row in rows]
    for row in rows:
        word, plain = row["concerns"][0], row["plain_title"]
        # Rows that share a concern differ in how heavy it is, which is not for an intake to say.
        found.setdefault(word, plain.split(",")[0] if shared.count(word) > 1 else plain)
    return tuple(found.items())


@cache
def therapies() -> tuple[str, ...]:
    """Return the kinds of therapy that can be named, in plain words."""
    return tuple(card["title"] for card in content.read("guidance", "therapies")["cards"])
