"""The answers one person gave to one instrument on one occasion."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """The answers one person gave to one instrument on one occasion.

    `answers` maps item id (for example ``phq9-9``) to the chosen option's value; None means the
    item was shown and skipped ("prefer not to say"), a missing key means it was not shown.
    """

    instrument: str
    answers: Mapping[str, int | None]
    session: float | None = None
    day: float | None = None
