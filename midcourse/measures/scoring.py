"""From answers to scores, always saying how many items were answered and how missing ones were handled."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from midcourse.measures.instrument import Instrument
from midcourse.measures.item import Part

Answers = Mapping[str, float | None]
Points = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class PartScore:
    """One score made of some of an instrument's items, in that score's own points.

    `value` is None, with the reason, where too many answers are missing. `missing` says how missing
    items were handled. `positive` says whether a subscale reaches its own published threshold.
    """

    id: str
    title: str
    value: float | None
    n_answered: int
    n_items: int
    missing: Literal["complete", "prorated", "not scored"]
    reason: str | None = None
    band: str | None = None
    positive: bool | None = None

    @property
    def estimated(self) -> bool:
        """Whether part of the value was estimated from the other items."""
        return self.missing == "prorated"


@dataclass(frozen=True, slots=True)
class Scored:
    """What one answer sheet comes to: the total (None where there is none) and the subscales."""

    instrument: str
    version: str
    total: PartScore | None
    subscales: tuple[PartScore, ...]

    def subscale(self, name: str) -> PartScore:
        """Return one subscale's score by its id; raises LookupError naming what there is."""
        for part in self.subscales:
            if part.id == name:
                return part
        there = ", ".join(part.id for part in self.subscales) or "none"
        raise LookupError(f"{self.instrument} has no subscale {name!r}; there are: {there}.")


def score(instrument: Instrument, answers: Answers) -> Scored:
    """Return the total and the subscales for one person's answers (item id to value).

    None means the item was shown and skipped; a missing key means it was not shown. Up to
    `missing_share` of a score's items are estimated by the mean of the others (person-mean
    proration), never a safety item.

    Raises ValueError naming the item and the mend for an unknown item, an answer out of its options,
    or answers after a first question that closed the rest.
    """
    _refuse_bad_answers(instrument, answers)
    points = _points(instrument, answers)
    subscales = tuple(_part(instrument, part, points, ()) for part in instrument.subscales)
    total = None if instrument.total is None else _part(instrument, instrument.total, points, subscales)
    return Scored(instrument.id, instrument.version, total, subscales)


def _refuse_bad_answers(instrument: Instrument, answers: Answers) -> None:
    if not instrument.items:
        raise ValueError(f"{instrument.short} is held as a total only: give the total, not the answers.")
    items = {item.id: item for item in instrument.items}
    for name, value in answers.items():
        if name not in items:
            raise ValueError(f"{instrument.short} has no item {name!r}: use {', '.join(items)}.")
        if value is not None and not items[name].accepts(value):
            raise ValueError(f"{name} cannot be {value!r}: it takes {items[name].allowed()}.")
    if _closed(instrument, answers):
        for name in (item.id for item in instrument.scored_items if answers.get(item.id)):
            raise ValueError(
                f"{name} was answered although the first answer closed the rest: "
                "leave it out, or correct the first answer."
            )


def _closed(instrument: Instrument, answers: Answers) -> bool:
    gate = instrument.gate
    return gate is not None and answers.get(gate.item) == gate.closed_at


def _points(instrument: Instrument, answers: Answers) -> dict[str, float | None]:
    closed = _closed(instrument, answers)
    points: dict[str, float | None] = {}
    for item in instrument.scored_items:
        value = answers.get(item.id)
        if value is not None:
            points[item.id] = item.points(value)
        elif closed:
            points[item.id] = 0
        else:
            points[item.id] = None if item.id in answers else item.not_shown_counts_as
    return points


def _part(instrument: Instrument, part: Part, points: Points, subscales: tuple[PartScore, ...]) -> PartScore:
    answered = [p for name in part.items if (p := points[name]) is not None]
    reason = _why_not(instrument, part, points, len(answered))
    short = [s.title for s in subscales if s.value is None] if part.rule == "mean of subscales" else []
    if short and reason is None:
        reason = f"no score on: {', '.join(short)}."
    n, whole = len(answered), len(answered) == len(part.items)
    if reason is not None:
        return PartScore(part.id, part.title, None, n, len(part.items), "not scored", reason)
    value = _value(part, answered, subscales)
    return PartScore(
        id=part.id,
        title=part.title,
        value=value,
        n_answered=n,
        n_items=len(part.items),
        missing="complete" if whole else "prorated",
        band=band_of(instrument, value) if part.id == "total" else None,
        positive=None if part.positive_from is None else value >= part.positive_from,
    )


def _why_not(instrument: Instrument, part: Part, points: Points, answered: int) -> str | None:
    missing = len(part.items) - answered
    # A count of items cannot be estimated from the others.
    allowed = 0 if part.rule == "count" else int(instrument.missing_share * len(part.items) + 1e-9)
    guarded = [rule.item for rule in instrument.safety if rule.item in part.items]
    unsaid = [name for name in guarded if points[name] is None]
    if unsaid:
        return f"{', '.join(unsaid)} asks about safety, has no answer, and is never estimated."
    if missing > allowed:
        return f"{missing} of {len(part.items)} items have no answer; at most {allowed} may be estimated."
    return None


def _value(part: Part, answered: list[float], subscales: tuple[PartScore, ...]) -> float:
    if part.rule == "mean of subscales":
        value = sum(s.value for s in subscales if s.value is not None) / len(subscales)
    elif part.rule == "mean":
        value = sum(answered) / len(answered)
    elif part.rule == "count":
        value = float(sum(p >= part.at_least for p in answered))
    else:
        value = sum(answered) * len(part.items) / len(answered)
    # Tenths do not add up exactly in binary: ten digits are far below any instrument's step.
    return round(float(value) * part.multiply, 10)


def band_of(instrument: Instrument, value: float) -> str | None:
    """Return the label of the band a total falls in, or None; between two whole bands the lower holds."""
    labels = [band.label for band in instrument.bands if band.lowest <= value]
    return labels[-1] if labels else None
