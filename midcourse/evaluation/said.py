"""What methods may say: checked, put back in the order of the tasks, and summed up in bands."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from midcourse.course.moments import Array
from midcourse.evaluation.method import Predictions, values_of
from midcourse.measures.scale import Scale
from midcourse.signals.state import State

SLACK = 1e-6  # how far a probability may miss 0, 1 or the one before it by rounding
SILENT = (State.TOO_EARLY, State.NO_RECENT_DATA, State.NOT_COMPUTED)


def check(said: Predictions, count: int, scale: Scale) -> None:
    """Raise ValueError, saying which, where answers have the wrong shape or are no probabilities."""
    for name in ("p_no_improvement", "p_deterioration", "risk", "alert"):
        if np.shape(getattr(said, name)) != (count,):
            raise ValueError(f"{name} does not have one entry for each of {count} questions.")
    for name in ("p_no_improvement", "p_deterioration"):
        p = getattr(said, name)
        if np.any((p < -SLACK) | (p > 1.0 + SLACK)):
            raise ValueError(f"{name} is not between 0 and 1.")
    for name in ("next_cdf", "last_cdf"):
        _check_cdf(name, getattr(said, name), (count, len(values_of(scale))))
    if said.state is not None and len(said.state) != count:
        raise ValueError(f"state does not have one entry for each of {count} questions.")


def _check_cdf(name: str, cdf: Array | None, shape: tuple[int, int]) -> None:
    if cdf is None:
        return
    if cdf.shape != shape:
        raise ValueError(f"{name} has the shape {cdf.shape}, not {shape}.")
    spoken = cdf[~np.isnan(cdf).any(axis=1)]
    falls = np.any(np.diff(spoken, axis=1, prepend=0.0) < -SLACK)
    if falls or np.any(np.abs(spoken[:, -1] - 1.0) > SLACK):
        raise ValueError(f"{name} does not rise from 0 to 1.")


def joined(parts: Sequence[tuple[NDArray[np.intp], Predictions]], count: int) -> Predictions:
    """Return the answers of all folds as one, each in its own row of `count`."""
    return Predictions(
        p_no_improvement=_column(parts, "p_no_improvement", count),
        p_deterioration=_column(parts, "p_deterioration", count),
        risk=_column(parts, "risk", count),
        alert=_column(parts, "alert", count).astype(np.bool_),
        next_cdf=_table(parts, "next_cdf", count),
        last_cdf=_table(parts, "last_cdf", count),
        state=_states(parts, count),
    )


def _column(parts: Sequence[tuple[NDArray[np.intp], Predictions]], name: str, count: int) -> Array:
    out = np.full(count, np.nan)
    for rows, said in parts:
        out[rows] = getattr(said, name)
    return out


def _table(parts: Sequence[tuple[NDArray[np.intp], Predictions]], name: str, count: int) -> Array | None:
    tables = [(rows, getattr(said, name)) for rows, said in parts if getattr(said, name) is not None]
    if not tables:
        return None
    out = np.full((count, tables[0][1].shape[1]), np.nan)
    for rows, table in tables:
        out[rows] = table
    return out


def _states(parts: Sequence[tuple[NDArray[np.intp], Predictions]], count: int) -> tuple[State, ...] | None:
    found: dict[int, State] = {}
    for rows, said in parts:
        found |= dict(zip(rows.tolist(), said.state or (), strict=False))
    return tuple(found[row] for row in range(count)) if len(found) == count else None


def silent(said: Predictions) -> NDArray[np.bool_]:
    """Return where a method says nothing: no risk, or a state that is no answer."""
    quiet = np.isnan(said.risk)
    if said.state is not None:
        quiet |= np.array([state in SILENT for state in said.state])
    return quiet


def states(said: Predictions) -> tuple[State, ...]:
    """Return a state for every row; where a method knows no states, off course where it alerts."""
    if said.state is not None:
        return said.state
    spoken = np.where(said.alert, State.OFF_COURSE, State.ON_COURSE)
    return tuple(map(State, np.where(silent(said), State.NOT_COMPUTED, spoken)))


def mean_of(cdf: Array, scale: Scale) -> Array:
    """Return the expected score of each row, in points: max - step * sum of P(Y <= y) below the maximum."""
    return np.asarray(scale.maximum - scale.step * cdf[:, :-1].sum(axis=1))


def sd_of(cdf: Array, scale: Scale) -> Array:
    """Return the standard deviation of each row's distribution, in points."""
    chance = np.diff(cdf, axis=1, prepend=0.0)
    away = values_of(scale) - mean_of(cdf, scale)[:, None]
    return np.asarray(np.sqrt(np.maximum((chance * away**2).sum(axis=1), 0.0)))


def quantile_of(cdf: Array, p: float, scale: Scale) -> Array:
    """Return the smallest possible score y of each row with P(Y <= y) >= p; NaN where nothing is said."""
    place = (cdf >= p - 1e-12).argmax(axis=1)
    return np.where(np.isnan(cdf).any(axis=1), np.nan, values_of(scale)[place])
