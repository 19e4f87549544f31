"""Which column is what: guessed from names, corrected by --map, and shown."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from midcourse.tables.known import MeasureBook
from midcourse.tables.problem import ProblemList
from midcourse.tables.roles import LAST_RESORT_SESSIONS, SYNONYMS, TIME_ROLES, TIMES_WITH_UNIT
from midcourse.tables.slots import Layout, Slot, TotalSlot
from midcourse.tables.units import plain, unit_of
from midcourse.tables.wide import wide_columns
from midcourse.tables.wide_slots import wide_slots


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


def lay_out(
    header: tuple[str, ...],
    mapping: Mapping[str, str],
    wanted: Collection[str],
    book: MeasureBook,
    found: ProblemList,
) -> Layout:
    """Return how a file's columns are read; what is missing or unclear is added to `found`."""
    guess = Guess(header, book, found)
    for role, column in mapping.items():
        _map(guess, role, column)
    for role, names in SYNONYMS.items():
        _take(guess, role, names)
    _take_times_with_unit(guess)
    slots = _slots(guess, wanted)
    if not _has_time(guess, slots):
        _take(guess, "session", LAST_RESORT_SESSIONS)
    _check(guess, slots)
    shown = {role: header[i] for role, i in guess.roles.items() if role != "score"}
    shown |= _shown(header, slots)
    return Layout(header, guess.roles, slots, shown, guess.fixed_unit, tuple(guess.notes))


def _map(guess: Guess, role: str, column: str) -> None:
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
        guess.totals[known.measure] = guess.header.index(column)
    else:
        guess.mapped.add(role)
        if column:
            guess.roles[role] = guess.header.index(column)


def _no_such_column(guess: Guess, role: str, column: str) -> None:
    near = get_close_matches(column, guess.header, n=3, cutoff=0.5)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"There are: {_some(guess.header)}."
    guess.found.add("no-such-column", f"--map {role}={column}: no column has that name.", mend=hint)


def _take(guess: Guess, role: str, names: str) -> None:
    if role in guess.roles or role in guess.mapped:
        return
    used = {*guess.roles.values(), *guess.totals.values()}
    free = {plain(name): i for i, name in reversed(list(enumerate(guess.header))) if i not in used}
    for name in names.split():
        if plain(name) in free:
            guess.roles[role] = free[plain(name)]
            return


def _take_times_with_unit(guess: Guess) -> None:
    """Read a column called week or month as the time, in that unit."""
    if "time" in guess.roles or "time_unit" in guess.roles:
        return
    for unit, names in TIMES_WITH_UNIT.items():
        _take(guess, "time", names)
        if "time" in guess.roles:
            guess.fixed_unit = guess.fixed_unit or unit
            return


def _slots(guess: Guess, wanted: Collection[str]) -> tuple[Slot, ...]:
    """Return where the scores stand: tidy with a measure column, else wide, else one bare column."""
    if "score" in guess.roles and ("measure" in guess.roles or "score" in guess.mapped):
        return (TotalSlot(guess.roles["score"], _only_measure(guess, wanted)),)
    slots = _wide(guess)
    if slots:
        return tuple(slot for slot in slots if not wanted or slot.measure in wanted)
    if "score" in guess.roles:
        return (TotalSlot(guess.roles["score"], _only_measure(guess, wanted)),)
    return ()


def _wide(guess: Guess) -> tuple[Slot, ...]:
    """Return the slots of columns that were mapped to measures, and of those named after others."""
    mapped: tuple[Slot, ...] = tuple(TotalSlot(column, measure) for measure, column in guess.totals.items())
    score = guess.roles.get("score")
    used = {*guess.roles.values(), *guess.totals.values()} - {score}
    free = {i: name for i, name in enumerate(guess.header) if i not in used}
    named = [c for c in wide_columns(free, guess.book.all()) if c.known.measure not in guess.totals]
    slots = mapped + wide_slots(named, guess.header, guess.found, guess.notes)
    if slots and score is not None:
        del guess.roles["score"]
        if all(column.column != score for column in named):
            what = f"The column {guess.header[score]} is left aside: other columns name measures."
            guess.notes.append(what)
    return slots


def _only_measure(guess: Guess, wanted: Collection[str]) -> str | None:
    """Return the measure of a bare score column, which only the caller can know."""
    if "measure" in guess.roles:
        return None
    if len(wanted) == 1:
        return next(iter(wanted))
    if not wanted and guess.book.own is not None:
        return guess.book.own.measure
    guess.found.add("no-measure", "nothing says on which measure the scores are.")
    return None


def _check(guess: Guess, slots: tuple[Slot, ...]) -> None:
    lacking = {
        "no-client-column": ("names the client", "client_id" not in guess.roles),
        "no-score-column": ("holds scores", not slots),
        "no-time-column": ("says when", not _has_time(guess, slots)),
    }
    have = f" (there are: {_some(guess.header)})"
    for kind, (what, is_lacking) in lacking.items():
        # Columns nobody can tell apart are said once, not also as missing.
        if is_lacking and "unclear-columns" not in guess.found.counts:
            guess.found.add(kind, f"no column {what}{have}.", line=1)
            have = ""
    _check_twice(guess, slots)


def _has_time(guess: Guess, slots: tuple[Slot, ...]) -> bool:
    timed = bool(slots) and all(slot.when is not None for slot in slots)
    return timed or any(role in guess.roles for role in TIME_ROLES)


def _some(header: tuple[str, ...]) -> str:
    more = f" and {len(header) - 12} more" if len(header) > 12 else ""
    return ", ".join(header[:12]) + more


def _check_twice(guess: Guess, slots: tuple[Slot, ...]) -> None:
    used = [guess.header[i] for i in guess.roles.values()]
    used += [guess.header[s.column] for s in slots if isinstance(s, TotalSlot)]
    for name in dict.fromkeys(used):
        if guess.header.count(name) > 1:
            what = f"{guess.header.count(name)} columns are called {name!r}."
            guess.found.add("same-column-twice", what, line=1, column=name)


def _shown(header: tuple[str, ...], slots: tuple[Slot, ...]) -> dict[str, str]:
    """Return each slot's role as people read it: score, phq9, phq9 at session 3, phq9 items."""
    shown: dict[str, str] = {}
    for slot in slots:
        at = f" at {' '.join(filter(None, slot.when)) if slot.when else ''}" if slot.when else ""
        if isinstance(slot, TotalSlot):
            tidy = slot.measure is None or len(slots) == 1 and not at
            shown["score" if tidy else f"{slot.measure}{at}"] = header[slot.column]
        else:
            names = [header[column] for column in slot.columns.values()]
            shown[f"{slot.measure} items{at}"] = f"{names[0]} to {names[-1]}"
    return shown
