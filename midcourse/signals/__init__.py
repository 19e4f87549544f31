"""Is it working? The state of the course, and the sentence that states the numbers."""

from midcourse.signals.policy import Signal, decide
from midcourse.signals.sentence import sentence
from midcourse.signals.state import State

__all__ = ["Signal", "State", "decide", "sentence"]
