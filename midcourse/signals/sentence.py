"""The one sentence that says what a signal saw, with its numbers (ST7)."""

from midcourse.course.observed import Observed
from midcourse.measures.scale import Scale
from midcourse.signals.policy import Signal
from midcourse.signals.state import State


def points(value: float) -> str:
    """Return a score in words: whole numbers without a decimal, others with one or two."""
    return f"{value:.0f}" if value == round(value) else f"{value:.2f}".rstrip("0").rstrip(".")


def when(time: float, axis: str) -> str:
    """Return a time on the course's clock in words, for example ``session 6`` or ``week 4``.

    Scores that no clock could place are numbered in their order: ``occasion 3``.
    """
    axis = axis if axis in ("session", "week") else "occasion"
    return f"{axis} {points(round(time, 1))}"


def sentence(signal: Signal, observed: Observed, scale: Scale, axis: str) -> str:
    """Return the sentence that states the signal's numbers, for a person reading a caseload."""
    last = observed.scores[-1]
    here = f"{scale.title} {points(last)} at {when(observed.times[-1], axis)}"
    if len(observed.scores) == 1:
        here = f"{scale.title} {points(last)} so far"
    else:
        here += f", first {points(observed.intake)}"
    return f"{here}. {_because(signal, observed, scale)}".rstrip()


def _because(signal: Signal, observed: Observed, scale: Scale) -> str:
    if signal.state is State.NO_RECENT_DATA and signal.silence is not None:
        return (
            f"The last score is {points(round(signal.silence.days, 1))} days old "
            f"(more than {points(round(signal.silence.limit, 1))}), so nothing is said about the course."
        )
    if signal.state is State.TOO_EARLY:
        return "One score is too early to say anything about change."
    if signal.state is State.RELIABLY_WORSE:
        return f"{_moved(observed, scale)} worse than at the start, {_reliable(scale)}."
    if signal.state is State.REACHED_GOAL:
        return f"{_moved(observed, scale)} better, {_reliable(scale)}, and {_healthy(scale)}."
    if signal.state is State.NOT_COMPUTED:
        return "No expected course could be computed for it."
    return _against_band(signal, observed, scale)


def _moved(observed: Observed, scale: Scale) -> str:
    return f"{points(abs(scale.worsening(observed.intake, observed.scores[-1])))} points"


def _reliable(scale: Scale) -> str:
    change = scale.reliable_change
    return f"at least the {points(change.points)} that count as reliable" if change else ""


def _healthy(scale: Scale) -> str:
    cut = scale.caseness
    side = "above" if scale.higher_is_better else "below"
    return f"now {side} the cut-off of {points(cut.value)}" if cut else ""


def _against_band(signal: Signal, observed: Observed, scale: Scale) -> str:
    if signal.expected is None:
        return ""
    low, high = signal.expected.predictive.interval(0.80)
    expected = (
        f"Of 100 people who start at {points(observed.intake)} about 80 are expected between "
        f"{points(low)} and {points(high)} by then"
    )
    if signal.state is State.ON_COURSE:
        return f"{expected}."
    if signal.outer is not None and scale.worsening(signal.outer, observed.scores[-1]) > 0:
        soft = (
            ""
            if signal.state is State.OFF_COURSE
            else "; it is early or not firmly known, so this is a soft notice"
        )
        return f"{expected}; this score is worse than that{soft}."
    return f"{expected}; this score is among the worst 16 of 100."
