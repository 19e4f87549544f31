"""A finding: a small pure rule about the record, with its threshold, name and source in one place."""

from collections.abc import Callable
from dataclasses import dataclass

from midcourse.content.say import Said
from midcourse.reasons.situation import Situation


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule that can find something in a record.

    `find` returns what to say where the rule fires, else None. `source` names where its threshold
    comes from; "judgement" says that nobody has tested it.
    """

    id: str
    title: str
    threshold: str
    source: str
    find: Callable[[Situation], Said | None]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found in one record, as a sentence anybody may read."""

    id: str
    sentence: str
