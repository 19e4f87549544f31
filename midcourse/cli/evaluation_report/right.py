"""How often each state was right, as two tables: by number of scores, and by where people started (ST7)."""

from collections.abc import Sequence

from midcourse.cli.evaluation_report.block import Block
from midcourse.cli.evaluation_report.cells import NOTHING
from midcourse.signals.predictive_values import (
    BANDS,
    FEWEST,
    THIRDS,
    PredictiveValue,
    PredictiveValues,
    Third,
)
from midcourse.signals.state import State

SHOWN_BAND = 4  # the second table is about 4 to 5 scores, where firm and soft signals are both common
EVERYONE = "everyone"
EMPTY = f"{NOTHING} not known yet (fewer than {FEWEST} clients)."
OPEN_END = "and more"


def how_often_right(table: PredictiveValues) -> tuple[Block, Block]:
    """Return both tables; every count of both is in the JSON too."""
    bands = [_band(place) for place in range(len(BANDS))]
    by_band = [[_sum(table, state, start, THIRDS) for start in BANDS] for state in _states(table)]
    by_third = [[_sum(table, state, SHOWN_BAND, (third,)) for third in THIRDS] for state in _states(table)]
    low, high = table.cuts
    thirds = (f"first up to {low:g}", f"up to {high:g}", f"above {high:g}")
    ended = "how many ended without reliable improvement"
    acted = (
        ("People acted on these signals, so the counts are never quoted as how often a signal is right.",)
        if table.acted_on
        else ()
    )
    return (
        _block(
            "How often was each state right?",
            f"Of the clients who were in a state at about so many scores, {ended}. A client counts once in a "
            f"cell, and only where two more scores came. From: {table.data_set}, {table.setting}; "
            f"rule {table.rule}.",
            ("state", *bands),
            _rows(table, by_band),
            acted,
        ),
        _block(
            "The same, beside people who started alike",
            f"At {_band(BANDS.index(SHOWN_BAND))} scores, {ended}, by thirds of the first score. Where a state is "
            "no worse than everyone who started so, the signal adds little.",
            ("state", *thirds),
            _rows(table, by_third),
            acted,
        ),
    )


def _band(place: int) -> str:
    start = BANDS[place]
    if place + 1 == len(BANDS):
        return f"{start} {OPEN_END}"
    end = BANDS[place + 1] - 1
    return f"{start}" if end == start else f"{start} to {end}"


def _states(table: PredictiveValues) -> list[State | None]:
    there = {value.state for value in table.values}
    return [state for state in (*State, None) if state in there]


def _sum(
    table: PredictiveValues, state: State | None, start: int, thirds: Sequence[Third]
) -> PredictiveValue:
    """A client starts in one third only, so counts of thirds may be added."""
    cells = [table.of(state, start, third) for third in thirds]
    return PredictiveValue(state, start, thirds[0], sum(one.k for one in cells), sum(one.n for one in cells))


def _rows(table: PredictiveValues, cells: Sequence[Sequence[PredictiveValue]]) -> tuple[tuple[str, ...], ...]:
    names = [EVERYONE if state is None else state.value for state in _states(table)]
    return tuple(
        (name, *(f"{one.k} of {one.n}" if one.known else NOTHING for one in row))
        for name, row in zip(names, cells, strict=True)
    )


def _block(
    title: str,
    about: str,
    columns: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    acted: tuple[str, ...],
) -> Block:
    empty = any(cell == NOTHING for row in rows for cell in row)
    return Block(title, about, columns, rows, (*acted, *((EMPTY,) if empty else ())))
