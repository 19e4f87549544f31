"""The one sentence that says what a signal saw, with its numbers (ST7)."""

from midcourse.course.observed import Observed
from midcourse.measures.scale import Scale
from midcourse.signals.policy import Signal
from midcourse.signals.settled import can_improve, is_well
from midcourse.signals.state import State
from midcourse.signals.two_stage import Thresholds


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
    return f"{here}. {_because(signal, observed, scale, axis)}".rstrip()


def _because(signal: Signal, observed: Observed, scale: Scale, axis: str) -> str:
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
        return _why_not(observed, scale)
    good = (
        f" The score is {_healthy(scale)}: it may be good enough as it is."
        if is_well(observed, scale)
        else ""
    )
    return _chances(signal, axis) + (good if signal.state in (State.DRIFTING, State.OFF_COURSE) else "")


def _moved(observed: Observed, scale: Scale) -> str:
    return f"{points(abs(scale.worsening(observed.intake, observed.scores[-1])))} points"


def _reliable(scale: Scale) -> str:
    change = scale.reliable_change
    return f"at least the {points(change.points)} that count as reliable" if change else ""


def _healthy(scale: Scale) -> str:
    cut = scale.caseness
    side = "above" if scale.higher_is_better else "below"
    return f"now {side} the cut-off of {points(cut.value)}" if cut else ""


def _why_not(observed: Observed, scale: Scale) -> str:
    if scale.reliable_change is None:
        return "It is not known which change counts as reliable on this measure, so no chance can be said."
    if not can_improve(observed.intake, scale):
        return (
            f"The first score leaves no room for {points(scale.reliable_change.points)} points of improvement, "
            "so only getting worse would be seen."
        )
    return "No expected course could be computed for it."


def _chances(signal: Signal, axis: str) -> str:
    """The chance now, the chance before, and the limits they are held against."""
    now, limits = signal.now, signal.limits
    if now is None or limits is None:
        return ""
    many = of_100(now.no_improvement)
    about = "at least " if signal.assumed else "about " if many.isdigit() else ""
    said = f"Of 100 people like this {about}{many} are not reliably better at {when(now.horizon, axis)}"
    own = "" if limits.learned else " by default"
    soft, firm = of_100(limits.soft), of_100(limits.firm)
    if signal.state is State.ON_COURSE:
        return f"{said}; a soft signal starts at {soft}{own}."
    before = "" if signal.before is None else f" ({of_100(signal.before.no_improvement)} at the score before)"
    if signal.state is State.OFF_COURSE:
        return f"{said}{before}; a firm signal starts at {firm} with {soft} at the score before{own}."
    return f"{said}{before}; a soft signal starts at {soft}{own}{_why_soft(signal, limits)}."


def _why_soft(signal: Signal, limits: Thresholds) -> str:
    """Why a chance high enough for a firm signal is a soft one."""
    if signal.now is None or signal.now.no_improvement < limits.firm:
        return ""
    if signal.before is None or signal.before.no_improvement < limits.soft:
        return ", and a firm one needs two scores in a row"
    return ", and assumed numbers give no firm one"


def of_100(chance: float) -> str:
    """Return a chance as people of 100, rounded; never 0 or 100 for what is only likely."""
    if chance < 0.005:
        return "under 1"
    return "over 99" if chance > 0.995 else f"{100 * chance:.0f}"
