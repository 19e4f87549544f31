"""What a field may hold, said in words a person can mend it by."""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from midcourse.content.check.folder import Raw
from midcourse.content.check.problem import Problem

Wanted = str | None  # what is wanted instead, None where the value will do
Test = Callable[[object], Wanted]


def text(value: object) -> Wanted:
    """Some words."""
    return None if isinstance(value, str) and value.strip() else "words in quotes"


def maybe_text(value: object) -> Wanted:
    """Words, or nothing between the quotes."""
    return None if isinstance(value, str) else 'words in quotes, or ""'


def texts(value: object) -> Wanted:
    """A list of words, empty where there are none."""
    good = isinstance(value, list) and all(isinstance(one, str) and one for one in value)
    return None if good else 'a list like ["one", "two"], or []'


def number(value: object) -> Wanted:
    """A number, whole or not."""
    return None if isinstance(value, int | float) and not isinstance(value, bool) else "a number"


def weight(value: object) -> Wanted:
    """A number of 0 or more."""
    return None if number(value) is None and float(str(value)) >= 0 else "a number of 0 or more"


def flag(value: object) -> Wanted:
    """Yes or no."""
    return None if isinstance(value, bool) else "true or false, without quotes"


def day(value: object) -> Wanted:
    """A date."""
    return None if isinstance(value, datetime.date) else "a date like 2027-11-24, without quotes"


def table(value: object) -> Wanted:
    """A table of its own."""
    return None if isinstance(value, dict) else "a table of its own, under [its-name]"


def tables(value: object) -> Wanted:
    """A list of tables."""
    good = isinstance(value, list) and all(isinstance(one, dict) for one in value)
    return None if good else "entries, each under [[its-name]]"


def grade(value: object) -> Wanted:
    """An evidence grade, A to D, with + or -, or two of them."""
    good = isinstance(value, str) and re.fullmatch(r"[A-D][+-]?(/[A-D][+-]?)?", value)
    return None if good else 'a grade from "A" to "D", or two like "B/C"'


def one_of(*allowed: str) -> Test:
    """One of these words."""
    return lambda value: None if value in allowed else "one of " + ", ".join(f'"{one}"' for one in allowed)


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields of one kind of table: those it must have, those it may have, and its lists of entries.

    An `open` one may have others too.
    """

    must: Mapping[str, Test]
    may: Mapping[str, Test] = field(default_factory=dict)
    lists: Mapping[str, "Shape"] = field(default_factory=dict)
    open: bool = False

    def problems(self, file: str, raw: Raw, where: str = "") -> Iterator[Problem]:
        """Yield what is wrong with the fields of one table and of its entries."""
        for name in self.must.keys() - raw.keys():
            yield Problem(file, f"{where}{name}", "the field is missing.", f"Add {name} = ...")
        for name, value in raw.items():
            if name in self.lists:
                yield from self._entries(file, f"{where}{name}", value, self.lists[name])
                continue
            test = self.must.get(name) or self.may.get(name)
            if test is None and not self.open:
                known = ", ".join(sorted({*self.must, *self.may, *self.lists}))
                yield Problem(file, f"{where}{name}", "there is no such field.", f"The fields are: {known}.")
            elif test is not None and (wanted := test(value)) is not None:
                yield Problem(file, f"{where}{name}", f"{value!r} will not do.", f"Write {wanted}.")

    @staticmethod
    def _entries(file: str, where: str, value: object, shape: "Shape") -> Iterator[Problem]:
        if not isinstance(value, list) or tables(value) is not None:
            yield Problem(file, where, "it is no list of entries.", f"Write {tables(None)}.")
            return
        for place, entry in enumerate(value, 1):
            yield from shape.problems(file, entry, f"{where}[{entry.get('id', place)}].")
