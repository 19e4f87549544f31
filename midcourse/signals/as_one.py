"""Several measures of one person as one: a person has one state, and an alert counts once (ST7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from midcourse.signals.state import State

ALERTS = (State.OFF_COURSE, State.RELIABLY_WORSE)
OUT = 2  # coming back counts as a new alert after two sessions out of the state
# A measure that says something about the course goes before one that cannot: who still fills in one
# questionnaire is not silent, though another has lain unused for months.
URGENCY = (
    State.RELIABLY_WORSE,
    State.OFF_COURSE,
    State.DRIFTING,
    State.ON_COURSE,
    State.REACHED_GOAL,
    State.TOO_EARLY,
    State.NO_RECENT_DATA,
    State.NOT_COMPUTED,
)


@dataclass(frozen=True, slots=True)
class AsOne:
    """The one state of a person, and the measures that made it so, out of all of this person's."""

    state: State
    measures: tuple[str, ...]
    among: int

    def words(self) -> str:
        """Return the state with its measures in words; nothing where there is one measure only."""
        if self.among < 2:
            return ""
        which = "all of them" if len(self.measures) == self.among else ", ".join(self.measures)
        return f"As one, over {self.among} measures: {self.state} ({which})."


def as_one(states: Mapping[str, State]) -> AsOne:
    """Return the one state of a person from the state on each measure: the most urgent decides.

    Raises ValueError where there is no measure.
    """
    if not states:
        raise ValueError("A person without a measure has no state.")
    most = min(states.values(), key=URGENCY.index)
    return AsOne(most, tuple(name for name, state in states.items() if state is most), len(states))


def is_alert(history: Sequence[State]) -> bool:
    """Say whether the last of a person's states, one a session, is an alert.

    It is off course or reliably worse, and neither of the two sessions before was: staying is no new
    alert, nor is coming back after one session out. Raises IndexError where there is no state.
    """
    return history[-1] in ALERTS and not any(state in ALERTS for state in history[-1 - OUT : -1])
