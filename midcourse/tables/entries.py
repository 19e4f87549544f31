"""Named values as people write them in JSON: one word or a list, yes or true, a number in quotes, null."""

import re
from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

YES, NO = ("yes", "true", "y"), ("no", "false", "n")


class Entries:
    """The entries of one JSON object; each is taken once by its name, and what is left is named.

    Names match whatever their case, spaces or hyphens; null is as good as not there. A value that cannot
    be understood is set aside and named too.
    """

    def __init__(self, raw: Mapping[str, Any], inside: str = "") -> None:
        self._inside = inside
        self._left = {_canonical(str(name)): (str(name), value) for name, value in raw.items()}
        self._aside: list[str] = []
        self._taken = ""

    def unused(self) -> tuple[str, ...]:
        """Return the names of all that was left or set aside, in alphabetical order."""
        left = [self._inside + name for name, value in self._left.values() if value is not None]
        return tuple(sorted({*left, *self._aside}))

    def names(self) -> tuple[str, ...]:
        """Return the names that are left, as they were written."""
        return tuple(name for name, _ in self._left.values())

    def take(self, *names: str) -> Any:
        """Return the first of these names that holds a value, None where none does."""
        for name in names:
            written, value = self._left.get(_canonical(name), (name, None))
            if value is not None:
                del self._left[_canonical(name)]
                self._taken = written
                return value
        return None

    def set_aside(self, name: str) -> None:
        """Name an entry that was taken and could not be understood."""
        self._aside.append(self._inside + name)

    def _as(self, read: Any, names: tuple[str, ...]) -> Any:
        value = self.take(*names)
        if value is None:
            return None
        found = read(value)
        if found is None:
            self.set_aside(self._taken)
        return found

    def number(self, *names: str) -> float | None:
        """Return a number, also one in quotes."""
        found: float | None = self._as(as_number, names)
        return found

    def whole(self, *names: str) -> int | None:
        """Return a whole number."""
        found: int | None = self._as(_as_whole, names)
        return found

    def flag(self, *names: str) -> bool | None:
        """Return a yes or no."""
        found: bool | None = self._as(as_flag, names)
        return found

    def words(self, *names: str) -> tuple[str, ...] | None:
        """Return words: one, a list of them, or a list of objects that name something."""
        found: tuple[str, ...] | None = self._as(as_words, names)
        return found

    def text(self, *names: str) -> str:
        """Return the words of a text, several of them with commas; empty where there is none."""
        return ", ".join(self.words(*names) or ())

    def numbers(self, *names: str) -> tuple[float, ...]:
        """Return a series of numbers, or one; gaps (null) are left out."""
        found: tuple[float, ...] | None = self._as(as_series, names)
        return found or ()

    def part(self, *names: str) -> "Entries | None":
        """Return the entries of an object inside this one."""
        value = self.take(*names)
        if isinstance(value, Mapping):
            return Entries(value, f"{self._inside}{names[0]}.")
        if value is not None:
            self.set_aside(self._taken)
        return None

    def absorb(self, part: "Entries") -> None:
        """Take over what a part did not use, so that it is named with the rest."""
        self._aside += part.unused()


def _canonical(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def as_number(value: Any) -> float | None:
    """Return a finite number, also one in quotes; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) else None


def _as_whole(value: Any) -> int | None:
    number = as_number(value)
    return int(number) if number is not None and number.is_integer() else None


def as_flag(value: Any) -> bool | None:
    """Return a yes or no; None for anything else."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    return True if word in YES else False if word in NO else None


def as_words(value: Any) -> tuple[str, ...] | None:
    """Return one or more words (or what objects are named by); None for anything else."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, Iterable):
        return None
    found = [_word(one) for one in value]
    return None if None in found else tuple(str(one) for one in found)


def _word(value: Any) -> str | None:
    """A word, or the word an object is named by."""
    if isinstance(value, Mapping):
        named = [value[name] for name in ("event", "what", "about", "name", "goal") if name in value]
        return str(named[0]) if named else None
    return value if isinstance(value, str) else None


def as_series(value: Any) -> tuple[float, ...] | None:
    """Return one or more numbers (or objects with a score); None where anything else is among them."""
    if not isinstance(value, list | tuple):
        value = [value]
    kept = [one.get("score", one.get("value")) if isinstance(one, Mapping) else one for one in value]
    found = [as_number(one) for one in kept if one is not None]
    return None if None in found or not found else tuple(one for one in found if one is not None)
