"""The one calm sentence a client reads about her course before any number (SD1)."""

from midcourse.content.say import sentence
from midcourse.signals.state import State


def calm_sentence(state: State, language: str = "en") -> str:
    """Return what a state means for the person herself; it ends in something she can do, and names no odds."""
    return sentence(f"state-{state.value.replace(' ', '-')}", language)
