"""The sentence that says how often such a signal was right, beside no signal at all (ST7)."""

from midcourse.signals.predictive_values import FEWEST, PredictiveValue, PredictiveValues, Third
from midcourse.signals.state import State

SILENT = (State.TOO_EARLY, State.NO_RECENT_DATA, State.NOT_COMPUTED)
STARTING = {"low": "starting low", "middle": "starting in the middle", "high": "starting high"}
ENDED = "ended without reliable improvement"
UNKNOWN = f"not known yet (fewer than {FEWEST} seen)"


def right_so_often(
    state: State, n_scores: int, third: Third, table: PredictiveValues, *, rule: str | None = None
) -> str:
    """Return how many people like this ended without reliable improvement, and how many with no signal.

    `n_scores` counts the first score too. "Not known yet" stands for a side with fewer than 20 people;
    where that is the side with no signal, all people scored then who started so are named in its place,
    so that a high figure is not taken for the signal's doing. A table from a place where people act on
    signals is not quoted. Nothing is returned for a state that makes no statement about the course.
    Raises ValueError for fewer than 2 scores, or where `rule` is given and is not that of the table.
    """
    if rule is not None and rule != table.rule:
        raise ValueError(f"The table is about the rule {table.rule}, not {rule}.")
    if state in SILENT:
        return ""
    place = f"{table.data_set}, {table.setting}"
    if table.acted_on:
        return (
            f"How often such a signal is right is not known here: in {place}, people act on signals, "
            "and a right signal that is acted on can look wrong."
        )
    who = f"(about {n_scores} scores in, {STARTING[third]})"
    without = table.of(State.ON_COURSE, n_scores, third)
    said = [_alone(without, who) if state is State.ON_COURSE else _beside(state, n_scores, third, table, who)]
    if not without.known:
        said.append(_anyone(table.of(None, n_scores, third)))
    return " ".join(filter(None, (*said, f"From: {place}.")))


def _alone(without: PredictiveValue, who: str) -> str:
    if not without.known:
        return f"How many people like this {who} with no signal {ENDED} is {UNKNOWN}."
    return f"Of {without.n} people like this {who} with no signal {without.k} ({_of_100(without)}) {ENDED}."


def _beside(state: State, n_scores: int, third: Third, table: PredictiveValues, who: str) -> str:
    here, without = (table.of(one, n_scores, third) for one in (state, State.ON_COURSE))
    if not here.known and not without.known:
        return f"How many people like this {who} {ENDED} is {UNKNOWN}, nor is it known for people with no signal."
    if not here.known:
        return (
            f"How many people like this {who} {ENDED} is {UNKNOWN}; with no signal it was {_short(without)}."
        )
    those = f"Of {here.n} people like this {who} {here.k} ({_of_100(here)}) {ENDED}"
    if not without.known:
        return f"{those}; with no signal it is {UNKNOWN}."
    return f"{those}, against {_short(without)} with no signal."


def _anyone(everyone: PredictiveValue) -> str:
    if not everyone.known:
        return ""
    return f"Of all people scored then and starting so, whatever was said of them, it was {_short(everyone)}."


def _short(value: PredictiveValue) -> str:
    return f"{value.k} of {value.n} ({_of_100(value)})"


def _of_100(value: PredictiveValue) -> str:
    low, high = value.interval
    return f"{100 * value.share:.0f} of 100; {100 * low:.0f} to {100 * high:.0f}"
