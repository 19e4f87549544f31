"""Fixed sentences of the engine, kept as content so that they can be reviewed and translated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from midcourse import content


@cache
def _sentences(language: str) -> dict[str, str]:
    files = (content.read_in("sentences", name, language) for name in content.names("sentences"))
    return {one["id"]: one["text"] for file in files for one in file["sentences"]}


def sentence(name: str, language: str = "en", **values: str) -> str:
    """Return one sentence in a language, its placeholders filled.

    Raises KeyError where there is no such sentence, or where a value is missing.
    """
    return _sentences(language)[name].format_map(values)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that is still to be put into a language, with the values that fill it."""

    name: str
    values: "Mapping[str, str | Said]" = field(default_factory=dict)

    def text(self, language: str = "en") -> str:
        """Return the sentence in a language."""
        words = {
            name: value.text(language) if isinstance(value, Said) else value
            for name, value in self.values.items()
        }
        return sentence(self.name, language, **words)


def said(name: str, **values: str | Said) -> Said:
    """Return a sentence by its id with the values that fill it."""
    return Said(name, values)


def listed(names: Sequence[str]) -> str | Said:
    """Return some names, at least one, joined as a language joins them."""
    found: str | Said = names[0]
    for name in names[1:]:
        found = said("and", one=found, other=name)
    return found
