"""A published questionnaire as a thing to ask and score, read from its content file when it is needed."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from midcourse import content
from midcourse.measures.item import (
    Band,
    Example,
    Gate,
    Item,
    Licence,
    Part,
    PublishedChange,
    PublishedCutoff,
    SafetyItem,
)
from midcourse.measures.scale import Scale

KINDS = ("instruments", "check_ins")


class UnknownInstrument(LookupError):
    """No content file answers to this name; the message names the nearest ones."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire: its words where we may ship them, its scoring, and the numbers in force.

    `total` is None where there is no total to speak of (a check-in, a set of yes/no questions).
    `items` is empty where the file holds facts about the total only. `missing_share` is the largest
    share of a score's items that may be estimated from the others (never a safety item). `step` is the
    smallest difference between two possible totals; `whole` says that totals are whole numbers.

    Raises ValueError, naming the file, where the content contradicts itself.
    """

    id: str
    title: str
    short: str
    version: str
    language: str
    tier: str
    validated: bool
    aliases: tuple[str, ...]
    recall: str
    stem: str
    instructions: str
    items: tuple[Item, ...]
    total: Part | None
    subscales: tuple[Part, ...]
    higher_is_better: bool
    missing_share: float
    whole: bool
    step: float
    gate: Gate | None
    bands: tuple[Band, ...]
    cutoffs: tuple[PublishedCutoff, ...]
    reliable_changes: tuple[PublishedChange, ...]
    safety: tuple[SafetyItem, ...]
    licence: Licence
    loinc: dict[str, str]
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    examples: tuple[Example, ...]
    text_sha256: str

    def __post_init__(self) -> None:
        for problem in _contradictions(self):
            raise ValueError(f"{self.id}: {problem}")

    @property
    def scored_items(self) -> tuple[Item, ...]:
        """The items that count towards a score, in order."""
        return tuple(item for item in self.items if item.scored)

    @property
    def has_text(self) -> bool:
        """Whether the words of the items are shipped."""
        return any(item.text for item in self.items)

    @property
    def scale(self) -> Scale:
        """The scale of the total, with the reliable change and the caseness in force, if any.

        Raises ValueError where the instrument has no total.
        """
        if self.total is None:
            raise ValueError(f"{self.short} has no total, so a course cannot be followed on it.")
        cutoffs = [p.cutoff for p in self.cutoffs if p.active and p.group is None]
        changes = [p.change for p in self.reliable_changes if p.active]
        return Scale(
            measure=self.id,
            title=self.short,
            minimum=self.total.minimum,
            maximum=self.total.maximum,
            higher_is_better=self.higher_is_better,
            reliable_change=changes[0] if changes else None,
            caseness=cutoffs[0] if cutoffs else None,
            version=self.version,
            validated=self.validated,
            step=self.step,
        )

    def item(self, name: str) -> Item:
        """Return the item of this id or LOINC code, whatever the case and punctuation.

        Raises LookupError naming the items there are.
        """
        for item in self.items:
            if _key(item.id) == _key(name) or item.loinc == name:
                return item
        there = ", ".join(item.id for item in self.items) or "none, only the total"
        raise LookupError(f"{self.short} has no item {name!r}; its items are: {there}.")


def known() -> tuple[str, ...]:
    """Return the id of every instrument and check-in there is, in alphabetical order."""
    return tuple(sorted(name for kind in KINDS for name in content.names(kind)))


@cache
def find(name: str) -> Instrument:
    """Return the instrument of this name or alias, whatever the case and punctuation.

    Only the one file is read in full. Raises UnknownInstrument naming the nearest names.
    """
    place = _files().get(_key(name)) or _places().get(_key(name))
    if place is None:
        raise UnknownInstrument(_unknown(name))
    # Late, so that reading the content costs nothing until an instrument is asked for.
    from midcourse.measures.read_instrument import build

    return build(content.read(*place))


@cache
def find_in(name: str, language: str) -> Instrument:
    """Return the instrument of this name with its words in a language, where somebody wrote them.

    Otherwise it is returned as it is, in its own language, which its `language` says: the words of a
    published instrument are never mixed or changed. Raises UnknownInstrument naming the nearest names.
    """
    own = find(name)
    kind = next(kind for kind in KINDS if own.id in content.names(kind))
    if language == own.language or content.side_file(kind, own.id, language) is None:
        return own
    from midcourse.measures.read_instrument import build

    return build(content.read_in(kind, own.id, language) | {"language": language, "text_sha256": ""})


def _unknown(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(_key(name), _places(), n=5, cutoff=0.5)
    ids = tuple(dict.fromkeys(_places()[key][1] for key in near)) or known()
    return f"No instrument is called {name!r}. Did you mean: {', '.join(ids)}?"


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())


@cache
def _files() -> dict[str, tuple[str, str]]:
    return {_key(name): (kind, name) for kind in KINDS for name in content.names(kind)}


@cache
def _places() -> dict[str, tuple[str, str]]:
    return {_key(alias): place for place in _files().values() for alias in _aliases(*place)}


def _aliases(kind: str, name: str) -> tuple[str, ...]:
    # One line of each file, not the whole of it: fifty files are parsed in full in a tenth of a second.
    text = (resources.files("midcourse.content") / kind / f"{name}.toml").read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("aliases = "))
    return tuple(tomllib.loads(line)["aliases"])


def _contradictions(instrument: Instrument) -> Iterator[str]:
    ids = [item.id for item in instrument.items]
    parts = (*instrument.subscales, *((instrument.total,) if instrument.total else ()))
    named = {i for part in parts for i in part.items} | {rule.item for rule in instrument.safety}
    if len(set(ids)) < len(ids):
        yield "two items have the same id."
    if stray := named - set(ids):
        yield f"a score or a safety rule names items that are not there: {', '.join(sorted(stray))}."
    if instrument.has_text and not instrument.licence.may_ship_text:
        yield "it holds item text that its licence does not let us ship."
    if instrument.missing_share > 0.2:
        yield "at most a fifth of the items may be estimated."
    if any(p.active and p.cutoff.evidence == "M" for p in instrument.cutoffs):
        yield "a cut-off from memory is in force."
    if any(p.active and p.change.evidence == "M" for p in instrument.reliable_changes):
        yield "a reliable change from memory is in force."
    if sum(p.active for p in instrument.reliable_changes) > 1:
        yield "more than one reliable change is in force."
