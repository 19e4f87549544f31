"""Wide files: columns named after a measure, an item of it, an occasion, or several of these."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from midcourse.tables.known import Known
from midcourse.tables.moments import When
from midcourse.tables.units import is_follow_up, plain, rank_words, unit_of

_TOTALS = frozenset({"", "total", "score", "sum", "tot", "total_score", "sum_score"})
_ITEM = re.compile(r"(?:item|question|q|i)_?(\d{1,2})")
_OCCASION = re.compile(r"([a-z]+)_?(\d+)")


@dataclass(frozen=True, slots=True)
class WideColumn:
    """What one column's name says: measure, item number, bare number, occasion (each may be absent)."""

    column: int
    known: Known
    item: int | None = None
    bare: int | None = None
    when: When | None = None


def wide_columns(header: Mapping[int, str], known: Iterable[Known]) -> list[WideColumn]:
    """Return the columns whose names speak of a known measure."""
    measures = list(known)
    series = _series(header, measures)
    done = {column.column for column in series}
    rest = {i: name for i, name in header.items() if i not in done}
    spellings = sorted(((key, k) for k in measures for key in k.keys), key=lambda pair: -len(pair[0]))
    read = (_read(index, _words(name), spellings) for index, name in rest.items())
    return sorted([*series, *filter(None, read)], key=lambda column: column.column)


def _series(header: Mapping[int, str], measures: Iterable[Known]) -> list[WideColumn]:
    """Return complete runs of items, the longest first: phq1 to phq9, bdi_1 to bdi_21."""
    free = {plain(name): i for i, name in reversed(list(header.items()))}
    found: list[WideColumn] = []
    for known in sorted(measures, key=lambda k: -k.n_items):
        for stem in _stems(known):
            run = {name: n for n in range(1, 100) if (name := f"{stem}{n}") in free}
            if set(range(1, known.n_items + 1)) <= set(run.values()) and len(run) <= known.most_items:
                found += [WideColumn(free.pop(name), known, item=n) for name, n in run.items()]
    return found


def _stems(known: Known) -> tuple[str, ...]:
    """Return what items may be called before their number; two items could as well be two occasions."""
    if known.n_items < 3:
        return ()
    short = (key.removesuffix(str(known.n_items)) for key in known.keys)
    return tuple(dict.fromkeys((*known.keys, *filter(None, short))))


def _read(column: int, name: str, spellings: list[tuple[str, Known]]) -> WideColumn | None:
    for key, known in spellings:
        # A name's own digits end where its digits end: bdi_10 is not BDI-1 followed by 0.
        match = re.search(r"(?:^|_)" + "_?".join(key) + r"(?![0-9])" * key[-1].isdigit(), name)
        if match is None:
            continue
        before, after = name[: match.start()].strip("_"), name[match.end() :].strip("_")
        found = _parts(column, known, before, after)
        if found is not None:
            return found
    return None


def _parts(column: int, known: Known, before: str, after: str) -> WideColumn | None:
    """Read what stands before the measure (an occasion only) and after it (item, occasion, total)."""
    early = occasion(before) if before else None
    if before and early is None:
        return None
    if after in _TOTALS:
        return WideColumn(column, known, when=early)
    if after.isdigit():
        return WideColumn(column, known, bare=int(after), when=early)
    if match := _ITEM.fullmatch(after):
        return WideColumn(column, known, item=int(match[1]), when=early)
    if early is None:
        return _with_occasion(column, known, after)
    return None


def _with_occasion(column: int, known: Known, after: str) -> WideColumn | None:
    """Read an occasion, with a total or an item before or after it: s3, total_s3, s3_q1, q1_s3, 1_s3."""
    if when := occasion(after):
        return WideColumn(column, known, when=when)
    for cut in [match.start() for match in re.finditer("_", after)]:
        left, right = after[:cut], after[cut + 1 :]
        for part, when in ((left, occasion(right)), (right, occasion(left))):
            item = _ITEM.fullmatch(part) or re.fullmatch(r"(\d{1,2})", part)
            if when and (item or part in _TOTALS):
                return WideColumn(column, known, int(item[1]) if item else None, when=when)
    return None


def occasion(text: str) -> When | None:
    """Return the time a piece of a column's name says ("s3", "week_4", "pre", "follow_up"), or None."""
    if is_follow_up(text):
        return When(time="follow-up")
    if rank_words([text]):
        return When(time=plain(text))
    match = _OCCASION.fullmatch(text)
    unit = unit_of(match[1]) if match else None
    if match is None or unit is None:
        return None
    if unit in ("session", "occasion"):
        return When(session=match[2])
    return When(time=match[2], unit=unit)


def _words(name: str) -> str:
    """Return a name in lower case with one underscore for every run of other signs."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
