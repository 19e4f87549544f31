"""The columns of one file while they are being told apart: --map first, then names."""

from dataclasses import dataclass, field
from difflib import get_close_matches

from midcourse.tables.known import MeasureBook
from midcourse.tables.problem import ProblemList
from midcourse.tables.roles import SYNONYMS, TIMES_WITH_UNIT
from midcourse.tables.units import plain, unit_of


@dataclass(slots=True)
class Guess:
    """The columns of one file while they are being told apart."""

    header: tuple[str, ...]
    book: MeasureBook
    found: ProblemList
    roles: dict[str, int] = field(default_factory=dict)
    mapped: set[str] = field(default_factory=set)
    totals: dict[str, int] = field(default_factory=dict)
    fixed_unit: str = ""
    notes: list[str] = field(default_factory=list)


def follow(guess: Guess, role: str, column: str) -> None:
    """Follow one --map: a role or a measure to a column; an empty column sets the role aside."""
    if role == "time_unit" and column not in guess.header and unit_of(column):
        guess.fixed_unit = column
        guess.mapped.add(role)
        return
    known = guess.book.find(role)
    if role not in SYNONYMS and known is None:
        mend = f"Use one of these: {', '.join(SYNONYMS)}; or the name of a measure."
        guess.found.add("no-such-role", f"--map {role}={column}: there is no role {role!r}.", mend=mend)
    elif column and column not in guess.header:
        _no_such_column(guess, role, column)
    elif known is not None and role not in SYNONYMS:
        if column:
            guess.totals[known.measure] = guess.header.index(column)
    else:
        guess.mapped.add(role)
        if column:
            guess.roles[role] = guess.header.index(column)


def _no_such_column(guess: Guess, role: str, column: str) -> None:
    near = get_close_matches(column, guess.header, n=3, cutoff=0.5)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"There are: {some_names(guess.header)}."
    guess.found.add("no-such-column", f"--map {role}={column}: no column has that name.", mend=hint)


def take(guess: Guess, role: str, names: str) -> None:
    """Give a role the first of these names that the file has, unless it is settled already."""
    if role in guess.roles or role in guess.mapped:
        return
    used = {*guess.roles.values(), *guess.totals.values()}
    free = {plain(name): i for i, name in reversed(list(enumerate(guess.header))) if i not in used}
    for name in names.split():
        if plain(name) in free:
            guess.roles[role] = free[plain(name)]
            return


def take_times_with_unit(guess: Guess) -> None:
    """Read a column called week or month as the time, in that unit, where no other unit is given."""
    if "time_unit" in guess.roles or guess.fixed_unit:
        return
    for unit, names in TIMES_WITH_UNIT.items():
        take(guess, "time", names)
        column = guess.header[guess.roles["time"]] if "time" in guess.roles else ""
        if plain(column) in {plain(name) for name in names.split()}:
            guess.fixed_unit = unit


def some_names(header: tuple[str, ...]) -> str:
    """Return the names of a file's columns, cut short where they are many."""
    more = f" and {len(header) - 12} more" if len(header) > 12 else ""
    return ", ".join(header[:12]) + more
