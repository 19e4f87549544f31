"""Words that are put into a message only when it leaves, so that no secret waits in the outbox (SP7)."""

from collections.abc import Callable
from datetime import datetime

from midcourse_web.outbox.models import Message


class NotNow(Exception):
    """This message may not leave yet; `until` is when it may."""

    def __init__(self, until: datetime) -> None:
        super().__init__("not now")
        self.until = until


class NoMore(Exception):
    """Nobody wants this message any more: what it tells of is done, or they opted out."""


Fill = Callable[[Message], str]
FILLS: dict[str, Fill] = {}


def fills(kind: str) -> Callable[[Fill], Fill]:
    """Name the function that returns the body of a kind of message when it leaves.

    It may raise NotNow or NoMore.
    """

    def add(function: Fill) -> Fill:
        FILLS[kind] = function
        return function

    return add


def body_of(message: Message) -> str:
    """Return the body as it leaves. Raises NotNow or NoMore where it may not."""
    fill = FILLS.get(message.kind)
    return fill(message) if fill else message.body
