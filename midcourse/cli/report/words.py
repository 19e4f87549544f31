"""Words for numbers, states and times, and the one door through which text enters the page."""

from html import escape

from midcourse.review.result import CourseReview, MeasureReview
from midcourse.signals.state import State

NEEDS_A_LOOK = (State.RELIABLY_WORSE, State.OFF_COURSE, State.DRIFTING)
"""The states a reader should open first."""

MEANING: dict[State, str] = {
    State.RELIABLY_WORSE: "worse than at the start by more than chance alone would give",
    State.OFF_COURSE: "likely to end without reliable improvement, and already so at the score before (a firm signal)",
    State.DRIFTING: "more likely than we would like to end without reliable improvement (an early, soft signal)",
    State.NO_RECENT_DATA: "no score for a while, so nothing can be said about today",
    State.TOO_EARLY: "too few scores to say anything yet",
    State.ON_COURSE: "not likely to end without reliable improvement",
    State.REACHED_GOAL: "where therapy set out to go",
    State.NOT_COMPUTED: "no state could be worked out; the notes say why",
}
"""One line for each state, for people who have not read the rule."""

# Control characters and lone surrogates are not allowed in HTML or XML. They are shown as signs, not dropped:
# two ids that differ only in such a character must still look different.
_UNPRINTABLE = {code: 0x2400 + code for code in range(32)} | {0x7F: 0x2421}
_UNPRINTABLE |= dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), 0xFFFD)


def shown(text: object) -> str:
    """Any text as it may stand in the page: escaped for content and quoted attributes alike."""
    return escape(str(text).translate(_UNPRINTABLE), quote=True)


def identity(text: object) -> str:
    """An id exactly as given, kept apart from the writing direction of the words around it."""
    return f'<bdi class="id">{shown(text)}</bdi>'


def who(course: CourseReview, episode: bool) -> str:
    """The client, and the episode too where the caller says that one client has several on this measure."""
    named = f' <span class="quiet">episode {identity(course.episode_id)}</span>' if episode else ""
    return identity(course.client_id) + named


def slug(state: State) -> str:
    """The state as one word for an anchor or a class, such as `off-course`."""
    return state.value.replace(" ", "-")


def mark(state: State) -> str:
    """The state as a shape and a word; the shape is for eyes only, the word for everyone."""
    name = slug(state)
    return (
        f'<span class="state {name}"><svg class="mark" aria-hidden="true">'
        f'<use href="#{name}"/></svg>{state.value}</span>'
    )


def number(value: float, digits: int = 1) -> str:
    """A number to at most `digits` decimals, without trailing zeros, with a true minus sign."""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text.replace("-", "\N{MINUS SIGN}")


def odds(probability: float) -> str:
    """A probability in [0, 1] as people out of a hundred; never a certainty.

    People read natural frequencies more soundly than percentages (Gigerenzer and Hoffrage, 1995,
    DOI 10.1037/0033-295X.102.4.684).
    """
    hundred = 100 * probability
    if hundred < 0.5:
        return "fewer than 1 in 100"
    if hundred > 99.5:
        return "more than 99 in 100"
    return f"{min(max(round(hundred), 1), 99)} in 100"


def share(part: float) -> str:
    """A share in [0, 1] as a whole percentage."""
    return f"{round(100 * part)}\N{NO-BREAK SPACE}%"


def counted(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun, such as `1 course` or `2,400 courses`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def moment(time: float, axis: str) -> str:
    """A time on a course's axis, such as `week 4.1` or `session 7`."""
    return f"{axis} {number(time)}"


def direction(measure: MeasureReview) -> str:
    """Which way is worse, in words."""
    return "higher is better" if measure.higher_is_better else "higher is worse"
