"""Write docs/reference/instruments.md from the files: ``python -m tests.content.instruments_page``."""

from collections.abc import Iterable
from pathlib import Path

from midcourse.measures import Instrument
from tests.content.every import EVERY

PAGE = Path(__file__).parent.parent.parent / "docs" / "reference" / "instruments.md"

INTRO = """\
# Instruments

Written from the files in `midcourse/content/` by `python -m tests.content.instruments_page`; a test fails
when it is out of date. Add an instrument by adding one file.

**Evidence.** P: seen in the primary source (the paper, its abstract, the owner's page or program). S: seen
in somebody's restatement. M: from memory; a number marked M is never in force. A reliable change computed
here from a published SD and reliability carries the letter of its weaker input, and shows both.

**Reliable change** counts when the change is at least this many points. **Cut-off**: a score at or beyond
it, on the worse side, counts as in need of help. Both are conventions with a source, not facts about a
person.

**Missing answers.** At most a fifth of a score's items is estimated, by the mean of the others, and the
score is then called estimated. An item about safety is never estimated: without it there is no score.

**Words.** Only where the licence lets anyone pass them on. The others are scored, and a place that holds a
licence brings the words.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join(
        [
            INTRO,
            "## What is in force\n",
            *_table(
                "instrument | name in a table | range | better | cut-off | reliable change | words | safety items",
                (_in_force(one) for one in EVERY),
            ),
            "\n## Where the numbers in force come from\n",
            *_table("instrument | number | evidence | source | note", _sources(EVERY, active=True)),
            "\n## Known and not in force\n",
            *_table("instrument | number | evidence | source | note", _sources(EVERY, active=False)),
            "\n## Licences\n",
            *_table("instrument | holder | terms | must be shown", (_licence(one) for one in EVERY)),
            "\n## Notes\n",
            *(f"- **{one.short}** ({one.id}): {' '.join(one.notes)}" for one in EVERY if one.notes),
            "",
        ]
    )


def _table(head: str, rows: Iterable[tuple[str, ...]]) -> Iterable[str]:
    names = head.split(" | ")
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') or '-' for cell in row)} |"


def _in_force(one: Instrument) -> tuple[str, ...]:
    total = one.total
    return (
        one.title + ("" if one.validated else " **not validated**"),
        ", ".join(f"`{name}`" for name in (one.id, *one.aliases[:3])),
        f"{total.minimum:g} to {total.maximum:g}" if total else "no total",
        "higher" if one.higher_is_better else "lower",
        "; ".join(_cutoffs(one)),
        "; ".join(f"{p.change.points:g} ({p.change.evidence})" for p in one.reliable_changes if p.active),
        "yes" if one.has_text else "no",
        "; ".join(f"{r.item} from {r.at_least:g}: {r.asks_about}" for r in one.safety),
    )


def _cutoffs(one: Instrument) -> Iterable[str]:
    sign = "≤" if one.higher_is_better else "≥"
    for p in one.cutoffs:
        if p.active:
            yield f"{sign} {p.cutoff.value:g}{f' {p.group}' if p.group else ''} ({p.cutoff.evidence})"
    for part in one.subscales:
        if part.positive_from is not None:
            yield f"{part.title} ≥ {part.positive_from:g}"


def _sources(instruments: Iterable[Instrument], active: bool) -> Iterable[tuple[str, ...]]:
    for one in instruments:
        for p in one.cutoffs:
            if p.active == active:
                number = f"cut-off {p.cutoff.value:g}{f' ({p.group})' if p.group else ''}: {p.meaning}"
                yield one.short, number, p.cutoff.evidence, p.cutoff.source, p.note
        for q in one.reliable_changes:
            if q.active == active:
                c = q.change
                known = {"z": c.z, c.reliability_kind or "reliability": c.reliability, "SD": c.sd, "n": q.n}
                made_of = ", ".join(f"{k} {v:g}" for k, v in known.items() if v is not None)
                note = " ".join(
                    filter(None, [made_of and f"{made_of}.", c.sample and f"{c.sample}.", q.note])
                )
                yield one.short, f"reliable change {c.points:g}", c.evidence, c.source, note


def _licence(one: Instrument) -> tuple[str, ...]:
    return one.short, one.licence.holder, one.licence.terms, one.licence.must_display


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
