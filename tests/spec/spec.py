"""How a rule is written down: a table in, a table out, checked on an engine or told to the manual."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from tests.spec.answer import Answer, Row, said, same
from tests.spec.drawn import Drawn, draw
from tests.spec.engines import ODDS, Asked, Engine, one_person

Write = Callable[[Drawn, Path], None]


class Asking(Protocol):
    """What a paragraph of the spec asks with: a drawn table and options."""

    def __call__(self, table: str, **options: Any) -> "Asks": ...


class Asks(Protocol):
    """A table that was put to an engine, waiting for what it should give."""

    def gives(self, table: str, **counts: int | Mapping[str, int]) -> None: ...

    def is_refused(self, *kinds: str) -> None: ...


@dataclass(frozen=True)
class OnEngine:
    """Puts tables to one engine and holds its answers to the tables expected, and to the other path's."""

    engine: Engine
    write: Write
    path: Path

    def __call__(self, table: str, **options: Any) -> "Run":
        self.write(draw(table), self.path)
        asked = Asked(**options)
        found = self.engine(self.path, asked)
        if self.engine is not one_person:
            beside = one_person(self.path, asked)
            same(beside, found)
            assert said(beside.problems) == said(found.problems)
        return Run(found)


@dataclass(frozen=True)
class Run:
    """The answer of one engine to one table."""

    found: Answer

    def gives(self, table: str, **counts: int | Mapping[str, int]) -> None:
        """Assert the rows, in order where the table has more than one, and the counts that are named."""
        assert not self.found.refused
        wanted = draw(table).as_dicts()
        assert len(self.found.rows) == len(wanted), self.found.rows
        for row, expected in zip(self.found.rows, wanted, strict=True):
            for column, text in expected.items():
                _check(row, column, text)
        have = {**self.found.counts, "by_kind": dict(self.found.by_kind), "kept": dict(self.found.kept)}
        assert {name: have[name] for name in counts} == counts

    def is_refused(self, *kinds: str) -> None:
        """Assert that the file was refused, for these reasons and no other."""
        assert sorted(self.found.refused) == sorted(kinds)


def _check(row: Row, column: str, text: str) -> None:
    where = f"{row.key}: {column}"
    if column in ("client", "episode", "measure", "state"):
        assert getattr(row, column) == text, where
    elif column in ("times", "scores"):
        at = 0 if column == "times" else 1
        have = [pair[at] for pair in row.review.scores]
        assert len(have) == len(text.split()), (where, have)
        for value, word in zip(have, text.split(), strict=True):
            _check_number(value, word, where)
    else:
        _check_number(row.odds[column], text, where)


def _check_number(have: float | None, text: str, where: str) -> None:
    """A number as precise as it is written; a dash is no number at all."""
    if text == "-":
        assert have is None, (where, have)
        return
    digits = len(text.partition(".")[2])
    assert have is not None, where
    assert abs(have - float(text)) <= 0.5 * 10.0**-digits + 1e-9 if digits else have == float(text), (
        where,
        have,
    )


@dataclass(frozen=True)
class Told:
    """Takes down what a paragraph asks and expects, for the manual, without asking anybody."""

    told: list["Told.One"] = field(default_factory=list)

    @dataclass
    class One:
        """One table, what was asked of it, and what it gives."""

        table: Drawn
        options: Mapping[str, Any]
        gives: Drawn | None = None
        counts: Mapping[str, Any] = field(default_factory=dict)
        refused: tuple[str, ...] = ()

    def __call__(self, table: str, **options: Any) -> "Note":
        self.told.append(Told.One(draw(table), options))
        return Note(self.told[-1])


@dataclass(frozen=True)
class Note:
    """Writes the expectation beside the table it belongs to."""

    one: Told.One

    def gives(self, table: str, **counts: int | Mapping[str, int]) -> None:
        """Note the rows and counts expected."""
        self.one.gives, self.one.counts = draw(table), counts

    def is_refused(self, *kinds: str) -> None:
        """Note the refusal expected."""
        self.one.refused = kinds


__all__ = ["ODDS", "Asking", "OnEngine", "Told", "Write"]
