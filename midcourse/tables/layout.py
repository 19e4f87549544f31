"""Which column is what: guessed from names, corrected by --map, and shown."""

from collections.abc import Collection, Mapping

from midcourse.tables.guess import Guess, follow, some_names, take, take_times_with_unit
from midcourse.tables.known import MeasureBook
from midcourse.tables.problem import ProblemList
from midcourse.tables.roles import LAST_RESORT_SESSIONS, SYNONYMS, TIME_ROLES
from midcourse.tables.slots import Layout, Slot, TotalSlot
from midcourse.tables.units import plain
from midcourse.tables.wide import WideColumn, wide_columns
from midcourse.tables.wide_slots import wide_slots


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
        follow(guess, role, column)
    for role, names in SYNONYMS.items():
        take(guess, role, names)
    take_times_with_unit(guess)
    slots = _slots(guess, wanted)
    if not _has_time(guess, slots):
        take(guess, "session", LAST_RESORT_SESSIONS)
    _check(guess, slots)
    shown = {role: header[i] for role, i in guess.roles.items() if role != "score"}
    shown |= _shown(header, slots)
    return Layout(header, guess.roles, slots, shown, guess.fixed_unit, tuple(guess.notes))


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
    guess.notes += _unread(guess, free, named)
    slots = mapped + wide_slots(named, guess.header, guess.found, guess.notes)
    if slots and score is not None:
        del guess.roles["score"]
        if all(column.column != score for column in named):
            what = f"The column {guess.header[score]} is left aside: other columns name measures."
            guess.notes.append(what)
    return slots


def _unread(guess: Guess, free: Mapping[int, str], named: list[WideColumn]) -> list[str]:
    """Return a sentence for every column that begins with a measure's name and is not understood."""
    keys = tuple(key for column in named for key in column.known.keys)
    read = {column.column for column in named}
    unread = [name for i, name in free.items() if i not in read and plain(name).startswith(keys)]
    return [
        f"The column {name} is left aside: what follows the measure's name is not known." for name in unread
    ]


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
    have = f" (there are: {some_names(guess.header)})"
    for kind, (what, is_lacking) in lacking.items():
        # Columns nobody can tell apart are said once, not also as missing.
        if is_lacking and "unclear-columns" not in guess.found.counts:
            guess.found.add(kind, f"no column {what}{have}.", line=1)
            have = ""
    _check_twice(guess, slots)


def _has_time(guess: Guess, slots: tuple[Slot, ...]) -> bool:
    timed = bool(slots) and all(slot.when is not None for slot in slots)
    return timed or any(role in guess.roles for role in TIME_ROLES)


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
