"""From a content file's plain dict to an Instrument."""

from typing import Any

from midcourse.measures.instrument import Instrument
from midcourse.measures.item import (
    Band,
    Example,
    Gate,
    Item,
    Licence,
    Option,
    Part,
    PublishedChange,
    PublishedCutoff,
    SafetyItem,
)
from midcourse.measures.scale import Cutoff, ReliableChange

Dict = dict[str, Any]


def build(file: Dict) -> Instrument:
    """Return the instrument that a content file describes.

    Raises KeyError where a field is missing, ValueError where the file contradicts itself.
    """
    scoring, items = file["scoring"], _items(file)
    must: Dict = {n: file[n] for n in ("id", "title", "short", "version", "language", "tier", "validated")}
    words: Dict = {n: file.get(n, "") for n in ("recall", "stem", "instructions", "text_sha256")}
    lists: Dict = {n: tuple(file.get(n, ())) for n in ("aliases", "sources", "notes")}
    return Instrument(
        **must,
        **words,
        **lists,
        items=items,
        total=_total(scoring, file["short"], items),
        subscales=tuple(_subscale(part) for part in file.get("subscales", ())),
        higher_is_better=scoring["direction"] == "higher is better",
        missing_share=scoring.get("missing_share", 0.0),
        whole=scoring.get("whole", False),
        step=scoring.get("step", 1),
        gate=Gate(**scoring["gate"]) if "gate" in scoring else None,
        bands=tuple(Band(**band) for band in file.get("bands", ())),
        cutoffs=tuple(_cutoff(entry) for entry in file.get("cutoffs", ())),
        reliable_changes=tuple(_change(entry) for entry in file.get("reliable_change", ())),
        safety=tuple(SafetyItem(**rule) for rule in file.get("safety", ())),
        licence=Licence(**file["licence"]),
        loinc=file.get("loinc", {}),
        examples=tuple(_example(entry, items) for entry in file.get("examples", ())),
    )


def _items(file: Dict) -> tuple[Item, ...]:
    if "unworded_items" in file:
        return _unworded(file["unworded_items"])
    return tuple(_item(entry, file) for entry in file.get("items", ()))


def _item(entry: Dict, file: Dict) -> Item:
    options = tuple(Option(**option) for option in entry.get("options") or file["options"])
    values = [option.value for option in options]
    rest = {key: value for key, value in entry.items() if key != "options"}
    return Item(lowest=min(values), highest=max(values), options=options, **rest)


def _unworded(entry: Dict) -> tuple[Item, ...]:
    """Items whose words we may not ship: numbered, with the answers they take and the keys."""
    numbers = entry.get("numbers") or range(1, entry["count"] + 1)
    return tuple(
        Item(
            id=f"{entry['prefix']}-{n}",
            lowest=entry["lowest"],
            highest=entry["highest"],
            step=entry.get("step", 1),
            reversed=n in entry.get("reversed", ()),
        )
        for n in numbers
    )


def _total(scoring: Dict, title: str, items: tuple[Item, ...]) -> Part | None:
    if scoring["rule"] == "no total":
        return None
    # A file that holds the total only has no items to add up, so its rule is never used.
    rule: Any = "sum" if scoring["rule"] == "total only" else scoring["rule"]
    return Part(
        id="total",
        title=title,
        rule=rule,
        items=tuple(item.id for item in items if item.scored),
        minimum=scoring["minimum"],
        maximum=scoring["maximum"],
        multiply=scoring.get("multiply", 1),
    )


def _subscale(entry: Dict) -> Part:
    return Part(**{**entry, "items": tuple(entry["items"])})


def _cutoff(entry: Dict) -> PublishedCutoff:
    number = Cutoff(**{key: entry[key] for key in ("value", "source", "evidence")})
    rest = {key: entry[key] for key in ("active", "meaning", "group", "note") if key in entry}
    return PublishedCutoff(cutoff=number, **rest)


def _change(entry: Dict) -> PublishedChange:
    names = ("source", "evidence", "z", "reliability", "reliability_kind", "sd", "sample")
    number = ReliableChange(points=entry["value"], **{key: entry[key] for key in names if key in entry})
    return PublishedChange(
        change=number, active=entry["active"], n=entry.get("n"), note=entry.get("note", "")
    )


def _example(entry: Dict, items: tuple[Item, ...]) -> Example:
    given = entry["answers"]
    # A list is in the order of the items; "skipped" stands for an item shown and passed over.
    pairs = given.items() if isinstance(given, dict) else zip((i.id for i in items), given, strict=True)
    return Example(
        title=entry["title"],
        answers={key: None if value == "skipped" else value for key, value in pairs},
        score=entry.get("score"),
        missing=entry["missing"],
        subscales=entry.get("subscales", {}),
    )
