"""The reference of all rules, written from the spec itself: `python -m tests.spec.rules_page`."""

import inspect
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from tests.spec.drawn import Drawn
from tests.spec.known import WORDS
from tests.spec.spec import Told

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "rules.md"
CHAPTERS = sorted(path.stem for path in Path(__file__).parent.glob("test_[0-9]_*.py"))
LONGEST = 16  # rows of a table that are shown whole

START = """# The rules, by example

Every rule of reading and reviewing a table, as small tables in and tables out. Each example below is a
test: it runs one client at a time in plain Python, and for all clients at once through DuckDB, from CSV
and from Parquet, and all must give the same. States, counts and times agree exactly, running sums to
1e-12, probabilities to 1e-9. This page is written from those tests by `python -m tests.spec.rules_page`.

Columns of a result that are not shown are not part of the rule. `times` are sessions from 1 or weeks from
0; `improvement`, `deterioration` and `left` (the healthy side of the cut-off) are probabilities at the
horizon, `own` the share of the variance that the client's own scores remove; `-` means not said.
"""


def page() -> str:
    """Return the page as the spec has it now."""
    return "\n".join([START, *(part for name in CHAPTERS for part in _chapter(_module(name)))])


def _module(name: str) -> ModuleType:
    return import_module(f"tests.spec.{name}")


def _chapter(module: ModuleType) -> Iterator[str]:
    title, _, text = inspect.cleandoc(module.__doc__ or "").partition("\n")
    yield f"## {title}\n\n{text.strip()}\n"
    for name, test in vars(module).items():
        if name.startswith("test_") and isinstance(test, FunctionType):
            yield from _paragraph(name, test)


def _paragraph(name: str, test: FunctionType) -> Iterator[str]:
    told = Told()
    test(told)
    yield f"### {name.removeprefix('test_').replace('_', ' ').capitalize()}\n"
    yield f"{inspect.cleandoc(test.__doc__ or '')}\n"
    for one in told.told:
        yield f"{_cut(one.table).markdown()}\n"
        asked = f" ({_words(one.options)})" if one.options else ""
        if one.gives is None:
            yield f"is refused{asked}: {', '.join(f'`{kind}`' for kind in one.refused)}.\n"
            continue
        yield f"gives{asked}\n\n{_cut(one.gives).markdown()}\n"
        if one.counts:
            yield f"and counts {_counts(one.counts)}.\n"


def _cut(table: Drawn) -> Drawn:
    """A long table without its middle."""
    if len(table.rows) <= LONGEST:
        return table
    dots = ("...",) * len(table.header)
    return Drawn(table.header, (*table.rows[:3], dots, *table.rows[-7:]))


def _words(options: Mapping[str, Any]) -> str:
    return "; ".join(_option(name, value) for name, value in options.items())


def _option(name: str, value: Any) -> str:
    if name == "course":
        return f"held against {WORDS[id(value)]}"
    if name == "scale":
        return f"measure {WORDS[id(value)]}"
    if name == "measures":
        return f"asked for {', '.join(value)}"
    if name == "mapping":
        return ", ".join(f"`--map {role}={column}`" for role, column in value.items())
    if name == "as_of":
        return f"as of day {value:g}"
    return {"allow": "`--allow`", "whole_weeks": "`--whole-weeks`", "references": "references may lend"}[name]


def _counts(counts: Mapping[str, Any]) -> str:
    said = []
    for name, value in counts.items():
        if isinstance(value, Mapping):
            inner = ", ".join(f"`{kind}` {n}" for kind, n in value.items()) or "none"
            said.append(f"{'problems' if name == 'by_kind' else 'kept'}: {inner}")
        else:
            said.append(f"{name.replace('_', ' ')} {value}")
    return "; ".join(said)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
